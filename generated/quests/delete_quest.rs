// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! `DELETE /api/v1/quests/{questId}`.

use super::super::{codes, parameters, rt, security, types};

/// The request of `DELETE /api/v1/quests/{questId}`.
#[derive(Debug, Clone, PartialEq)]
pub struct DeleteQuestRequest {
    /// The quest.
    ///
    /// Path parameter `questId`.
    pub quest_id: types::QuestId,
    /// Change only if the current `ETag` is among these (a list of entity tags, or `*`). Otherwise,
    /// also where the value is no such list, the answer is 412.
    ///
    /// Header parameter `If-Match`.
    pub if_match: Option<String>,
}

/// The answer of `DELETE /api/v1/quests/{questId}`: 204.
#[derive(Debug, Clone, PartialEq)]
pub struct DeleteQuestResponse {}

impl rt::IntoAnswer for DeleteQuestResponse {
    fn into_answer(self) -> rt::Answer {
        let Self {} = self;
        rt::Answer::empty(rt::StatusCode::NO_CONTENT)
    }
}

/// What ends `DELETE /api/v1/quests/{questId}` early.
///
/// - 400: The request breaks the contract: `invalid_request`. `violations` lists every place,
///   also a body where none is taken, malformed JSON and unknown fields.
/// - 401: There is no access token, or it is not valid (any more): `unauthenticated`. Also
///   where the account of a valid token no longer exists.
/// - 403: The caller has not posted the quest: `not_creator`.
/// - 404: There is no such quest: `not_found`.
/// - 409: The quest is not OPEN: `quest_not_open`; or its `expiresAt` has passed:
///   `quest_expired`.
/// - 412: The current `ETag` is not among those in `If-Match`: `precondition_failed`. Nothing
///   has changed.
/// - 429: The caller has sent more requests than its plan allows: `too_many_requests` at the
///   moment, `quota_exceeded` for the day. The server itself has no plans; an API gateway in
///   front of it does.
/// - 500: The server made a mistake: `internal_error`. The details are in its log under the
///   request id.
/// - 503: Something that the server depends on does not answer, or the server is overloaded:
///   `service_unavailable`.
/// - 504: The operation took too long and was given up: `timed_out`. Whether a change has
///   happened is unknown; repeat it with the same `Idempotency-Key`.
pub type DeleteQuestError = rt::OperationError<DeleteQuest>;

rt::declares!(
    DeleteQuest => [BadRequest, Unauthorized, Forbidden[codes::NotCreator], NotFound,
    Conflict[codes::QuestNotOpen, codes::QuestExpired], PreconditionFailed,
    TooManyRequests, TooManyRequests[codes::QuotaExceeded], InternalServerError,
    ServiceUnavailable, GatewayTimeout]
);

/// The operation `deleteQuest`.
#[derive(Debug)]
pub struct DeleteQuest;

impl<S: super::QuestsApi> rt::Operation<S> for DeleteQuest {
    const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
    type Principal = S::BearerAuth;
    type Request = DeleteQuestRequest;
    type Response = DeleteQuestResponse;

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
        let if_match = input.parameter(&parameters::IF_MATCH);
        Some(DeleteQuestRequest {
            quest_id: quest_id?,
            if_match,
        })
    }

    async fn call(
        server: &S,
        context: &rt::Context,
        principal: S::BearerAuth,
        request: DeleteQuestRequest,
    ) -> Result<DeleteQuestResponse, DeleteQuestError> {
        super::QuestsApi::delete_quest(server, context, principal, request).await
    }
}

pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
    id: "deleteQuest",
    method: rt::Method::DELETE,
    path: "/api/v1/quests/{questId}",
    parameters: &[&parameters::QUEST_ID, &parameters::IF_MATCH],
    body: None,
    produces: &[],
    response_headers: &["Retry-After", "WWW-Authenticate"],
    challenges: &["Bearer"],
};
