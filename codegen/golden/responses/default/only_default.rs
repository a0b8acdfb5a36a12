// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `DELETE /only-default`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, Status};
use super::DefaultApi;

/// The answer of `DELETE /only-default`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct OnlyDefaultResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
    /// The body.
    pub body: String,
}

impl IntoAnswer for OnlyDefaultResponse {
    fn into_answer(self) -> Answer {
        let Self { status, body } = self;
        Answer::json(status, "application/json", &body)
    }
}

/// The errors that `DELETE /only-default` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum OnlyDefaultError {}

impl IntoAnswer for OnlyDefaultError {
    fn into_answer(self) -> Answer {
        match self {}
    }
}

/// The operation `onlyDefault`.
#[derive(Debug)]
pub struct OnlyDefault;

impl<S: DefaultApi> Operation<S> for OnlyDefault {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = OnlyDefaultResponse;
    type Error = OnlyDefaultError;

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
        DefaultApi::only_default(server, context).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "onlyDefault",
    method: Method::DELETE,
    path: "/only-default",
    tag: "default",
    parameters: &[],
    body: None,
    produces: &["application/json"],
    statuses: &[Status::Default],
    response_headers: &[],
    challenges: &[],
};
