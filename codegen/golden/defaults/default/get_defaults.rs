// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /defaults`.

use civicforge_runtime::schema::Schema;
use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use civicforge_runtime::parameter::{Parameter, Shape, Style};
use super::DefaultApi;
use super::super::{schemas, types};

/// The request of `GET /defaults`.
#[derive(Debug, Clone, PartialEq)]
pub struct GetDefaultsRequest {
    /// A parameter.
    ///
    /// Query parameter `list`.
    ///
    /// Where it is absent: `[1,2]`.
    pub list: Vec<i64>,
    /// A parameter.
    ///
    /// Query parameter `level`.
    ///
    /// Where it is absent: `"low"`.
    pub level: types::Level,
    /// A parameter.
    ///
    /// Query parameter `certain`.
    pub certain: String,
}

/// The answer of `GET /defaults`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct GetDefaultsResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for GetDefaultsResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /defaults` early.
pub type GetDefaultsError = OperationError<GetDefaults>;

/// The operation `getDefaults`.
#[derive(Debug)]
pub struct GetDefaults;

impl<S: DefaultApi> Operation<S> for GetDefaults {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = GetDefaultsRequest;
    type Response = GetDefaultsResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let list = input.parameter(&LIST);
        let level = input.parameter(&LEVEL);
        let certain = input.parameter(&CERTAIN);
        Some(GetDefaultsRequest {
            list: input.or_default(list, "[1,2]")?,
            level: level.unwrap_or(types::Level::Low),
            certain: certain?,
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: GetDefaultsRequest,
    ) -> Result<GetDefaultsResponse, GetDefaultsError> {
        DefaultApi::get_defaults(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "getDefaults",
    method: Method::GET,
    path: "/defaults",
    parameters: &[&LIST, &LEVEL, &CERTAIN],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};

static LIST: Parameter = Parameter::query(
        "list",
        &Schema::array().items(&Schema::integer()),
    )
    .style(Style::Form, true, Shape::Array);

static LEVEL: Parameter = Parameter::query("level", &schemas::LEVEL);

static CERTAIN: Parameter = Parameter::query("certain", &Schema::string()).required();
