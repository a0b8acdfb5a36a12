// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /api/v1/auth/logout`.

use civicforge_runtime::schema::{JsonType, Schema};
use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, Status};
use civicforge_runtime::parameter::{Encoding, Location, Parameter, Shape, Style};
use civicforge_runtime::status;
use super::AuthApi;
use super::super::{schemas, security};

/// The request of `POST /api/v1/auth/logout`.
#[derive(Debug, Clone, PartialEq)]
pub struct LogoutUserRequest {
    /// A value that the client makes up for this request, such as a UUID, and sends again when it
    /// repeats the request. 1 to 255 visible ASCII characters. It counts for the member for 24
    /// hours.
    ///
    /// Header parameter `Idempotency-Key`.
    pub idempotency_key: Option<String>,
}

/// The answer of `POST /api/v1/auth/logout`: 204.
#[derive(Debug, Clone, PartialEq)]
pub struct LogoutUserResponse {
    /// `true` where the answer is that of an earlier request with the same `Idempotency-Key`.
    /// Absent otherwise.
    ///
    /// Header `Idempotency-Replayed`.
    pub idempotency_replayed: Option<bool>,
}

impl IntoAnswer for LogoutUserResponse {
    fn into_answer(self) -> Answer {
        let Self { idempotency_replayed } = self;
        Answer::empty(StatusCode::NO_CONTENT)
            .optional_header("idempotency-replayed", idempotency_replayed.as_ref())
    }
}

/// The errors that `POST /api/v1/auth/logout` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum LogoutUserError {
    /// The request breaks the contract: `invalid_request`. `violations` lists every place, also a
    /// body where none is taken, malformed JSON and unknown fields.
    BadRequest(status::BadRequest),
    /// There is no access token, or it is not valid (any more): `unauthenticated`. Also where the
    /// account of a valid token no longer exists.
    Unauthorized(status::Unauthorized),
    /// The `Idempotency-Key` was used for another request in the last 24 hours:
    /// `idempotency_key_reused`. Nothing has happened.
    UnprocessableContent(status::UnprocessableContent),
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

impl IntoAnswer for LogoutUserError {
    fn into_answer(self) -> Answer {
        match self {
            Self::BadRequest(problem) => Answer::problem(problem),
            Self::Unauthorized(problem) => Answer::problem(problem),
            Self::UnprocessableContent(problem) => Answer::problem(problem),
            Self::TooManyRequests(problem) => Answer::problem(problem),
            Self::InternalServerError(problem) => Answer::problem(problem),
            Self::ServiceUnavailable(problem) => Answer::problem(problem),
            Self::GatewayTimeout(problem) => Answer::problem(problem),
        }
    }
}

impl From<status::BadRequest> for LogoutUserError {
    fn from(status: status::BadRequest) -> Self {
        Self::BadRequest(status)
    }
}

impl From<status::Unauthorized> for LogoutUserError {
    fn from(status: status::Unauthorized) -> Self {
        Self::Unauthorized(status)
    }
}

impl From<status::UnprocessableContent> for LogoutUserError {
    fn from(status: status::UnprocessableContent) -> Self {
        Self::UnprocessableContent(status)
    }
}

impl From<status::TooManyRequests> for LogoutUserError {
    fn from(status: status::TooManyRequests) -> Self {
        Self::TooManyRequests(status)
    }
}

impl From<status::InternalServerError> for LogoutUserError {
    fn from(status: status::InternalServerError) -> Self {
        Self::InternalServerError(status)
    }
}

impl From<status::ServiceUnavailable> for LogoutUserError {
    fn from(status: status::ServiceUnavailable) -> Self {
        Self::ServiceUnavailable(status)
    }
}

impl From<status::GatewayTimeout> for LogoutUserError {
    fn from(status: status::GatewayTimeout) -> Self {
        Self::GatewayTimeout(status)
    }
}

/// The operation `logoutUser`.
#[derive(Debug)]
pub struct LogoutUser;

impl<S: AuthApi> Operation<S> for LogoutUser {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = S::BearerAuth;
    type Request = LogoutUserRequest;
    type Response = LogoutUserResponse;
    type Error = LogoutUserError;

    async fn authenticate(
        server: &S,
        context: &Context,
        credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        match security::bearer_auth(server, context, credentials, &[]).await? {
            Some(principal) => {
                context.identify(&principal);
                Ok(principal)
            }
            None => Err(Rejection::absent()),
        }
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let idempotency_key = input.parameter(&IDEMPOTENCY_KEY);
        Some(LogoutUserRequest {
            idempotency_key,
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        principal: S::BearerAuth,
        request: LogoutUserRequest,
    ) -> Result<Self::Response, Self::Error> {
        AuthApi::logout_user(server, context, principal, request).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "logoutUser",
    method: Method::POST,
    path: "/api/v1/auth/logout",
    tag: "Auth",
    parameters: &[&IDEMPOTENCY_KEY],
    body: None,
    produces: &[],
    statuses: &[
        Status::Code(204),
        Status::Code(400),
        Status::Code(401),
        Status::Code(422),
        Status::Code(429),
        Status::Code(500),
        Status::Code(503),
        Status::Code(504),
    ],
    response_headers: &["Idempotency-Replayed", "Retry-After", "WWW-Authenticate"],
    challenges: &["Bearer"],
};

static IDEMPOTENCY_KEY: Parameter = Parameter {
    name: "Idempotency-Key",
    location: Location::Header,
    encoding: Encoding::Style {
        style: Style::Simple,
        explode: false,
        shape: Shape::Scalar,
    },
    required: false,
    schema: &Schema {
        json_type: Some(JsonType::String),
        min_length: Some(1),
        max_length: Some(255),
        pattern: Some(&schemas::PATTERN_7),
        ..Schema::ANY
    },
    allow_empty: false,
};
