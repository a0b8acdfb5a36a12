// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /api/v1/users/me`.

use super::super::{codes, parameters, rt, security, types};

/// The request of `GET /api/v1/users/me`.
#[derive(Debug, Clone, PartialEq)]
pub struct GetCurrentUserRequest {
    /// Answer 304 without a body if the current `ETag` is among these (a list of entity tags, or
    /// `*`). A value that is no such list matches nothing.
    ///
    /// Header parameter `If-None-Match`.
    pub if_none_match: Option<String>,
}

/// The successful answers of `GET /api/v1/users/me`.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "an answer is made once, and sent at once")]
pub enum GetCurrentUserResponse {
    /// The caller's account.
    Ok {
        /// The strong entity tag of the representation. Opaque.
        ///
        /// Header `ETag`.
        etag: String,
        /// The body.
        body: types::User,
    },
    /// Nothing has changed since the representation that `If-None-Match` names. No body.
    NotModified {
        /// The strong entity tag of the representation. Opaque.
        ///
        /// Header `ETag`.
        etag: String,
    },
}

impl rt::IntoAnswer for GetCurrentUserResponse {
    fn into_answer(self) -> rt::Answer {
        match self {
            Self::Ok { etag, body } => {
                rt::Answer::json(rt::StatusCode::OK, "application/json", &body)
                    .header("etag", &etag)
            }
            Self::NotModified { etag } => {
                rt::Answer::empty(rt::StatusCode::NOT_MODIFIED).header("etag", &etag)
            }
        }
    }
}

/// What ends `GET /api/v1/users/me` early.
///
/// - 400: The request breaks the contract: `invalid_request`. `violations` lists every place,
///   also a body where none is taken, malformed JSON and unknown fields.
/// - 401: There is no access token, or it is not valid (any more): `unauthenticated`. Also
///   where the account of a valid token no longer exists.
/// - 406: The `Accept` header allows nothing that the operation can answer: `not_acceptable`.
/// - 429: The caller has sent more requests than its plan allows: `too_many_requests` at the
///   moment, `quota_exceeded` for the day. The server itself has no plans; an API gateway in
///   front of it does.
/// - 500: The server made a mistake: `internal_error`. The details are in its log under the
///   request id.
/// - 503: Something that the server depends on does not answer, or the server is overloaded:
///   `service_unavailable`.
/// - 504: The operation took too long and was given up: `timed_out`. Whether a change has
///   happened is unknown; repeat it with the same `Idempotency-Key`.
pub type GetCurrentUserError = rt::OperationError<GetCurrentUser>;

rt::declares!(
    GetCurrentUser => [BadRequest, Unauthorized, NotAcceptable, TooManyRequests,
    TooManyRequests[codes::QuotaExceeded], InternalServerError, ServiceUnavailable,
    GatewayTimeout]
);

/// The operation `getCurrentUser`.
#[derive(Debug)]
pub struct GetCurrentUser;

impl<S: super::UsersApi> rt::Operation<S> for GetCurrentUser {
    const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
    type Principal = S::BearerAuth;
    type Request = GetCurrentUserRequest;
    type Response = GetCurrentUserResponse;

    async fn authenticate(
        server: &S,
        context: &rt::Context,
        credentials: rt::Credentials<'_>,
    ) -> Result<Self::Principal, rt::Rejection> {
        let principal = security::bearer_auth(server, context, credentials, &[]).await?;
        context.require(principal)
    }

    fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
        let if_none_match = input.parameter(&parameters::IF_NONE_MATCH);
        Some(GetCurrentUserRequest {
            if_none_match,
        })
    }

    async fn call(
        server: &S,
        context: &rt::Context,
        principal: S::BearerAuth,
        request: GetCurrentUserRequest,
    ) -> Result<GetCurrentUserResponse, GetCurrentUserError> {
        super::UsersApi::get_current_user(server, context, principal, request).await
    }
}

pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
    id: "getCurrentUser",
    method: rt::Method::GET,
    path: "/api/v1/users/me",
    parameters: &[&parameters::IF_NONE_MATCH],
    body: None,
    produces: &["application/json"],
    response_headers: &["ETag", "Retry-After", "WWW-Authenticate"],
    challenges: &["Bearer"],
};
