// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `DELETE /things/{id}`.

use civicforge_runtime::values::Uuid;
use civicforge_runtime::schema::Schema;
use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use civicforge_runtime::parameter::Parameter;
use super::DefaultApi;
use super::super::parameters;

/// The request of `DELETE /things/{id}`.
#[derive(Debug, Clone, PartialEq)]
pub struct DeleteThingRequest {
    /// A parameter.
    ///
    /// Path parameter `id`.
    pub id: Uuid,
    /// A parameter.
    ///
    /// Query parameter `verbose`.
    pub verbose: Option<bool>,
}

/// The answer of `DELETE /things/{id}`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct DeleteThingResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for DeleteThingResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `DELETE /things/{id}` early.
pub type DeleteThingError = OperationError<DeleteThing>;

/// The operation `deleteThing`.
#[derive(Debug)]
pub struct DeleteThing;

impl<S: DefaultApi> Operation<S> for DeleteThing {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = DeleteThingRequest;
    type Response = DeleteThingResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let id = input.parameter(&parameters::ID);
        let verbose = input.parameter(&VERBOSE);
        Some(DeleteThingRequest {
            id: id?,
            verbose,
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: DeleteThingRequest,
    ) -> Result<DeleteThingResponse, DeleteThingError> {
        DefaultApi::delete_thing(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "deleteThing",
    method: Method::DELETE,
    path: "/things/{id}",
    parameters: &[&parameters::ID, &VERBOSE],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};

static VERBOSE: Parameter = Parameter::query("verbose", &Schema::boolean());
