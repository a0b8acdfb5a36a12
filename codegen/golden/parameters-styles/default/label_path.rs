// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /label/{a}/{b}`.

use civicforge_runtime::schema::{Format, Schema};
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

/// The request of `GET /label/{a}/{b}`.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelPathRequest {
    /// A parameter.
    ///
    /// Path parameter `a`.
    pub a: i32,
    /// A parameter.
    ///
    /// Path parameter `b`.
    pub b: types::Numbers,
}

/// The answer of `GET /label/{a}/{b}`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelPathResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for LabelPathResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /label/{a}/{b}` early.
pub type LabelPathError = OperationError<LabelPath>;

/// The operation `labelPath`.
#[derive(Debug)]
pub struct LabelPath;

impl<S: DefaultApi> Operation<S> for LabelPath {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = LabelPathRequest;
    type Response = LabelPathResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let a = input.parameter(&A);
        let b = input.parameter(&B);
        Some(LabelPathRequest { a: a?, b: b? })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: LabelPathRequest,
    ) -> Result<LabelPathResponse, LabelPathError> {
        DefaultApi::label_path(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "labelPath",
    method: Method::GET,
    path: "/label/{a}/{b}",
    parameters: &[&A, &B],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};

static A: Parameter = Parameter::path("a", &Schema::integer().format(Format::Int32))
    .style(Style::Label, false, Shape::Scalar);

static B: Parameter = Parameter::path("b", &schemas::NUMBERS)
    .style(Style::Label, true, Shape::Array);
