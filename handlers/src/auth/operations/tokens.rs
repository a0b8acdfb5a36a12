//! The access and refresh token of a response.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_api::types::{TokenResponse, TokenResponseTokenType};
use civicforge_kernel::failure::Failure;
use civicforge_kernel::keys::{KeyName, Keys};
use civicforge_runtime::values::Password;

use crate::auth::Auth;
use crate::auth::access_token;
use crate::auth::refresh_token::{RandomnessError, RefreshToken};
use crate::users::item::Account;

/// The refresh token of a new session.
pub fn first() -> Result<RefreshToken, Failure> {
    RefreshToken::start().map_err(no_randomness)
}

/// The refresh token that takes the place of another.
pub fn next(token: &RefreshToken) -> Result<RefreshToken, Failure> {
    token.next().map_err(no_randomness)
}

/// The keys with which [`answer`] signs. To be had before anything is done: a refresh token that was used up for no answer would be lost.
pub async fn keys(auth: &Auth) -> Result<Arc<Keys>, Failure> {
    let keys = auth.keys.having(KeyName::Signing).await?;
    keys.signing()?;
    Ok(keys)
}

/// The response to a login: this refresh token, a new access token and the account.
pub fn answer(
    auth: &Auth,
    keys: &Keys,
    account: Account,
    refresh: &RefreshToken,
    now: DateTime<Utc>,
) -> Result<TokenResponse, Failure> {
    let roles: Vec<String> = account
        .roles
        .iter()
        .map(|role| role.as_str().to_owned())
        .collect();
    let access = access_token::issue(
        keys.signing()?,
        &auth.token_names,
        &account.user_id.to_string(),
        &roles,
        &refresh.family(),
        auth.token_lifetimes.access,
        now,
    )
    .map_err(|error| Failure::internal("an access token cannot be signed", error))?;
    Ok(TokenResponse {
        access_token: Password::new(access.token),
        refresh_token: Password::new(refresh.to_text()),
        token_type: TokenResponseTokenType::Bearer,
        expires_in: seconds(auth.token_lifetimes.access),
        refresh_expires_in: seconds(auth.token_lifetimes.refresh),
        user: account.shown_to_owner()?,
    })
}

fn seconds(time: TimeDelta) -> i32 {
    i32::try_from(time.num_seconds()).unwrap_or(i32::MAX)
}

fn no_randomness(error: RandomnessError) -> Failure {
    Failure::internal("a refresh token cannot be made", error)
}
