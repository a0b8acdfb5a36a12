// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /inherited`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::DefaultApi;
use super::super::security;

/// The answer of `GET /inherited`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct InheritedResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for InheritedResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /inherited` early.
pub type InheritedError = OperationError<Inherited>;

/// The operation `inherited`.
#[derive(Debug)]
pub struct Inherited;

impl<S: DefaultApi> Operation<S> for Inherited {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = S::Bearer;
    type Request = ();
    type Response = InheritedResponse;

    async fn authenticate(
        server: &S,
        context: &Context,
        credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        let principal = security::bearer(server, context, credentials, &[]).await?;
        context.require(principal)
    }

    fn decode(_input: &mut Input<'_>) -> Option<Self::Request> {
        Some(())
    }

    async fn call(
        server: &S,
        context: &Context,
        principal: S::Bearer,
        (): (),
    ) -> Result<InheritedResponse, InheritedError> {
        DefaultApi::inherited(server, context, principal).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "inherited",
    method: Method::GET,
    path: "/inherited",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &["Bearer"],
};
