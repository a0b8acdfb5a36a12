//! Posting a quest, and taking it back while nobody has claimed it.

use civicforge_api::codes;
use civicforge_api::quests::{CreateQuestError, CreateQuestResponse, DeleteQuestError};
use civicforge_api::types::QuestDraft;
use civicforge_kernel::idempotency::{IdempotencyGuard, KeptResponse};
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_kernel::telemetry::metric;
use civicforge_runtime::context::Context;
use civicforge_runtime::status::{Conflict, PreconditionFailed};
use uuid::{NoContext, Timestamp, Uuid};

use super::Quests;
use super::act::{CommitOutcome, no_quest};
use super::item::Quest;
use super::rules::{CommandKind, QuestStatus};
use super::text;
use super::writes::{self, TransitionWrite};
use crate::members::Member;
use crate::members::no_account;

impl Quests {
    /// Post a quest for a member, once per key.
    pub(crate) async fn post_quest(
        &self,
        context: &Context,
        member: &Member,
        key: Option<String>,
        draft: QuestDraft,
    ) -> Result<CreateQuestResponse, CreateQuestError> {
        let now = self.clock.stamp();
        let once = IdempotencyGuard::of_member(context, member.user_id, key, now);
        // Before the rules: a date that was in the future then need not be so now.
        once.replay(&self.table).await?;
        let (title, description, expires_at) = text::draft(&draft, now)?;
        let since = now.timestamp_millis().unsigned_abs();
        let nanoseconds = now.timestamp_subsec_nanos();
        let quest = Quest {
            // Made of the same time as `createdAt`, so that quests sort alike by either.
            quest_id: Uuid::new_v7(Timestamp::from_unix(NoContext, since / 1000, nanoseconds)),
            title,
            description,
            status: QuestStatus::Open,
            creator_id: member.user_id,
            performer_id: None,
            reward_xp: draft.reward_xp,
            reward_reputation: draft.reward_reputation,
            attestations: Vec::new(),
            submission_text: None,
            dispute_reason: None,
            resolution: None,
            created_at: now,
            claimed_at: None,
            submitted_at: None,
            completed_at: None,
            expires_at,
            updated_at: now,
            version: 1,
        };
        let shards = self.shards.now().await?.writers;
        let (transaction, creator) = writes::create(&quest, shards, self.table.outbox())?;
        let response = || CreateQuestResponse {
            location: format!("/api/v1/quests/{}", quest.quest_id),
            etag: quest.etag().to_string(),
            idempotency_replayed: None,
            body: quest.clone().into(),
        };
        let keeping = once.keeping(response)?;
        let failed = match keeping.transact(&self.table, transaction).await {
            Ok(outcome) => {
                outcome.first()?;
                context.touch("questId", quest.quest_id);
                metric!("quests.created");
                return Ok(response());
            }
            Err(StoreError::ConditionFailed(failed)) => failed,
            Err(error) => return Err(error.into()),
        };
        once.replay(&self.table).await?;
        match failed.at(creator) {
            Some(found) if found.item.is_some() => Err(Conflict::new(codes::InsufficientPoints)
                .detail("You have no quest-creation point left.")
                .into()),
            Some(_) => Err(no_account().into()),
            None => Err(StoreError::ConditionFailed(failed).into()),
        }
    }

    /// Take a quest back for its creator.
    pub(crate) async fn delete_open_quest(
        &self,
        member: &Member,
        quest: Uuid,
        if_match: Option<&str>,
    ) -> Result<(), DeleteQuestError> {
        revise(|| self.delete_open_quest_once(member, quest, if_match)).await
    }

    async fn delete_open_quest_once(
        &self,
        member: &Member,
        quest: Uuid,
        if_match: Option<&str>,
    ) -> Result<Revision<()>, DeleteQuestError> {
        let now = self.clock.stamp();
        let before = self.quest(quest).await?.ok_or_else(no_quest)?;
        let decision = before.decide(CommandKind::Delete, member, now);
        // Who may not delete it at all learns that, and nothing of its version; the state comes after the version.
        if let Err(refusal) = decision
            && refusal.is_forbidden()
        {
            return Err(refusal.into());
        }
        if if_match.is_some_and(|tags| !before.etag().satisfies_if_match(tags)) {
            return Err(PreconditionFailed::default()
                .detail("The quest has changed since you read it.")
                .into());
        }
        let change = TransitionWrite {
            before: &before,
            after: None,
            transition: decision?,
            by: Some(member.user_id),
            wallet: None,
            now,
            shards: self.shards.now().await?.writers,
            outbox: self.table.outbox(),
        };
        Ok(
            match self.commit(&change, &KeptResponse::nothing()).await? {
                CommitOutcome::Done(_) => Revision::Done(()),
                CommitOutcome::Stale => Revision::Stale,
                CommitOutcome::Contended => Revision::Contended,
                CommitOutcome::NoAccount => return Err(no_account().into()),
            },
        )
    }
}
