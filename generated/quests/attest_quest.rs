// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `POST /api/v1/quests/{questId}/attest`.

use super::super::{codes, parameters, rt, schemas, security, types};

/// The request of `POST /api/v1/quests/{questId}/attest`.
#[derive(Debug, Clone, PartialEq)]
pub struct AttestQuestRequest {
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
    /// Notes and a signature. May be left out, which is the same as an empty object.
    pub body: Option<types::NewAttestation>,
}

/// The answer of `POST /api/v1/quests/{questId}/attest`: 200.
#[derive(Debug, Clone, PartialEq)]
pub struct AttestQuestResponse {
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

impl rt::IntoAnswer for AttestQuestResponse {
    fn into_answer(self) -> rt::Answer {
        let Self { etag, idempotency_replayed, body } = self;
        rt::Answer::json(rt::StatusCode::OK, "application/json", &body)
            .header("etag", &etag)
            .optional_header("idempotency-replayed", idempotency_replayed.as_ref())
    }
}

/// What ends `POST /api/v1/quests/{questId}/attest` early.
///
/// - 400: The request breaks the contract: `invalid_request`. `violations` lists every place,
///   also a body where none is taken, malformed JSON and unknown fields.
/// - 401: There is no access token, or it is not valid (any more): `unauthenticated`. Also
///   where the account of a valid token no longer exists.
/// - 403: The caller is neither the quest's creator nor its performer: `not_participant`.
/// - 404: There is no such quest: `not_found`.
/// - 406: The `Accept` header allows nothing that the operation can answer: `not_acceptable`.
/// - 408: The body did not arrive in time: `request_timeout`. Nothing has happened.
/// - 409: The caller has attested before: `already_attested`; the quest is not SUBMITTED:
///   `quest_not_submitted`; its `expiresAt` has passed: `quest_expired`; there is a signature
///   but the caller has no wallet address: `wallet_required`; or the signature does not recover
///   to the caller's wallet address: `signature_mismatch`.
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
pub type AttestQuestError = rt::OperationError<AttestQuest>;

rt::declares!(
    AttestQuest => [BadRequest, Unauthorized, Forbidden[codes::NotParticipant], NotFound,
    NotAcceptable, RequestTimeout, Conflict[codes::AlreadyAttested,
    codes::QuestNotSubmitted, codes::QuestExpired, codes::WalletRequired,
    codes::SignatureMismatch], ContentTooLarge, UnsupportedMediaType,
    UnprocessableContent[codes::IdempotencyKeyReused], TooManyRequests,
    TooManyRequests[codes::QuotaExceeded], InternalServerError, ServiceUnavailable,
    GatewayTimeout]
);

/// The operation `attestQuest`.
#[derive(Debug)]
pub struct AttestQuest;

impl<S: super::QuestsApi> rt::Operation<S> for AttestQuest {
    const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
    type Principal = S::BearerAuth;
    type Request = AttestQuestRequest;
    type Response = AttestQuestResponse;

    async fn authenticate(
        server: &S,
        context: &rt::Context,
        credentials: rt::Credentials<'_>,
    ) -> Result<Self::Principal, rt::Rejection> {
        let principal = security::bearer_auth(server, context, credentials, &[]).await?;
        context.require(principal)
    }

    fn decode(input: &mut rt::Input<'_>) -> Option<Self::Request> {
        let quest_id = input.parameter(&parameters::QUEST_ID);
        let idempotency_key = input.parameter(&parameters::IDEMPOTENCY_KEY);
        let body = input.json(&schemas::NEW_ATTESTATION);
        Some(AttestQuestRequest {
            quest_id: quest_id?,
            idempotency_key,
            body,
        })
    }

    async fn call(
        server: &S,
        context: &rt::Context,
        principal: S::BearerAuth,
        request: AttestQuestRequest,
    ) -> Result<AttestQuestResponse, AttestQuestError> {
        super::QuestsApi::attest_quest(server, context, principal, request).await
    }
}

pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
    id: "attestQuest",
    method: rt::Method::POST,
    path: "/api/v1/quests/{questId}/attest",
    parameters: &[&parameters::QUEST_ID, &parameters::IDEMPOTENCY_KEY],
    body: Some(rt::RequestBody {
        required: false,
        media_types: &["application/json"],
    }),
    produces: &["application/json"],
    response_headers: &[
        "ETag",
        "Idempotency-Replayed",
        "Retry-After",
        "WWW-Authenticate",
    ],
    challenges: &["Bearer"],
};
