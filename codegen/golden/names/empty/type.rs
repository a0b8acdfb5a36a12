// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `PUT /type/{fn}`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use super::Api;
use super::super::parameters;

/// The request of `PUT /type/{fn}`.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeOperationRequest {
    /// A parameter.
    ///
    /// Path parameter `fn`.
    pub r#fn: String,
}

/// The answer of `PUT /type/{fn}`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeOperationResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for TypeOperationResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `PUT /type/{fn}` early.
pub type TypeOperationError = OperationError<TypeOperation>;

/// The operation `Type`.
#[derive(Debug)]
pub struct TypeOperation;

impl<S: Api> Operation<S> for TypeOperation {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = TypeOperationRequest;
    type Response = TypeOperationResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let r#fn = input.parameter(&parameters::FN);
        Some(TypeOperationRequest {
            r#fn: r#fn?,
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: TypeOperationRequest,
    ) -> Result<TypeOperationResponse, TypeOperationError> {
        Api::r#type(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "Type",
    method: Method::PUT,
    path: "/type/{fn}",
    parameters: &[&parameters::FN],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};
