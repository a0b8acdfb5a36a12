// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `HEAD /v1/c`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::DefaultApi;

/// The answer of `HEAD /v1/c`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadV1CResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for HeadV1CResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `HEAD /v1/c` early.
pub type HeadV1CError = OperationError<HeadV1C>;

/// The operation `headV1C`.
#[derive(Debug)]
pub struct HeadV1C;

impl<S: DefaultApi> Operation<S> for HeadV1C {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = HeadV1CResponse;

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
    ) -> Result<HeadV1CResponse, HeadV1CError> {
        DefaultApi::head_v1_c(server, context).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "headV1C",
    method: Method::HEAD,
    path: "/v1/c",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};
