//! Overdue quests expire, and their creators have the point back.

use std::time::Instant;

use civicforge_kernel::once::Keeping;
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::item::{self, Item};
use civicforge_kernel::table::revise::{Round, revise};
use civicforge_kernel::telemetry::metric;
use serde::Serialize;
use uuid::Uuid;

use super::{each_due, set_aside};
use crate::app::CivicForge;
use crate::quests::act::Committed;
use crate::quests::item::Quest;
use crate::quests::keys;
use crate::quests::rules::QuestStatus;
use crate::quests::writes::{Change, forget_expiry};

/// What a round has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ExpiryRound {
    /// Quests that expired.
    pub expired: usize,
    /// Dates that did not matter any more, mostly because the work was handed in before.
    pub settled: usize,
    /// Dates that are damaged, or whose quest is, and that were put where no round looks.
    pub damaged: usize,
    /// Quests that are still to be handled.
    pub left: usize,
}

/// What became of one date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Expired,
    Settled,
    Damaged,
    Left,
}

/// Expire what is overdue: up to about so many quests, and beginning with none after the deadline. An error is one of
/// finding them; a quest that can not be handled is logged, counted, and left to the next round.
pub async fn expire_quests(
    app: &CivicForge,
    limit: usize,
    deadline: Instant,
) -> Result<ExpiryRound, StoreError> {
    let mut round = ExpiryRound::default();
    let partitions = keys::expiring(app.shards.now().await?.readers);
    let handle = |item| handle(app, item, deadline);
    each_due(app, partitions, limit, deadline, handle, |fate| {
        match fate {
            Fate::Expired => round.expired += 1,
            Fate::Settled => round.settled += 1,
            Fate::Damaged => round.damaged += 1,
            Fate::Left => round.left += 1,
        }
        round.expired + round.settled
    })
    .await?;
    Ok(round)
}

/// One damaged item must not keep all others from expiring.
async fn handle(app: &CivicForge, item: Item, deadline: Instant) -> Fate {
    if Instant::now() >= deadline {
        return Fate::Left;
    }
    match expire(app, &item).await {
        Ok(fate) => fate,
        Err(error) if error.is_damage() => {
            match set_aside(app, &item, keys::EXPIRY_DAMAGED, &error).await {
                true => {
                    metric!("quests.damaged");
                    Fate::Damaged
                }
                false => Fate::Left,
            }
        }
        Err(error) => {
            tracing::warn!(item = item::describe(&item), %error, "a quest could not expire");
            Fate::Left
        }
    }
}

async fn expire(app: &CivicForge, item: &Item) -> Result<Fate, StoreError> {
    let id = item::text(item, "questId")?;
    let id = Uuid::try_parse(id).map_err(|e| StoreError::corrupt(item::describe(item), e))?;
    revise(|| async {
        match app.quest(id).await? {
            Some(quest) => overdue(app, &quest).await,
            // A quest is deleted together with its date, so the index is behind, or somebody has tidied up by hand.
            None => forget(app, id, None).await,
        }
    })
    .await
}

async fn overdue(app: &CivicForge, quest: &Quest) -> Result<Round<Fate>, StoreError> {
    let now = app.stamp();
    let Some(transition) = quest.expire(now) else {
        // A date in the future stays; it is here only where the clock of whoever asked is ahead.
        return match quest.status {
            QuestStatus::Open | QuestStatus::Claimed => Ok(Round::Done(Fate::Left)),
            _ => forget(app, quest.quest_id, Some(quest.version)).await,
        };
    };
    let after = quest.after(transition, None, quest.creator_id, now);
    let change = Change {
        before: quest,
        after: after.as_ref(),
        transition,
        by: None,
        wallet: None,
        now,
        shards: app.shards.now().await?.writers,
        outbox: app.table.outbox(),
    };
    Ok(match app.commit(&change, &Keeping::nothing()).await? {
        Committed::Done(_) => Round::Done(Fate::Expired),
        Committed::Stale | Committed::NoAccount => Round::Stale,
        Committed::Contended => Round::Contended,
    })
}

async fn forget(
    app: &CivicForge,
    quest: Uuid,
    version: Option<u64>,
) -> Result<Round<Fate>, StoreError> {
    match app.table.transact(forget_expiry(quest, version)).await {
        Ok(()) => Ok(Round::Done(Fate::Settled)),
        Err(StoreError::ConditionFailed(_)) => Ok(Round::Stale),
        Err(other) => Err(other),
    }
}
