// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /public`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, Status};
use super::DefaultApi;

/// The answer of `GET /public`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for PublicResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::empty(status)
    }
}

/// The errors that `GET /public` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum PublicError {}

impl IntoAnswer for PublicError {
    fn into_answer(self) -> Answer {
        match self {}
    }
}

/// The operation `public`.
#[derive(Debug)]
pub struct Public;

impl<S: DefaultApi> Operation<S> for Public {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = PublicResponse;
    type Error = PublicError;

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
        DefaultApi::public(server, context).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "public",
    method: Method::GET,
    path: "/public",
    tag: "default",
    parameters: &[],
    body: None,
    produces: &[],
    statuses: &[Status::Default],
    response_headers: &[],
    challenges: &[],
};
