// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /matrix/{a}/{b}`.

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

/// The request of `GET /matrix/{a}/{b}`.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixPathRequest {
    /// A parameter.
    ///
    /// Path parameter `a`.
    pub a: types::Numbers,
    /// A parameter.
    ///
    /// Path parameter `b`.
    pub b: types::Point,
}

/// The answer of `GET /matrix/{a}/{b}`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixPathResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for MatrixPathResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /matrix/{a}/{b}` early.
pub type MatrixPathError = OperationError<MatrixPath>;

/// The operation `matrixPath`.
#[derive(Debug)]
pub struct MatrixPath;

impl<S: DefaultApi> Operation<S> for MatrixPath {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = MatrixPathRequest;
    type Response = MatrixPathResponse;

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
        Some(MatrixPathRequest { a: a?, b: b? })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: MatrixPathRequest,
    ) -> Result<MatrixPathResponse, MatrixPathError> {
        DefaultApi::matrix_path(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "matrixPath",
    method: Method::GET,
    path: "/matrix/{a}/{b}",
    parameters: &[&A, &B],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};

static A: Parameter = Parameter::path("a", &schemas::NUMBERS)
    .style(Style::Matrix, false, Shape::Array);

static B: Parameter = Parameter::path("b", &schemas::POINT)
    .style(
        Style::Matrix,
        true,
        Shape::Object {
            properties: &["x", "y"],
            open: false,
        },
    );
