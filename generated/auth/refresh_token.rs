// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /api/v1/auth/refresh`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody, Status};
use civicforge_runtime::status;
use super::AuthApi;
use super::super::{schemas, types};

/// The request of `POST /api/v1/auth/refresh`.
#[derive(Debug, Clone, PartialEq)]
pub struct RefreshTokenRequest {
    /// The refresh token.
    pub body: types::RefreshGrant,
}

/// The answer of `POST /api/v1/auth/refresh`: 200.
#[derive(Debug, Clone, PartialEq)]
pub struct RefreshTokenResponse {
    /// Who may keep the answer, and how long. Answers with tokens have `no-store`.
    ///
    /// Header `Cache-Control`.
    pub cache_control: String,
    /// The body.
    pub body: types::TokenResponse,
}

impl IntoAnswer for RefreshTokenResponse {
    fn into_answer(self) -> Answer {
        let Self { cache_control, body } = self;
        Answer::json(StatusCode::OK, "application/json", &body)
            .header("cache-control", &cache_control)
    }
}

/// The errors that `POST /api/v1/auth/refresh` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum RefreshTokenError {
    /// The request breaks the contract: `invalid_request`. `violations` lists every place, also a
    /// body where none is taken, malformed JSON and unknown fields.
    BadRequest(status::BadRequest),
    /// The refresh token is unknown, expired, used before, or of a session that has ended:
    /// `invalid_refresh_token`.
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
    /// The caller has sent more requests than its plan allows: `too_many_requests` at the moment,
    /// `quota_exceeded` for the day. The server itself has no plans; an API gateway in front of it
    /// does.
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

impl IntoAnswer for RefreshTokenError {
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

impl From<status::BadRequest> for RefreshTokenError {
    fn from(status: status::BadRequest) -> Self {
        Self::BadRequest(status)
    }
}

impl From<status::Unauthorized> for RefreshTokenError {
    fn from(status: status::Unauthorized) -> Self {
        Self::Unauthorized(status)
    }
}

impl From<status::NotAcceptable> for RefreshTokenError {
    fn from(status: status::NotAcceptable) -> Self {
        Self::NotAcceptable(status)
    }
}

impl From<status::RequestTimeout> for RefreshTokenError {
    fn from(status: status::RequestTimeout) -> Self {
        Self::RequestTimeout(status)
    }
}

impl From<status::ContentTooLarge> for RefreshTokenError {
    fn from(status: status::ContentTooLarge) -> Self {
        Self::ContentTooLarge(status)
    }
}

impl From<status::UnsupportedMediaType> for RefreshTokenError {
    fn from(status: status::UnsupportedMediaType) -> Self {
        Self::UnsupportedMediaType(status)
    }
}

impl From<status::TooManyRequests> for RefreshTokenError {
    fn from(status: status::TooManyRequests) -> Self {
        Self::TooManyRequests(status)
    }
}

impl From<status::InternalServerError> for RefreshTokenError {
    fn from(status: status::InternalServerError) -> Self {
        Self::InternalServerError(status)
    }
}

impl From<status::ServiceUnavailable> for RefreshTokenError {
    fn from(status: status::ServiceUnavailable) -> Self {
        Self::ServiceUnavailable(status)
    }
}

impl From<status::GatewayTimeout> for RefreshTokenError {
    fn from(status: status::GatewayTimeout) -> Self {
        Self::GatewayTimeout(status)
    }
}

/// The operation `refreshToken`.
#[derive(Debug)]
pub struct RefreshToken;

impl<S: AuthApi> Operation<S> for RefreshToken {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = RefreshTokenRequest;
    type Response = RefreshTokenResponse;
    type Error = RefreshTokenError;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let body = input.json(&schemas::REFRESH_GRANT);
        Some(RefreshTokenRequest { body: body? })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: RefreshTokenRequest,
    ) -> Result<Self::Response, Self::Error> {
        AuthApi::refresh_token(server, context, request).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "refreshToken",
    method: Method::POST,
    path: "/api/v1/auth/refresh",
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
