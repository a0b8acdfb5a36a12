// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /b`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::ZebrasApi;

/// The answer of `GET /b`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct BResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for BResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /b` early.
pub type BError = OperationError<B>;

/// The operation `b`.
#[derive(Debug)]
pub struct B;

impl<S: ZebrasApi> Operation<S> for B {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = BResponse;

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
    ) -> Result<BResponse, BError> {
        ZebrasApi::b(server, context).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "b",
    method: Method::GET,
    path: "/b",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};
