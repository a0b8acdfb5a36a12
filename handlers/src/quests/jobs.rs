//! What happens to quests by itself: overdue ones expire, and rewards that could not be given are given.
//!
//! Each job may run in any number of processes at once, may be cut off anywhere, and may see an index that is behind:
//! what it finds is only a hint, and every change is one transaction under the conditions that say that it is still due. So
//! nothing elects a leader, and nothing waits for another worker.
//!
//! Here the server runs them by itself ([`run`]); on AWS a schedule calls them as functions ([`crate::events`]).

mod expiry;
mod rewards;

use std::time::{Duration, Instant};

use civicforge_kernel::table::item::{self, Item};
use civicforge_kernel::table::{Condition, Index, Key, Query, StoreError, Write, attr, key};
use futures::future::join;
use futures::stream::{self, StreamExt};
use rand::Rng;

pub use expiry::{ExpiryRound, expire_quests};
pub use rewards::{RewardRound, reprocess_failed_rewards};

use crate::app::CivicForge;

/// How often the jobs run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// Overdue quests.
    pub expiry: Duration,
    /// Failed rewards.
    pub rewards: Duration,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            expiry: Duration::from_secs(60),
            rewards: Duration::from_secs(15 * 60),
        }
    }
}

/// How much of either one round does at most; what is left is the next one's.
pub const LIMIT: usize = 1_000;
/// How long a round may take.
const ROUND: Duration = Duration::from_secs(50);
/// The reason why something failed is kept up to so many characters.
const LONGEST_ERROR: usize = 500;
/// How many quests or rewards one worker handles at a time.
const PARALLEL: usize = 8;

/// Run both jobs again and again, until `stop` is ready. A round that is cut off there is safe: what it has begun either
/// happens or does not, and the next round finds what is left.
pub async fn run(app: &CivicForge, stop: impl Future<Output = ()>) {
    run_every(Schedule::default(), app, stop).await;
}

/// The same on another schedule.
pub async fn run_every(schedule: Schedule, app: &CivicForge, stop: impl Future<Output = ()>) {
    let jobs = join(
        expire_repeatedly(schedule.expiry, app),
        pay_repeatedly(schedule.rewards, app),
    );
    tokio::select! {
        _ = jobs => {}
        () = stop => {}
    }
}

async fn expire_repeatedly(every: Duration, app: &CivicForge) {
    loop {
        tokio::time::sleep(jittered(every)).await;
        match expire_quests(app, LIMIT, Instant::now() + ROUND).await {
            Ok(round) if round == ExpiryRound::default() => {}
            Ok(round) => tracing::info!(?round, "overdue quests were looked for"),
            Err(error) => tracing::warn!(%error, "overdue quests could not be looked for"),
        }
    }
}

async fn pay_repeatedly(every: Duration, app: &CivicForge) {
    loop {
        tokio::time::sleep(jittered(every)).await;
        match reprocess_failed_rewards(app, LIMIT, Instant::now() + ROUND).await {
            Ok(round) if round == RewardRound::default() => {}
            Ok(round) => tracing::info!(?round, "failed rewards were tried again"),
            Err(error) => tracing::warn!(%error, "failed rewards could not be looked for"),
        }
    }
}

/// Hand over what is due in these partitions of GSI2, some items at a time, until about `limit` are handled or the deadline
/// has come. `count` hears what became of each item, and says how many are handled by then.
async fn each_due<F: Future>(
    app: &CivicForge,
    partitions: impl IntoIterator<Item = String>,
    limit: usize,
    deadline: Instant,
    handle: impl Fn(Item) -> F,
    mut count: impl FnMut(F::Output) -> usize,
) -> Result<(), StoreError> {
    let until = key::dated_at_most(app.stamp());
    let mut handled = 0;
    for partition in partitions {
        let mut start = None;
        loop {
            let missing = limit.saturating_sub(handled);
            if missing == 0 || Instant::now() >= deadline {
                return Ok(());
            }
            let query = Query::new(Index::Gsi2, &partition)
                .at_most(&until)
                .limit(missing.min(100))
                .start(start);
            let page = app.table.query(&query).await?;
            let mut fates =
                stream::iter(page.items.into_iter().map(&handle)).buffer_unordered(PARALLEL);
            while let Some(fate) = fates.next().await {
                handled = count(fate);
            }
            start = page.next;
            if start.is_none() {
                break;
            }
        }
    }
    Ok(())
}

/// Move an item that no job can handle to a partition of GSI2 in which no job looks, with the reason, so that it is seen and in
/// nobody's way. Whether it was moved; it may have changed meanwhile.
async fn set_aside(
    app: &CivicForge,
    item: &Item,
    partition: &'static str,
    error: &StoreError,
) -> bool {
    let moved = async {
        let pk = item::text(item, attr::GSI2PK)?;
        let sk = item::text(item, attr::GSI2SK)?;
        let key = Key::of(item).ok_or_else(|| StoreError::corrupt("an index", "has no key"))?;
        let reason: String = error.to_string().chars().take(LONGEST_ERROR).collect();
        let aside = Write::update(key)
            .when(Condition::eq(attr::GSI2PK, pk).and(Condition::eq(attr::GSI2SK, sk)))
            .set(attr::GSI2PK, partition)
            .set("lastError", reason);
        app.table.write(aside).await
    };
    let name = item::describe(item);
    match moved.await {
        Ok(_) => {
            tracing::error!(item = name, %error, partition, "a damaged item was set aside");
            true
        }
        Err(StoreError::ConditionFailed(_)) => false,
        Err(failure) => {
            tracing::error!(item = name, %error, %failure, "a damaged item could not be set aside");
            false
        }
    }
}

/// An interval, up to a tenth shorter or longer, so that servers that were started together do not stay together.
fn jittered(interval: Duration) -> Duration {
    interval.mul_f64(rand::rng().random_range(0.9..1.1))
}
