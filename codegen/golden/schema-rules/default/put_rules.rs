// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `PUT /rules`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody};
use super::DefaultApi;
use super::super::{schemas, types};

/// The request of `PUT /rules`.
#[derive(Debug, Clone, PartialEq)]
pub struct PutRulesRequest {
    /// The body.
    pub body: types::Rules,
}

/// The answer of `PUT /rules`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct PutRulesResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for PutRulesResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `PUT /rules` early.
pub type PutRulesError = OperationError<PutRules>;

/// The operation `putRules`.
#[derive(Debug)]
pub struct PutRules;

impl<S: DefaultApi> Operation<S> for PutRules {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = PutRulesRequest;
    type Response = PutRulesResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let body = input.json(&schemas::RULES);
        Some(PutRulesRequest { body: body? })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: PutRulesRequest,
    ) -> Result<PutRulesResponse, PutRulesError> {
        DefaultApi::put_rules(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "putRules",
    method: Method::PUT,
    path: "/rules",
    parameters: &[],
    body: Some(RequestBody {
        required: true,
        media_types: &["application/json"],
    }),
    produces: &[],
    response_headers: &[],
    challenges: &[],
};
