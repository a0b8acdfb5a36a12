// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /nobody`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, Status};
use super::DefaultApi;

/// The answer of `GET /nobody`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct NobodyResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for NobodyResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::empty(status)
    }
}

/// The errors that `GET /nobody` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum NobodyError {}

impl IntoAnswer for NobodyError {
    fn into_answer(self) -> Answer {
        match self {}
    }
}

/// The operation `nobody`.
#[derive(Debug)]
pub struct Nobody;

impl<S: DefaultApi> Operation<S> for Nobody {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = NobodyResponse;
    type Error = NobodyError;

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
        DefaultApi::nobody(server, context).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "nobody",
    method: Method::GET,
    path: "/nobody",
    tag: "default",
    parameters: &[],
    body: None,
    produces: &[],
    statuses: &[Status::Default],
    response_headers: &[],
    challenges: &[],
};
