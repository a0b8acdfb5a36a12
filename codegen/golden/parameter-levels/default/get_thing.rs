// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /things/{id}`.

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

/// The request of `GET /things/{id}`.
#[derive(Debug, Clone, PartialEq)]
pub struct GetThingRequest {
    /// A parameter.
    ///
    /// Path parameter `id`.
    pub id: Uuid,
    /// A parameter.
    ///
    /// Query parameter `verbose`.
    pub verbose: String,
    /// A parameter.
    ///
    /// Query parameter `id`.
    pub id_query: Option<String>,
    /// A parameter.
    ///
    /// Header parameter `ID`.
    pub id_header: Option<String>,
    /// A parameter.
    ///
    /// Query parameter `body`.
    pub body_query: Option<String>,
    /// A parameter.
    ///
    /// Query parameter `type`.
    pub r#type: Option<String>,
}

/// The answer of `GET /things/{id}`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct GetThingResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for GetThingResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /things/{id}` early.
pub type GetThingError = OperationError<GetThing>;

/// The operation `getThing`.
#[derive(Debug)]
pub struct GetThing;

impl<S: DefaultApi> Operation<S> for GetThing {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = GetThingRequest;
    type Response = GetThingResponse;

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
        let id_query = input.parameter(&ID_QUERY);
        let id_header = input.parameter(&ID_HEADER);
        let body_query = input.parameter(&BODY_QUERY);
        let r#type = input.parameter(&TYPE);
        Some(GetThingRequest {
            id: id?,
            verbose: verbose?,
            id_query,
            id_header,
            body_query,
            r#type,
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: GetThingRequest,
    ) -> Result<GetThingResponse, GetThingError> {
        DefaultApi::get_thing(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "getThing",
    method: Method::GET,
    path: "/things/{id}",
    parameters: &[&parameters::ID, &VERBOSE, &ID_QUERY, &ID_HEADER, &BODY_QUERY, &TYPE],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};

static VERBOSE: Parameter = Parameter::query("verbose", &Schema::string()).required();

static ID_QUERY: Parameter = Parameter::query("id", &Schema::string());

static ID_HEADER: Parameter = Parameter::header("ID", &Schema::string());

static BODY_QUERY: Parameter = Parameter::query("body", &Schema::string());

static TYPE: Parameter = Parameter::query("type", &Schema::string());
