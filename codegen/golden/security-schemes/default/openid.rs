// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /openid`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::DefaultApi;
use super::super::security;

/// The answer of `GET /openid`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenidResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for OpenidResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /openid` early.
pub type OpenidError = OperationError<Openid>;

/// The operation `openid`.
#[derive(Debug)]
pub struct Openid;

impl<S: DefaultApi> Operation<S> for Openid {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = S::Openid;
    type Request = ();
    type Response = OpenidResponse;

    async fn authenticate(
        server: &S,
        context: &Context,
        credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        let principal = security::openid(server, context, credentials, &["profile"])
            .await?;
        context.require(principal)
    }

    fn decode(_input: &mut Input<'_>) -> Option<Self::Request> {
        Some(())
    }

    async fn call(
        server: &S,
        context: &Context,
        principal: S::Openid,
        (): (),
    ) -> Result<OpenidResponse, OpenidError> {
        DefaultApi::openid(server, context, principal).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "openid",
    method: Method::GET,
    path: "/openid",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &["Bearer"],
};
