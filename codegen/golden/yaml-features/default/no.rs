// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /yes`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, Status};
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

/// The errors that `GET /yes` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum NoError {
    /// Failed.
    Default {
        /// The status; it must be one that the contract declares with this response.
        status: StatusCode,
    },
}

impl IntoAnswer for NoError {
    fn into_answer(self) -> Answer {
        match self {
            Self::Default { status } => Answer::empty(status),
        }
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
    type Error = NoError;

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
        DefaultApi::no(server, context).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "no",
    method: Method::GET,
    path: "/yes",
    tag: "default",
    parameters: &[],
    body: None,
    produces: &[],
    statuses: &[Status::Code(200), Status::Default],
    response_headers: &[],
    challenges: &[],
};
