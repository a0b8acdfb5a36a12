// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /api/v1/auth/login`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::OperationError;
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody};
use super::AuthApi;
use super::super::{schemas, types};

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

impl IntoAnswer for LoginUserResponse {
    fn into_answer(self) -> Answer {
        let Self { cache_control, body } = self;
        Answer::json(StatusCode::OK, "application/json", &body)
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
pub type LoginUserError = OperationError<LoginUser>;

civicforge_runtime::declares!(
    LoginUser => [BadRequest, Unauthorized, NotAcceptable, RequestTimeout,
    ContentTooLarge, UnsupportedMediaType, TooManyRequests, InternalServerError,
    ServiceUnavailable, GatewayTimeout]
);

/// The operation `loginUser`.
#[derive(Debug)]
pub struct LoginUser;

impl<S: AuthApi> Operation<S> for LoginUser {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = LoginUserRequest;
    type Response = LoginUserResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let body = input.json(&schemas::LOGIN_CREDENTIALS);
        Some(LoginUserRequest { body: body? })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: LoginUserRequest,
    ) -> Result<LoginUserResponse, LoginUserError> {
        AuthApi::login_user(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "loginUser",
    method: Method::POST,
    path: "/api/v1/auth/login",
    parameters: &[],
    body: Some(RequestBody {
        required: true,
        media_types: &["application/json"],
    }),
    produces: &["application/json"],
    response_headers: &["Cache-Control", "Retry-After", "WWW-Authenticate"],
    challenges: &[],
};
