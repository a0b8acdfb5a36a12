//! Inquiries about properties that were deleted are closed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use civicforge_kernel::jobs::{Bounds, DueItems, Job, Round, SKIPPED};
use civicforge_kernel::table::item::Item;
use civicforge_kernel::table::{Index, Key, Query, Reads, StoreError, Write, from_item};
use civicforge_kernel::telemetry::metric;

use super::Inquiries;
use super::item::Inquiry;
use super::{keys, rules, store};
use crate::properties::parts::{DELETED, DELETED_DAMAGED, Deleted};

/// After so long no inquiry appears in the index any more that was sent before the property was deleted.
const SETTLED: TimeDelta = TimeDelta::minutes(1);
/// How many inquiries are read at a time.
pub const AT_ONCE: usize = 100;

/// Nobody has to do with the property any more.
const CLOSED: &str = "closed";
/// It is looked at once more.
const LATER: &str = "later";

/// The job.
pub fn job(inquiries: &Arc<Inquiries>) -> Job {
    let inquiries = inquiries.clone();
    let what = "inquiries about deleted properties";
    Job::new(
        "closeInquiries",
        what,
        Duration::from_secs(60),
        move |bounds| {
            let inquiries = inquiries.clone();
            async move { inquiries.close_orphaned(bounds).await }
        },
    )
}

impl Inquiries {
    /// Closes inquiries whose properties are gone.
    ///
    /// # Errors
    ///
    /// The index cannot be read.
    pub async fn close_orphaned(&self, bounds: Bounds) -> Result<Round, StoreError> {
        let due = DueItems {
            table: &self.table,
            partitions: vec![DELETED.to_owned()],
            aside: DELETED_DAMAGED,
            damaged: || metric!("inquiries.damaged"),
        };
        let close = |item| async move { self.close_all(item, bounds.until).await };
        let round = Round::new(&[CLOSED, LATER]);
        due.each(self.clock.stamp(), bounds, round, close).await
    }

    async fn close_all(&self, item: Item, until: Instant) -> Result<&'static str, StoreError> {
        let deleted: Deleted = from_item(item)?;
        let (partition, prefix) = keys::of_property(deleted.property_id);
        let about = Query::new(Index::Gsi1, partition)
            .prefix(prefix)
            .limit(AT_ONCE);
        let mut pages = self.table.pages(about);
        while let Some(page) = pages.next().await? {
            let about: Vec<_> = page.iter().filter_map(Key::of).collect();
            if !self.close_these(&about, until).await? {
                return Ok(SKIPPED);
            }
        }
        let settled = deleted.deleted_at + SETTLED;
        if self.clock.now() < settled {
            self.table.write_if(deleted.due(settled)).await?;
            return Ok(LATER);
        }
        self.table.write(Write::delete(deleted.key())).await?;
        Ok(CLOSED)
    }

    /// Closes these inquiries. Whether there was time for all.
    pub(super) async fn close_these(
        &self,
        keys: &[Key],
        until: Instant,
    ) -> Result<bool, StoreError> {
        let mut open = keys.to_vec();
        while !open.is_empty() {
            if Instant::now() >= until {
                return Ok(false);
            }
            open = self.close_each(&open).await?;
        }
        Ok(true)
    }

    /// Closes inquiries as they are read now. Those that somebody has changed meanwhile are left.
    async fn close_each(&self, keys: &[Key]) -> Result<Vec<Key>, StoreError> {
        let mut left = Vec::new();
        for item in self.table.get_many(keys, Reads::Consistent).await? {
            let before: Option<Inquiry> = item.map(from_item).transpose()?;
            let transition = before
                .as_ref()
                .and_then(|before| rules::close(before.status));
            let (Some(before), Some(transition)) = (before, transition) else {
                continue;
            };
            let after = before.after(transition, None, self.clock.stamp());
            let transaction = store::change(&before, &after, transition, self.table.outbox())?;
            match self.table.transact(transaction).await {
                Ok(()) => metric!("inquiries.closed"),
                Err(StoreError::ConditionFailed(_)) => left.push(keys::key(before.inquiry_id)),
                Err(error) => return Err(error),
            }
        }
        Ok(left)
    }
}
