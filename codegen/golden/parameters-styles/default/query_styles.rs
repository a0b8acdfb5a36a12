// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /query`.

use std::collections::BTreeMap;
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

/// The request of `GET /query`.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryStylesRequest {
    /// A parameter.
    ///
    /// Query parameter `form`.
    pub form: Option<types::Numbers>,
    /// A parameter.
    ///
    /// Query parameter `commas`.
    pub commas: Option<types::Numbers>,
    /// A parameter.
    ///
    /// Query parameter `spaces`.
    pub spaces: Option<types::Numbers>,
    /// A parameter.
    ///
    /// Query parameter `pipes`.
    pub pipes: Option<types::Numbers>,
    /// A parameter.
    ///
    /// Query parameter `deep`.
    pub deep: Option<types::Point>,
    /// A parameter.
    ///
    /// Query parameter `spread`.
    pub spread: Option<types::Point>,
    /// A parameter.
    ///
    /// Query parameter `open`.
    pub open: Option<BTreeMap<String, String>>,
    /// A parameter.
    ///
    /// Query parameter `empty`.
    pub empty: Option<bool>,
    /// How many.
    ///
    /// Query parameter `limit`.
    ///
    /// Where it is absent: `20`.
    pub limit: i64,
    /// A parameter.
    ///
    /// Query parameter `old`.
    ///
    /// Deprecated in the contract.
    pub old: Option<String>,
}

/// The answer of `GET /query`: any other status.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryStylesResponse {
    /// The status; it must be one that the contract declares with this response.
    pub status: StatusCode,
}

impl IntoAnswer for QueryStylesResponse {
    fn into_answer(self) -> Answer {
        let Self { status } = self;
        Answer::declared(status, &[Status::Default], || Answer::empty(status))
    }
}

/// What ends `GET /query` early.
pub type QueryStylesError = OperationError<QueryStyles>;

/// The operation `queryStyles`.
#[derive(Debug)]
pub struct QueryStyles;

impl<S: DefaultApi> Operation<S> for QueryStyles {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = ();
    type Request = QueryStylesRequest;
    type Response = QueryStylesResponse;

    async fn authenticate(
        _server: &S,
        _context: &Context,
        _credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        Ok(())
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let form = input.parameter(&FORM);
        let commas = input.parameter(&COMMAS);
        let spaces = input.parameter(&SPACES);
        let pipes = input.parameter(&PIPES);
        let deep = input.parameter(&DEEP);
        let spread = input.parameter(&SPREAD);
        let open = input.parameter(&OPEN);
        let empty = input.parameter(&EMPTY);
        let limit = input.parameter(&LIMIT);
        let old = input.parameter(&OLD);
        Some(QueryStylesRequest {
            form,
            commas,
            spaces,
            pipes,
            deep,
            spread,
            open,
            empty,
            limit: limit.unwrap_or(20),
            old,
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        (): (),
        request: QueryStylesRequest,
    ) -> Result<QueryStylesResponse, QueryStylesError> {
        DefaultApi::query_styles(server, context, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "queryStyles",
    method: Method::GET,
    path: "/query",
    parameters: &[
        &FORM,
        &COMMAS,
        &SPACES,
        &PIPES,
        &DEEP,
        &SPREAD,
        &OPEN,
        &EMPTY,
        &LIMIT,
        &OLD,
    ],
    body: None,
    produces: &[],
    response_headers: &[],
    challenges: &[],
};

static FORM: Parameter = Parameter::query("form", &schemas::NUMBERS)
    .style(Style::Form, true, Shape::Array);

static COMMAS: Parameter = Parameter::query("commas", &schemas::NUMBERS)
    .style(Style::Form, false, Shape::Array);

static SPACES: Parameter = Parameter::query("spaces", &schemas::NUMBERS)
    .style(Style::SpaceDelimited, false, Shape::Array);

static PIPES: Parameter = Parameter::query("pipes", &schemas::NUMBERS)
    .style(Style::PipeDelimited, false, Shape::Array);

static DEEP: Parameter = Parameter::query("deep", &schemas::POINT)
    .style(
        Style::DeepObject,
        true,
        Shape::Object {
            properties: &["x", "y"],
            open: false,
        },
    );

static SPREAD: Parameter = Parameter::query("spread", &schemas::POINT)
    .style(
        Style::Form,
        true,
        Shape::Object {
            properties: &["x", "y"],
            open: false,
        },
    );

static OPEN: Parameter = Parameter::query(
        "open",
        &Schema::object().additional(&Schema::string()),
    )
    .style(
        Style::DeepObject,
        false,
        Shape::Object {
            properties: &[],
            open: true,
        },
    );

static EMPTY: Parameter = Parameter::query("empty", &Schema::boolean()).allow_empty();

static LIMIT: Parameter = Parameter::query(
    "limit",
    &Schema::integer().at_least(1).at_most(100),
);

static OLD: Parameter = Parameter::query("old", &Schema::string());
