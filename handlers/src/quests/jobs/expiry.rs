//! Overdue quests expire, and their creators have the point back.

use civicforge_kernel::jobs::{Bounds, DueItems, Round, SKIPPED};
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::item::{self, Item};
use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_kernel::telemetry::metric;
use uuid::Uuid;

use crate::quests::Quests;
use crate::quests::item::Quest;
use crate::quests::keys;
use crate::quests::rules::QuestStatus;
use crate::quests::store::forget_expiry;

/// The quest has expired.
const EXPIRED: &str = "expired";
/// The date did not matter any more, mostly because the work was handed in before.
const SETTLED: &str = "settled";

impl Quests {
    /// Expires what is overdue.
    ///
    /// # Errors
    ///
    /// The index cannot be read.
    pub async fn expire_overdue(&self, bounds: Bounds) -> Result<Round, StoreError> {
        let due = DueItems {
            table: &self.table,
            partitions: keys::expiring(self.shards.now().await?.readers),
            aside: keys::EXPIRY_DAMAGED,
            damaged: || metric!("quests.damaged"),
        };
        let round = Round::new(&[EXPIRED, SETTLED]);
        let expire = |item| async move { expire(self, &item).await };
        due.each(self.clock.stamp(), bounds, round, expire).await
    }
}

async fn expire(quests: &Quests, item: &Item) -> Result<&'static str, StoreError> {
    let id = item::text(item, "questId")?;
    let id = Uuid::try_parse(id).map_err(|e| StoreError::corrupt(item::describe(item), e))?;
    revise(|| async {
        match quests.quest(id).await? {
            Some(quest) => overdue(quests, &quest).await,
            // A quest is deleted together with its expiry item, so the index is behind, or the quest was removed by hand.
            None => forget(quests, id, None).await,
        }
    })
    .await
}

async fn overdue(quests: &Quests, quest: &Quest) -> Result<Revision<&'static str>, StoreError> {
    let now = quests.clock.stamp();
    let Some(transition) = quest.expire(now) else {
        // An expiry in the future stays; it is here only where the caller's clock is ahead.
        return match quest.status {
            QuestStatus::Open | QuestStatus::Claimed => Ok(Revision::Done(SKIPPED)),
            _ => forget(quests, quest.quest_id, Some(quest.version)).await,
        };
    };
    let expired = quests.commit_alone(quest, transition, None, now).await?;
    Ok(expired.into_revision(EXPIRED))
}

async fn forget(
    quests: &Quests,
    quest: Uuid,
    version: Option<u64>,
) -> Result<Revision<&'static str>, StoreError> {
    match quests.table.transact(forget_expiry(quest, version)).await {
        Ok(()) => Ok(Revision::Done(SETTLED)),
        Err(StoreError::ConditionFailed(_)) => Ok(Revision::Stale),
        Err(other) => Err(other),
    }
}
