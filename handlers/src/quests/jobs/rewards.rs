//! Applies rewards that could not be applied when their quests were completed, or gives them up.
//!
//! A worker takes a reward by pushing its due time back: a lease, under the condition that nobody else has done so. Each
//! lease counts as a try, also if its worker dies, so that no reward is tried for ever. That it is given once does
//! not depend on leases, but on the marker in the transaction that gives it.

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_kernel::jobs::{Bounds, DueItems, Round, SKIPPED};
use civicforge_kernel::table::item::{self, Item};
use civicforge_kernel::table::{
    Condition, StoreError, Transaction, Write, attr, from_item, reason_to_keep,
};
use civicforge_kernel::telemetry::metric;
use rand::Rng;

use crate::quests::Quests;
use crate::quests::keys;
use crate::quests::reward::FailedReward;

/// How often giving a reward is tried before it is given up.
const MAX_TRIES: u32 = 5;
/// How long a worker has a reward to itself. It is much longer than a transaction with all its retries.
const LEASE: TimeDelta = TimeDelta::minutes(5);
/// How long a reward waits after its first failed try; it doubles with each.
const FIRST_WAIT: TimeDelta = TimeDelta::minutes(5);

/// The reward was given.
const APPLIED: &str = "applied";
/// It had been given, and only its record was left.
const SETTLED: &str = "settled";
/// It will be tried again.
const LATER: &str = "later";
/// It was given up.
const ABANDONED: &str = "abandoned";

impl Quests {
    /// Applies pending rewards.
    ///
    /// # Errors
    ///
    /// The index cannot be read.
    pub async fn reprocess_failed_rewards(&self, bounds: Bounds) -> Result<Round, StoreError> {
        let due = DueItems {
            table: &self.table,
            partitions: vec![keys::REWARDS_PENDING.to_owned()],
            aside: keys::REWARDS_ABANDONED,
            damaged: || metric!("rewards.damaged"),
        };
        let round = Round::new(&[APPLIED, SETTLED, LATER, ABANDONED]);
        let give = |item| async move { one(self, item).await };
        due.each(self.clock.stamp(), bounds, round, give).await
    }
}

async fn one(quests: &Quests, item: Item) -> Result<&'static str, StoreError> {
    let now = quests.clock.stamp();
    let seen = item::text(&item, attr::GSI2SK)?.to_owned();
    let found: FailedReward = from_item(item)?;
    let id = found.reward.quest_id;
    // Its last worker died before it could say so.
    if found.tries >= MAX_TRIES {
        return finalize(
            quests,
            &found,
            seen,
            now,
            "no worker has finished the last try",
        )
        .await;
    }
    let lease = keys::reward_due(id, now + LEASE).sk;
    let take = Write::update(keys::failed_reward(id))
        .when(lease_unchanged(&seen))
        .set(attr::GSI2SK, &lease)
        .add("tries", 1);
    let taken: FailedReward = match quests.table.write(take).await {
        Ok(Some(item)) => from_item(item)?,
        // Another worker has it.
        Ok(None) | Err(StoreError::ConditionFailed(_)) => return Ok(SKIPPED),
        Err(other) => return Err(other),
    };
    let mut transaction = Transaction::new();
    let marker = transaction.push(taken.reward.marker()?);
    let member = transaction.push(taken.reward.give());
    transaction.push(Write::delete(keys::failed_reward(id)));
    let error = match quests.table.transact(transaction).await {
        Ok(()) => return Ok(APPLIED),
        Err(StoreError::ConditionFailed(failed)) if failed.contains(marker) => {
            let delete = Write::delete(keys::failed_reward(id));
            quests.table.write(delete).await?;
            return Ok(SETTLED);
        }
        Err(StoreError::ConditionFailed(failed)) if failed.contains(member) => {
            "the performer's account is gone".to_owned()
        }
        Err(other) => other.to_string(),
    };
    finalize(quests, &taken, lease, now, &error).await
}

/// Say when a reward is tried again, or that it is given up. `seen` is where it stands among those that are due.
async fn finalize(
    quests: &Quests,
    reward: &FailedReward,
    seen: String,
    now: DateTime<Utc>,
    error: &str,
) -> Result<&'static str, StoreError> {
    let id = reward.reward.quest_id;
    let error = reason_to_keep(&error);
    let finalize = Write::update(keys::failed_reward(id))
        .when(lease_unchanged(&seen))
        .set(attr::LAST_ERROR, &error);
    let abandoned = reward.tries >= MAX_TRIES;
    let finalize = if abandoned {
        finalize.set(attr::GSI2PK, keys::REWARDS_ABANDONED)
    } else {
        let due = keys::reward_due(id, now + wait(reward.tries));
        finalize.set(attr::GSI2SK, due.sk)
    };
    match quests.table.write(finalize).await {
        Ok(_) => {}
        // The lease ran out and another worker has it; it will settle it.
        Err(StoreError::ConditionFailed(_)) => return Ok(SKIPPED),
        Err(other) => return Err(other),
    }
    if abandoned {
        // This line raises an alarm.
        tracing::error!(
            target: "metric",
            metric = "rewards.abandoned",
            count = 1,
            questId = %id,
            userId = %reward.reward.user_id,
            tries = reward.tries,
            error,
            "a reward was given up"
        );
        return Ok(ABANDONED);
    }
    tracing::warn!(questId = %id, tries = reward.tries, error, "a reward could not be given yet");
    Ok(LATER)
}

/// It waits at this place still.
fn lease_unchanged(seen: &str) -> Condition {
    Condition::eq(attr::GSI2SK, seen).and(Condition::eq(attr::GSI2PK, keys::REWARDS_PENDING))
}

/// How long to wait after so many failed tries: at least half of the bound, so that one bad moment does not cost several
/// tries, and up to the whole, so that rewards that failed together do not come back together.
fn wait(tries: u32) -> TimeDelta {
    let doubled = 2i32.saturating_pow(tries.saturating_sub(1).min(8));
    let bound = FIRST_WAIT * doubled;
    let percent = rand::rng().random_range(50..=100);
    bound * percent / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_never_vanish() {
        for tries in 0..40u32 {
            let bound = FIRST_WAIT * 2i32.pow(tries.saturating_sub(1).min(8));
            for _ in 0..20 {
                let wait = wait(tries);
                assert!(bound / 2 <= wait && wait <= bound, "{tries}: {wait}");
            }
        }
    }
}
