// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `PUT /api/v1/users/me`.

use super::super::{codes, parameters, rt, schemas, security, types};

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

impl rt::IntoAnswer for UpdateCurrentUserResponse {
    fn into_answer(self) -> rt::Answer {
        let Self { etag, body } = self;
        rt::Answer::json(rt::StatusCode::OK, "application/json", &body)
            .header("etag", &etag)
    }
}

/// What ends `PUT /api/v1/users/me` early.
///
/// - 400: The request breaks the contract: `invalid_request`. `violations` lists every place,
///   also a body where none is taken, malformed JSON and unknown fields.
/// - 401: There is no access token, or it is not valid (any more): `unauthenticated`. Also
///   where the account of a valid token no longer exists.
/// - 406: The `Accept` header allows nothing that the operation can answer: `not_acceptable`.
/// - 408: The body did not arrive in time: `request_timeout`. Nothing has happened.
/// - 412: The current `ETag` is not among those in `If-Match`: `precondition_failed`. Nothing
///   has changed.
/// - 413: The body is larger than the server takes (1 MiB unless the operator says otherwise):
///   `payload_too_large`.
/// - 415: The body is of a media type or encoding that the operation does not take:
///   `unsupported_media_type`.
/// - 429: The caller has sent more requests than its plan allows: `too_many_requests` at the
///   moment, `quota_exceeded` for the day. The server itself has no plans; an API gateway in
///   front of it does.
/// - 500: The server made a mistake: `internal_error`. The details are in its log under the
///   request id.
/// - 503: Something that the server depends on does not answer, or the server is overloaded:
///   `service_unavailable`.
/// - 504: The operation took too long and was given up: `timed_out`. Whether a change has
///   happened is unknown; repeat it with the same `Idempotency-Key`.
pub type UpdateCurrentUserError = rt::OperationError<UpdateCurrentUser>;

rt::declares!(
    UpdateCurrentUser => [BadRequest, Unauthorized, NotAcceptable, RequestTimeout,
    PreconditionFailed, ContentTooLarge, UnsupportedMediaType, TooManyRequests,
    TooManyRequests[codes::QuotaExceeded], InternalServerError, ServiceUnavailable,
    GatewayTimeout]
);

/// The operation `updateCurrentUser`.
#[derive(Debug)]
pub struct UpdateCurrentUser;

impl<S: super::UsersApi> rt::Operation<S> for UpdateCurrentUser {
    const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
    type Principal = S::BearerAuth;
    type Request = UpdateCurrentUserRequest;
    type Response = UpdateCurrentUserResponse;

    async fn authenticate(
        server: &S,
        context: &rt::Context,
        credentials: rt::Credentials<'_>,
    ) -> Result<Self::Principal, rt::Rejection> {
        let principal = security::bearer_auth(server, context, credentials, &[]).await?;
        context.require(principal)
    }

    fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
        let if_match = input.parameter(&parameters::IF_MATCH);
        let body = input.json(&schemas::USER_UPDATE);
        Some(UpdateCurrentUserRequest {
            if_match,
            body: body?,
        })
    }

    async fn call(
        server: &S,
        context: &rt::Context,
        principal: S::BearerAuth,
        request: UpdateCurrentUserRequest,
    ) -> Result<UpdateCurrentUserResponse, UpdateCurrentUserError> {
        super::UsersApi::update_current_user(server, context, principal, request).await
    }
}

pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
    id: "updateCurrentUser",
    method: rt::Method::PUT,
    path: "/api/v1/users/me",
    parameters: &[&parameters::IF_MATCH],
    body: Some(rt::RequestBody {
        required: true,
        media_types: &["application/json"],
    }),
    produces: &["application/json"],
    response_headers: &["ETag", "Retry-After", "WWW-Authenticate"],
    challenges: &["Bearer"],
};
