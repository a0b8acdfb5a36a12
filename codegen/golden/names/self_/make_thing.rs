// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /type/{fn}`.

use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody};
use super::SelfApi;
use super::super::{parameters, schemas, types};

/// The request of `POST /type/{fn}`.
#[derive(Debug, Clone, PartialEq)]
pub struct MakeThingOperationRequest {
    /// A parameter.
    ///
    /// Path parameter `fn`.
    pub r#fn: String,
    /// The body.
    pub body: Option<types::MakeThingRequest>,
}

/// The answer of `POST /type/{fn}`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct MakeThingOperationResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for MakeThingOperationResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `POST /type/{fn}` early.
pub type MakeThingOperationError = OperationError<MakeThingOperation>;

/// The operation `make-thing`.
#[derive(Debug)]
pub struct MakeThingOperation;

impl<S: SelfApi> Operation<S> for MakeThingOperation {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = MakeThingOperationRequest;
    type Response = MakeThingOperationResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let r#fn = input.parameter(&parameters::FN);
        let body = input.json(&schemas::MAKE_THING_REQUEST);
        Some(MakeThingOperationRequest {
            r#fn: r#fn?,
            body,
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: MakeThingOperationRequest,
    ) -> Result<MakeThingOperationResponse, MakeThingOperationError> {
        SelfApi::make_thing(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "make-thing",
    method: Method::POST,
    path: "/type/{fn}",
    parameters: &[&parameters::FN],
    body: Some(RequestBody {
        required: false,
        media_types: &["application/json"],
    }),
    produces: &[],
    response_headers: &[],
    challenges: &[],
};
