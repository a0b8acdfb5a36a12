// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /header`.

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

/// The request of `GET /header`.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderStylesRequest {
    /// A parameter.
    ///
    /// Header parameter `X-Numbers`.
    pub x_numbers: types::Numbers,
    /// A parameter.
    ///
    /// Header parameter `X-Point`.
    pub x_point: Option<types::Point>,
}

/// The answer of `GET /header`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderStylesResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for HeaderStylesResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /header` early.
pub type HeaderStylesError = OperationError<HeaderStyles>;

/// The operation `headerStyles`.
#[derive(Debug)]
pub struct HeaderStyles;

impl<S: DefaultApi> Operation<S> for HeaderStyles {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = HeaderStylesRequest;
    type Response = HeaderStylesResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let x_numbers = input.parameter(&X_NUMBERS);
        let x_point = input.parameter(&X_POINT);
        Some(HeaderStylesRequest {
            x_numbers: x_numbers?,
            x_point,
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: HeaderStylesRequest,
    ) -> Result<HeaderStylesResponse, HeaderStylesError> {
        DefaultApi::header_styles(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "headerStyles",
    method: Method::GET,
    path: "/header",
    parameters: &[&X_NUMBERS, &X_POINT],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};

static X_NUMBERS: Parameter = Parameter::header("X-Numbers", &schemas::NUMBERS)
    .style(Style::Simple, false, Shape::Array)
    .required();

static X_POINT: Parameter = Parameter::header("X-Point", &schemas::POINT)
    .style(
        Style::Simple,
        true,
        Shape::Object {
            properties: &["x", "y"],
            open: false,
        },
    );
