// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /api/v1/guilds/{guildId}/ranking`.

use civicforge_runtime::values::Uuid;
use civicforge_runtime::schema::{Bound, Format, JsonType, Number, Schema};
use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, Status};
use civicforge_runtime::parameter::{Encoding, Location, Parameter, Shape, Style};
use civicforge_runtime::status;
use super::QuestsApi;
use super::super::{schemas, security, types};

/// The request of `GET /api/v1/guilds/{guildId}/ranking`.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadRankingRequest {
    /// A parameter.
    ///
    /// Path parameter `guildId`.
    pub guild_id: Uuid,
    /// A parameter.
    ///
    /// Query parameter `pageSize`.
    ///
    /// Where it is absent: `20`.
    pub page_size: i32,
    /// A parameter.
    ///
    /// Query parameter `period`.
    pub period: Option<types::Period>,
}

/// The answer of `GET /api/v1/guilds/{guildId}/ranking`: 200.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadRankingResponse {
    /// The body.
    pub body: types::Ranking,
}

impl IntoAnswer for ReadRankingResponse {
    fn into_answer(self) -> Answer {
        let Self { body } = self;
        Answer::json(StatusCode::OK, "application/json", &body)
    }
}

/// The errors that `GET /api/v1/guilds/{guildId}/ranking` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum ReadRankingError {
    /// What went wrong.
    BadRequest(status::BadRequest),
    /// What went wrong.
    Unauthorized(status::Unauthorized),
    /// What went wrong.
    NotFound(status::NotFound),
    /// What went wrong.
    NotAcceptable(status::NotAcceptable),
    /// What went wrong.
    InternalServerError(status::InternalServerError),
    /// What went wrong.
    ServiceUnavailable(status::ServiceUnavailable),
    /// What went wrong.
    GatewayTimeout(status::GatewayTimeout),
}

impl IntoAnswer for ReadRankingError {
    fn into_answer(self) -> Answer {
        match self {
            Self::BadRequest(problem) => Answer::problem(problem),
            Self::Unauthorized(problem) => Answer::problem(problem),
            Self::NotFound(problem) => Answer::problem(problem),
            Self::NotAcceptable(problem) => Answer::problem(problem),
            Self::InternalServerError(problem) => Answer::problem(problem),
            Self::ServiceUnavailable(problem) => Answer::problem(problem),
            Self::GatewayTimeout(problem) => Answer::problem(problem),
        }
    }
}

impl From<status::BadRequest> for ReadRankingError {
    fn from(status: status::BadRequest) -> Self {
        Self::BadRequest(status)
    }
}

impl From<status::Unauthorized> for ReadRankingError {
    fn from(status: status::Unauthorized) -> Self {
        Self::Unauthorized(status)
    }
}

impl From<status::NotFound> for ReadRankingError {
    fn from(status: status::NotFound) -> Self {
        Self::NotFound(status)
    }
}

impl From<status::NotAcceptable> for ReadRankingError {
    fn from(status: status::NotAcceptable) -> Self {
        Self::NotAcceptable(status)
    }
}

impl From<status::InternalServerError> for ReadRankingError {
    fn from(status: status::InternalServerError) -> Self {
        Self::InternalServerError(status)
    }
}

impl From<status::ServiceUnavailable> for ReadRankingError {
    fn from(status: status::ServiceUnavailable) -> Self {
        Self::ServiceUnavailable(status)
    }
}

impl From<status::GatewayTimeout> for ReadRankingError {
    fn from(status: status::GatewayTimeout) -> Self {
        Self::GatewayTimeout(status)
    }
}

/// The operation `readRanking`.
#[derive(Debug)]
pub struct ReadRanking;

impl<S: QuestsApi> Operation<S> for ReadRanking {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = S::Bearer;
    type Request = ReadRankingRequest;
    type Response = ReadRankingResponse;
    type Error = ReadRankingError;

    async fn authenticate(
        server: &S,
        context: &Context,
        credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        match security::bearer(server, context, credentials, &[]).await? {
            Some(principal) => {
                context.identify(&principal);
                Ok(principal)
            }
            None => Err(Rejection::absent()),
        }
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let guild_id = input.parameter(&GUILD_ID);
        let page_size = input.parameter(&PAGE_SIZE);
        let period = input.parameter(&PERIOD);
        Some(ReadRankingRequest {
            guild_id: guild_id?,
            page_size: page_size.unwrap_or(20),
            period,
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        principal: S::Bearer,
        request: ReadRankingRequest,
    ) -> Result<Self::Response, Self::Error> {
        QuestsApi::read_ranking(server, context, principal, request).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "readRanking",
    method: Method::GET,
    path: "/api/v1/guilds/{guildId}/ranking",
    tag: "Quests",
    parameters: &[&GUILD_ID, &PAGE_SIZE, &PERIOD],
    body: None,
    produces: &["application/json"],
    statuses: &[
        Status::Code(200),
        Status::Code(400),
        Status::Code(401),
        Status::Code(404),
        Status::Code(406),
        Status::Code(500),
        Status::Code(503),
        Status::Code(504),
    ],
    response_headers: &[],
    challenges: &["Bearer"],
};

static GUILD_ID: Parameter = Parameter {
    name: "guildId",
    location: Location::Path,
    encoding: Encoding::Style {
        style: Style::Simple,
        explode: false,
        shape: Shape::Scalar,
    },
    required: true,
    schema: &Schema {
        json_type: Some(JsonType::String),
        format: Some(Format::Uuid),
        ..Schema::ANY
    },
    allow_empty: false,
};

static PAGE_SIZE: Parameter = Parameter {
    name: "pageSize",
    location: Location::Query,
    encoding: Encoding::Style {
        style: Style::Form,
        explode: true,
        shape: Shape::Scalar,
    },
    required: false,
    schema: &Schema {
        json_type: Some(JsonType::Integer),
        format: Some(Format::Int32),
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

static PERIOD: Parameter = Parameter {
    name: "period",
    location: Location::Query,
    encoding: Encoding::Style {
        style: Style::Form,
        explode: true,
        shape: Shape::Scalar,
    },
    required: false,
    schema: &schemas::PERIOD,
    allow_empty: false,
};
