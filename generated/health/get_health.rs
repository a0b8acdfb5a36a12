// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /health`.

use super::super::{codes, rt, types};

/// The answer of `GET /health`: 200.
#[derive(Debug, Clone, PartialEq)]
pub struct GetHealthResponse {
    /// The body.
    pub body: types::Health,
}

impl rt::IntoAnswer for GetHealthResponse {
    fn into_answer(self) -> rt::Answer {
        let Self { body } = self;
        rt::Answer::json(rt::StatusCode::OK, "application/json", &body)
    }
}

/// What ends `GET /health` early.
///
/// - 400: The request breaks the contract: `invalid_request`. `violations` lists every place,
///   also a body where none is taken, malformed JSON and unknown fields.
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
pub type GetHealthError = rt::OperationError<GetHealth>;

rt::declares!(
    GetHealth => [BadRequest, NotAcceptable, TooManyRequests,
    TooManyRequests[codes::QuotaExceeded], InternalServerError, ServiceUnavailable,
    GatewayTimeout]
);

/// The operation `getHealth`.
#[derive(Debug)]
pub struct GetHealth;

impl<S: super::HealthApi> rt::Operation<S> for GetHealth {
    const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = GetHealthResponse;

    async fn authenticate(
        _server: &S,
        _context: &rt::Context,
        _credentials: rt::Credentials<'_>,
    ) -> Result<Self::Principal, rt::Rejection> {
        Ok(())
    }

    fn decode(_input: &mut rt::Input<'_>) -> Option<Self::Request> {
        Some(())
    }

    async fn call(
        server: &S,
        context: &rt::Context,
        (): (),
        (): (),
    ) -> Result<GetHealthResponse, GetHealthError> {
        super::HealthApi::get_health(server, context).await
    }
}

pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
    id: "getHealth",
    method: rt::Method::GET,
    path: "/health",
    parameters: &[],
    body: None,
    produces: &["application/json"],
    response_headers: &["Retry-After"],
    challenges: &[],
};
