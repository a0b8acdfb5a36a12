//! Opening an account.
//!
//! Account, e-mail address_guard, session and the record of the idempotency key are one transaction, so an address cannot end up
//! with two accounts, or with none and the address taken. What the record keeps is the member's id: the tokens are secret, so a
//! replay opens another session.

use crate::auth::Auth;
use crate::auth::credentials::{Credential, FIRST_GENERATION};
use crate::users::text::normal_email;
use chrono::{DateTime, Utc};
use civicforge_api::auth::{RegisterUserError, RegisterUserRequest, RegisterUserResponse};
use civicforge_api::codes;
use civicforge_api::types::TokenResponse;
use civicforge_kernel::idempotency::key_reused;
use civicforge_kernel::keys::Keys;
use civicforge_kernel::table::idempotency::{Outcome, Scope, StoredResponse};
use civicforge_kernel::table::{StoreError, Transaction};
use civicforge_kernel::telemetry::metric;
use civicforge_kernel::text::Texts;
use civicforge_runtime::context::Context;
use civicforge_runtime::status::Conflict;
use http::StatusCode;
use uuid::Uuid;

use super::{NO_STORE, tokens};
use crate::auth::store;
use crate::users::item::{Account, NewAccount};
use crate::users::{store as users, text};

/// Where the member finds the account.
const LOCATION: &str = "/api/v1/users/me";

/// `registerUser`.
pub async fn register(
    auth: &Auth,
    context: &Context,
    request: RegisterUserRequest,
) -> Result<RegisterUserResponse, RegisterUserError> {
    let now = auth.clock.stamp();
    let keys = tokens::keys(auth).await?;
    let email = text::email(&request.body.email);
    let address = normal_email(&email);
    let scope = Scope::sender(&address);
    let guard = auth.guard(context, scope, request.idempotency_key, now);
    let guard = guard.await?;
    if let Some(stored) = guard.kept(&auth.table).await? {
        return replay(auth, &keys, &stored, now).await;
    }

    let body = request.body;
    let mut texts = Texts::default();
    let name = texts.apply(text::NAME, &body.name);
    let mut identity = vec![email.as_str(), name.as_str()];
    identity.extend(body.username.as_deref());
    let hash = auth.hash_new(&mut texts, "password", body.password.expose(), &identity);
    let hash = hash.await?;
    let hash = texts.finish(hash)?;

    let account = Account::open(
        NewAccount {
            email,
            email_verified: false,
            name,
            username: body.username,
            phone_number: body.phone_number,
            user_type: body.user_type,
        },
        now,
    );
    let token = tokens::first()?;
    let mut transaction = Transaction::new();
    let address_guard = transaction.push(store::claim_email(&address, account.user_id)?);
    for write in account.create()? {
        transaction.push(write);
    }
    transaction.push(Credential::new(account.user_id, hash).create()?);
    transaction.push(store::open_session(
        account.user_id,
        FIRST_GENERATION,
        &token,
        auth.token_lifetimes.refresh,
        now,
    )?);
    let kept = guard.keep_instead(StatusCode::CREATED, account.user_id.to_string());
    match kept.transact(&auth.table, transaction).await {
        Ok(Outcome::Applied) => {
            metric!("accounts.registered");
            context.touch("userId", account.user_id);
            let etag = account.etag().to_string();
            let body = tokens::answer(auth, &keys, account, &token, now)?;
            Ok(answer(etag, body, None))
        }
        Ok(Outcome::Replay(stored)) => replay(auth, &keys, &stored, now).await,
        Ok(Outcome::KeyReused) => Err(key_reused().into()),
        Err(StoreError::ConditionFailed(failed)) if failed.contains(address_guard) => {
            Err(email_taken().into())
        }
        Err(other) => Err(other.into()),
    }
}

fn email_taken() -> Conflict<codes::EmailTaken> {
    Conflict::new(codes::EmailTaken).detail("There is an account with this e-mail address.")
}

/// Answers a registration that has happened, with a new session.
async fn replay(
    auth: &Auth,
    keys: &Keys,
    stored: &StoredResponse,
    now: DateTime<Utc>,
) -> Result<RegisterUserResponse, RegisterUserError> {
    let corrupt = |detail: &str| StoreError::corrupt("the record of a registration", detail);
    let user = Uuid::try_parse(&stored.body).map_err(|_| corrupt("its body is not an id"))?;
    let account = users::find(&auth.table, user).await?;
    let account = account.ok_or_else(|| corrupt("its account is gone"))?;
    // Whoever has set another password since does not mean this one to be good for a session.
    if account.session_generation != FIRST_GENERATION {
        return Err(email_taken().into());
    }
    let token = tokens::first()?;
    auth.table
        .write(store::open_session(
            user,
            FIRST_GENERATION,
            &token,
            auth.token_lifetimes.refresh,
            now,
        )?)
        .await?;
    let etag = account.etag().to_string();
    let body = tokens::answer(auth, keys, account, &token, now)?;
    Ok(answer(etag, body, Some(true)))
}

fn answer(etag: String, body: TokenResponse, replayed: Option<bool>) -> RegisterUserResponse {
    RegisterUserResponse {
        location: LOCATION.to_owned(),
        etag,
        cache_control: NO_STORE.to_owned(),
        idempotency_replayed: replayed,
        body,
    }
}
