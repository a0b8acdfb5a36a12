// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /v1/c`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::DefaultApi;

/// The answer of `GET /v1/c`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct GetV1AbResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for GetV1AbResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /v1/c` early.
pub type GetV1AbError = OperationError<GetV1Ab>;

/// The operation `getV1AB`.
#[derive(Debug)]
pub struct GetV1Ab;

impl<S: DefaultApi> Operation<S> for GetV1Ab {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = GetV1AbResponse;

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
    ) -> Result<GetV1AbResponse, GetV1AbError> {
        DefaultApi::get_v1_ab(server, context).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "getV1AB",
    method: Method::GET,
    path: "/v1/c",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};
