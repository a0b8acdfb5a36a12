// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `DELETE /only-default`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
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
        Answer::declared(
            status,
            &[Status::Default],
            || Answer::json(status, "application/json", &body),
        )
    }
}

/// What ends `DELETE /only-default` early.
pub type OnlyDefaultError = OperationError<OnlyDefault>;

/// The operation `onlyDefault`.
#[derive(Debug)]
pub struct OnlyDefault;

impl<S: DefaultApi> Operation<S> for OnlyDefault {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ();
    type Response = OnlyDefaultResponse;

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
    ) -> Result<OnlyDefaultResponse, OnlyDefaultError> {
        DefaultApi::only_default(server, context).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "onlyDefault",
    method: Method::DELETE,
    path: "/only-default",
    parameters: &[],
    body: None,
    produces: &["application/json"],
    response_headers: &[],
    challenges: &[],
};
