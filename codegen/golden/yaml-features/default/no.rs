// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /yes`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::DefaultApi;

/// The answer of `GET /yes`: 200.
#[derive(Debug, Clone, PartialEq)]
pub struct NoResponse {}

impl IntoAnswer for NoResponse {
    fn into_answer(self) -> Answer {
        let Self {} = self;
        Answer::empty(StatusCode::OK)
    }
}

/// What ends `GET /yes` early.
///
/// - any other status, [`NoDefault`]: Failed.
pub type NoError = OperationError<No>;

/// Failed.
#[derive(Debug, Clone, PartialEq)]
pub struct NoDefault {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl From<NoDefault> for NoError {
    fn from(NoDefault { status }: NoDefault) -> Self {
        Self::of(Answer::declared(status, &[Status::Default], || Answer::empty(status)))
    }
}

/// The operation `no`.
#[derive(Debug)]
pub struct No;

impl<S: DefaultApi> Operation<S> for No {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = NoResponse;

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
    ) -> Result<NoResponse, NoError> {
        DefaultApi::no(server, context).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "no",
    method: Method::GET,
    path: "/yes",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};
