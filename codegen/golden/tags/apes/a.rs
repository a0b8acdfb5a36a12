// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /a`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::ApesApi;

/// The answer of `GET /a`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct AResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for AResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /a` early.
pub type AError = OperationError<A>;

/// The operation `a`.
#[derive(Debug)]
pub struct A;

impl<S: ApesApi> Operation<S> for A {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = AResponse;

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
    ) -> Result<AResponse, AError> {
        ApesApi::a(server, context).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "a",
    method: Method::GET,
    path: "/a",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};
