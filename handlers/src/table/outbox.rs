//! Messages to the world outside, sent if and only if what they tell of was committed.
//!
//! A message is an item in the transaction of its cause. On AWS the table's stream carries its id to a queue, and a worker
//! asks its [`Relay`] to [`hand_over`](Relay::hand_over) that message; here a relay looks for messages that are due in GSI2.
//! In both cases a relay takes a message by pushing its due time back (a lease, under the condition that nobody else has
//! done so), delivers it, and takes it out of the index. A relay that dies in between leaves a message that becomes due
//! again: delivery is at least once, and [`Delivery`] must be idempotent by the message's id.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Backoff, Condition, Index, Query, StoreError, Table, Write, attr, from_item, key, stamp,
    to_item,
};
use crate::telemetry::metric;

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
    pub fn send(&self) -> Result<Write, StoreError> {
        let keys = key::outbox::keys(self.id, self.created_at);
        Ok(Write::create(to_item(self, &keys)?))
    }
}

/// Where messages go.
pub trait Delivery: Send + Sync {
    /// Deliver a message, which may have been delivered before.
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
    async fn deliver(&self, message: &Message) -> Result<(), DeliveryError> {
        tracing::info!(id = %message.id, kind = message.kind, "message sent");
        Ok(())
    }
}

/// How a relay works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RelayLimits {
    /// How long to wait where nothing is due.
    pub idle: Duration,
    /// How long a delivery may take; a message is another relay's to take a little later.
    pub delivery: Duration,
    /// The waits between deliveries of one message, and how many follow the first.
    pub backoff: Backoff,
    /// How long a delivered message is kept.
    pub kept: Duration,
}

impl Default for RelayLimits {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(1),
            delivery: Duration::from_secs(20),
            backoff: Backoff {
                base: Duration::from_secs(2),
                cap: Duration::from_secs(600),
                retries: 12,
                budget: Duration::MAX,
            },
            kept: Duration::from_secs(7 * 24 * 3600),
        }
    }
}

impl RelayLimits {
    /// For messages that a queue brings: the queue waits between the deliveries, and counts them.
    pub fn behind_a_queue() -> Self {
        Self {
            backoff: Backoff {
                base: Duration::ZERO,
                cap: Duration::ZERO,
                retries: u32::MAX,
                budget: Duration::MAX,
            },
            ..Self::default()
        }
    }
}

/// How far the clocks of two workers may differ before one takes the other's time for the future.
const SKEW: TimeDelta = TimeDelta::seconds(5);

/// What became of a message that was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handled {
    /// It was delivered just now.
    Delivered,
    /// It was delivered before; there is nothing left to do.
    Settled,
    /// Another worker has it. Should that one die, it has to be handed over again.
    Held,
    /// It was not taken, and has to be handed over again.
    Later,
    /// It will never be taken.
    Dead,
}

/// What became of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Delivered,
    Later(DateTime<Utc>),
    Dead,
}

/// What a round of a relay did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Messages delivered.
    pub delivered: usize,
    /// Messages to be tried again.
    pub later: usize,
    /// Messages given up.
    pub dead: usize,
}

/// Delivers messages that are due.
#[derive(Debug)]
pub struct Relay<D> {
    table: Table,
    delivery: D,
    limits: RelayLimits,
}

impl<D: Delivery> Relay<D> {
    /// A relay from a table to a place.
    pub fn new(table: Table, delivery: D, limits: RelayLimits) -> Self {
        Self {
            table,
            delivery,
            limits,
        }
    }

    /// Deliver until dropped. Failures of the table are logged, and the next round tries again.
    pub async fn run(&self) {
        let mut failures = 0;
        loop {
            let wait = match self.round(Utc::now()).await {
                Ok(Round { delivered: 1.., .. }) => {
                    failures = 0;
                    continue;
                }
                Ok(_) => {
                    failures = 0;
                    self.limits.idle
                }
                Err(error) => {
                    tracing::warn!(%error, "the outbox could not be read or written");
                    failures += 1;
                    self.limits.idle + self.limits.backoff.wait(failures)
                }
            };
            tokio::time::sleep(wait).await;
        }
    }

    /// Deliver what is due at a time, up to a hundred messages, one after the other.
    pub async fn round(&self, now: DateTime<Utc>) -> Result<Round, StoreError> {
        let due = Query::new(Index::Gsi2, key::outbox::DUE)
            .at_most(key::dated_at_most(now))
            .limit(100);
        let mut round = Round::default();
        for item in self.table.query(&due).await?.items {
            let seen = super::item::text(&item, attr::GSI2SK)?.to_owned();
            let message: Message = from_item(item)?;
            let Some(message) = self.take(message, seen, now).await? else {
                continue;
            };
            match self.one(message, now, self.limits.delivery).await? {
                Fate::Delivered => round.delivered += 1,
                Fate::Later(_) => round.later += 1,
                Fate::Dead => round.dead += 1,
            }
        }
        Ok(round)
    }

    /// Deliver one message, of which something else has told that it waits. One that was given up is tried again, because
    /// handing it over is what whoever wants that does. A delivery is not begun after `until`, and does not go on past it.
    pub async fn hand_over(
        &self,
        id: Uuid,
        now: DateTime<Utc>,
        until: Instant,
    ) -> Result<Handled, StoreError> {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(Handled::Later);
        }
        // Whoever has it holds it until a time to come.
        let free = Condition::at_most(attr::GSI2SK, key::dated_at_most(now + SKEW));
        let (take, lease) = self.lease(id, free, now);
        let taken = match self
            .table
            .write(take.set(attr::GSI2PK, key::outbox::DUE))
            .await
        {
            Ok(Some(item)) => (from_item(item)?, lease),
            // An update answers with the item; without one, who has it is not known.
            Ok(None) => return Ok(Handled::Held),
            Err(StoreError::ConditionFailed(failed)) => {
                let waits = failed
                    .item()
                    .is_some_and(|item| item.contains_key(attr::GSI2SK));
                // Only what was sent leaves the index, and only what was sent is deleted, a week later.
                return Ok(if waits {
                    Handled::Held
                } else {
                    Handled::Settled
                });
            }
            Err(other) => return Err(other),
        };
        let within = self.limits.delivery.min(left);
        Ok(match self.one(taken, now, within).await? {
            Fate::Delivered => Handled::Delivered,
            Fate::Later(_) => Handled::Later,
            Fate::Dead => Handled::Dead,
        })
    }

    /// Make a message this relay's for a while; `None` where another relay has it.
    async fn take(
        &self,
        message: Message,
        seen: String,
        now: DateTime<Utc>,
    ) -> Result<Option<(Message, String)>, StoreError> {
        let free =
            Condition::eq(attr::GSI2SK, seen).and(Condition::eq(attr::GSI2PK, key::outbox::DUE));
        let (take, lease) = self.lease(message.id, free, now);
        match self.table.write(take).await {
            Ok(Some(item)) => Ok(Some((from_item(item)?, lease))),
            Ok(None) => Ok(None),
            Err(StoreError::ConditionFailed(_)) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// The write that takes a message where it is free, and its place in the index while it is taken.
    fn lease(&self, id: Uuid, free: Condition, now: DateTime<Utc>) -> (Write, String) {
        let until = now + delta(self.limits.delivery * 2);
        let lease = key::outbox::due_key(id, until);
        let take = Write::update(key::outbox::key(id))
            .when(free)
            .set(attr::GSI2SK, &lease)
            .add("attempts", 1);
        (take, lease)
    }

    async fn one(
        &self,
        (message, lease): (Message, String),
        now: DateTime<Utc>,
        within: Duration,
    ) -> Result<Fate, StoreError> {
        let delivery = tokio::time::timeout(within, self.delivery.deliver(&message));
        let result = delivery
            .await
            .unwrap_or_else(|_| Err(DeliveryError::Later("no answer in time".to_owned())));
        let failures = message.attempts.saturating_sub(1);
        let fate = match &result {
            Ok(()) => Fate::Delivered,
            Err(DeliveryError::Later(_)) if failures < self.limits.backoff.retries => {
                Fate::Later(now + delta(self.limits.backoff.wait(failures)))
            }
            Err(_) => Fate::Dead,
        };
        if let Err(error) = &result {
            let (id, attempts) = (message.id, message.attempts);
            tracing::warn!(%id, kind = message.kind, attempts, %error, ?fate, "message not delivered");
        }
        let settle =
            Write::update(key::outbox::key(message.id)).when(Condition::eq(attr::GSI2SK, lease));
        let settle = match fate {
            Fate::Delivered => settle
                .remove(attr::GSI2PK)
                .remove(attr::GSI2SK)
                .set("sentAt", now)
                .set(
                    attr::TTL,
                    stamp::epoch_seconds(now + delta(self.limits.kept)),
                ),
            Fate::Later(due) => settle.set(attr::GSI2SK, key::outbox::due_key(message.id, due)),
            Fate::Dead => settle
                .set(attr::GSI2PK, key::outbox::DEAD)
                .set(attr::GSI2SK, key::outbox::due_key(message.id, now)),
        };
        let settle = match &result {
            Ok(()) => settle.remove("lastError"),
            Err(error) => settle.set("lastError", error.to_string()),
        };
        match self.table.write(settle).await {
            Ok(_) => {
                match fate {
                    Fate::Delivered => metric!("outbox.delivered"),
                    Fate::Later(_) => {}
                    Fate::Dead => metric!("outbox.dead"),
                }
                Ok(fate)
            }
            // The lease ran out and another relay has it; it will settle it.
            Err(StoreError::ConditionFailed(_)) => Ok(fate),
            Err(other) => Err(other),
        }
    }
}

fn delta(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::days(365))
}
