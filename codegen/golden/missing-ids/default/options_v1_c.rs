// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `OPTIONS /v1/c`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::DefaultApi;

/// The answer of `OPTIONS /v1/c`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionsV1CResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for OptionsV1CResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `OPTIONS /v1/c` early.
pub type OptionsV1CError = OperationError<OptionsV1C>;

/// The operation `optionsV1C`.
#[derive(Debug)]
pub struct OptionsV1C;

impl<S: DefaultApi> Operation<S> for OptionsV1C {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = OptionsV1CResponse;

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
    ) -> Result<OptionsV1CResponse, OptionsV1CError> {
        DefaultApi::options_v1_c(server, context).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "optionsV1C",
    method: Method::OPTIONS,
    path: "/v1/c",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};
