// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /api/v1/quests`.

use super::super::{codes, parameters, rt, schemas, security, types};

/// The request of `POST /api/v1/quests`.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateQuestRequest {
    /// A value that the client makes up for this request, such as a UUID, and sends again when it
    /// repeats the request. 1 to 255 visible ASCII characters. It counts for the member for 24
    /// hours.
    ///
    /// Header parameter `Idempotency-Key`.
    pub idempotency_key: Option<String>,
    /// The quest to post.
    pub body: types::QuestDraft,
}

/// The answer of `POST /api/v1/quests`: 201.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateQuestResponse {
    /// The path of what was created.
    ///
    /// Header `Location`.
    pub location: String,
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

impl rt::IntoAnswer for CreateQuestResponse {
    fn into_answer(self) -> rt::Answer {
        let Self { location, etag, idempotency_replayed, body } = self;
        rt::Answer::json(rt::StatusCode::CREATED, "application/json", &body)
            .header("location", &location)
            .header("etag", &etag)
            .optional_header("idempotency-replayed", idempotency_replayed.as_ref())
    }
}

/// What ends `POST /api/v1/quests` early.
///
/// - 400: The request breaks the contract: `invalid_request`. `violations` lists every place,
///   also a body where none is taken, malformed JSON and unknown fields.
/// - 401: There is no access token, or it is not valid (any more): `unauthenticated`. Also
///   where the account of a valid token no longer exists.
/// - 406: The `Accept` header allows nothing that the operation can answer: `not_acceptable`.
/// - 408: The body did not arrive in time: `request_timeout`. Nothing has happened.
/// - 409: The caller has no quest-creation point left: `insufficient_points`.
/// - 413: The body is larger than the server takes (1 MiB unless the operator says otherwise):
///   `payload_too_large`.
/// - 415: The body is of a media type or encoding that the operation does not take:
///   `unsupported_media_type`.
/// - 422: The `Idempotency-Key` was used for another request in the last 24 hours:
///   `idempotency_key_reused`. Nothing has happened.
/// - 429: The caller has sent more requests than its plan allows: `too_many_requests` at the
///   moment, `quota_exceeded` for the day. The server itself has no plans; an API gateway in
///   front of it does.
/// - 500: The server made a mistake: `internal_error`. The details are in its log under the
///   request id.
/// - 503: Something that the server depends on does not answer, or the server is overloaded:
///   `service_unavailable`.
/// - 504: The operation took too long and was given up: `timed_out`. Whether a change has
///   happened is unknown; repeat it with the same `Idempotency-Key`.
pub type CreateQuestError = rt::OperationError<CreateQuest>;

rt::declares!(
    CreateQuest => [BadRequest, Unauthorized, NotAcceptable, RequestTimeout,
    Conflict[codes::InsufficientPoints], ContentTooLarge, UnsupportedMediaType,
    UnprocessableContent[codes::IdempotencyKeyReused], TooManyRequests,
    TooManyRequests[codes::QuotaExceeded], InternalServerError, ServiceUnavailable,
    GatewayTimeout]
);

/// The operation `createQuest`.
#[derive(Debug)]
pub struct CreateQuest;

impl<S: super::QuestsApi> rt::Operation<S> for CreateQuest {
    const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
    type Principal = S::BearerAuth;
    type Request = CreateQuestRequest;
    type Response = CreateQuestResponse;

    async fn authenticate(
        server: &S,
        context: &rt::Context,
        credentials: rt::Credentials<'_>,
    ) -> Result<Self::Principal, rt::Rejection> {
        let principal = security::bearer_auth(server, context, credentials, &[]).await?;
        context.require(principal)
    }

    fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
        let idempotency_key = input.parameter(&parameters::IDEMPOTENCY_KEY);
        let body = input.json(&schemas::QUEST_DRAFT);
        Some(CreateQuestRequest {
            idempotency_key,
            body: body?,
        })
    }

    async fn call(
        server: &S,
        context: &rt::Context,
        principal: S::BearerAuth,
        request: CreateQuestRequest,
    ) -> Result<CreateQuestResponse, CreateQuestError> {
        super::QuestsApi::create_quest(server, context, principal, request).await
    }
}

pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
    id: "createQuest",
    method: rt::Method::POST,
    path: "/api/v1/quests",
    parameters: &[&parameters::IDEMPOTENCY_KEY],
    body: Some(rt::RequestBody {
        required: true,
        media_types: &["application/json"],
    }),
    produces: &["application/json"],
    response_headers: &[
        "ETag",
        "Idempotency-Replayed",
        "Location",
        "Retry-After",
        "WWW-Authenticate",
    ],
    challenges: &["Bearer"],
};
