// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /a`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, Status};
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
        Answer::empty(status)
    }
}

/// The errors that `GET /a` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum AError {}

impl IntoAnswer for AError {
    fn into_answer(self) -> Answer {
        match self {}
    }
}

/// The operation `a`.
#[derive(Debug)]
pub struct A;

impl<S: ApesApi> Operation<S> for A {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = AResponse;
    type Error = AError;

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
        ApesApi::a(server, context).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "a",
    method: Method::GET,
    path: "/a",
    tag: "apes",
    parameters: &[],
    body: None,
    produces: &[],
    statuses: &[Status::Default],
    response_headers: &[],
    challenges: &[],
};
