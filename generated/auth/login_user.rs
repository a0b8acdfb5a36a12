// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /api/v1/auth/login`.

use super::super::{codes, rt, schemas, types};

/// The request of `POST /api/v1/auth/login`.
#[derive(Debug, Clone, PartialEq)]
pub struct LoginUserRequest {
    /// The member's credentials.
    pub body: types::LoginCredentials,
}

/// The answer of `POST /api/v1/auth/login`: 200.
#[derive(Debug, Clone, PartialEq)]
pub struct LoginUserResponse {
    /// Who may keep the answer, and how long. Answers with tokens have `no-store`.
    ///
    /// Header `Cache-Control`.
    pub cache_control: String,
    /// The body.
    pub body: types::TokenResponse,
}

impl rt::IntoAnswer for LoginUserResponse {
    fn into_answer(self) -> rt::Answer {
        let Self { cache_control, body } = self;
        rt::Answer::json(rt::StatusCode::OK, "application/json", &body)
            .header("cache-control", &cache_control)
    }
}

/// What ends `POST /api/v1/auth/login` early.
///
/// - 400: The request breaks the contract: `invalid_request`. `violations` lists every place,
///   also a body where none is taken, malformed JSON and unknown fields.
/// - 401: There is no account with this e-mail address and password: `invalid_credentials`.
/// - 406: The `Accept` header allows nothing that the operation can answer: `not_acceptable`.
/// - 408: The body did not arrive in time: `request_timeout`. Nothing has happened.
/// - 413: The body is larger than the server takes (1 MiB unless the operator says otherwise):
///   `payload_too_large`.
/// - 415: The body is of a media type or encoding that the operation does not take:
///   `unsupported_media_type`.
/// - 429: Too many failed logins for this e-mail address: `locked_out`. Or more requests than
///   the caller's plan allows: `too_many_requests` at the moment, `quota_exceeded` for the day.
/// - 500: The server made a mistake: `internal_error`. The details are in its log under the
///   request id.
/// - 503: Something that the server depends on does not answer, or the server is overloaded:
///   `service_unavailable`.
/// - 504: The operation took too long and was given up: `timed_out`. Whether a change has
///   happened is unknown; repeat it with the same `Idempotency-Key`.
pub type LoginUserError = rt::OperationError<LoginUser>;

rt::declares!(
    LoginUser => [BadRequest, Unauthorized[codes::InvalidCredentials], NotAcceptable,
    RequestTimeout, ContentTooLarge, UnsupportedMediaType, TooManyRequests,
    TooManyRequests[codes::LockedOut, codes::QuotaExceeded], InternalServerError,
    ServiceUnavailable, GatewayTimeout]
);

/// The operation `loginUser`.
#[derive(Debug)]
pub struct LoginUser;

impl<S: super::AuthApi> rt::Operation<S> for LoginUser {
    const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = LoginUserRequest;
    type Response = LoginUserResponse;

    async fn authenticate(
        _server: &S,
        _context: &rt::Context,
        _credentials: rt::Credentials<'_>,
    ) -> Result<Self::Principal, rt::Rejection> {
        Ok(())
    }

    fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
        let body = input.json(&schemas::LOGIN_CREDENTIALS);
        Some(LoginUserRequest { body: body? })
    }

    async fn call(
        server: &S,
        context: &rt::Context,
        (): (),
        request: LoginUserRequest,
    ) -> Result<LoginUserResponse, LoginUserError> {
        super::AuthApi::login_user(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
    id: "loginUser",
    method: rt::Method::POST,
    path: "/api/v1/auth/login",
    parameters: &[],
    body: Some(rt::RequestBody {
        required: true,
        media_types: &["application/json"],
    }),
    produces: &["application/json"],
    response_headers: &["Cache-Control", "Retry-After", "WWW-Authenticate"],
    challenges: &[],
};
