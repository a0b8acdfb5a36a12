//! Ending a session.

use aws_lc_rs::digest;
use civicforge_api::auth::{LogoutUserError, LogoutUserRequest, LogoutUserResponse};
use civicforge_runtime::context::Context;

use super::operations::key_reused;
use super::store;
use crate::app::{CivicForge, Member};
use crate::table::idempotency::{Fingerprint, Lookup, Outcome, Request, Scope, StoredResponse};
use crate::table::{StoreError, Transaction, stamp};

/// `logoutUser`. A token of another issuer belongs to no session of ours, and there is nothing to end.
pub async fn logout(
    app: &CivicForge,
    context: &Context,
    member: Member,
    request: LogoutUserRequest,
) -> Result<LogoutUserResponse, LogoutUserError> {
    let Some(key) = request.idempotency_key else {
        if let Some(session) = member.session {
            store::revoke(&app.table, session).await?;
        }
        return Ok(answer(None));
    };
    let once = Request {
        scope: Scope::Member(member.user_id),
        key,
        fingerprint: fingerprint(context, &member),
        now: stamp::truncate(app.now()),
    };
    match app.table.lookup(&once).await? {
        Lookup::Fresh => {}
        Lookup::Replay(_) => return Ok(answer(Some(true))),
        Lookup::KeyReused => return Err(key_reused().into()),
    }
    let stored = StoredResponse {
        status: 204,
        headers: Vec::new(),
        body: String::new(),
    };
    let mut transaction = Transaction::new();
    let ended = member
        .session
        .map(|session| transaction.push(store::end_session(session)));
    let done = match app.table.transact_once(transaction, &once, &stored).await {
        // The session is gone already; what is left to do is to remember the answer.
        Err(StoreError::ConditionFailed(failed))
            if ended.is_some_and(|slot| failed.contains(slot)) =>
        {
            let nothing = Transaction::new();
            app.table.transact_once(nothing, &once, &stored).await
        }
        done => done,
    };
    match done? {
        Outcome::Applied => Ok(answer(None)),
        Outcome::Replay(_) => Ok(answer(Some(true))),
        Outcome::KeyReused => Err(key_reused().into()),
    }
}

/// The session is part of the request, although only the token names it: a key that ended one session must not be taken
/// for having ended another.
fn fingerprint(context: &Context, member: &Member) -> Fingerprint {
    let mut hash = digest::Context::new(&digest::SHA256);
    hash.update(&context.fingerprint());
    hash.update(member.session.unwrap_or_default().as_bytes());
    let mut fingerprint = [0; 32];
    fingerprint.copy_from_slice(hash.finish().as_ref());
    Fingerprint::plain(fingerprint)
}

fn answer(replayed: Option<bool>) -> LogoutUserResponse {
    LogoutUserResponse {
        idempotency_replayed: replayed,
    }
}
