//! The keys of every entity, made here and nowhere else.
//!
//! `docs/data-model.md` lists what each serves. A key's parts are joined with `#`; only a key's last part
//! may come from a user (an e-mail address, an idempotency key), so that no input can imitate the key of
//! something else.

use std::fmt;

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::item::Item;
use super::{attr, stamp};

/// The place of an item in the table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The partition.
    pub pk: String,
    /// The place in the partition.
    pub sk: String,
}

/// The place of an item in an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexKey {
    /// The partition of the index.
    pub pk: String,
    /// The place in the partition.
    pub sk: String,
}

/// Everything about an item that is not the entity itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    /// What kind of thing the item is: the `entityType` attribute.
    pub entity: &'static str,
    /// Its place in the table.
    pub primary: Key,
    /// Its place in GSI1, where it has one.
    pub gsi1: Option<IndexKey>,
    /// Its place in GSI2, where it has one.
    pub gsi2: Option<IndexKey>,
    /// When it may be deleted by itself.
    pub expires: Option<DateTime<Utc>>,
}

impl Key {
    fn new(pk: String, sk: impl Into<String>) -> Self {
        Self { pk, sk: sk.into() }
    }

    /// The key of an item that was read.
    pub fn of(item: &Item) -> Option<Self> {
        match (item.get(attr::PK), item.get(attr::SK)) {
            (Some(AttributeValue::S(pk)), Some(AttributeValue::S(sk))) => {
                Some(Self::new(pk.clone(), sk))
            }
            _ => None,
        }
    }

    pub(crate) fn into_item(self) -> Item {
        Item::from([
            (attr::PK.to_owned(), AttributeValue::S(self.pk)),
            (attr::SK.to_owned(), AttributeValue::S(self.sk)),
        ])
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {}", self.pk, self.sk)
    }
}

impl Keys {
    fn new(entity: &'static str, primary: Key) -> Self {
        Self {
            entity,
            primary,
            gsi1: None,
            gsi2: None,
            expires: None,
        }
    }

    fn gsi1(mut self, pk: String, sk: String) -> Self {
        self.gsi1 = Some(IndexKey { pk, sk });
        self
    }

    fn gsi2(mut self, pk: String, sk: String) -> Self {
        self.gsi2 = Some(IndexKey { pk, sk });
        self
    }

    fn expires(mut self, at: DateTime<Utc>) -> Self {
        self.expires = Some(at);
        self
    }

    pub(crate) fn write_into(&self, item: &mut Item) {
        let mut put = |name: &str, text: &str| {
            item.insert(name.to_owned(), AttributeValue::S(text.to_owned()));
        };
        put(attr::PK, &self.primary.pk);
        put(attr::SK, &self.primary.sk);
        put(attr::ENTITY_TYPE, self.entity);
        if let Some(index) = &self.gsi1 {
            put(attr::GSI1PK, &index.pk);
            put(attr::GSI1SK, &index.sk);
        }
        if let Some(index) = &self.gsi2 {
            put(attr::GSI2PK, &index.pk);
            put(attr::GSI2SK, &index.sk);
        }
        if let Some(at) = self.expires {
            let seconds = stamp::epoch_seconds(at).to_string();
            item.insert(attr::TTL.to_owned(), AttributeValue::N(seconds));
        }
    }
}

/// In how many partitions a feed that many writers share is spread. One index partition takes 1,000
/// writes a second, so one is enough for a small table; a large one has more. The number is kept in the table
/// ([`shards`](super::shards)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shards(u16);

impl Shards {
    /// No spreading.
    pub const ONE: Self = Self(1);

    /// The highest number: a page of a feed reads every shard.
    pub const MOST: u16 = 64;

    /// So many, but at least one and at most [`Shards::MOST`].
    pub fn new(count: u16) -> Self {
        Self(count.clamp(1, Self::MOST))
    }

    /// So many; none where that is out of range.
    pub fn checked(count: u16) -> Option<Self> {
        (1..=Self::MOST).contains(&count).then_some(Self(count))
    }

    /// How many.
    pub fn count(self) -> u16 {
        self.0
    }

    /// Which shard an item belongs to. It follows from the id, so that every writer of the item agrees.
    pub fn of(self, id: Uuid) -> u16 {
        // The last bytes of a UUIDv7 are random.
        let [.., a, b] = *id.as_bytes();
        u16::from_be_bytes([a, b]) % self.0
    }

    fn partitions(self, prefix: &str) -> Vec<String> {
        (0..self.0)
            .map(|shard| format!("{prefix}#{shard}"))
            .collect()
    }
}

impl Default for Shards {
    fn default() -> Self {
        Self::ONE
    }
}

/// The bound under which a query finds everything that is dated up to and including a time, in a partition
/// whose sort keys start with a time.
pub fn dated_at_most(time: DateTime<Utc>) -> String {
    // Sorts behind every id.
    format!("{}#~", stamp::format(time))
}

fn dated(time: DateTime<Utc>, id: Uuid) -> String {
    format!("{}#{id}", stamp::format(time))
}

/// The table's own configuration.
pub mod meta {
    use super::{Key, Keys};

    /// What every process must know of the table before it works with it.
    pub fn config() -> Key {
        Key::new("META#CONFIG".to_owned(), "CONFIG")
    }

    /// Its item.
    pub fn config_keys() -> Keys {
        Keys::new("CONFIG", config())
    }

    /// The item that is written only to see whether the table takes writes.
    pub fn probe_keys() -> Keys {
        Keys::new("PROBE", Key::new("META#PROBE".to_owned(), "PROBE"))
    }
}

/// Members and what guards them.
pub mod user {
    use super::{DateTime, Key, Keys, Utc, Uuid, stamp};

    /// The member.
    pub fn key(user: Uuid) -> Key {
        Key::new(format!("USER#{user}"), "PROFILE")
    }

    /// The member's item.
    pub fn keys(user: Uuid) -> Keys {
        Keys::new("USER", key(user))
    }

    /// The guard that makes an e-mail address unique. Give the address as [`normal_email`] makes it.
    pub fn email(address: &str) -> Key {
        Key::new(format!("EMAIL#{address}"), "EMAIL")
    }

    /// The guard's item.
    pub fn email_keys(address: &str) -> Keys {
        Keys::new("EMAIL", email(address))
    }

    /// The form of an e-mail address that is compared: trimmed, in lower case.
    pub fn normal_email(address: &str) -> String {
        address.trim().to_lowercase()
    }

    /// The counter of failed logins for an e-mail address, whether or not somebody has it.
    pub fn lockout(address: &str) -> Key {
        Key::new(format!("LOCKOUT#{address}"), "COUNTER")
    }

    /// The counter's item.
    pub fn lockout_keys(address: &str, expires: DateTime<Utc>) -> Keys {
        Keys::new("LOCKOUT", lockout(address)).expires(expires)
    }

    /// What another issuer calls a member. An issuer is a URL without a fragment, so the first `#` behind it ends it.
    pub fn identity(issuer: &str, subject: &str) -> Key {
        Key::new(format!("IDENTITY#{issuer}#{subject}"), "IDENTITY")
    }

    /// The item of that.
    pub fn identity_keys(issuer: &str, subject: &str) -> Keys {
        Keys::new("IDENTITY", identity(issuer, subject))
    }

    /// A family of refresh tokens: one login on one device.
    pub fn session(family: Uuid) -> Key {
        Key::new(format!("SESSION#{family}"), "SESSION")
    }

    /// The family's item.
    pub fn session_keys(
        family: Uuid,
        user: Uuid,
        created: DateTime<Utc>,
        expires: DateTime<Utc>,
    ) -> Keys {
        Keys::new("SESSION", session(family))
            .gsi1(
                format!("USER#{user}"),
                format!("SESSION#{}#{family}", stamp::format(created)),
            )
            .expires(expires)
    }

    /// The GSI1 partition of what a member made, and the prefix of the sessions in it.
    pub fn sessions(user: Uuid) -> (String, &'static str) {
        (format!("USER#{user}"), "SESSION#")
    }
}

/// Quests.
pub mod quest {
    use super::{DateTime, IndexKey, Key, Keys, Shards, Utc, Uuid, dated, stamp};

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
            .gsi1(
                format!("USER#{creator}"),
                format!("QUEST#{}#{quest}", stamp::format(created)),
            )
            .gsi2(feed.pk, feed.sk)
    }

    /// The quest's place in the feed of a status. An update of the status sets `GSI2PK` to it; the
    /// sort key never changes.
    pub fn in_feed(quest: Uuid, status: &str, created: DateTime<Utc>, shards: Shards) -> IndexKey {
        IndexKey {
            pk: format!("STATUS#{status}#{}", shards.of(quest)),
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

    /// That a quest has a date on which it expires.
    pub fn expiry(quest: Uuid) -> Key {
        Key::new(format!("QUEST#{quest}"), "EXPIRY")
    }

    /// The item of that. It stands in GSI2 by the date, because the quest itself stands there by its creation.
    pub fn expiry_keys(quest: Uuid, expires: DateTime<Utc>, shards: Shards) -> Keys {
        Keys::new("QUEST_EXPIRY", expiry(quest)).gsi2(
            format!("{EXPIRING}#{}", shards.of(quest)),
            dated(expires, quest),
        )
    }

    /// The GSI2 partitions of quests that expire; the sort key starts with when.
    pub fn expiring(shards: Shards) -> Vec<String> {
        shards.partitions(EXPIRING)
    }

    const EXPIRING: &str = "QUEST#EXPIRING";

    /// The GSI2 partition of dates that no job can handle, because the date or its quest is damaged.
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
        let place = reward_due(quest, due);
        Keys::new("FAILED_REWARD", failed_reward(quest)).gsi2(place.pk, place.sk)
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
}

/// Records of requests that were answered.
pub mod idempotency {
    use super::{DateTime, Key, Keys, Utc};
    use crate::table::idempotency::Scope;

    /// The record of a request.
    pub fn key(scope: Scope, key: &str) -> Key {
        Key::new(format!("IDEMPOTENCY#{scope}#{key}"), "RECORD")
    }

    /// The record's item.
    pub fn keys(scope: Scope, request_key: &str, expires: DateTime<Utc>) -> Keys {
        Keys::new("IDEMPOTENCY", key(scope, request_key)).expires(expires)
    }
}

/// Messages on their way out.
pub mod outbox {
    use super::{DateTime, IndexKey, Key, Keys, Shards, Utc, Uuid, dated};

    const DUE: &str = "OUTBOX#due";

    /// Over how many partitions the messages are spread that a relay looks for. It is no setting, so that every relay knows
    /// them all: a relay that knows fewer would leave messages undelivered.
    const DUE_PARTITIONS: Shards = Shards(8);

    /// The GSI2 partition that messages waited in before they were spread. Nothing is written to it any more.
    pub const FORMER_DUE: &str = DUE;
    /// The GSI2 partition of messages that were given up.
    pub const DEAD: &str = "OUTBOX#dead";

    /// The message.
    pub fn key(message: Uuid) -> Key {
        Key::new(format!("{PARTITION}{message}"), "MESSAGE")
    }

    /// How the partition key of every message begins.
    pub const PARTITION: &str = "OUTBOX#";

    /// The message's item. It is in GSI2 only where a relay has to look for it, from a time on.
    pub fn keys(message: Uuid, due: Option<DateTime<Utc>>) -> Keys {
        let keys = Keys::new("OUTBOX", key(message));
        match due {
            Some(due) => {
                let place = waiting(message, due);
                keys.gsi2(place.pk, place.sk)
            }
            None => keys,
        }
    }

    /// The place in GSI2 of a message that a relay is to take, from a time on.
    pub fn waiting(message: Uuid, due: DateTime<Utc>) -> IndexKey {
        IndexKey {
            pk: format!("{DUE}#{}", DUE_PARTITIONS.of(message)),
            sk: dated(due, message),
        }
    }

    /// The place in GSI2 of a message that was given up at a time.
    pub fn dead(message: &Key, at: DateTime<Utc>) -> IndexKey {
        let id = message.pk.strip_prefix(PARTITION).unwrap_or(&message.pk);
        IndexKey {
            pk: DEAD.to_owned(),
            sk: format!("{}#{id}", super::stamp::format(at)),
        }
    }

    /// The GSI2 partitions of messages that a relay is to take; the sort key starts with from when on.
    pub fn due() -> Vec<String> {
        DUE_PARTITIONS.partitions(DUE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_shard_of_an_id_is_among_the_partitions_read(id: u128, count: u16) {
            let shards = Shards::new(count);
            let quest = Uuid::from_u128(id);
            let place = quest::in_feed(quest, "OPEN", Utc::now(), shards);
            prop_assert!(quest::feed("OPEN", shards).contains(&place.pk));
        }

        #[test]
        fn feeds_sort_by_time_then_id(a in 0i64..4_102_444_800_000, b in 0i64..4_102_444_800_000, x: u128, y: u128) {
            let time = |ms| DateTime::from_timestamp_millis(ms).unwrap();
            let (x, y) = (Uuid::from_u128(x), Uuid::from_u128(y));
            prop_assert_eq!(dated(time(a), x).cmp(&dated(time(b), y)), (a, x).cmp(&(b, y)));
        }
    }

    #[test]
    fn shards_spread() {
        let shards = Shards::new(8);
        let mut seen = std::collections::BTreeMap::new();
        for _ in 0..8_000 {
            *seen.entry(shards.of(Uuid::now_v7())).or_insert(0) += 1;
        }
        assert_eq!(seen.len(), 8);
        assert!(
            seen.values().all(|&count| (800..1_200).contains(&count)),
            "{seen:?}"
        );
    }

    #[test]
    fn one_user_s_input_can_not_make_another_key() {
        let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
        use crate::table::idempotency::Scope;
        let crafted = format!("{b}#key");
        assert_ne!(
            idempotency::key(Scope::Member(a), &crafted),
            idempotency::key(Scope::Member(b), "key")
        );
        assert_ne!(
            idempotency::key(Scope::email(&a.to_string()), &crafted),
            idempotency::key(Scope::Member(b), "key")
        );
    }
}
