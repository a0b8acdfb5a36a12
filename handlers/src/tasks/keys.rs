//! The keys of tasks, shops and volunteers.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::key::{IndexKey, dated};
use civicforge_kernel::table::{Key, Keys, Shards};
use uuid::Uuid;

use super::rules::TaskStatus;

/// Over how many items the number of a shop's open tasks is spread: an item takes about a thousand changes a second, and two
/// transactions on one item get in each other's way.
const COUNTS: u16 = 4;

/// The task.
pub fn key(task: Uuid) -> Key {
    let both = format!("TASK#{task}");
    Key::new(both.clone(), both)
}

/// The task's item.
pub fn keys(
    task: Uuid,
    shop: &str,
    status: TaskStatus,
    created: DateTime<Utc>,
    shards: Shards,
) -> Keys {
    let sk = dated(created, task);
    Keys::new("TASK", key(task))
        .gsi1(IndexKey {
            pk: of_shop(shop, status),
            sk: sk.clone(),
        })
        .gsi2(IndexKey {
            pk: shards.partition(&feed_name(status), task),
            sk,
        })
}

/// The item of a task that is nowhere to be seen.
pub fn deleted_keys(task: Uuid) -> Keys {
    Keys::new("TASK", key(task))
}

/// Which task is that of ClickUp with this id.
pub fn click_up(id: &str) -> Key {
    Key::new(format!("CLICKUP#{id}"), "TASK")
}

/// The item of that.
pub fn click_up_keys(id: &str) -> Keys {
    Keys::new("CLICKUP_TASK", click_up(id))
}

/// The GSI1 partition of a shop's tasks with a status.
pub fn of_shop(shop: &str, status: TaskStatus) -> String {
    format!("SHOP#{shop}#{}", status.as_str())
}

/// The GSI2 partitions of the tasks with a status.
pub fn feed(status: TaskStatus, shards: Shards) -> Vec<String> {
    shards.partitions(&feed_name(status))
}

fn feed_name(status: TaskStatus) -> String {
    format!("TASKS#{}", status.as_str())
}

/// What has made a task this version.
pub fn history_keys(task: Uuid, version: u64) -> Keys {
    let key = Key::new(format!("TASK#{task}"), format!("HISTORY#{version:020}"));
    Keys::new("TASK_HISTORY", key)
}

/// That a member has a task, or has done it.
pub fn claimed(user: Uuid, task: Uuid) -> Key {
    Key::new(format!("USER#{user}"), format!("TASK#CLAIMED#{task}"))
}

/// The item of that.
pub fn claimed_keys(user: Uuid, task: Uuid) -> Keys {
    Keys::new("TASK_CLAIMED", claimed(user, task))
}

/// The partition of a member's items, and the prefix of the tasks in it. They sort by the tasks' ids, and so by when they were made.
pub fn claimed_by(user: Uuid) -> (String, &'static str) {
    (format!("USER#{user}"), "TASK#CLAIMED#")
}

/// The volunteer that a member is.
pub fn volunteer(user: Uuid) -> Key {
    Key::new(format!("VOLUNTEER#{user}"), "VOLUNTEER")
}

/// The volunteer's item.
pub fn volunteer_keys(user: Uuid) -> Keys {
    Keys::new("VOLUNTEER", volunteer(user))
}

/// The shop.
pub fn shop(shop: &str) -> Key {
    Key::new(format!("SHOP#{shop}"), "SHOP")
}

/// The shop's item.
pub fn shop_keys(name: &str) -> Keys {
    Keys::new("SHOP", shop(name)).gsi2(IndexKey {
        pk: SHOPS.to_owned(),
        sk: name.to_owned(),
    })
}

/// The GSI2 partition of all shops, which sort by their short names.
pub const SHOPS: &str = "SHOPS";

/// The items that have the number of a shop's open tasks between them.
pub fn counts(shop: &str) -> impl Iterator<Item = Keys> {
    (0..COUNTS).map(move |n| Keys::new("SHOP_COUNT", count_of(shop, n)))
}

/// The one of them that counts a task.
pub fn count(shop: &str, task: Uuid) -> Key {
    count_of(shop, Shards::new(COUNTS).of(task))
}

fn count_of(shop: &str, n: u16) -> Key {
    Key::new(format!("SHOP#{shop}#{n}"), "COUNT")
}
