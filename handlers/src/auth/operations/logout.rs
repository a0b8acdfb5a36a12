//! Ending a session.

use aws_lc_rs::digest;
use civicforge_api::auth::{LogoutUserError, LogoutUserRequest, LogoutUserResponse};
use civicforge_kernel::idempotency::IdempotencyGuard;
use civicforge_kernel::table::idempotency::{Fingerprint, Scope};
use civicforge_kernel::table::{StoreError, Transaction};
use civicforge_runtime::context::Context;

use crate::auth::Auth;
use crate::auth::store;
use crate::members::Member;

/// `logoutUser`. A token of another issuer belongs to no session of ours, and there is nothing to end.
pub async fn logout(
    auth: &Auth,
    context: &Context,
    member: Member,
    request: LogoutUserRequest,
) -> Result<LogoutUserResponse, LogoutUserError> {
    let response = || LogoutUserResponse {
        idempotency_replayed: None,
    };
    let Some(key) = request.idempotency_key else {
        // One write costs half of a transaction.
        if let Some(session) = member.session {
            store::revoke(&auth.table, session).await?;
        }
        return Ok(response());
    };
    let now = auth.clock.stamp();
    let scope = Scope::Member(member.user_id);
    let fingerprint = fingerprint(context, &member);
    let guard = IdempotencyGuard::new(scope, key, fingerprint, now);
    guard.replay(&auth.table).await?;
    let kept = guard.keep(response)?;
    let mut transaction = Transaction::new();
    let ended = member
        .session
        .map(|session| transaction.push(store::end_session(session)));
    let done = match kept.transact(&auth.table, transaction).await {
        // The session is gone already; what is left to do is to remember the answer.
        Err(StoreError::ConditionFailed(failed))
            if ended.is_some_and(|slot| failed.contains(slot)) =>
        {
            kept.transact(&auth.table, Transaction::new()).await
        }
        done => done,
    };
    done?.first()?;
    Ok(response())
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
