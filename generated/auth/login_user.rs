// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /api/v1/auth/login`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody, Status};
use civicforge_runtime::status;
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

/// The errors that `POST /api/v1/auth/login` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum LoginUserError {
    /// The request breaks the contract: `invalid_request`. `violations` lists every place, also a
    /// body where none is taken, malformed JSON and unknown fields.
    BadRequest(status::BadRequest),
    /// There is no account with this e-mail address and password: `invalid_credentials`.
    Unauthorized(status::Unauthorized),
    /// The `Accept` header allows nothing that the operation can answer: `not_acceptable`.
    NotAcceptable(status::NotAcceptable),
    /// The body did not arrive in time: `request_timeout`. Nothing has happened.
    RequestTimeout(status::RequestTimeout),
    /// The body is larger than the server takes (1 MiB unless the operator says otherwise):
    /// `payload_too_large`.
    ContentTooLarge(status::ContentTooLarge),
    /// The body is of a media type or encoding that the operation does not take:
    /// `unsupported_media_type`.
    UnsupportedMediaType(status::UnsupportedMediaType),
    /// Too many failed logins for this e-mail address: `locked_out`. Or more requests than the
    /// caller's plan allows: `too_many_requests` at the moment, `quota_exceeded` for the day.
    TooManyRequests(status::TooManyRequests),
    /// The server made a mistake: `internal_error`. The details are in its log under the request
    /// id.
    InternalServerError(status::InternalServerError),
    /// Something that the server depends on does not answer, or the server is overloaded:
    /// `service_unavailable`.
    ServiceUnavailable(status::ServiceUnavailable),
    /// The operation took too long and was given up: `timed_out`. Whether a change has happened is
    /// unknown; repeat it with the same `Idempotency-Key`.
    GatewayTimeout(status::GatewayTimeout),
}

impl IntoAnswer for LoginUserError {
    fn into_answer(self) -> Answer {
        match self {
            Self::BadRequest(problem) => Answer::problem(problem),
            Self::Unauthorized(problem) => Answer::problem(problem),
            Self::NotAcceptable(problem) => Answer::problem(problem),
            Self::RequestTimeout(problem) => Answer::problem(problem),
            Self::ContentTooLarge(problem) => Answer::problem(problem),
            Self::UnsupportedMediaType(problem) => Answer::problem(problem),
            Self::TooManyRequests(problem) => Answer::problem(problem),
            Self::InternalServerError(problem) => Answer::problem(problem),
            Self::ServiceUnavailable(problem) => Answer::problem(problem),
            Self::GatewayTimeout(problem) => Answer::problem(problem),
        }
    }
}

impl From<status::BadRequest> for LoginUserError {
    fn from(status: status::BadRequest) -> Self {
        Self::BadRequest(status)
    }
}

impl From<status::Unauthorized> for LoginUserError {
    fn from(status: status::Unauthorized) -> Self {
        Self::Unauthorized(status)
    }
}

impl From<status::NotAcceptable> for LoginUserError {
    fn from(status: status::NotAcceptable) -> Self {
        Self::NotAcceptable(status)
    }
}

impl From<status::RequestTimeout> for LoginUserError {
    fn from(status: status::RequestTimeout) -> Self {
        Self::RequestTimeout(status)
    }
}

impl From<status::ContentTooLarge> for LoginUserError {
    fn from(status: status::ContentTooLarge) -> Self {
        Self::ContentTooLarge(status)
    }
}

impl From<status::UnsupportedMediaType> for LoginUserError {
    fn from(status: status::UnsupportedMediaType) -> Self {
        Self::UnsupportedMediaType(status)
    }
}

impl From<status::TooManyRequests> for LoginUserError {
    fn from(status: status::TooManyRequests) -> Self {
        Self::TooManyRequests(status)
    }
}

impl From<status::InternalServerError> for LoginUserError {
    fn from(status: status::InternalServerError) -> Self {
        Self::InternalServerError(status)
    }
}

impl From<status::ServiceUnavailable> for LoginUserError {
    fn from(status: status::ServiceUnavailable) -> Self {
        Self::ServiceUnavailable(status)
    }
}

impl From<status::GatewayTimeout> for LoginUserError {
    fn from(status: status::GatewayTimeout) -> Self {
        Self::GatewayTimeout(status)
    }
}

/// The operation `loginUser`.
#[derive(Debug)]
pub struct LoginUser;

impl<S: AuthApi> Operation<S> for LoginUser {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = LoginUserRequest;
    type Response = LoginUserResponse;
    type Error = LoginUserError;

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
    ) -> Result<Self::Response, Self::Error> {
        AuthApi::login_user(server, context, request).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "loginUser",
    method: Method::POST,
    path: "/api/v1/auth/login",
    tag: "Auth",
    parameters: &[],
    body: Some(RequestBody {
        required: true,
        media_types: &["application/json"],
    }),
    produces: &["application/json"],
    statuses: &[
        Status::Code(200),
        Status::Code(400),
        Status::Code(401),
        Status::Code(406),
        Status::Code(408),
        Status::Code(413),
        Status::Code(415),
        Status::Code(429),
        Status::Code(500),
        Status::Code(503),
        Status::Code(504),
    ],
    response_headers: &["Cache-Control", "Retry-After", "WWW-Authenticate"],
    challenges: &[],
};
