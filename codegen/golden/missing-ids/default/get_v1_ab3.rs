// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /v1/a_b`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::DefaultApi;

/// The answer of `GET /v1/a_b`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct GetV1Ab3Response {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for GetV1Ab3Response {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /v1/a_b` early.
pub type GetV1Ab3Error = OperationError<GetV1Ab3>;

/// The operation `getV1AB3`.
#[derive(Debug)]
pub struct GetV1Ab3;

impl<S: DefaultApi> Operation<S> for GetV1Ab3 {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = GetV1Ab3Response;

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
    ) -> Result<GetV1Ab3Response, GetV1Ab3Error> {
        DefaultApi::get_v1_ab3(server, context).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "getV1AB3",
    method: Method::GET,
    path: "/v1/a_b",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};
