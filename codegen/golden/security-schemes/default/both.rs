// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /both`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::DefaultApi;
use super::super::security;
use super::super::security::HeaderKeyAndQueryKeyOrCookieKey;

/// The answer of `GET /both`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct BothResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for BothResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /both` early.
pub type BothError = OperationError<Both>;

/// The operation `both`.
#[derive(Debug)]
pub struct Both;

impl<S: DefaultApi> Operation<S> for Both {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = HeaderKeyAndQueryKeyOrCookieKey<S>;
    type Request = ();
    type Response = BothResponse;

    async fn authenticate(
        server: &S,
        context: &Context,
        credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        let mut rejection = None;
        let result_0 = security::header_key(server, context, credentials, &[]).await;
        let result_1 = security::query_key(server, context, credentials, &[]).await;
        match (result_0, result_1) {
            (Ok(Some(principal_0)), Ok(Some(principal_1))) => {
                context.identify(&principal_0);
                return Ok(
                    HeaderKeyAndQueryKeyOrCookieKey::HeaderKeyAndQueryKey((
                        principal_0,
                        principal_1,
                    )),
                );
            }
            (result_0, result_1) => {
                if let Err(refused) = result_0 {
                    rejection = Some(refused);
                }
                if let Err(refused) = result_1 {
                    rejection = Some(refused);
                }
            }
        }
        match security::cookie_key(server, context, credentials, &[]).await {
            Ok(Some(principal)) => {
                context.identify(&principal);
                return Ok(HeaderKeyAndQueryKeyOrCookieKey::CookieKey(principal));
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
        principal: HeaderKeyAndQueryKeyOrCookieKey<S>,
        (): (),
    ) -> Result<BothResponse, BothError> {
        DefaultApi::both(server, context, principal).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "both",
    method: Method::GET,
    path: "/both",
    parameters: &[],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[
        "ApiKey in=\"header\", name=\"X-Key\"",
        "ApiKey in=\"query\", name=\"key\"",
        "ApiKey in=\"cookie\", name=\"KEY\"",
    ],
};
