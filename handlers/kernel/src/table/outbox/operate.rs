//! What an operator does with messages: look at those that wait or are dead, have them tried again, and drop them.

use chrono::{DateTime, TimeDelta, Utc};

use super::Message;
use crate::table::key::outbox::{self, Lane};
use crate::table::{
    Condition, Index, Item, Key, Query, StoreError, Table, Write, attr, from_item, item,
};

/// For how long a message that an operator has tried again is tried.
const AGAIN: TimeDelta = TimeDelta::days(1);

/// Which messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those that wait for a delivery, now or later.
    Waiting,
    /// Those that were given up.
    Dead,
}

/// A message that an operator sees.
#[derive(Debug, Clone)]
pub struct OutboxEntry {
    /// Its place in the table.
    pub key: Key,
    /// What it is; an error where it is damaged.
    pub message: Result<Message, StoreError>,
    /// From when on it waits, or when it was given up.
    pub since: String,
    /// Why the last delivery failed.
    pub last_error: Option<String>,
}

/// Read up to so many messages, the oldest of each partition first.
///
/// # Errors
///
/// The index cannot be read.
pub async fn list(
    table: &Table,
    which: Which,
    limit: usize,
) -> Result<Vec<OutboxEntry>, StoreError> {
    list_in(table, &Lane::ALL, which, limit).await
}

/// The same, of these lanes alone.
///
/// # Errors
///
/// The index cannot be read.
pub async fn list_in(
    table: &Table,
    lanes: &[Lane],
    which: Which,
    limit: usize,
) -> Result<Vec<OutboxEntry>, StoreError> {
    let partitions: Vec<String> = match which {
        Which::Waiting => lanes.iter().flat_map(|lane| lane.due()).collect(),
        Which::Dead => lanes.iter().map(|lane| lane.dead().to_owned()).collect(),
    };
    let mut found = Vec::new();
    for partition in partitions {
        let missing = limit - found.len();
        if missing == 0 {
            break;
        }
        let query = Query::new(Index::Gsi2, partition).limit(missing);
        let items = table.query_up_to(query, missing).await?;
        found.extend(items.into_iter().take(missing));
    }
    found.into_iter().map(OutboxEntry::of).collect()
}

impl OutboxEntry {
    fn of(item: Item) -> Result<Self, StoreError> {
        let corrupt = || StoreError::corrupt(item::describe(&item), "has no key");
        let place = item::text(&item, attr::GSI2SK)?;
        let since = place.split_once('#').map_or(place, |(time, _)| time);
        Ok(Self {
            key: Key::of(&item).ok_or_else(corrupt)?,
            since: since.to_owned(),
            last_error: item::text(&item, attr::LAST_ERROR).ok().map(str::to_owned),
            message: from_item(item),
        })
    }
}

/// Have a dead message tried again, from now on for a day. Whether it was dead.
///
/// # Errors
///
/// The table fails, or the key is none of a message.
pub async fn retry(table: &Table, key: &Key, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let (id, destination) = outbox::parse(key)
        .ok_or_else(|| StoreError::corrupt(key, "is not the key of a message"))?;
    let place = outbox::waiting(Lane::of(destination), id, now);
    let again = Write::update(key.clone())
        .when(is_dead())
        .set(attr::GSI2PK, place.pk)
        .set(attr::GSI2SK, place.sk)
        .set("giveUpAt", now + AGAIN)
        .set("attempts", 0);
    table.write_if(again).await
}

/// Delete a dead message. Whether it was dead.
///
/// # Errors
///
/// The table fails.
pub async fn drop(table: &Table, key: &Key) -> Result<bool, StoreError> {
    let delete = Write::delete(key.clone()).when(is_dead());
    table.write_if(delete).await
}

fn is_dead() -> Condition {
    let [out, sync, mail] = Lane::ALL.map(|lane| Condition::eq(attr::GSI2PK, lane.dead()));
    out.or(sync).or(mail)
}
