// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "Auth".

pub mod get_jwks;
pub mod register_user;
pub mod login_user;
pub mod refresh_token;
pub mod logout_user;

use super::{rt, security};
pub use self::get_jwks::{GetJwksError, GetJwksResponse};
pub use self::register_user::{
    RegisterUserError, RegisterUserRequest, RegisterUserResponse,
};
pub use self::login_user::{LoginUserError, LoginUserRequest, LoginUserResponse};
pub use self::refresh_token::{
    RefreshTokenError, RefreshTokenRequest, RefreshTokenResponse,
};
pub use self::logout_user::{LogoutUserError, LogoutUserRequest, LogoutUserResponse};

/// Accounts, sessions and the keys that tokens are signed with.
pub trait AuthApi: security::Authenticate {
    /// Publish the keys that access tokens are signed with.
    ///
    /// For anyone. A JSON Web Key Set (RFC 7517) with the public keys against which access tokens
    /// of this server can be checked. A key appears here before the first token is signed with it,
    /// and stays until the last such token has expired. Codes: 400 `invalid_request`, 406
    /// `not_acceptable`.
    ///
    /// `GET /.well-known/jwks.json`
    fn get_jwks(
        &self,
        context: &rt::Context,
    ) -> impl Future<Output = Result<GetJwksResponse, GetJwksError>> + Send;

    /// Open an account.
    ///
    /// For anyone. Creates a member with 10 quest-creation points and opens a session. The e-mail
    /// address is unique among members, whatever its case.
    ///
    /// An `Idempotency-Key` counts together with the e-mail address. A replay answers with the same
    /// member and with the tokens of a new session, because the first ones are not kept in a form
    /// that could be told again.
    ///
    /// Codes: 400 `invalid_request` (a weak password is a violation of the rule
    /// `passwordStrength`), 406 `not_acceptable`, 408 `request_timeout`, 409 `email_taken`, 413
    /// `payload_too_large`, 415 `unsupported_media_type`, 422 `idempotency_key_reused`.
    ///
    /// `POST /api/v1/auth/register`
    fn register_user(
        &self,
        context: &rt::Context,
        request: RegisterUserRequest,
    ) -> impl Future<Output = Result<RegisterUserResponse, RegisterUserError>> + Send;

    /// Open a session.
    ///
    /// For anyone. Exchanges e-mail address and password for tokens. An unknown address and a wrong
    /// password are answered alike and take equally long. After repeated failures for one address,
    /// further attempts are refused for a while, even with the right password.
    ///
    /// There is no `Idempotency-Key`: a repeated login merely opens another session, and keeping
    /// the answer for a replay would mean keeping readable tokens.
    ///
    /// Codes: 400 `invalid_request`, 401 `invalid_credentials`, 406 `not_acceptable`, 408
    /// `request_timeout`, 413 `payload_too_large`, 415 `unsupported_media_type`, 429 `locked_out`
    /// (with `Retry-After` in seconds).
    ///
    /// `POST /api/v1/auth/login`
    fn login_user(
        &self,
        context: &rt::Context,
        request: LoginUserRequest,
    ) -> impl Future<Output = Result<LoginUserResponse, LoginUserError>> + Send;

    /// Exchange a refresh token for new tokens.
    ///
    /// For anyone who holds a refresh token. The token is used up and a new pair is answered. A
    /// refresh token that is used a second time ends its whole session, because one of the two
    /// users must have stolen it.
    ///
    /// There is no `Idempotency-Key`: a second use is exactly what has to be noticed. Where the
    /// answer was lost, log in again.
    ///
    /// Codes: 400 `invalid_request`, 401 `invalid_refresh_token`, 406 `not_acceptable`, 408
    /// `request_timeout`, 413 `payload_too_large`, 415 `unsupported_media_type`.
    ///
    /// `POST /api/v1/auth/refresh`
    fn refresh_token(
        &self,
        context: &rt::Context,
        request: RefreshTokenRequest,
    ) -> impl Future<Output = Result<RefreshTokenResponse, RefreshTokenError>> + Send;

    /// End the session.
    ///
    /// For members. Ends the session that the access token belongs to: its refresh token stops
    /// working at once. Access tokens that are already out stay valid until they expire, at most 30
    /// minutes later. Sessions on other devices go on. For a token of another identity provider
    /// there is no session here, and nothing to do.
    ///
    /// Takes no body. Codes: 400 `invalid_request`, 401 `unauthenticated`, 422
    /// `idempotency_key_reused`.
    ///
    /// `POST /api/v1/auth/logout`
    fn logout_user(
        &self,
        context: &rt::Context,
        principal: Self::BearerAuth,
        request: LogoutUserRequest,
    ) -> impl Future<Output = Result<LogoutUserResponse, LogoutUserError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: AuthApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
    Vec::from([
        rt::Route::of::<get_jwks::GetJwks, S>(server),
        rt::Route::of::<register_user::RegisterUser, S>(server),
        rt::Route::of::<login_user::LoginUser, S>(server),
        rt::Route::of::<refresh_token::RefreshToken, S>(server),
        rt::Route::of::<logout_user::LogoutUser, S>(server),
    ])
}
