//! Messages to the world outside, sent if and only if their cause was committed.
//!
//! A message is an item in the transaction of its cause. How it is found depends on the table ([`OutboxSource`]): on AWS the
//! table's stream carries its id to a queue, and a worker asks its [`Relay`] to [`deliver_by_key`](Relay::deliver_by_key) that message;
//! a table without a stream has an index of messages that wait, in which a relay looks. Either way a relay takes a message by
//! a lease (a time until which nobody else takes it, written under the condition that nobody else has done so), delivers it,
//! and notes that it was sent. A relay that dies in between leaves a message that is free again when the lease ends: delivery is
//! at least once, and [`Delivery`] must be idempotent by the message's id.
//!
//! **Destinations.** A message goes to every destination that takes its kind. One that goes to several is split: the message is done,
//! and for each destination there is one of its own in its place, in one transaction, so that a destination that fails has nothing
//! to do with the others.
//!
//! **Failures.** A delivery that failed waits in the index, each time longer than before, until the message is a day old. Then it is
//! dead: moved to the index's partition of dead messages, with the reason. Nothing that cannot be delivered is deleted, and an
//! operator may try it again ([`operate`]). A destination that keeps failing is left alone for a while ([`breaker`]).

mod backlog;
pub mod breaker;
pub mod operate;
pub mod records;
mod relay;

use aws_lc_rs::digest::{Context, SHA256};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::key::outbox::Lane;
use super::{Key, StoreError, Write, key, stamp, to_item};

pub use backlog::Backlog;
pub use relay::{DeliveryOutcome, Relay, RelayLimits, Round};

/// How the messages of a table are found. It is a fact of the table, and the same for every process that uses it: a message that
/// one process leaves to the stream must not be left to the index by another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OutboxSource {
    /// The table has no stream. Each message is in the index until it was sent, spread over several partitions.
    #[default]
    Index,
    /// The table's stream carries every new message to a queue. A message is in the index only after a delivery has failed.
    Stream,
}

/// A type of event, as subscribers see it.
#[derive(Debug, Clone)]
pub struct EventType {
    /// Its name.
    pub kind: &'static str,
    /// What has happened then.
    pub description: &'static str,
    /// The version of its schema.
    pub version: u32,
    /// The JSON Schema of what is told, where the program publishes it.
    pub schema: Option<fn() -> Value>,
}

impl EventType {
    /// The kind of this name, of which this type tells.
    pub fn of<E: Event>(kind: &'static str, description: &'static str) -> Self {
        Self {
            kind,
            description,
            version: E::VERSION,
            schema: None,
        }
    }
}

/// A message on its way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Its id; the same at every delivery.
    #[serde(rename = "messageId")]
    pub id: Uuid,
    /// What it is about, such as `quest.completed`: decides where it goes.
    pub kind: String,
    /// The version of the payload's schema.
    #[serde(default = "first_version")]
    pub version: u32,
    /// What it says: JSON as text.
    pub payload: String,
    /// Where it goes, where it is the message for one of several destinations.
    #[serde(default)]
    pub destination: Option<String>,
    /// When its cause was committed.
    #[serde(with = "stamp")]
    pub created_at: DateTime<Utc>,
    /// How many deliveries were begun.
    #[serde(default)]
    pub attempts: u32,
    /// When it is dead, where an operator has had it tried again; else a day after its cause.
    #[serde(with = "stamp::option", default)]
    pub give_up_at: Option<DateTime<Utc>>,
}

/// Messages of before there were versions are of the first one.
fn first_version() -> u32 {
    1
}

/// What is told to the world outside. Others depend on it: it has ids and what everybody may know, and never an e-mail address,
/// a telephone number, a wallet, a message of a member, or a token.
pub trait Event: Serialize {
    /// The version of its schema: higher where a consumer of the one before would misread it.
    const VERSION: u32;

    /// What has happened, such as `quest.completed`.
    fn kind(&self) -> &'static str;
}

impl Message {
    /// The message that tells of an event.
    ///
    /// # Errors
    ///
    /// The event has no form in JSON.
    pub fn of<E: Event>(event: &E, now: DateTime<Utc>) -> Result<Self, StoreError> {
        Ok(Self {
            id: Uuid::now_v7(),
            kind: event.kind().to_owned(),
            version: E::VERSION,
            payload: serde_json::to_string(event)
                .map_err(|e| StoreError::corrupt("writing a message", e))?,
            destination: None,
            created_at: now,
            attempts: 0,
            give_up_at: None,
        })
    }

    /// What has come in from a source, for the destination that takes what comes from there. The id is made of the source and of
    /// what tells one delivery from another, so that a delivery that is repeated is the same message, and is written once.
    pub fn received(
        source: &str,
        kind: &str,
        delivery: &[u8],
        payload: &Value,
        now: DateTime<Utc>,
    ) -> Self {
        let mut told_apart = Context::new(&SHA256);
        for part in [source.as_bytes(), &[0], delivery] {
            told_apart.update(part);
        }
        let digest = told_apart.finish();
        let mut id = [0; 16];
        id.iter_mut()
            .zip(digest.as_ref())
            .for_each(|(to, from)| *to = *from);
        Self {
            id: uuid::Builder::from_custom_bytes(id).into_uuid(),
            kind: kind.to_owned(),
            version: 1,
            payload: payload.to_string(),
            destination: Some(format!("{}{source}", key::outbox::FROM)),
            created_at: now,
            attempts: 0,
            give_up_at: None,
        }
    }

    /// The lane that it is in.
    pub fn lane(&self) -> Lane {
        Lane::of(self.destination.as_deref())
    }

    /// Its place in the table.
    pub fn key(&self) -> Key {
        key::outbox::key(self.id, self.destination.as_deref())
    }

    /// The same message for one destination alone: no other is asked whether it takes its kind.
    pub fn to(&self, destination: &str) -> Self {
        Self {
            destination: Some(destination.to_owned()),
            attempts: 0,
            ..self.clone()
        }
    }

    /// The write that sends it, to go into the transaction of its cause.
    pub fn send(&self, source: OutboxSource) -> Result<Write, StoreError> {
        self.send_at(source, self.created_at)
    }

    fn send_at(&self, source: OutboxSource, due: DateTime<Utc>) -> Result<Write, StoreError> {
        let due = self.lane().waits_in_index(source).then_some(due);
        let keys = key::outbox::keys(self.id, self.destination.as_deref(), due);
        Ok(Write::create(to_item(self, &keys)?))
    }
}

/// Where messages go.
pub trait Delivery: Send + Sync {
    /// The names of the destinations that take messages of this kind. A relay delivers only so many messages to one destination at a
    /// time, and a slow one does not hold up the others.
    ///
    /// # Errors
    ///
    /// It cannot be known now.
    fn destinations(
        &self,
        kind: &str,
    ) -> impl Future<Output = Result<Vec<String>, StoreError>> + Send;

    /// Deliver a message to one of them. It may have been delivered before: a destination must be idempotent by the message's
    /// id. Cancelled when it takes too long.
    ///
    /// # Errors
    ///
    /// It was not taken.
    fn deliver(
        &self,
        destination: &str,
        message: &Message,
    ) -> impl Future<Output = Result<(), DeliveryError>> + Send;
}

/// Why a message was not delivered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// Trying again later may help.
    #[error("{0}")]
    Later(String),
    /// The message will never be taken.
    #[error("{0}")]
    Never(String),
}

/// What the table does not do now it may do later.
impl From<StoreError> for DeliveryError {
    fn from(error: StoreError) -> Self {
        Self::Later(error.to_string())
    }
}
