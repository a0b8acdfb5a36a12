//! Posting a quest.

use civicforge_api::codes;
use civicforge_api::quests::{CreateQuestError, CreateQuestResponse};
use civicforge_api::types::QuestDraft;
use civicforge_kernel::idempotency::IdempotencyGuard;
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::key::id_at;
use civicforge_kernel::telemetry::metric;
use civicforge_runtime::context::Context;
use civicforge_runtime::status::Conflict;

use crate::members::{Member, no_account};
use crate::quests::Quests;
use crate::quests::item::Quest;
use crate::quests::rules::QuestStatus;
use crate::quests::{store, text};

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
        let guard = IdempotencyGuard::of_member(context, member.user_id, key, now);
        // Before the rules: `expiresAt` may have passed since the first request.
        guard.replay(&self.table).await?;
        let (title, description, expires_at) = text::draft(&draft, now)?;
        let quest = Quest {
            quest_id: id_at(now),
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
        let (transaction, creator) = store::create(&quest, shards, self.table.outbox())?;
        let response = || CreateQuestResponse {
            location: format!("/api/v1/quests/{}", quest.quest_id),
            etag: quest.etag().to_string(),
            idempotency_replayed: None,
            body: quest.clone().into(),
        };
        let kept = guard.keep(response)?;
        let failed = match kept.transact(&self.table, transaction).await {
            Ok(outcome) => {
                outcome.first()?;
                context.touch("questId", quest.quest_id);
                metric!("quests.created");
                return Ok(response());
            }
            Err(StoreError::ConditionFailed(failed)) => failed,
            Err(error) => return Err(error.into()),
        };
        guard.replay(&self.table).await?;
        match failed.at(creator) {
            Some(found) if found.item.is_some() => Err(Conflict::new(codes::InsufficientPoints)
                .detail("You have no quest-creation point left.")
                .into()),
            Some(_) => Err(no_account().into()),
            None => Err(StoreError::ConditionFailed(failed).into()),
        }
    }
}
