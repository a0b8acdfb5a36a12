// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /optional`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::DefaultApi;
use super::super::security;

/// The answer of `GET /optional`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionalResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for OptionalResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /optional` early.
pub type OptionalError = OperationError<Optional>;

/// The operation `optional`.
#[derive(Debug)]
pub struct Optional;

impl<S: DefaultApi> Operation<S> for Optional {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = Option<S::Bearer>;
    type Request = ();
    type Response = OptionalResponse;

    async fn authenticate(
        server: &S,
        context: &Context,
        credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        match security::bearer(server, context, credentials, &[]).await? {
            Some(principal) => {
                context.identify(&principal);
                Ok(Some(principal))
            }
            None => Ok(None),
        }
    }

    fn decode(_input: &mut Input<'_>) -> Option<Self::Request> {
        Some(())
    }

    async fn call(
        server: &S,
        context: &Context,
        principal: Option<S::Bearer>,
        (): (),
    ) -> Result<OptionalResponse, OptionalError> {
        DefaultApi::optional(server, context, principal).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "optional",
    method: Method::GET,
    path: "/optional",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &["Bearer"],
};
