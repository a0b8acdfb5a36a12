// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /simple/{list}/{object}/{exploded}`.

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

/// The request of `GET /simple/{list}/{object}/{exploded}`.
#[derive(Debug, Clone, PartialEq)]
pub struct SimplePathRequest {
    /// A parameter.
    ///
    /// Path parameter `list`.
    pub list: types::Numbers,
    /// A parameter.
    ///
    /// Path parameter `object`.
    pub object: types::Point,
    /// A parameter.
    ///
    /// Path parameter `exploded`.
    pub exploded: types::Point,
}

/// The answer of `GET /simple/{list}/{object}/{exploded}`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct SimplePathResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for SimplePathResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /simple/{list}/{object}/{exploded}` early.
pub type SimplePathError = OperationError<SimplePath>;

/// The operation `simplePath`.
#[derive(Debug)]
pub struct SimplePath;

impl<S: DefaultApi> Operation<S> for SimplePath {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = SimplePathRequest;
    type Response = SimplePathResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let list = input.parameter(&LIST);
        let object = input.parameter(&OBJECT);
        let exploded = input.parameter(&EXPLODED);
        Some(SimplePathRequest {
            list: list?,
            object: object?,
            exploded: exploded?,
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: SimplePathRequest,
    ) -> Result<SimplePathResponse, SimplePathError> {
        DefaultApi::simple_path(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "simplePath",
    method: Method::GET,
    path: "/simple/{list}/{object}/{exploded}",
    parameters: &[&LIST, &OBJECT, &EXPLODED],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};

static LIST: Parameter = Parameter::path("list", &schemas::NUMBERS)
    .style(Style::Simple, false, Shape::Array);

static OBJECT: Parameter = Parameter::path("object", &schemas::POINT)
    .style(
        Style::Simple,
        false,
        Shape::Object {
            properties: &["x", "y"],
            open: false,
        },
    );

static EXPLODED: Parameter = Parameter::path("exploded", &schemas::POINT)
    .style(
        Style::Simple,
        true,
        Shape::Object {
            properties: &["x", "y"],
            open: false,
        },
    );
