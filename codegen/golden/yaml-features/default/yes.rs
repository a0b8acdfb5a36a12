// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /yes`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, Status};
use super::DefaultApi;

/// The successful answers of `POST /yes`.
#[derive(Debug, Clone, PartialEq)]
pub enum YesResponse {
    /// >- Folded text.
    Ok,
    /// Failed.
    Created,
}

impl IntoAnswer for YesResponse {
    fn into_answer(self) -> Answer {
        match self {
            Self::Ok => Answer::empty(StatusCode::OK),
            Self::Created => Answer::empty(StatusCode::CREATED),
        }
    }
}

/// The errors that `POST /yes` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum YesError {
    /// Failed.
    Default {
        /// The status; it must be one that the contract declares with this response.
        status: StatusCode,
    },
}

impl IntoAnswer for YesError {
    fn into_answer(self) -> Answer {
        match self {
            Self::Default { status } => Answer::empty(status),
        }
    }
}

/// The operation `yes`.
#[derive(Debug)]
pub struct Yes;

impl<S: DefaultApi> Operation<S> for Yes {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = YesResponse;
    type Error = YesError;

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
        DefaultApi::yes(server, context).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "yes",
    method: Method::POST,
    path: "/yes",
    tag: "default",
    parameters: &[],
    body: None,
    produces: &[],
    statuses: &[Status::Code(200), Status::Code(201), Status::Default],
    response_headers: &[],
    challenges: &[],
};
