// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `PUT /mod`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, Status};
use super::TypesApi;

/// The answer of `PUT /mod`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct ContextOperationResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for ContextOperationResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::empty(status)
    }
}

/// The errors that `PUT /mod` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum ContextOperationError {}

impl IntoAnswer for ContextOperationError {
    fn into_answer(self) -> Answer {
        match self {}
    }
}

/// The operation `Context`.
#[derive(Debug)]
pub struct ContextOperation;

impl<S: TypesApi> Operation<S> for ContextOperation {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = ContextOperationResponse;
    type Error = ContextOperationError;

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
        TypesApi::context(server, context).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "Context",
    method: Method::PUT,
    path: "/mod",
    tag: "types",
    parameters: &[],
    body: None,
    produces: &[],
    statuses: &[Status::Default],
    response_headers: &[],
    challenges: &[],
};
