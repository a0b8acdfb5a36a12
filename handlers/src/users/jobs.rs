//! Closed accounts are erased.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_kernel::clock::Clock;
use civicforge_kernel::jobs::{Bounds, DueItems, Job, Round, SKIPPED};
use civicforge_kernel::table::item::{self, Item};
use civicforge_kernel::table::{
    Condition, Index, Key, Query, StoreError, Table, Transaction, Write, from_item, stamp, to_item,
};
use civicforge_kernel::telemetry::metric;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{keys, parts};
use crate::members::ErasesMembers;

/// After so long a closed account is erased: the mail that says so was sent then, and what was written shortly before it was closed is in
/// the indexes.
const SETTLED: TimeDelta = TimeDelta::minutes(10);

/// Nothing says any more whose it was.
const ERASED: &str = "erased";

/// That an account was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Closed {
    user_id: Uuid,
    #[serde(with = "stamp")]
    closed_at: DateTime<Utc>,
}

/// The write that has an account be erased that is closed now.
///
/// # Errors
///
/// It has no form in the table.
pub fn have_erased(user: Uuid, now: DateTime<Utc>) -> Result<Write, StoreError> {
    let closed = Closed {
        user_id: user,
        closed_at: now,
    };
    let keys = keys::closed_keys(user, now + SETTLED);
    Ok(Write::create(to_item(&closed, &keys)?))
}

/// What erases accounts.
pub struct Eraser {
    /// Where they are.
    pub table: Table,
    /// Tells the time.
    pub clock: Clock,
    /// Who else has something of members, in this order.
    pub features: Vec<Arc<dyn ErasesMembers>>,
}

/// The job.
pub fn job(eraser: Eraser) -> Job {
    let eraser = Arc::new(eraser);
    Job::new(
        "eraseAccounts",
        "closed accounts",
        Duration::from_secs(5 * 60),
        move |bounds| {
            let eraser = eraser.clone();
            async move { eraser.round(bounds).await }
        },
    )
}

impl Eraser {
    async fn round(&self, bounds: Bounds) -> Result<Round, StoreError> {
        let due = DueItems {
            table: &self.table,
            partitions: vec![keys::CLOSED.to_owned()],
            aside: keys::CLOSED_DAMAGED,
            damaged: || metric!("accounts.damaged"),
        };
        let erase = |item| async move { self.erase(item, bounds.until).await };
        let round = Round::new(&[ERASED]);
        due.each(self.clock.stamp(), bounds, round, erase).await
    }

    async fn erase(&self, item: Item, until: Instant) -> Result<&'static str, StoreError> {
        let closed: Closed = from_item(item)?;
        for feature in &self.features {
            if !feature.erase(closed.user_id, until).await? {
                return Ok(SKIPPED);
            }
        }
        self.forget_addresses(closed.user_id).await?;
        let done = Transaction::new()
            .with(parts::erase(closed.user_id))
            .with(Write::delete(keys::closed(closed.user_id)).when(Condition::exists()));
        match self.table.transact(done).await {
            Ok(()) => {
                metric!("accounts.erased");
                Ok(ERASED)
            }
            // Another round was faster, or the account was removed by hand.
            Err(StoreError::ConditionFailed(_)) => {
                let rest = Write::delete(keys::closed(closed.user_id));
                self.table.write(rest).await?;
                Ok(ERASED)
            }
            Err(error) => Err(error),
        }
    }

    /// What was done to the account stays on record, without the address that it had.
    async fn forget_addresses(&self, user: Uuid) -> Result<(), StoreError> {
        let (partition, prefix) = keys::audits_of(user);
        let records = Query::new(Index::Main, partition).prefix(prefix);
        let mut pages = self.table.pages(records);
        while let Some(page) = pages.next().await? {
            for record in &page {
                if !record.contains_key("email") {
                    continue;
                }
                let key = Key::of(record)
                    .ok_or_else(|| StoreError::corrupt(item::describe(record), "it has no key"))?;
                let forget = Write::update(key).when(Condition::exists());
                self.table.write_if(forget.remove("email")).await?;
            }
        }
        Ok(())
    }
}
