// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `PUT /api/v1/users/me`.

use civicforge_runtime::schema::{JsonType, Schema};
use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody, Status};
use civicforge_runtime::parameter::{Encoding, Location, Parameter, Shape, Style};
use civicforge_runtime::status;
use super::UsersApi;
use super::super::{schemas, security, types};

/// The request of `PUT /api/v1/users/me`.
#[derive(Debug, Clone, PartialEq)]
pub struct UpdateCurrentUserRequest {
    /// Change only if the current `ETag` is among these (a list of entity tags, or `*`). Otherwise,
    /// also where the value is no such list, the answer is 412.
    ///
    /// Header parameter `If-Match`.
    pub if_match: Option<String>,
    /// The editable fields.
    pub body: types::UserUpdate,
}

/// The answer of `PUT /api/v1/users/me`: 200.
#[derive(Debug, Clone, PartialEq)]
pub struct UpdateCurrentUserResponse {
    /// The strong entity tag of the representation. Opaque.
    ///
    /// Header `ETag`.
    pub etag: String,
    /// The body.
    pub body: types::User,
}

impl IntoAnswer for UpdateCurrentUserResponse {
    fn into_answer(self) -> Answer {
        let Self { etag, body } = self;
        Answer::json(StatusCode::OK, "application/json", &body).header("etag", &etag)
    }
}

/// The errors that `PUT /api/v1/users/me` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum UpdateCurrentUserError {
    /// The request breaks the contract: `invalid_request`. `violations` lists every place, also a
    /// body where none is taken, malformed JSON and unknown fields.
    BadRequest(status::BadRequest),
    /// There is no access token, or it is not valid (any more): `unauthenticated`. Also where the
    /// account of a valid token no longer exists.
    Unauthorized(status::Unauthorized),
    /// The `Accept` header allows nothing that the operation can answer: `not_acceptable`.
    NotAcceptable(status::NotAcceptable),
    /// The body did not arrive in time: `request_timeout`. Nothing has happened.
    RequestTimeout(status::RequestTimeout),
    /// The current `ETag` is not among those in `If-Match`: `precondition_failed`. Nothing has
    /// changed.
    PreconditionFailed(status::PreconditionFailed),
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

impl IntoAnswer for UpdateCurrentUserError {
    fn into_answer(self) -> Answer {
        match self {
            Self::BadRequest(problem) => Answer::problem(problem),
            Self::Unauthorized(problem) => Answer::problem(problem),
            Self::NotAcceptable(problem) => Answer::problem(problem),
            Self::RequestTimeout(problem) => Answer::problem(problem),
            Self::PreconditionFailed(problem) => Answer::problem(problem),
            Self::ContentTooLarge(problem) => Answer::problem(problem),
            Self::UnsupportedMediaType(problem) => Answer::problem(problem),
            Self::TooManyRequests(problem) => Answer::problem(problem),
            Self::InternalServerError(problem) => Answer::problem(problem),
            Self::ServiceUnavailable(problem) => Answer::problem(problem),
            Self::GatewayTimeout(problem) => Answer::problem(problem),
        }
    }
}

impl From<status::BadRequest> for UpdateCurrentUserError {
    fn from(status: status::BadRequest) -> Self {
        Self::BadRequest(status)
    }
}

impl From<status::Unauthorized> for UpdateCurrentUserError {
    fn from(status: status::Unauthorized) -> Self {
        Self::Unauthorized(status)
    }
}

impl From<status::NotAcceptable> for UpdateCurrentUserError {
    fn from(status: status::NotAcceptable) -> Self {
        Self::NotAcceptable(status)
    }
}

impl From<status::RequestTimeout> for UpdateCurrentUserError {
    fn from(status: status::RequestTimeout) -> Self {
        Self::RequestTimeout(status)
    }
}

impl From<status::PreconditionFailed> for UpdateCurrentUserError {
    fn from(status: status::PreconditionFailed) -> Self {
        Self::PreconditionFailed(status)
    }
}

impl From<status::ContentTooLarge> for UpdateCurrentUserError {
    fn from(status: status::ContentTooLarge) -> Self {
        Self::ContentTooLarge(status)
    }
}

impl From<status::UnsupportedMediaType> for UpdateCurrentUserError {
    fn from(status: status::UnsupportedMediaType) -> Self {
        Self::UnsupportedMediaType(status)
    }
}

impl From<status::TooManyRequests> for UpdateCurrentUserError {
    fn from(status: status::TooManyRequests) -> Self {
        Self::TooManyRequests(status)
    }
}

impl From<status::InternalServerError> for UpdateCurrentUserError {
    fn from(status: status::InternalServerError) -> Self {
        Self::InternalServerError(status)
    }
}

impl From<status::ServiceUnavailable> for UpdateCurrentUserError {
    fn from(status: status::ServiceUnavailable) -> Self {
        Self::ServiceUnavailable(status)
    }
}

impl From<status::GatewayTimeout> for UpdateCurrentUserError {
    fn from(status: status::GatewayTimeout) -> Self {
        Self::GatewayTimeout(status)
    }
}

/// The operation `updateCurrentUser`.
#[derive(Debug)]
pub struct UpdateCurrentUser;

impl<S: UsersApi> Operation<S> for UpdateCurrentUser {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = S::BearerAuth;
    type Request = UpdateCurrentUserRequest;
    type Response = UpdateCurrentUserResponse;
    type Error = UpdateCurrentUserError;

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
        let if_match = input.parameter(&IF_MATCH);
        let body = input.json(&schemas::USER_UPDATE);
        Some(UpdateCurrentUserRequest {
            if_match,
            body: body?,
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        principal: S::BearerAuth,
        request: UpdateCurrentUserRequest,
    ) -> Result<Self::Response, Self::Error> {
        UsersApi::update_current_user(server, context, principal, request).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "updateCurrentUser",
    method: Method::PUT,
    path: "/api/v1/users/me",
    tag: "Users",
    parameters: &[&IF_MATCH],
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
        Status::Code(412),
        Status::Code(413),
        Status::Code(415),
        Status::Code(429),
        Status::Code(500),
        Status::Code(503),
        Status::Code(504),
    ],
    response_headers: &["ETag", "Retry-After", "WWW-Authenticate"],
    challenges: &["Bearer"],
};

static IF_MATCH: Parameter = Parameter {
    name: "If-Match",
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
        max_length: Some(1024),
        ..Schema::ANY
    },
    allow_empty: false,
};
