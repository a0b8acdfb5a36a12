// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /api/v1/quests/{questId}/claim`.

use civicforge_runtime::schema::{JsonType, Schema};
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

/// The request of `POST /api/v1/quests/{questId}/claim`.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimQuestRequest {
    /// The quest.
    ///
    /// Path parameter `questId`.
    pub quest_id: types::QuestId,
    /// A value that the client makes up for this request, such as a UUID, and sends again when it
    /// repeats the request. 1 to 255 visible ASCII characters. It counts for the member for 24
    /// hours.
    ///
    /// Header parameter `Idempotency-Key`.
    pub idempotency_key: Option<String>,
}

/// The answer of `POST /api/v1/quests/{questId}/claim`: 200.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimQuestResponse {
    /// The strong entity tag of the representation. Opaque.
    ///
    /// Header `ETag`.
    pub etag: String,
    /// `true` where the answer is that of an earlier request with the same `Idempotency-Key`.
    /// Absent otherwise.
    ///
    /// Header `Idempotency-Replayed`.
    pub idempotency_replayed: Option<bool>,
    /// The body.
    pub body: types::Quest,
}

impl IntoAnswer for ClaimQuestResponse {
    fn into_answer(self) -> Answer {
        let Self { etag, idempotency_replayed, body } = self;
        Answer::json(StatusCode::OK, "application/json", &body)
            .header("etag", &etag)
            .optional_header("idempotency-replayed", idempotency_replayed.as_ref())
    }
}

/// The errors that `POST /api/v1/quests/{questId}/claim` may answer: those that the contract declares.
#[derive(Debug, Clone, PartialEq)]
pub enum ClaimQuestError {
    /// The request breaks the contract: `invalid_request`. `violations` lists every place, also a
    /// body where none is taken, malformed JSON and unknown fields.
    BadRequest(status::BadRequest),
    /// There is no access token, or it is not valid (any more): `unauthenticated`. Also where the
    /// account of a valid token no longer exists.
    Unauthorized(status::Unauthorized),
    /// The caller has posted the quest: `own_quest`.
    Forbidden(status::Forbidden),
    /// There is no such quest: `not_found`.
    NotFound(status::NotFound),
    /// The `Accept` header allows nothing that the operation can answer: `not_acceptable`.
    NotAcceptable(status::NotAcceptable),
    /// The quest is not OPEN: `quest_not_open`; or its `expiresAt` has passed: `quest_expired`.
    Conflict(status::Conflict),
    /// The `Idempotency-Key` was used for another request in the last 24 hours:
    /// `idempotency_key_reused`. Nothing has happened.
    UnprocessableContent(status::UnprocessableContent),
    /// The caller has sent more requests than its plan allows: `too_many_requests` at the moment,
    /// `quota_exceeded` for the day. The server itself has no plans; an API gateway in front of it
    /// does.
    TooManyRequests(status::TooManyRequests),
    /// The server made a mistake: `internal_error`. The details are in its log under the request
    /// id.
    InternalServerError(status::InternalServerError),
    /// Something that the server depends on does not answer, or the server is overloaded:
    /// `service_unavailable`.
    ServiceUnavailable(status::ServiceUnavailable),
    /// The operation took too long and was given up: `timed_out`. Whether a change has happened is
    /// unknown; repeat it with the same `Idempotency-Key`.
    GatewayTimeout(status::GatewayTimeout),
}

impl IntoAnswer for ClaimQuestError {
    fn into_answer(self) -> Answer {
        match self {
            Self::BadRequest(problem) => Answer::problem(problem),
            Self::Unauthorized(problem) => Answer::problem(problem),
            Self::Forbidden(problem) => Answer::problem(problem),
            Self::NotFound(problem) => Answer::problem(problem),
            Self::NotAcceptable(problem) => Answer::problem(problem),
            Self::Conflict(problem) => Answer::problem(problem),
            Self::UnprocessableContent(problem) => Answer::problem(problem),
            Self::TooManyRequests(problem) => Answer::problem(problem),
            Self::InternalServerError(problem) => Answer::problem(problem),
            Self::ServiceUnavailable(problem) => Answer::problem(problem),
            Self::GatewayTimeout(problem) => Answer::problem(problem),
        }
    }
}

impl From<status::BadRequest> for ClaimQuestError {
    fn from(status: status::BadRequest) -> Self {
        Self::BadRequest(status)
    }
}

impl From<status::Unauthorized> for ClaimQuestError {
    fn from(status: status::Unauthorized) -> Self {
        Self::Unauthorized(status)
    }
}

impl From<status::Forbidden> for ClaimQuestError {
    fn from(status: status::Forbidden) -> Self {
        Self::Forbidden(status)
    }
}

impl From<status::NotFound> for ClaimQuestError {
    fn from(status: status::NotFound) -> Self {
        Self::NotFound(status)
    }
}

impl From<status::NotAcceptable> for ClaimQuestError {
    fn from(status: status::NotAcceptable) -> Self {
        Self::NotAcceptable(status)
    }
}

impl From<status::Conflict> for ClaimQuestError {
    fn from(status: status::Conflict) -> Self {
        Self::Conflict(status)
    }
}

impl From<status::UnprocessableContent> for ClaimQuestError {
    fn from(status: status::UnprocessableContent) -> Self {
        Self::UnprocessableContent(status)
    }
}

impl From<status::TooManyRequests> for ClaimQuestError {
    fn from(status: status::TooManyRequests) -> Self {
        Self::TooManyRequests(status)
    }
}

impl From<status::InternalServerError> for ClaimQuestError {
    fn from(status: status::InternalServerError) -> Self {
        Self::InternalServerError(status)
    }
}

impl From<status::ServiceUnavailable> for ClaimQuestError {
    fn from(status: status::ServiceUnavailable) -> Self {
        Self::ServiceUnavailable(status)
    }
}

impl From<status::GatewayTimeout> for ClaimQuestError {
    fn from(status: status::GatewayTimeout) -> Self {
        Self::GatewayTimeout(status)
    }
}

/// The operation `claimQuest`.
#[derive(Debug)]
pub struct ClaimQuest;

impl<S: QuestsApi> Operation<S> for ClaimQuest {
    const DESCRIPTOR: &'static Descriptor = &DESCRIPTOR;
    type Principal = S::BearerAuth;
    type Request = ClaimQuestRequest;
    type Response = ClaimQuestResponse;
    type Error = ClaimQuestError;

    async fn authenticate(
        server: &S,
        context: &Context,
        credentials: Credentials<'_>,
    ) -> Result<Self::Principal, Rejection> {
        match security::bearer_auth(server, context, credentials, &[]).await? {
            Some(principal) => {
                context.identify(&principal);
                Ok(principal)
            }
            None => Err(Rejection::absent()),
        }
    }

    fn decode(input: &mut Input<'_>) -> Option<Self::Request> {
        let quest_id = input.parameter(&QUEST_ID);
        let idempotency_key = input.parameter(&IDEMPOTENCY_KEY);
        Some(ClaimQuestRequest {
            quest_id: quest_id?,
            idempotency_key,
        })
    }

    async fn call(
        server: &S,
        context: &Context,
        principal: S::BearerAuth,
        request: ClaimQuestRequest,
    ) -> Result<Self::Response, Self::Error> {
        QuestsApi::claim_quest(server, context, principal, request).await
    }
}

static DESCRIPTOR: Descriptor = Descriptor {
    id: "claimQuest",
    method: Method::POST,
    path: "/api/v1/quests/{questId}/claim",
    tag: "Quests",
    parameters: &[&QUEST_ID, &IDEMPOTENCY_KEY],
    body: None,
    produces: &["application/json"],
    statuses: &[
        Status::Code(200),
        Status::Code(400),
        Status::Code(401),
        Status::Code(403),
        Status::Code(404),
        Status::Code(406),
        Status::Code(409),
        Status::Code(422),
        Status::Code(429),
        Status::Code(500),
        Status::Code(503),
        Status::Code(504),
    ],
    response_headers: &[
        "ETag",
        "Idempotency-Replayed",
        "Retry-After",
        "WWW-Authenticate",
    ],
    challenges: &["Bearer"],
};

static QUEST_ID: Parameter = Parameter {
    name: "questId",
    location: Location::Path,
    encoding: Encoding::Style {
        style: Style::Simple,
        explode: false,
        shape: Shape::Scalar,
    },
    required: true,
    schema: &schemas::QUEST_ID,
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
    required: false,
    schema: &Schema {
        json_type: Some(JsonType::String),
        min_length: Some(1),
        max_length: Some(255),
        pattern: Some(&schemas::PATTERN_7),
        ..Schema::ANY
    },
    allow_empty: false,
};
