// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /api/v1/guilds/{guildId}/quests`.

use civicforge_runtime::values::Uuid;
use civicforge_runtime::schema::Schema;
use http::{Method, StatusCode};
use civicforge_runtime::answer::{Answer, IntoAnswer};
use civicforge_runtime::context::Context;
use civicforge_runtime::credentials::{Credentials, Rejection};
use civicforge_runtime::error::OperationError;
use civicforge_runtime::input::Input;
use civicforge_runtime::operation::{Descriptor, Operation, RequestBody};
use civicforge_runtime::parameter::Parameter;
use super::QuestsApi;
use super::super::{parameters, schemas, security, types};

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

/// What ends `POST /api/v1/guilds/{guildId}/quests` early.
///
/// - 400: What went wrong.
/// - 401: What went wrong.
/// - 406: What went wrong.
/// - 408: What went wrong.
/// - 409: What went wrong.
/// - 413: What went wrong.
/// - 415: What went wrong.
/// - 500: What went wrong.
/// - 503: What went wrong.
/// - 504: What went wrong.
pub type CreateQuestError = OperationError<CreateQuest>;

civicforge_runtime::declares!(
    CreateQuest => [BadRequest, Unauthorized, NotAcceptable, RequestTimeout, Conflict,
    ContentTooLarge, UnsupportedMediaType, InternalServerError, ServiceUnavailable,
    GatewayTimeout]
);

/// The operation `createQuest`.
#[derive(Debug)]
pub struct CreateQuest;

impl<S: QuestsApi> Operation<S> for CreateQuest {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = S::Bearer;
    type Request = CreateQuestRequest;
    type Response = CreateQuestResponse;

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
    ) -> Result<CreateQuestResponse, CreateQuestError> {
        QuestsApi::create_quest(server, context, principal, request).await
    }
}

pub(crate) static DESCRIPTOR: Descriptor = Descriptor {
    id: "createQuest",
    method: Method::POST,
    path: "/api/v1/guilds/{guildId}/quests",
    parameters: &[&parameters::GUILD_ID, &IDEMPOTENCY_KEY],
    body: Some(RequestBody {
        required: true,
        media_types: &["application/json"],
    }),
    produces: &["application/json"],
    response_headers: &["ETag", "Location"],
    challenges: &["Bearer"],
};

static IDEMPOTENCY_KEY: Parameter = Parameter::header(
        "Idempotency-Key",
        &Schema::string().min_length(8).max_length(64).pattern(&schemas::PATTERN_3),
    )
    .required();
