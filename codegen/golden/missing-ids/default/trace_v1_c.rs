// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `TRACE /v1/c`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, Status};
use super::DefaultApi;

/// The answer of `TRACE /v1/c`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceV1CResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for TraceV1CResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::empty(status)
    }
}

/// The errors that `TRACE /v1/c` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum TraceV1CError {}

impl IntoAnswer for TraceV1CError {
    fn into_answer(self) -> Answer {
        match self {}
    }
}

/// The operation `traceV1C`.
#[derive(Debug)]
pub struct TraceV1C;

impl<S: DefaultApi> Operation<S> for TraceV1C {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = TraceV1CResponse;
    type Error = TraceV1CError;

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
        DefaultApi::trace_v1_c(server, context).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "traceV1C",
    method: Method::TRACE,
    path: "/v1/c",
    tag: "default",
    parameters: &[],
    body: None,
    produces: &[],
    statuses: &[Status::Default],
    response_headers: &[],
    challenges: &[],
};
