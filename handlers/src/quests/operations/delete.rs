//! Deleting a quest that nobody has claimed.

use civicforge_api::quests::DeleteQuestError;
use civicforge_kernel::refusal::Refusal;
use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_runtime::status::PreconditionFailed;
use uuid::Uuid;

use super::command::no_quest;
use crate::members::{Member, no_account};
use crate::quests::Quests;
use crate::quests::rules::CommandKind;
use crate::quests::store::CommitOutcome;

impl Quests {
    /// Take a quest back for its creator.
    pub(crate) async fn delete_open_quest(
        &self,
        member: &Member,
        quest: Uuid,
        if_match: Option<&str>,
    ) -> Result<(), DeleteQuestError> {
        revise(|| self.try_delete(member, quest, if_match)).await
    }

    async fn try_delete(
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
        let by = Some(member.user_id);
        Ok(
            match self.commit_alone(&before, decision?, by, now).await? {
                CommitOutcome::Done(_) => Revision::Done(()),
                CommitOutcome::Stale => Revision::Stale,
                CommitOutcome::Contended => Revision::Contended,
                CommitOutcome::NoAccount => return Err(no_account().into()),
            },
        )
    }
}
