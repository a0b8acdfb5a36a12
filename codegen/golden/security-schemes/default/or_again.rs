// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /or-again`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::DefaultApi;
use super::super::security;
use super::super::security::BearerOrBasic;

/// The answer of `GET /or-again`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct OrAgainResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for OrAgainResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /or-again` early.
pub type OrAgainError = OperationError<OrAgain>;

/// The operation `orAgain`.
#[derive(Debug)]
pub struct OrAgain;

impl<S: DefaultApi> Operation<S> for OrAgain {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = BearerOrBasic<S>;
    type Request = ();
    type Response = OrAgainResponse;

    async fn authenticate(
        server: &S,
        context: &Context,
        credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        let mut rejection = None;
        match security::bearer(server, context, credentials, &[]).await {
            Ok(Some(principal)) => {
                context.identify(&principal);
                return Ok(BearerOrBasic::Bearer(principal));
            }
            Ok(None) => {}
            Err(refused) => rejection = Some(refused),
        }
        match security::basic(server, context, credentials, &[]).await {
            Ok(Some(principal)) => {
                context.identify(&principal);
                return Ok(BearerOrBasic::Basic(principal));
            }
            Ok(None) => {}
            Err(refused) => rejection = Some(refused),
        }
        match rejection {
            Some(rejection) => Err(rejection),
            None => Err(Rejection::absent()),
        }
    }

    fn decode(_input: &mut Input<'_>) -> Option<Self::Request> {
        Some(())
    }

    async fn call(
        server: &S,
        context: &Context,
        principal: BearerOrBasic<S>,
        (): (),
    ) -> Result<OrAgainResponse, OrAgainError> {
        DefaultApi::or_again(server, context, principal).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "orAgain",
    method: Method::GET,
    path: "/or-again",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &["Bearer", "Basic realm=\"api\", charset=\"UTF-8\""],
};
