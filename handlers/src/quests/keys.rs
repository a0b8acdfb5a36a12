//! The keys of quests and their rewards.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::key::{IndexKey, dated};
use civicforge_kernel::table::{Key, Keys, Shards, stamp};
use uuid::Uuid;

/// The quest.
pub fn key(quest: Uuid) -> Key {
    let both = format!("QUEST#{quest}");
    Key::new(both.clone(), both)
}

/// The quest's item.
pub fn keys(
    quest: Uuid,
    creator: Uuid,
    status: &str,
    created: DateTime<Utc>,
    shards: Shards,
) -> Keys {
    let feed = in_feed(quest, status, created, shards);
    Keys::new("QUEST", key(quest))
        .gsi1(IndexKey {
            pk: format!("USER#{creator}"),
            sk: format!("QUEST#{}#{quest}", stamp::format(created)),
        })
        .gsi2(feed)
}

/// The quest's place in the feed of a status. An update of the status sets `GSI2PK` to it; the
/// sort key never changes.
pub fn in_feed(quest: Uuid, status: &str, created: DateTime<Utc>, shards: Shards) -> IndexKey {
    IndexKey {
        pk: shards.partition(&format!("STATUS#{status}"), quest),
        sk: dated(created, quest),
    }
}

/// The GSI2 partitions of the quests with a status.
pub fn feed(status: &str, shards: Shards) -> Vec<String> {
    shards.partitions(&format!("STATUS#{status}"))
}

/// The GSI1 partition of what a member made, and the prefix of the quests in it.
pub fn created_by(user: Uuid) -> (String, &'static str) {
    (format!("USER#{user}"), "QUEST#")
}

/// That a member performs, or has performed, a quest.
pub fn performed(performer: Uuid, quest: Uuid) -> Key {
    Key::new(
        format!("USER#{performer}"),
        format!("QUEST#PERFORMED#{quest}"),
    )
}

/// The item of that.
pub fn performed_keys(performer: Uuid, quest: Uuid) -> Keys {
    Keys::new("QUEST_PERFORMED", performed(performer, quest))
}

/// The partition of a member's items, and the prefix of the quests performed in it. They sort by
/// the quests' ids, and so by when the quests were posted.
pub fn performed_by(user: Uuid) -> (String, &'static str) {
    (format!("USER#{user}"), "QUEST#PERFORMED#")
}

/// The expiry item of a quest.
pub fn expiry(quest: Uuid) -> Key {
    Key::new(format!("QUEST#{quest}"), "EXPIRY")
}

/// The keys of the expiry item. GSI2 sorts it by `expiresAt`, because the quest itself is sorted there by its creation.
pub fn expiry_keys(quest: Uuid, expires: DateTime<Utc>, shards: Shards) -> Keys {
    Keys::new("QUEST_EXPIRY", expiry(quest)).gsi2(IndexKey {
        pk: shards.partition(EXPIRING, quest),
        sk: dated(expires, quest),
    })
}

/// The GSI2 partitions of quests that expire; the sort key starts with when.
pub fn expiring(shards: Shards) -> Vec<String> {
    shards.partitions(EXPIRING)
}

const EXPIRING: &str = "QUEST#EXPIRING";

/// The GSI2 partition of expiry items that no job can handle, because the item or its quest is damaged.
pub const EXPIRY_DAMAGED: &str = "QUEST#EXPIRY_DAMAGED";

/// That a quest's reward has been given: what makes it happen once.
pub fn reward(quest: Uuid) -> Key {
    Key::new(format!("REWARD#{quest}"), "APPLIED")
}

/// The marker's item.
pub fn reward_keys(quest: Uuid) -> Keys {
    Keys::new("REWARD", reward(quest))
}

/// That a quest's reward could not be given.
pub fn failed_reward(quest: Uuid) -> Key {
    Key::new(format!("REWARD#{quest}"), "FAILED")
}

/// The item of that, due for another try at a time.
pub fn failed_reward_keys(quest: Uuid, due: DateTime<Utc>) -> Keys {
    Keys::new("FAILED_REWARD", failed_reward(quest)).gsi2(reward_due(quest, due))
}

/// The place in GSI2 of a reward that waits for another try, at a time.
pub fn reward_due(quest: Uuid, due: DateTime<Utc>) -> IndexKey {
    IndexKey {
        pk: REWARDS_PENDING.to_owned(),
        sk: dated(due, quest),
    }
}

/// The GSI2 partition of rewards that wait for another try; its sort key starts with when.
pub const REWARDS_PENDING: &str = "REWARD#pending";
/// The GSI2 partition of rewards that were given up.
pub const REWARDS_ABANDONED: &str = "REWARD#abandoned";
