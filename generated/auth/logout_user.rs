// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /api/v1/auth/logout`.

use super::super::{codes, parameters, rt, security};

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

impl rt::IntoAnswer for LogoutUserResponse {
    fn into_answer(self) -> rt::Answer {
        let Self { idempotency_replayed } = self;
        rt::Answer::empty(rt::StatusCode::NO_CONTENT)
            .optional_header("idempotency-replayed", idempotency_replayed.as_ref())
    }
}

/// What ends `POST /api/v1/auth/logout` early.
///
/// - 400: The request breaks the contract: `invalid_request`. `violations` lists every place,
///   also a body where none is taken, malformed JSON and unknown fields.
/// - 401: There is no access token, or it is not valid (any more): `unauthenticated`. Also
///   where the account of a valid token no longer exists.
/// - 422: The `Idempotency-Key` was used for another request in the last 24 hours:
///   `idempotency_key_reused`. Nothing has happened.
/// - 429: The caller has sent more requests than its plan allows: `too_many_requests` at the
///   moment, `quota_exceeded` for the day. The server itself has no plans; an API gateway in
///   front of it does.
/// - 500: The server made a mistake: `internal_error`. The details are in its log under the
///   request id.
/// - 503: Something that the server depends on does not answer, or the server is overloaded:
///   `service_unavailable`.
/// - 504: The operation took too long and was given up: `timed_out`. Whether a change has
///   happened is unknown; repeat it with the same `Idempotency-Key`.
pub type LogoutUserError = rt::OperationError<LogoutUser>;

rt::declares!(
    LogoutUser => [BadRequest, Unauthorized,
    UnprocessableContent[codes::IdempotencyKeyReused], TooManyRequests,
    TooManyRequests[codes::QuotaExceeded], InternalServerError, ServiceUnavailable,
    GatewayTimeout]
);

/// The operation `logoutUser`.
#[derive(Debug)]
pub struct LogoutUser;

impl<S: super::AuthApi> rt::Operation<S> for LogoutUser {
    const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
    type Principal = S::BearerAuth;
    type Request = LogoutUserRequest;
    type Response = LogoutUserResponse;

    async fn authenticate(
        server: &S,
        context: &rt::Context,
        credentials: rt::Credentials<'_>,
    ) -> Result<Self::Principal, rt::Rejection> {
        let principal = security::bearer_auth(server, context, credentials, &[]).await?;
        context.require(principal)
    }

    fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
        let idempotency_key = input.parameter(&parameters::IDEMPOTENCY_KEY);
        Some(LogoutUserRequest {
            idempotency_key,
        })
    }

    async fn call(
        server: &S,
        context: &rt::Context,
        principal: S::BearerAuth,
        request: LogoutUserRequest,
    ) -> Result<LogoutUserResponse, LogoutUserError> {
        super::AuthApi::logout_user(server, context, principal, request).await
    }
}

pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
    id: "logoutUser",
    method: rt::Method::POST,
    path: "/api/v1/auth/logout",
    parameters: &[&parameters::IDEMPOTENCY_KEY],
    body: None,
    produces: &[],
    response_headers: &["Idempotency-Replayed", "Retry-After", "WWW-Authenticate"],
    challenges: &["Bearer"],
};
