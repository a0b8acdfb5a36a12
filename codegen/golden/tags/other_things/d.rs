// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /d`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, Status};
use super::OtherThingsApi;

/// The answer of `GET /d`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct DResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for DResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::empty(status)
    }
}

/// The errors that `GET /d` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum DError {}

impl IntoAnswer for DError {
    fn into_answer(self) -> Answer {
        match self {}
    }
}

/// The operation `d`.
#[derive(Debug)]
pub struct D;

impl<S: OtherThingsApi> Operation<S> for D {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = DResponse;
    type Error = DError;

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
        OtherThingsApi::d(server, context).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "d",
    method: Method::GET,
    path: "/d",
    tag: "Other things",
    parameters: &[],
    body: None,
    produces: &[],
    statuses: &[Status::Default],
    response_headers: &[],
    challenges: &[],
};
