//! Keys: what they are made of, and those of the kernel's own items. Each feature makes its own in its `keys.rs`.
//!
//! `docs/data-model.md` lists what each serves. A key's parts are joined with `#`; only a key's last part
//! may come from a user (an e-mail address, an idempotency key), so that no input can imitate the key of
//! something else.

use std::fmt;

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, Utc};
use uuid::{NoContext, Timestamp, Uuid};

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
    /// The key of these two parts.
    pub fn new(pk: String, sk: impl Into<String>) -> Self {
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

    /// The key as attributes of a request.
    pub fn into_item(self) -> Item {
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
    /// Those of an item in the table alone.
    pub fn new(entity: &'static str, primary: Key) -> Self {
        Self {
            entity,
            primary,
            gsi1: None,
            gsi2: None,
            expires: None,
        }
    }

    /// In GSI1 too.
    #[must_use]
    pub fn gsi1(mut self, place: IndexKey) -> Self {
        self.gsi1 = Some(place);
        self
    }

    /// In GSI2 too.
    #[must_use]
    pub fn gsi2(mut self, place: IndexKey) -> Self {
        self.gsi2 = Some(place);
        self
    }

    /// To be deleted by itself from then on.
    #[must_use]
    pub fn expires(mut self, at: DateTime<Utc>) -> Self {
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

    /// The partition of a list that an item belongs to.
    pub fn partition(self, prefix: &str, id: Uuid) -> String {
        format!("{prefix}#{}", self.of(id))
    }

    /// The partitions of a list: one for each shard.
    pub fn partitions(self, prefix: &str) -> Vec<String> {
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

/// A new id, made of a time: items that sort by the time and by the id sort alike.
pub fn id_at(time: DateTime<Utc>) -> Uuid {
    let since = time.timestamp_millis().unsigned_abs();
    let nanoseconds = time.timestamp_subsec_nanos();
    Uuid::new_v7(Timestamp::from_unix(NoContext, since / 1000, nanoseconds))
}

/// A sort key of items that sort by a time; what has the same time sorts by id.
pub fn dated(time: DateTime<Utc>, id: Uuid) -> String {
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

/// Messages on their way.
pub mod outbox {
    use super::{DateTime, IndexKey, Key, Keys, Shards, Utc, Uuid, dated};
    use crate::table::outbox::OutboxSource;

    /// Messages of one kind of destination. Each lane has partitions of its own, so that a function can be allowed one and not the
    /// other.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Lane {
        /// To the world outside.
        Out,
        /// From the systems that tasks are kept in sync with, and to them.
        Sync,
        /// To members, by mail.
        Mail,
    }

    /// How the names of destinations begin that take what has come in from other systems.
    pub const FROM: &str = "from:";
    /// How the names of destinations begin that keep other systems in sync.
    pub const TO_SYSTEM: &str = "to:";
    /// The name of the destination that sends mails.
    pub const MAIL: &str = "mail";

    impl Lane {
        /// All of them.
        pub const ALL: [Self; 3] = [Self::Out, Self::Sync, Self::Mail];

        /// That of messages for this destination, or for those that take their kind.
        pub fn of(destination: Option<&str>) -> Self {
            let is_sync = |name: &str| name.starts_with(FROM) || name.starts_with(TO_SYSTEM);
            match destination {
                Some(MAIL) => Self::Mail,
                Some(name) if is_sync(name) => Self::Sync,
                _ => Self::Out,
            }
        }

        fn of_partition(pk: &str) -> Option<Self> {
            let mut all = Self::ALL.into_iter();
            all.find(|lane| pk.starts_with(lane.partition()))
        }

        /// How the partition key of every message begins.
        pub const fn partition(self) -> &'static str {
            match self {
                Self::Out => "OUTBOX#",
                Self::Sync => "SYNC#",
                Self::Mail => "MAIL#",
            }
        }

        const fn waiting(self) -> &'static str {
            match self {
                Self::Out => FORMER_DUE,
                Self::Sync => "SYNC#due",
                Self::Mail => "MAIL#due",
            }
        }

        /// Whether a new message waits in the index. Mails do so always: a stream has no more than two readers, which are those of the
        /// other two lanes.
        pub const fn waits_in_index(self, source: OutboxSource) -> bool {
            matches!(source, OutboxSource::Index) || matches!(self, Self::Mail)
        }

        /// Over how many partitions the messages are spread that a relay looks for. It is no setting, so that every relay knows
        /// them all: a relay that knows fewer would leave messages undelivered.
        const fn partitions(self) -> Shards {
            match self {
                Self::Out => Shards(8),
                Self::Sync | Self::Mail => Shards(2),
            }
        }

        /// The GSI2 partition of messages that were given up.
        pub const fn dead(self) -> &'static str {
            match self {
                Self::Out => "OUTBOX#dead",
                Self::Sync => "SYNC#dead",
                Self::Mail => "MAIL#dead",
            }
        }

        /// The GSI2 partitions of messages that a relay is to take; the sort key starts with from when on.
        pub fn due(self) -> Vec<String> {
            self.partitions().partitions(self.waiting())
        }

        const fn entity(self) -> &'static str {
            match self {
                Self::Out => "OUTBOX",
                Self::Sync => "SYNC",
                Self::Mail => "MAIL",
            }
        }
    }

    /// The GSI2 partition that messages waited in before they were spread. Nothing is written to it any more.
    pub const FORMER_DUE: &str = "OUTBOX#due";

    /// The message; or that for one of several destinations.
    pub fn key(message: Uuid, destination: Option<&str>) -> Key {
        let partition = Lane::of(destination).partition();
        let sk = match destination {
            None => MESSAGE.to_owned(),
            Some(destination) => format!("{TO}{destination}"),
        };
        Key::new(format!("{partition}{message}"), sk)
    }

    /// The message and the destination that a key is of.
    pub fn parse(key: &Key) -> Option<(Uuid, Option<&str>)> {
        let id = Uuid::try_parse(id_of(&key.pk)?).ok()?;
        match key.sk.strip_prefix(TO) {
            Some(destination) => Some((id, Some(destination))),
            None => (key.sk == MESSAGE).then_some((id, None)),
        }
    }

    const MESSAGE: &str = "MESSAGE";
    const TO: &str = "TO#";

    /// The id in a partition key.
    fn id_of(pk: &str) -> Option<&str> {
        pk.strip_prefix(Lane::of_partition(pk)?.partition())
    }

    /// The message's item. It is in GSI2 only where a relay has to look for it, from a time on.
    pub fn keys(message: Uuid, destination: Option<&str>, due: Option<DateTime<Utc>>) -> Keys {
        let lane = Lane::of(destination);
        let keys = Keys::new(lane.entity(), key(message, destination));
        match due {
            Some(due) => keys.gsi2(waiting(lane, message, due)),
            None => keys,
        }
    }

    /// The place in GSI2 of a message that a relay is to take, from a time on.
    pub fn waiting(lane: Lane, message: Uuid, due: DateTime<Utc>) -> IndexKey {
        IndexKey {
            pk: lane.partitions().partition(lane.waiting(), message),
            sk: dated(due, message),
        }
    }

    /// The place in GSI2 of a message that was given up at a time.
    pub fn dead(message: &Key, at: DateTime<Utc>) -> IndexKey {
        let lane = Lane::of_partition(&message.pk).unwrap_or(Lane::Out);
        let id = id_of(&message.pk).unwrap_or(&message.pk);
        IndexKey {
            pk: lane.dead().to_owned(),
            sk: format!("{}#{id}", super::stamp::format(at)),
        }
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
            let id = Uuid::from_u128(id);
            prop_assert!(shards.partitions("LIST").contains(&shards.partition("LIST", id)));
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
            idempotency::key(Scope::sender(&a.to_string()), &crafted),
            idempotency::key(Scope::Member(b), "key")
        );
    }
}
