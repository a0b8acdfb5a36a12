// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "Quests".

pub mod list_my_quests;
pub mod list_quests;
pub mod create_quest;
pub mod get_quest;
pub mod delete_quest;
pub mod claim_quest;
pub mod unclaim_quest;
pub mod submit_quest;
pub mod attest_quest;
pub mod dispute_quest;
pub mod resolve_quest;

use super::{rt, security};
pub use self::list_my_quests::{
    ListMyQuestsError, ListMyQuestsRequest, ListMyQuestsResponse,
};
pub use self::list_quests::{ListQuestsError, ListQuestsRequest, ListQuestsResponse};
pub use self::create_quest::{CreateQuestError, CreateQuestRequest, CreateQuestResponse};
pub use self::get_quest::{GetQuestError, GetQuestRequest, GetQuestResponse};
pub use self::delete_quest::{DeleteQuestError, DeleteQuestRequest, DeleteQuestResponse};
pub use self::claim_quest::{ClaimQuestError, ClaimQuestRequest, ClaimQuestResponse};
pub use self::unclaim_quest::{
    UnclaimQuestError, UnclaimQuestRequest, UnclaimQuestResponse,
};
pub use self::submit_quest::{SubmitQuestError, SubmitQuestRequest, SubmitQuestResponse};
pub use self::attest_quest::{AttestQuestError, AttestQuestRequest, AttestQuestResponse};
pub use self::dispute_quest::{
    DisputeQuestError, DisputeQuestRequest, DisputeQuestResponse,
};
pub use self::resolve_quest::{
    ResolveQuestError, ResolveQuestRequest, ResolveQuestResponse,
};

/// Quests from posting to reward. OPEN → CLAIMED (claim), CLAIMED → OPEN (unclaim), CLAIMED →
/// SUBMITTED (submit), SUBMITTED → COMPLETE (both have attested), SUBMITTED → DISPUTED
/// (dispute), DISPUTED → COMPLETE or OPEN (resolve), OPEN or CLAIMED → EXPIRED (`expiresAt` has
/// passed). There are no other moves.
pub trait QuestsApi: security::Authenticate {
    /// List the quests that one has posted or taken.
    ///
    /// For members. The quests that the caller has posted (`role=creator`) or performs or has
    /// performed (`role=performer`), newest first, of every status. A quest that the performer has
    /// given back is not listed for them. Codes: 400 `invalid_request` or `invalid_page_token`, 401
    /// `unauthenticated`, 406 `not_acceptable`.
    ///
    /// `GET /api/v1/users/me/quests`
    fn list_my_quests(
        &self,
        context: &rt::Context,
        principal: Self::BearerAuth,
        request: ListMyQuestsRequest,
    ) -> impl Future<Output = Result<ListMyQuestsResponse, ListMyQuestsError>> + Send;

    /// List quests.
    ///
    /// For members. Newest first by `createdAt`. Without `status`, quests of every status. With
    /// `search`, only quests with that text in their title or description; the search looks at a
    /// bounded number of quests for each page, so a page can be short or empty while there is a
    /// next one. Codes: 400 `invalid_request` or `invalid_page_token`, 401 `unauthenticated`, 406
    /// `not_acceptable`.
    ///
    /// `GET /api/v1/quests`
    fn list_quests(
        &self,
        context: &rt::Context,
        principal: Self::BearerAuth,
        request: ListQuestsRequest,
    ) -> impl Future<Output = Result<ListQuestsResponse, ListQuestsError>> + Send;

    /// Post a quest.
    ///
    /// For members. Creates an OPEN quest and takes one quest-creation point from the caller, both
    /// or neither. The point comes back when the quest is deleted or expires.
    ///
    /// Codes: 400 `invalid_request` (`expiresAt` in the past is a violation of the rule `future`),
    /// 401 `unauthenticated`, 406 `not_acceptable`, 408 `request_timeout`, 409
    /// `insufficient_points`, 413 `payload_too_large`, 415 `unsupported_media_type`, 422
    /// `idempotency_key_reused`.
    ///
    /// `POST /api/v1/quests`
    fn create_quest(
        &self,
        context: &rt::Context,
        principal: Self::BearerAuth,
        request: CreateQuestRequest,
    ) -> impl Future<Output = Result<CreateQuestResponse, CreateQuestError>> + Send;

    /// Read a quest.
    ///
    /// For members. Codes: 400 `invalid_request`, 401 `unauthenticated`, 404 `not_found`, 406
    /// `not_acceptable`.
    ///
    /// `GET /api/v1/quests/{questId}`
    fn get_quest(
        &self,
        context: &rt::Context,
        principal: Self::BearerAuth,
        request: GetQuestRequest,
    ) -> impl Future<Output = Result<GetQuestResponse, GetQuestError>> + Send;

    /// Delete a quest that nobody has claimed.
    ///
    /// For the quest's creator, while the quest is OPEN. The quest-creation point comes back in the
    /// same transaction.
    ///
    /// Takes no body. Codes: 400 `invalid_request`, 401 `unauthenticated`, 403 `not_creator`, 404
    /// `not_found` (also for a quest that was deleted before), 409 `quest_not_open` or
    /// `quest_expired`, 412 `precondition_failed`.
    ///
    /// `DELETE /api/v1/quests/{questId}`
    fn delete_quest(
        &self,
        context: &rt::Context,
        principal: Self::BearerAuth,
        request: DeleteQuestRequest,
    ) -> impl Future<Output = Result<DeleteQuestResponse, DeleteQuestError>> + Send;

    /// Take a quest.
    ///
    /// For members other than the quest's creator, while it is OPEN. The caller becomes the
    /// performer and the quest CLAIMED. Of several who claim at once exactly one gets it.
    ///
    /// Takes no body. Codes: 400 `invalid_request`, 401 `unauthenticated`, 403 `own_quest`, 404
    /// `not_found`, 406 `not_acceptable`, 409 `quest_not_open` or `quest_expired`, 422
    /// `idempotency_key_reused`.
    ///
    /// `POST /api/v1/quests/{questId}/claim`
    fn claim_quest(
        &self,
        context: &rt::Context,
        principal: Self::BearerAuth,
        request: ClaimQuestRequest,
    ) -> impl Future<Output = Result<ClaimQuestResponse, ClaimQuestError>> + Send;

    /// Give a quest back.
    ///
    /// For the quest's performer, while it is CLAIMED. The quest is OPEN again and has no
    /// performer.
    ///
    /// Takes no body. Codes: 400 `invalid_request`, 401 `unauthenticated`, 403 `not_performer`, 404
    /// `not_found`, 406 `not_acceptable`, 409 `quest_not_claimed` or `quest_expired`, 422
    /// `idempotency_key_reused`.
    ///
    /// `POST /api/v1/quests/{questId}/unclaim`
    fn unclaim_quest(
        &self,
        context: &rt::Context,
        principal: Self::BearerAuth,
        request: UnclaimQuestRequest,
    ) -> impl Future<Output = Result<UnclaimQuestResponse, UnclaimQuestError>> + Send;

    /// Hand in the work.
    ///
    /// For the quest's performer, while it is CLAIMED. The quest becomes SUBMITTED and can be
    /// attested or disputed. A SUBMITTED quest does not expire.
    ///
    /// Codes: 400 `invalid_request`, 401 `unauthenticated`, 403 `not_performer`, 404 `not_found`,
    /// 406 `not_acceptable`, 408 `request_timeout`, 409 `quest_not_claimed` or `quest_expired`, 413
    /// `payload_too_large`, 415 `unsupported_media_type`, 422 `idempotency_key_reused`.
    ///
    /// `POST /api/v1/quests/{questId}/submit`
    fn submit_quest(
        &self,
        context: &rt::Context,
        principal: Self::BearerAuth,
        request: SubmitQuestRequest,
    ) -> impl Future<Output = Result<SubmitQuestResponse, SubmitQuestError>> + Send;

    /// Attest that the work was done.
    ///
    /// For the quest's creator (who attests as `requestor`) and its performer (as `performer`),
    /// once each, while the quest is SUBMITTED. With the second attestation the quest becomes
    /// COMPLETE, and the performer receives `rewardXp` experience, `rewardReputation` reputation
    /// and 2 quest-creation points, exactly once.
    ///
    /// An attestation may carry a signature, which must recover to the caller's wallet address. It
    /// is an EIP-191 personal message signature (`personal_sign`, version byte 0x45) over these
    /// four lines in UTF-8, joined by single line feeds (U+000A), with no line feed at the end,
    /// both ids in lower case, and the role in lower case:
    ///
    /// ```text
    /// CivicForge attestation
    /// quest: {questId}
    /// user: {userId}
    /// role: {role}
    /// ```
    ///
    /// The examples of the request have the genuine signature of the creator in the examples of the
    /// answers.
    ///
    /// The body is optional. Codes: 400 `invalid_request`, 401 `unauthenticated`, 403
    /// `not_participant`, 404 `not_found`, 406 `not_acceptable`, 408 `request_timeout`, 409
    /// `already_attested` (also when the quest is complete by now), `quest_not_submitted`,
    /// `quest_expired`, `wallet_required` or `signature_mismatch`, 413 `payload_too_large`, 415
    /// `unsupported_media_type`, 422 `idempotency_key_reused`.
    ///
    /// `POST /api/v1/quests/{questId}/attest`
    fn attest_quest(
        &self,
        context: &rt::Context,
        principal: Self::BearerAuth,
        request: AttestQuestRequest,
    ) -> impl Future<Output = Result<AttestQuestResponse, AttestQuestError>> + Send;

    /// Ask an arbiter to decide.
    ///
    /// For the quest's creator and its performer, while it is SUBMITTED. The quest becomes DISPUTED
    /// and waits for `resolveQuest`.
    ///
    /// Codes: 400 `invalid_request`, 401 `unauthenticated`, 403 `not_participant`, 404 `not_found`,
    /// 406 `not_acceptable`, 408 `request_timeout`, 409 `quest_not_submitted` or `quest_expired`,
    /// 413 `payload_too_large`, 415 `unsupported_media_type`, 422 `idempotency_key_reused`.
    ///
    /// `POST /api/v1/quests/{questId}/dispute`
    fn dispute_quest(
        &self,
        context: &rt::Context,
        principal: Self::BearerAuth,
        request: DisputeQuestRequest,
    ) -> impl Future<Output = Result<DisputeQuestResponse, DisputeQuestError>> + Send;

    /// Decide a dispute.
    ///
    /// For members with the role `arbiter` who are neither the quest's creator nor its performer,
    /// while it is DISPUTED. `complete` makes the quest COMPLETE and rewards the performer as if
    /// both had attested. `reopen` makes it OPEN again, without performer, submission, attestations
    /// and dispute reason.
    ///
    /// Codes: 400 `invalid_request`, 401 `unauthenticated`, 403 `not_arbiter`, 404 `not_found`, 406
    /// `not_acceptable`, 408 `request_timeout`, 409 `quest_not_disputed` or `quest_expired`, 413
    /// `payload_too_large`, 415 `unsupported_media_type`, 422 `idempotency_key_reused`.
    ///
    /// `POST /api/v1/quests/{questId}/resolve`
    fn resolve_quest(
        &self,
        context: &rt::Context,
        principal: Self::BearerAuth,
        request: ResolveQuestRequest,
    ) -> impl Future<Output = Result<ResolveQuestResponse, ResolveQuestError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: QuestsApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
    Vec::from([
        rt::Route::of::<list_my_quests::ListMyQuests, S>(server),
        rt::Route::of::<list_quests::ListQuests, S>(server),
        rt::Route::of::<create_quest::CreateQuest, S>(server),
        rt::Route::of::<get_quest::GetQuest, S>(server),
        rt::Route::of::<delete_quest::DeleteQuest, S>(server),
        rt::Route::of::<claim_quest::ClaimQuest, S>(server),
        rt::Route::of::<unclaim_quest::UnclaimQuest, S>(server),
        rt::Route::of::<submit_quest::SubmitQuest, S>(server),
        rt::Route::of::<attest_quest::AttestQuest, S>(server),
        rt::Route::of::<dispute_quest::DisputeQuest, S>(server),
        rt::Route::of::<resolve_quest::ResolveQuest, S>(server),
    ])
}
