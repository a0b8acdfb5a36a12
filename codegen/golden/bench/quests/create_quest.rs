// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /api/v1/guilds/{guildId}/quests`.

use civicforge_runtime::values::Uuid;
use civicforge_runtime::schema::{Format, JsonType, Schema};
use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody, Status};
use civicforge_runtime::parameter::{Encoding, Location, Parameter, Shape, Style};
use civicforge_runtime::status;
use super::QuestsApi;
use super::super::{schemas, security, types};

/// The request of `POST /api/v1/guilds/{guildId}/quests`.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateQuestRequest {
    /// A parameter.
    ///
    /// Path parameter `guildId`.
    pub guild_id: Uuid,
    /// A parameter.
    ///
    /// Header parameter `Idempotency-Key`.
    pub idempotency_key: String,
    /// The body.
    pub body: types::QuestDraft,
}

/// The answer of `POST /api/v1/guilds/{guildId}/quests`: 201.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateQuestResponse {
    /// A header.
    ///
    /// Header `ETag`.
    pub etag: String,
    /// A header.
    ///
    /// Header `Location`.
    pub location: String,
    /// The body.
    pub body: types::Quest,
}

impl IntoAnswer for CreateQuestResponse {
    fn into_answer(self) -> Answer {
        let Self { etag, location, body } = self;
        Answer::json(StatusCode::CREATED, "application/json", &body)
            .header("etag", &etag)
            .header("location", &location)
    }
}

/// The errors that `POST /api/v1/guilds/{guildId}/quests` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum CreateQuestError {
    /// What went wrong.
    BadRequest(status::BadRequest),
    /// What went wrong.
    Unauthorized(status::Unauthorized),
    /// What went wrong.
    NotAcceptable(status::NotAcceptable),
    /// What went wrong.
    RequestTimeout(status::RequestTimeout),
    /// What went wrong.
    Conflict(status::Conflict),
    /// What went wrong.
    ContentTooLarge(status::ContentTooLarge),
    /// What went wrong.
    UnsupportedMediaType(status::UnsupportedMediaType),
    /// What went wrong.
    InternalServerError(status::InternalServerError),
    /// What went wrong.
    ServiceUnavailable(status::ServiceUnavailable),
    /// What went wrong.
    GatewayTimeout(status::GatewayTimeout),
}

impl IntoAnswer for CreateQuestError {
    fn into_answer(self) -> Answer {
        match self {
            Self::BadRequest(problem) => Answer::problem(problem),
            Self::Unauthorized(problem) => Answer::problem(problem),
            Self::NotAcceptable(problem) => Answer::problem(problem),
            Self::RequestTimeout(problem) => Answer::problem(problem),
            Self::Conflict(problem) => Answer::problem(problem),
            Self::ContentTooLarge(problem) => Answer::problem(problem),
            Self::UnsupportedMediaType(problem) => Answer::problem(problem),
            Self::InternalServerError(problem) => Answer::problem(problem),
            Self::ServiceUnavailable(problem) => Answer::problem(problem),
            Self::GatewayTimeout(problem) => Answer::problem(problem),
        }
    }
}

impl From<status::BadRequest> for CreateQuestError {
    fn from(status: status::BadRequest) -> Self {
        Self::BadRequest(status)
    }
}

impl From<status::Unauthorized> for CreateQuestError {
    fn from(status: status::Unauthorized) -> Self {
        Self::Unauthorized(status)
    }
}

impl From<status::NotAcceptable> for CreateQuestError {
    fn from(status: status::NotAcceptable) -> Self {
        Self::NotAcceptable(status)
    }
}

impl From<status::RequestTimeout> for CreateQuestError {
    fn from(status: status::RequestTimeout) -> Self {
        Self::RequestTimeout(status)
    }
}

impl From<status::Conflict> for CreateQuestError {
    fn from(status: status::Conflict) -> Self {
        Self::Conflict(status)
    }
}

impl From<status::ContentTooLarge> for CreateQuestError {
    fn from(status: status::ContentTooLarge) -> Self {
        Self::ContentTooLarge(status)
    }
}

impl From<status::UnsupportedMediaType> for CreateQuestError {
    fn from(status: status::UnsupportedMediaType) -> Self {
        Self::UnsupportedMediaType(status)
    }
}

impl From<status::InternalServerError> for CreateQuestError {
    fn from(status: status::InternalServerError) -> Self {
        Self::InternalServerError(status)
    }
}

impl From<status::ServiceUnavailable> for CreateQuestError {
    fn from(status: status::ServiceUnavailable) -> Self {
        Self::ServiceUnavailable(status)
    }
}

impl From<status::GatewayTimeout> for CreateQuestError {
    fn from(status: status::GatewayTimeout) -> Self {
        Self::GatewayTimeout(status)
    }
}

/// The operation `createQuest`.
#[derive(Debug)]
pub struct CreateQuest;

impl<S: QuestsApi> Operation<S> for CreateQuest {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = S::Bearer;
    type Request = CreateQuestRequest;
    type Response = CreateQuestResponse;
    type Error = CreateQuestError;

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
        let idempotency_key = input.parameter(&IDEMPOTENCY_KEY);
        let body = input.json(&schemas::QUEST_DRAFT);
        Some(CreateQuestRequest {
            guild_id: guild_id?,
            idempotency_key: idempotency_key?,
            body: body?,
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        principal: S::Bearer,
        request: CreateQuestRequest,
    ) -> Result<Self::Response, Self::Error> {
        QuestsApi::create_quest(server, context, principal, request).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "createQuest",
    method: Method::POST,
    path: "/api/v1/guilds/{guildId}/quests",
    tag: "Quests",
    parameters: &[&GUILD_ID, &IDEMPOTENCY_KEY],
    body: Some(RequestBody {
        required: true,
        media_types: &["application/json"],
    }),
    produces: &["application/json"],
    statuses: &[
        Status::Code(201),
        Status::Code(400),
        Status::Code(401),
        Status::Code(406),
        Status::Code(408),
        Status::Code(409),
        Status::Code(413),
        Status::Code(415),
        Status::Code(500),
        Status::Code(503),
        Status::Code(504),
    ],
    response_headers: &["ETag", "Location"],
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

static IDEMPOTENCY_KEY: Parameter = Parameter {
    name: "Idempotency-Key",
    location: Location::Header,
    encoding: Encoding::Style {
        style: Style::Simple,
        explode: false,
        shape: Shape::Scalar,
    },
    required: true,
    schema: &Schema {
        json_type: Some(JsonType::String),
        min_length: Some(8),
        max_length: Some(64),
        pattern: Some(&schemas::PATTERN_3),
        ..Schema::ANY
    },
    allow_empty: false,
};
