//! What is known of how the sync with each system goes.
//!
//! Those who ask and tell the systems write it down, at most every few seconds. Whoever answers a request has no way to the systems, and
//! reads it here.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_kernel::clock::Clock;
use civicforge_kernel::destinations::Destination;
use civicforge_kernel::table::key::outbox::FROM;
use civicforge_kernel::table::named::Named;
use civicforge_kernel::table::outbox::{DeliveryError, Message};
use civicforge_kernel::table::record::{self, Record};
use civicforge_kernel::table::{Key, Keys, StoreError, Table, stamp};
use civicforge_kernel::text::fit;
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::vendors::{Clients, Vendors};
use crate::vendors::{clickup, discourse, neon, slack};

/// How often a process writes down that something went as it did before.
const EVERY: Duration = Duration::from_secs(15);

/// The most characters of a failure that is kept.
const FAILURE: usize = 500;

/// A system that tasks are kept in sync with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum System {
    /// Where tasks are.
    ClickUp,
    /// Where volunteers are.
    Neon,
    /// Where people are told.
    Slack,
    /// Where people talk.
    Discourse,
}

impl Named for System {
    const ALL: &'static [Self] = &[Self::ClickUp, Self::Neon, Self::Slack, Self::Discourse];

    fn name(self) -> &'static str {
        match self {
            Self::ClickUp => "clickUp",
            Self::Neon => "neon",
            Self::Slack => "slack",
            Self::Discourse => "discourse",
        }
    }
}

impl System {
    /// What its client is called, and its breaker.
    pub fn vendor(self) -> &'static str {
        match self {
            Self::ClickUp => clickup::NAME,
            Self::Neon => neon::NAME,
            Self::Slack => slack::NAME,
            Self::Discourse => discourse::NAME,
        }
    }

    /// That of the messages for a destination of the outbox, such as `from:clickup`.
    pub fn of_destination(destination: &str) -> Option<Self> {
        let (_, name) = destination.split_once(':')?;
        let mut all = Self::ALL.iter().copied();
        all.find(|system| system.name().eq_ignore_ascii_case(name))
    }

    /// Whether there are settings of it.
    pub fn is_configured(self, clients: &Clients) -> bool {
        match self {
            Self::ClickUp => clients.click_up.is_some(),
            Self::Neon => clients.neon.is_some(),
            Self::Slack => clients.slack.is_some(),
            Self::Discourse => clients.discourse.is_some(),
        }
    }
}

/// What is known of how the sync with one system goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SystemState {
    /// Whether there are settings of it; none before anybody has looked.
    pub configured: Option<bool>,
    /// When something of it was last worked on.
    #[serde(with = "stamp::option")]
    pub last_event_at: Option<DateTime<Utc>>,
    /// When it was last asked or told something with success.
    #[serde(with = "stamp::option")]
    pub last_success_at: Option<DateTime<Utc>>,
    /// When that last failed.
    #[serde(with = "stamp::option")]
    pub last_failure_at: Option<DateTime<Utc>>,
    /// Why.
    pub last_failure: Option<String>,
    /// Until when it is left alone, because of its failures.
    #[serde(with = "stamp::option")]
    pub left_alone_until: Option<DateTime<Utc>>,
    /// Counts its changes, from 1.
    pub version: u64,
}

impl Record for SystemState {
    fn version(&mut self) -> &mut u64 {
        &mut self.version
    }
}

/// The item of a system's state.
pub fn keys(system: System) -> Keys {
    let key = Key::new(format!("SYNCSTATE#{}", system.name()), "SYNCSTATE");
    Keys::new("SYNC_STATE", key)
}

impl SystemState {
    /// That of a system.
    ///
    /// # Errors
    ///
    /// The table cannot be read, or it is damaged.
    pub async fn read(table: &Table, system: System) -> Result<Self, StoreError> {
        record::read(table, &keys(system)).await
    }

    /// Changes that of a system, whatever others change at the same time.
    ///
    /// # Errors
    ///
    /// The table fails, or it is damaged.
    pub async fn change(
        table: &Table,
        system: System,
        change: impl Fn(&mut Self),
    ) -> Result<Self, StoreError> {
        record::change(table, &keys(system), change).await
    }

    /// The system was asked or told something with success.
    pub fn succeeded(&mut self, now: DateTime<Utc>) {
        self.last_success_at = self.last_success_at.max(Some(now));
        self.left_alone_until = None;
    }

    /// That failed, and the system is left alone for so long.
    pub fn failed(&mut self, why: &str, alone: Option<Duration>, now: DateTime<Utc>) {
        self.last_failure_at = self.last_failure_at.max(Some(now));
        self.last_failure = Some(fit::line(why, FAILURE));
        let alone = alone.and_then(|alone| TimeDelta::from_std(alone).ok());
        self.left_alone_until = alone.and_then(|alone| now.checked_add_signed(alone));
    }
}

/// How a delivery went: whether it was a success, and whether the system is left alone because of it.
type How = (bool, bool);

/// Writes down how deliveries go. Clones are the same.
#[derive(Clone)]
pub struct Recorder {
    table: Table,
    clock: Clock,
    vendors: Vendors,
    /// How the last one of each destination went, and when that was written down.
    last: Arc<Mutex<HashMap<&'static str, (How, Instant)>>>,
}

impl Recorder {
    /// Of deliveries from and to these systems.
    pub fn new(table: Table, clock: Clock, vendors: Vendors) -> Self {
        Self {
            table,
            clock,
            vendors,
            last: Arc::default(),
        }
    }

    /// The destination, whose deliveries are written down.
    pub fn of(&self, destination: impl Destination + 'static) -> Arc<dyn Destination> {
        match System::of_destination(destination.name()) {
            Some(system) => Arc::new(Recorded {
                destination,
                system,
                recorder: self.clone(),
            }),
            None => Arc::new(destination),
        }
    }

    async fn record(
        &self,
        system: System,
        destination: &'static str,
        message: &Message,
        outcome: &Result<(), DeliveryError>,
    ) -> Result<(), StoreError> {
        let alone = self.vendors.breakers().open_for(system.vendor());
        if !self.is_due(destination, (outcome.is_ok(), alone.is_some())) {
            return Ok(());
        }
        // What is not configured takes everything, and does nothing with it.
        let clients = self.vendors.clients().await;
        if clients.is_ok_and(|clients| !system.is_configured(&clients)) {
            return Ok(());
        }
        let now = self.clock.stamp();
        let change = |state: &mut SystemState| {
            match outcome {
                Ok(()) => state.succeeded(now),
                Err(error) => state.failed(&error.to_string(), alone, now),
            }
            if destination.starts_with(FROM) && outcome.is_ok() {
                state.last_event_at = state.last_event_at.max(Some(message.created_at));
            }
        };
        SystemState::change(&self.table, system, change).await?;
        Ok(())
    }

    /// Whether it is to be written down now. What goes otherwise than before is, at once.
    fn is_due(&self, destination: &'static str, how: How) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        match last.get(destination) {
            Some((before, at)) if *before == how && now < *at + EVERY => false,
            _ => {
                last.insert(destination, (how, now));
                true
            }
        }
    }
}

struct Recorded<D> {
    destination: D,
    system: System,
    recorder: Recorder,
}

impl<D: Destination> Destination for Recorded<D> {
    fn name(&self) -> &'static str {
        self.destination.name()
    }

    fn takes<'a>(&'a self, kind: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        self.destination.takes(kind)
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<(), DeliveryError>> {
        Box::pin(async move {
            let outcome = self.destination.deliver(message).await;
            let recorder = &self.recorder;
            let recorded = recorder.record(self.system, self.name(), message, &outcome);
            if let Err(error) = recorded.await {
                // It is for people to look at, and no reason to deliver again.
                tracing::warn!(system = self.system.name(), %error, "how the sync goes could not be written down");
            }
            outcome
        })
    }
}
