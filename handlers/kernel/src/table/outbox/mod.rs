//! Messages to the world outside, sent if and only if their cause was committed.
//!
//! A message is an item in the transaction of its cause. How it is found depends on the table ([`OutboxSource`]): on AWS the
//! table's stream carries its id to a queue, and a worker asks its [`Relay`] to [`hand_over`](Relay::hand_over) that message;
//! a table without a stream has an index of messages that wait, in which a relay looks. Either way a relay takes a message by
//! a lease (a time until which nobody else takes it, written under the condition that nobody else has done so), delivers it,
//! and notes that it was sent. A relay that dies in between leaves a message that is free again when the lease ends: delivery is
//! at least once, and [`Delivery`] must be idempotent by the message's id.
//!
//! Nothing that cannot be delivered is deleted. It is moved to the index's partition of dead messages, with the reason, and one
//! that is handed over again is tried again.

mod backlog;
pub mod records;
mod relay;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{StoreError, Write, key, stamp, to_item};

pub use backlog::Backlog;
pub use relay::{Handled, Relay, RelayLimits, Round};

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

/// A message on its way out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Its id; the same at every delivery.
    #[serde(rename = "messageId")]
    pub id: Uuid,
    /// What it is about, such as `quest.completed`: decides where it goes.
    pub kind: String,
    /// What it says: JSON as text.
    pub payload: String,
    /// When its cause was committed.
    #[serde(with = "stamp")]
    pub created_at: DateTime<Utc>,
    /// How many deliveries were begun.
    #[serde(default)]
    pub attempts: u32,
}

impl Message {
    /// A new message.
    pub fn new(
        kind: impl Into<String>,
        payload: &impl Serialize,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            id: Uuid::now_v7(),
            kind: kind.into(),
            payload: serde_json::to_string(payload)
                .map_err(|e| StoreError::corrupt("writing a message", e))?,
            created_at: now,
            attempts: 0,
        })
    }

    /// The write that sends it, to go into the transaction of its cause.
    pub fn send(&self, source: OutboxSource) -> Result<Write, StoreError> {
        let due = (source == OutboxSource::Index).then_some(self.created_at);
        let keys = key::outbox::keys(self.id, due);
        Ok(Write::create(to_item(self, &keys)?))
    }
}

/// Where messages go.
pub trait Delivery: Send + Sync {
    /// The name of the destination of a message. A relay delivers only so many messages to one destination at a time, and a
    /// slow one does not hold up the others.
    fn destination<'a>(&'a self, message: &'a Message) -> &'a str;

    /// Deliver a message, which may have been delivered before. Cancelled when it takes too long.
    fn deliver(&self, message: &Message) -> impl Future<Output = Result<(), DeliveryError>> + Send;
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

/// Delivers to the log: what there is until a member connects something.
#[derive(Debug, Clone, Copy, Default)]
pub struct ToLog;

impl Delivery for ToLog {
    fn destination<'a>(&'a self, _: &'a Message) -> &'a str {
        "log"
    }

    async fn deliver(&self, message: &Message) -> Result<(), DeliveryError> {
        tracing::info!(id = %message.id, kind = message.kind, "message sent");
        Ok(())
    }
}
