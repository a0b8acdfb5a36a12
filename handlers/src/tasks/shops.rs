//! Shops, and how many of their tasks wait for somebody.
//!
//! The number is kept in the transactions that change it, spread over a few items: counting by query would cost more with every
//! task, and a busy shop would be one hot item.

use civicforge_api::types::ShopId;
use civicforge_kernel::table::checked::checked;
use civicforge_kernel::table::{
    Condition, Key, Reads, StoreError, Table, Write, from_item, to_item,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::keys;
use super::rules::TaskStatus;

/// What a count's item has: how many of its tasks are OPEN.
pub(super) const OPEN: &str = "open";

/// A shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shop {
    /// Its short name.
    #[serde(deserialize_with = "checked::<_, String, _>")]
    pub shop: ShopId,
    /// What people call it.
    pub name: String,
}

/// A count's item.
#[derive(Deserialize)]
pub(super) struct Count {
    /// How many of its tasks are OPEN.
    pub open: i64,
}

impl Shop {
    /// Makes the shop, or gives the one of this short name another name.
    ///
    /// # Errors
    ///
    /// The table's own.
    pub async fn save(&self, table: &Table) -> Result<(), StoreError> {
        for keys in keys::counts(&self.shop) {
            let count = Write::create(to_item(&json!({ OPEN: 0 }), &keys)?);
            table.write_if(count).await?;
        }
        // Last: a shop that is listed can be counted.
        let shop = to_item(self, &keys::shop_keys(&self.shop))?;
        table.write(Write::put(shop)).await.map(drop)
    }
}

/// What a change of a task's status does to the number of its shop's open tasks, where it does something. The write fails where there
/// is no such shop.
pub fn counted(
    shop: &str,
    task: Uuid,
    before: Option<TaskStatus>,
    after: Option<TaskStatus>,
) -> Option<Write> {
    let open = |status| i32::from(status == Some(TaskStatus::Open));
    let by = open(after) - open(before);
    let write = || {
        Write::update(keys::count(shop, task))
            .when(Condition::exists())
            .add(OPEN, by)
    };
    (by != 0).then(write)
}

/// How many tasks of each of these shops are open.
///
/// # Errors
///
/// The table cannot be read, or a count is damaged.
pub async fn open_tasks(table: &Table, shops: &[Shop]) -> Result<Vec<i64>, StoreError> {
    let of = |shop: &Shop| -> Vec<Key> {
        let counts = keys::counts(&shop.shop);
        counts.map(|keys| keys.primary).collect()
    };
    let counts: Vec<Vec<Key>> = shops.iter().map(of).collect();
    let found = table.get_many(&counts.concat(), Reads::Eventual).await?;
    let mut found = found.into_iter();
    let mut all = Vec::with_capacity(shops.len());
    for keys in &counts {
        let mut sum = 0;
        for item in found.by_ref().take(keys.len()).flatten() {
            sum += from_item::<Count>(item)?.open;
        }
        // While items are read that a transaction changes, the sum can be off for a moment.
        all.push(sum.max(0));
    }
    Ok(all)
}
