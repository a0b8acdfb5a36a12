// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /c`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::DefaultApi;

/// The answer of `GET /c`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct CResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for CResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /c` early.
pub type CError = OperationError<C>;

/// The operation `c`.
#[derive(Debug)]
pub struct C;

impl<S: DefaultApi> Operation<S> for C {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = CResponse;

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
    ) -> Result<CResponse, CError> {
        DefaultApi::c(server, context).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "c",
    method: Method::GET,
    path: "/c",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};
