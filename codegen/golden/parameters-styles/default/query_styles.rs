// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /query`.

use std::collections::BTreeMap;
use civicforge_runtime::schema::{Additional, Bound, JsonType, Number, Schema};
use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::{OperationError, Status};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use civicforge_runtime::parameter::{Encoding, Location, Parameter, Shape, Style};
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

static DESCRIPTOR: Descriptor = Descriptor {
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

static FORM: Parameter = Parameter {
    name: "form",
    location: Location::Query,
    encoding: Encoding::Style {
        style: Style::Form,
        explode: true,
        shape: Shape::Array,
    },
    required: false,
    schema: &schemas::NUMBERS,
    allow_empty: false,
};

static COMMAS: Parameter = Parameter {
    name: "commas",
    location: Location::Query,
    encoding: Encoding::Style {
        style: Style::Form,
        explode: false,
        shape: Shape::Array,
    },
    required: false,
    schema: &schemas::NUMBERS,
    allow_empty: false,
};

static SPACES: Parameter = Parameter {
    name: "spaces",
    location: Location::Query,
    encoding: Encoding::Style {
        style: Style::SpaceDelimited,
        explode: false,
        shape: Shape::Array,
    },
    required: false,
    schema: &schemas::NUMBERS,
    allow_empty: false,
};

static PIPES: Parameter = Parameter {
    name: "pipes",
    location: Location::Query,
    encoding: Encoding::Style {
        style: Style::PipeDelimited,
        explode: false,
        shape: Shape::Array,
    },
    required: false,
    schema: &schemas::NUMBERS,
    allow_empty: false,
};

static DEEP: Parameter = Parameter {
    name: "deep",
    location: Location::Query,
    encoding: Encoding::Style {
        style: Style::DeepObject,
        explode: true,
        shape: Shape::Object {
            properties: &["x", "y"],
            open: false,
        },
    },
    required: false,
    schema: &schemas::POINT,
    allow_empty: false,
};

static SPREAD: Parameter = Parameter {
    name: "spread",
    location: Location::Query,
    encoding: Encoding::Style {
        style: Style::Form,
        explode: true,
        shape: Shape::Object {
            properties: &["x", "y"],
            open: false,
        },
    },
    required: false,
    schema: &schemas::POINT,
    allow_empty: false,
};

static OPEN: Parameter = Parameter {
    name: "open",
    location: Location::Query,
    encoding: Encoding::Style {
        style: Style::DeepObject,
        explode: false,
        shape: Shape::Object {
            properties: &[],
            open: true,
        },
    },
    required: false,
    schema: &Schema {
        json_type: Some(JsonType::Object),
        additional: Additional::Schema(
            &Schema {
                json_type: Some(JsonType::String),
                ..Schema::ANY
            },
        ),
        ..Schema::ANY
    },
    allow_empty: false,
};

static EMPTY: Parameter = Parameter {
    name: "empty",
    location: Location::Query,
    encoding: Encoding::Style {
        style: Style::Form,
        explode: true,
        shape: Shape::Scalar,
    },
    required: false,
    schema: &Schema {
        json_type: Some(JsonType::Boolean),
        ..Schema::ANY
    },
    allow_empty: true,
};

static LIMIT: Parameter = Parameter {
    name: "limit",
    location: Location::Query,
    encoding: Encoding::Style {
        style: Style::Form,
        explode: true,
        shape: Shape::Scalar,
    },
    required: false,
    schema: &Schema {
        json_type: Some(JsonType::Integer),
        minimum: Some(Bound {
            limit: Number::Integer(1),
            exclusive: false,
        }),
        maximum: Some(Bound {
            limit: Number::Integer(100),
            exclusive: false,
        }),
        ..Schema::ANY
    },
    allow_empty: false,
};

static OLD: Parameter = Parameter {
    name: "old",
    location: Location::Query,
    encoding: Encoding::Style {
        style: Style::Form,
        explode: true,
        shape: Shape::Scalar,
    },
    required: false,
    schema: &Schema {
        json_type: Some(JsonType::String),
        ..Schema::ANY
    },
    allow_empty: false,
};
