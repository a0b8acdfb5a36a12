// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /content`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use civicforge_runtime::parameter::Parameter;
use super::DefaultApi;
use super::super::{schemas, types};

/// The request of `GET /content`.
#[derive(Debug, Clone, PartialEq)]
pub struct ContentParameterRequest {
    /// A parameter.
    ///
    /// Query parameter `filter`.
    pub filter: Option<types::ContentParameterFilter>,
}

/// The answer of `GET /content`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct ContentParameterResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for ContentParameterResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /content` early.
pub type ContentParameterError = OperationError<ContentParameter>;

/// The operation `contentParameter`.
#[derive(Debug)]
pub struct ContentParameter;

impl<S: DefaultApi> Operation<S> for ContentParameter {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = ContentParameterRequest;
    type Response = ContentParameterResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let filter = input.parameter(&FILTER);
        Some(ContentParameterRequest { filter })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: ContentParameterRequest,
    ) -> Result<ContentParameterResponse, ContentParameterError> {
        DefaultApi::content_parameter(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "contentParameter",
    method: Method::GET,
    path: "/content",
    parameters: &[&FILTER],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};

static FILTER: Parameter = Parameter::query("filter", &schemas::CONTENT_PARAMETER_FILTER)
    .json();
