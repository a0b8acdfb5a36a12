// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /or-again`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, Status};
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
        Answer::empty(status)
    }
}

/// The errors that `GET /or-again` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum OrAgainError {}

impl IntoAnswer for OrAgainError {
    fn into_answer(self) -> Answer {
        match self {}
    }
}

/// The operation `orAgain`.
#[derive(Debug)]
pub struct OrAgain;

impl<S: DefaultApi> Operation<S> for OrAgain {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = BearerOrBasic<S>;
    type Request = ();
    type Response = OrAgainResponse;
    type Error = OrAgainError;

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
    ) -> Result<Self::Response, Self::Error> {
        DefaultApi::or_again(server, context, principal).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "orAgain",
    method: Method::GET,
    path: "/or-again",
    tag: "default",
    parameters: &[],
    body: None,
    produces: &[],
    statuses: &[Status::Default],
    response_headers: &[],
    challenges: &["Bearer", "Basic realm=\"api\", charset=\"UTF-8\""],
};
