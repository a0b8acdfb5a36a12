// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `GET /api/v1/guilds/{guildId}/ranking`.

use civicforge_runtime::values::Uuid;
use civicforge_runtime::schema::{Format, Schema};
use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::OperationError;
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation};
use civicforge_runtime::parameter::Parameter;
use super::QuestsApi;
use super::super::{parameters, schemas, security, types};

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

/// What ends `GET /api/v1/guilds/{guildId}/ranking` early.
///
/// - 400: What went wrong.
/// - 401: What went wrong.
/// - 404: What went wrong.
/// - 406: What went wrong.
/// - 500: What went wrong.
/// - 503: What went wrong.
/// - 504: What went wrong.
pub type ReadRankingError = OperationError<ReadRanking>;

civicforge_runtime::declares!(
    ReadRanking => [BadRequest, Unauthorized, NotFound, NotAcceptable,
    InternalServerError, ServiceUnavailable, GatewayTimeout]
);

/// The operation `readRanking`.
#[derive(Debug)]
pub struct ReadRanking;

impl<S: QuestsApi> Operation<S> for ReadRanking {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = S::Bearer;
    type Request = ReadRankingRequest;
    type Response = ReadRankingResponse;

    async fn authenticate(
        server: &S,
        context: &Context,
        credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        let principal = security::bearer(server, context, credentials, &[]).await?;
        context.require(principal)
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let guild_id = input.parameter(&parameters::GUILD_ID);
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
    ) -> Result<ReadRankingResponse, ReadRankingError> {
        QuestsApi::read_ranking(server, context, principal, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "readRanking",
    method: Method::GET,
    path: "/api/v1/guilds/{guildId}/ranking",
    parameters: &[&parameters::GUILD_ID, &PAGE_SIZE, &PERIOD],
    body: None,
    produces: &["application/json"],
    response_headers: &[],
    challenges: &["Bearer"],
};

static PAGE_SIZE: Parameter = Parameter::query(
    "pageSize",
    &Schema::integer().format(Format::Int32).at_least(1).at_most(100),
);

static PERIOD: Parameter = Parameter::query("period", &schemas::PERIOD);
