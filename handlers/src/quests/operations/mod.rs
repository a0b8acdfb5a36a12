//! The operations of the contract's tag Quests.

mod command;
mod create;
mod delete;
mod lists;

use civicforge_api::quests::{
    AttestQuestError, AttestQuestRequest, AttestQuestResponse, ClaimQuestError, ClaimQuestRequest,
    ClaimQuestResponse, CreateQuestError, CreateQuestRequest, CreateQuestResponse,
    DeleteQuestError, DeleteQuestRequest, DeleteQuestResponse, DisputeQuestError,
    DisputeQuestRequest, DisputeQuestResponse, GetQuestError, GetQuestRequest, GetQuestResponse,
    ListMyQuestsError, ListMyQuestsRequest, ListMyQuestsResponse, ListQuestsError,
    ListQuestsRequest, ListQuestsResponse, QuestsApi, ResolveQuestError, ResolveQuestRequest,
    ResolveQuestResponse, SubmitQuestError, SubmitQuestRequest, SubmitQuestResponse,
    UnclaimQuestError, UnclaimQuestRequest, UnclaimQuestResponse,
};
use civicforge_api::types::ResolutionOutcome;
use civicforge_kernel::lists::PageRequest;
use civicforge_runtime::context::Context;

use super::Quests;
use super::text;
use super::transition::Command;
use crate::members::{Authenticated, Member};
use command::no_quest;

impl QuestsApi for Authenticated<Quests> {
    async fn list_my_quests(
        &self,
        _context: &Context,
        principal: Member,
        request: ListMyQuestsRequest,
    ) -> Result<ListMyQuestsResponse, ListMyQuestsError> {
        let page = PageRequest {
            limit: request.limit,
            token: request.page_token.as_deref(),
        };
        let body = self.quests_of(&principal, request.role, page).await?;
        Ok(ListMyQuestsResponse { body })
    }

    async fn list_quests(
        &self,
        _context: &Context,
        principal: Member,
        request: ListQuestsRequest,
    ) -> Result<ListQuestsResponse, ListQuestsError> {
        let page = PageRequest {
            limit: request.limit,
            token: request.page_token.as_deref(),
        };
        let search = request.search.as_deref();
        let body = self.all_quests(&principal, request.status, search, page);
        Ok(ListQuestsResponse { body: body.await? })
    }

    async fn create_quest(
        &self,
        context: &Context,
        principal: Member,
        request: CreateQuestRequest,
    ) -> Result<CreateQuestResponse, CreateQuestError> {
        let key = request.idempotency_key;
        self.post_quest(context, &principal, key, request.body)
            .await
    }

    async fn get_quest(
        &self,
        _context: &Context,
        _principal: Member,
        request: GetQuestRequest,
    ) -> Result<GetQuestResponse, GetQuestError> {
        let quest = self.quest(*request.quest_id).await?.ok_or_else(no_quest)?;
        let tag = quest.etag();
        let etag = tag.to_string();
        Ok(match request.if_none_match {
            Some(known) if tag.is_known_to(&known) => GetQuestResponse::NotModified { etag },
            _ => GetQuestResponse::Ok {
                etag,
                body: quest.into(),
            },
        })
    }

    async fn delete_quest(
        &self,
        _context: &Context,
        principal: Member,
        request: DeleteQuestRequest,
    ) -> Result<DeleteQuestResponse, DeleteQuestError> {
        let if_match = request.if_match.as_deref();
        self.delete_open_quest(&principal, *request.quest_id, if_match)
            .await?;
        Ok(DeleteQuestResponse {})
    }

    async fn claim_quest(
        &self,
        context: &Context,
        principal: Member,
        request: ClaimQuestRequest,
    ) -> Result<ClaimQuestResponse, ClaimQuestError> {
        let (id, key) = (*request.quest_id, request.idempotency_key);
        let respond = |etag, body| ClaimQuestResponse {
            etag,
            idempotency_replayed: None,
            body,
        };
        self.execute(context, &principal, id, key, Command::Claim, respond)
            .await
    }

    async fn unclaim_quest(
        &self,
        context: &Context,
        principal: Member,
        request: UnclaimQuestRequest,
    ) -> Result<UnclaimQuestResponse, UnclaimQuestError> {
        let (id, key) = (*request.quest_id, request.idempotency_key);
        let respond = |etag, body| UnclaimQuestResponse {
            etag,
            idempotency_replayed: None,
            body,
        };
        self.execute(context, &principal, id, key, Command::Unclaim, respond)
            .await
    }

    async fn submit_quest(
        &self,
        context: &Context,
        principal: Member,
        request: SubmitQuestRequest,
    ) -> Result<SubmitQuestResponse, SubmitQuestError> {
        let (id, key) = (*request.quest_id, request.idempotency_key);
        let command = Command::Submit {
            text: text::submission(&request.body.submission_text)?,
        };
        let respond = |etag, body| SubmitQuestResponse {
            etag,
            idempotency_replayed: None,
            body,
        };
        self.execute(context, &principal, id, key, command, respond)
            .await
    }

    async fn attest_quest(
        &self,
        context: &Context,
        principal: Member,
        request: AttestQuestRequest,
    ) -> Result<AttestQuestResponse, AttestQuestError> {
        let (id, key) = (*request.quest_id, request.idempotency_key);
        let (notes, signature) = match request.body {
            Some(body) => (body.notes, body.signature),
            None => (None, None),
        };
        let command = Command::Attest {
            notes: text::notes(notes.as_deref())?,
            signature,
        };
        let respond = |etag, body| AttestQuestResponse {
            etag,
            idempotency_replayed: None,
            body,
        };
        self.execute(context, &principal, id, key, command, respond)
            .await
    }

    async fn dispute_quest(
        &self,
        context: &Context,
        principal: Member,
        request: DisputeQuestRequest,
    ) -> Result<DisputeQuestResponse, DisputeQuestError> {
        let (id, key) = (*request.quest_id, request.idempotency_key);
        let command = Command::Dispute {
            reason: text::reason(&request.body.reason)?,
        };
        let respond = |etag, body| DisputeQuestResponse {
            etag,
            idempotency_replayed: None,
            body,
        };
        self.execute(context, &principal, id, key, command, respond)
            .await
    }

    async fn resolve_quest(
        &self,
        context: &Context,
        principal: Member,
        request: ResolveQuestRequest,
    ) -> Result<ResolveQuestResponse, ResolveQuestError> {
        let (id, key) = (*request.quest_id, request.idempotency_key);
        let notes = text::notes(request.body.notes.as_deref())?;
        let command = match request.body.outcome {
            ResolutionOutcome::Complete => Command::Complete { notes },
            ResolutionOutcome::Reopen => Command::Reopen { notes },
        };
        let respond = |etag, body| ResolveQuestResponse {
            etag,
            idempotency_replayed: None,
            body,
        };
        self.execute(context, &principal, id, key, command, respond)
            .await
    }
}
