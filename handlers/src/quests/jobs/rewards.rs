//! Rewards that could not be given when their quests were completed are given, or given up.
//!
//! A worker takes a reward by pushing its due time back: a lease, under the condition that nobody else has done so. Each
//! lease counts as a try, also if its worker dies, so that no reward is tried for ever. That it is given once does
//! not depend on leases, but on the marker in the transaction that gives it.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_kernel::table::item::{self, Item};
use civicforge_kernel::table::{Condition, StoreError, Transaction, Write, attr, from_item};
use civicforge_kernel::telemetry::metric;
use rand::Rng;
use serde::Serialize;

use super::{LONGEST_ERROR, each_due, set_aside};
use crate::app::CivicForge;
use crate::quests::keys;
use crate::quests::reward::FailedReward;

/// How often giving a reward is tried before it is given up.
const MAX_TRIES: u32 = 5;
/// How long a worker has a reward to itself. It is much longer than a transaction with all its retries.
const LEASE: TimeDelta = TimeDelta::minutes(5);
/// How long a reward waits after its first failed try; it doubles with each.
const FIRST_WAIT: TimeDelta = TimeDelta::minutes(5);

/// What a round has done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct RewardRound {
    /// Rewards that were given.
    pub applied: usize,
    /// Rewards that had been given, and of which the record was left.
    pub settled: usize,
    /// Rewards that will be tried again.
    pub later: usize,
    /// Rewards that were given up.
    pub abandoned: usize,
    /// Rewards whose items are damaged, and that were put with those that were given up.
    pub damaged: usize,
    /// Rewards that another worker has, or whose item can not be read or written now.
    pub left: usize,
}

/// What became of one reward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Applied,
    Settled,
    Later,
    Abandoned,
    Damaged,
    Left,
}

/// Give what is due: up to about so many rewards, and beginning with none after the deadline. An error is one of finding
/// them.
pub async fn reprocess_failed_rewards(
    app: &CivicForge,
    limit: usize,
    deadline: Instant,
) -> Result<RewardRound, StoreError> {
    let mut round = RewardRound::default();
    let pending = [keys::REWARDS_PENDING.to_owned()];
    let handle = |item| handle(app, item, deadline);
    each_due(app, pending, limit, deadline, handle, |fate| {
        match fate {
            Fate::Applied => round.applied += 1,
            Fate::Settled => round.settled += 1,
            Fate::Later => round.later += 1,
            Fate::Abandoned => round.abandoned += 1,
            Fate::Damaged => round.damaged += 1,
            Fate::Left => round.left += 1,
        }
        round.applied + round.settled + round.later + round.abandoned
    })
    .await?;
    Ok(round)
}

/// One damaged item must not keep all others from being given.
async fn handle(app: &CivicForge, item: Item, deadline: Instant) -> Fate {
    if Instant::now() >= deadline {
        return Fate::Left;
    }
    match one(app, &item).await {
        Ok(fate) => fate,
        Err(error) if error.is_damage() => {
            match set_aside(app, &item, keys::REWARDS_ABANDONED, &error).await {
                true => {
                    metric!("rewards.damaged");
                    Fate::Damaged
                }
                false => Fate::Left,
            }
        }
        Err(error) => {
            let name = item::describe(&item);
            tracing::warn!(item = name, %error, "a failed reward could not be handled");
            Fate::Left
        }
    }
}

async fn one(app: &CivicForge, item: &Item) -> Result<Fate, StoreError> {
    let now = app.stamp();
    let seen = item::text(item, attr::GSI2SK)?.to_owned();
    let found: FailedReward = from_item(item.clone())?;
    let id = found.reward.quest_id;
    // Its last worker died before it could say so.
    if found.tries >= MAX_TRIES {
        return settle(
            app,
            &found,
            seen,
            now,
            "no worker has finished the last try",
        )
        .await;
    }
    let lease = keys::reward_due(id, now + LEASE).sk;
    let take = Write::update(keys::failed_reward(id))
        .when(still(&seen))
        .set(attr::GSI2SK, &lease)
        .add("tries", 1);
    let taken: FailedReward = match app.table.write(take).await {
        Ok(Some(item)) => from_item(item)?,
        // Another worker has it.
        Ok(None) | Err(StoreError::ConditionFailed(_)) => return Ok(Fate::Left),
        Err(other) => return Err(other),
    };
    let mut transaction = Transaction::new();
    let marker = transaction.push(taken.reward.marker(now)?);
    let member = transaction.push(taken.reward.give(now));
    transaction.push(Write::delete(keys::failed_reward(id)));
    let error = match app.table.transact(transaction).await {
        Ok(()) => return Ok(Fate::Applied),
        Err(StoreError::ConditionFailed(failed)) if failed.contains(marker) => {
            let delete = Write::delete(keys::failed_reward(id));
            app.table.write(delete).await?;
            return Ok(Fate::Settled);
        }
        Err(StoreError::ConditionFailed(failed)) if failed.contains(member) => {
            "the performer's account is gone".to_owned()
        }
        Err(other) => other.to_string(),
    };
    settle(app, &taken, lease, now, &error).await
}

/// Say when a reward is tried again, or that it is given up. `seen` is where it stands among those that are due.
async fn settle(
    app: &CivicForge,
    reward: &FailedReward,
    seen: String,
    now: DateTime<Utc>,
    error: &str,
) -> Result<Fate, StoreError> {
    let id = reward.reward.quest_id;
    let error: String = error.chars().take(LONGEST_ERROR).collect();
    let settle = Write::update(keys::failed_reward(id))
        .when(still(&seen))
        .set("lastError", &error);
    let abandoned = reward.tries >= MAX_TRIES;
    let settle = if abandoned {
        settle.set(attr::GSI2PK, keys::REWARDS_ABANDONED)
    } else {
        let due = keys::reward_due(id, now + wait(reward.tries));
        settle.set(attr::GSI2SK, due.sk)
    };
    match app.table.write(settle).await {
        Ok(_) => {}
        // The lease ran out and another worker has it; it will settle it.
        Err(StoreError::ConditionFailed(_)) => return Ok(Fate::Left),
        Err(other) => return Err(other),
    }
    if abandoned {
        // An alarm hangs on this line: somebody has to look.
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
        return Ok(Fate::Abandoned);
    }
    tracing::warn!(questId = %id, tries = reward.tries, error, "a reward could not be given yet");
    Ok(Fate::Later)
}

/// It waits at this place still.
fn still(seen: &str) -> Condition {
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
