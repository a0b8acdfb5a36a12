// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `PUT /mod`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
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
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `PUT /mod` early.
pub type ContextOperationError = OperationError<ContextOperation>;

/// The operation `Context`.
#[derive(Debug)]
pub struct ContextOperation;

impl<S: TypesApi> Operation<S> for ContextOperation {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = ContextOperationResponse;

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
    ) -> Result<ContextOperationResponse, ContextOperationError> {
        TypesApi::context(server, context).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "Context",
    method: Method::PUT,
    path: "/mod",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};
