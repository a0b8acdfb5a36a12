// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /health`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, Status};
use civicforge_runtime::status;
use super::HealthApi;
use super::super::types;

/// The answer of `GET /health`: 200.
#[derive(Debug, Clone, PartialEq)]
pub struct GetHealthResponse {
    /// The body.
    pub body: types::Health,
}

impl IntoAnswer for GetHealthResponse {
    fn into_answer(self) -> Answer {
        let Self { body } = self;
        Answer::json(StatusCode::OK, "application/json", &body)
    }
}

/// The errors that `GET /health` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum GetHealthError {
    /// The request breaks the contract: `invalid_request`. `violations` lists every place, also a
    /// body where none is taken, malformed JSON and unknown fields.
    BadRequest(status::BadRequest),
    /// The `Accept` header allows nothing that the operation can answer: `not_acceptable`.
    NotAcceptable(status::NotAcceptable),
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

impl IntoAnswer for GetHealthError {
    fn into_answer(self) -> Answer {
        match self {
            Self::BadRequest(problem) => Answer::problem(problem),
            Self::NotAcceptable(problem) => Answer::problem(problem),
            Self::TooManyRequests(problem) => Answer::problem(problem),
            Self::InternalServerError(problem) => Answer::problem(problem),
            Self::ServiceUnavailable(problem) => Answer::problem(problem),
            Self::GatewayTimeout(problem) => Answer::problem(problem),
        }
    }
}

impl From<status::BadRequest> for GetHealthError {
    fn from(status: status::BadRequest) -> Self {
        Self::BadRequest(status)
    }
}

impl From<status::NotAcceptable> for GetHealthError {
    fn from(status: status::NotAcceptable) -> Self {
        Self::NotAcceptable(status)
    }
}

impl From<status::TooManyRequests> for GetHealthError {
    fn from(status: status::TooManyRequests) -> Self {
        Self::TooManyRequests(status)
    }
}

impl From<status::InternalServerError> for GetHealthError {
    fn from(status: status::InternalServerError) -> Self {
        Self::InternalServerError(status)
    }
}

impl From<status::ServiceUnavailable> for GetHealthError {
    fn from(status: status::ServiceUnavailable) -> Self {
        Self::ServiceUnavailable(status)
    }
}

impl From<status::GatewayTimeout> for GetHealthError {
    fn from(status: status::GatewayTimeout) -> Self {
        Self::GatewayTimeout(status)
    }
}

/// The operation `getHealth`.
#[derive(Debug)]
pub struct GetHealth;

impl<S: HealthApi> Operation<S> for GetHealth {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = GetHealthResponse;
    type Error = GetHealthError;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(_input: &mut Input<'_>) -> Option<Self::Request> {
        Some(())
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        (): (),
    ) -> Result<Self::Response, Self::Error> {
        HealthApi::get_health(server, context).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "getHealth",
    method: Method::GET,
    path: "/health",
    tag: "Health",
    parameters: &[],
    body: None,
    produces: &["application/json"],
    statuses: &[
        Status::Code(200),
        Status::Code(400),
        Status::Code(406),
        Status::Code(429),
        Status::Code(500),
        Status::Code(503),
        Status::Code(504),
    ],
    response_headers: &["Retry-After"],
    challenges: &[],
};
