// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /health/ready`.

use super::super::{codes, rt, types};

/// The answer of `GET /health/ready`: 200.
#[derive(Debug, Clone, PartialEq)]
pub struct GetReadinessResponse {
    /// The body.
    pub body: types::Readiness,
}

impl rt::IntoAnswer for GetReadinessResponse {
    fn into_answer(self) -> rt::Answer {
        let Self { body } = self;
        rt::Answer::json(rt::StatusCode::OK, "application/json", &body)
    }
}

/// What ends `GET /health/ready` early.
///
/// - 400: The request breaks the contract: `invalid_request`. `violations` lists every place,
///   also a body where none is taken, malformed JSON and unknown fields.
/// - 406: The `Accept` header allows nothing that the operation can answer: `not_acceptable`.
/// - 429: The caller has sent more requests than its plan allows: `too_many_requests` at the
///   moment, `quota_exceeded` for the day. The server itself has no plans; an API gateway in
///   front of it does.
/// - 500: The server made a mistake: `internal_error`. The details are in its log under the
///   request id.
/// - 503: Something that the server depends on does not answer: `service_unavailable`. `detail`
///   names it.
/// - 504: The operation took too long and was given up: `timed_out`. Whether a change has
///   happened is unknown; repeat it with the same `Idempotency-Key`.
pub type GetReadinessError = rt::OperationError<GetReadiness>;

rt::declares!(
    GetReadiness => [BadRequest, NotAcceptable, TooManyRequests,
    TooManyRequests[codes::QuotaExceeded], InternalServerError, ServiceUnavailable,
    GatewayTimeout]
);

/// The operation `getReadiness`.
#[derive(Debug)]
pub struct GetReadiness;

impl<S: super::HealthApi> rt::Operation<S> for GetReadiness {
    const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = GetReadinessResponse;

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
    ) -> Result<GetReadinessResponse, GetReadinessError> {
        super::HealthApi::get_readiness(server, context).await
    }
}

pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
    id: "getReadiness",
    method: rt::Method::GET,
    path: "/health/ready",
    parameters: &[],
    body: None,
    produces: &["application/json"],
    response_headers: &["Retry-After"],
    challenges: &[],
};
