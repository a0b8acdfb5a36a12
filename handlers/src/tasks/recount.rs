//! Counting the open tasks of shops anew.
//!
//! The numbers are kept in the transactions that change them ([`shops`](super::shops)), so they are right but for what went around
//! those: an item that was written by hand, or a table that was restored in parts.

use std::collections::BTreeMap;
use std::time::Duration;

use civicforge_kernel::table::{
    Condition, Index, Key, Query, Reads, StoreError, Write, attr, from_item, item,
};
use uuid::Uuid;

use super::rules::TaskStatus;
use super::shops::{Count, OPEN, Shop};
use super::{Tasks, keys};

/// An index is behind for some milliseconds, rarely for a second.
const BEHIND: Duration = Duration::from_secs(3);

/// What a count says, and how many of its tasks there are.
type Miscounted = BTreeMap<Key, (i64, i64)>;

impl Tasks {
    /// Has the numbers of open tasks be what the shops' lists have. How many were wrong.
    ///
    /// One that looks wrong is looked at again some seconds later, because the lists are of an index; what has changed meanwhile is left
    /// to the next time.
    ///
    /// # Errors
    ///
    /// The table fails, or an item is damaged.
    pub async fn recount(&self) -> Result<usize, StoreError> {
        let first = self.miscounted().await?;
        if first.is_empty() {
            return Ok(0);
        }
        tokio::time::sleep(BEHIND).await;
        let mut mended = 0;
        for (key, (counted, open)) in self.miscounted().await? {
            if first.get(&key) != Some(&(counted, open)) {
                continue;
            }
            tracing::error!(item = %key, counted, open, "the number of a shop's open tasks was wrong");
            let unchanged = Condition::eq(OPEN, counted);
            let write = Write::update(key).when(unchanged).set(OPEN, open);
            mended += usize::from(self.table.write_if(write).await?);
        }
        Ok(mended)
    }

    async fn miscounted(&self) -> Result<Miscounted, StoreError> {
        let shops = Query::new(Index::Gsi2, keys::SHOPS);
        let shops = self.table.query_up_to(shops, usize::MAX).await?;
        let mut miscounted = Miscounted::new();
        for shop in shops {
            let shop: Shop = from_item(shop)?;
            let counts: Vec<_> = keys::counts(&shop.shop).map(|keys| keys.primary).collect();
            let items = self.table.get_many(&counts, Reads::Consistent).await?;
            let listed = self.listed(&shop.shop).await?;
            for (key, item) in counts.into_iter().zip(items) {
                let Some(item) = item else { continue };
                let counted = from_item::<Count>(item)?.open;
                let open = listed.get(&key).copied().unwrap_or_default();
                if counted != open {
                    miscounted.insert(key, (counted, open));
                }
            }
        }
        Ok(miscounted)
    }

    /// How many of a shop's open tasks each of its counts has.
    async fn listed(&self, shop: &str) -> Result<BTreeMap<Key, i64>, StoreError> {
        let open = Query::new(Index::Gsi1, keys::of_shop(shop, TaskStatus::Open));
        let mut listed = BTreeMap::new();
        for found in self.table.query_up_to(open, usize::MAX).await? {
            let place = item::text(&found, attr::GSI1SK)?;
            let task = place
                .rsplit('#')
                .next()
                .and_then(|id| Uuid::parse_str(id).ok());
            let task = task.ok_or_else(|| StoreError::corrupt(item::describe(&found), "no id"))?;
            *listed.entry(keys::count(shop, task)).or_default() += 1;
        }
        Ok(listed)
    }
}
