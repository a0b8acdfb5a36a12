//! What the tests of messages share.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_kernel::clock::Clock;
use civicforge_kernel::table::key::outbox::Lane;
use civicforge_kernel::table::outbox::{
    Delivery, DeliveryError, Event, Message, Relay, RelayLimits, Round,
};
use civicforge_kernel::table::{Index, Item, Query, StoreError, Table, Transaction};
use uuid::Uuid;

/// A clock that stands still until it is moved.
#[derive(Clone)]
pub struct Time(Arc<Mutex<DateTime<Utc>>>);

impl Time {
    pub fn now() -> Self {
        Self(Arc::new(Mutex::new(Utc::now())))
    }

    pub fn get(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    pub fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }

    pub fn clock(&self) -> Clock {
        let time = self.clone();
        Clock::new(move || time.get())
    }
}

/// Something that is told.
#[derive(serde::Serialize)]
pub struct Received {
    #[serde(skip)]
    pub kind: &'static str,
    pub quest_id: u32,
}

impl Event for Received {
    const VERSION: u32 = 1;

    fn kind(&self) -> &'static str {
        self.kind
    }
}

/// A destination that notes what it is given, and answers as it is told.
#[derive(Clone, Default)]
pub struct RecordingDestination {
    got: Arc<Mutex<BTreeMap<Uuid, usize>>>,
    answer: Arc<Mutex<Option<DeliveryError>>>,
}

impl RecordingDestination {
    pub fn answers(&self, error: Option<DeliveryError>) {
        *self.answer.lock().unwrap() = error;
    }

    /// How often each message came.
    pub fn got(&self) -> BTreeMap<Uuid, usize> {
        self.got.lock().unwrap().clone()
    }
}

impl Delivery for RecordingDestination {
    async fn destinations(&self, _: &str) -> Result<Vec<String>, StoreError> {
        Ok(vec!["place".to_owned()])
    }

    async fn deliver(&self, _: &str, message: &Message) -> Result<(), DeliveryError> {
        *self.got.lock().unwrap().entry(message.id).or_insert(0) += 1;
        tokio::task::yield_now().await;
        self.answer.lock().unwrap().clone().map_or(Ok(()), Err)
    }
}

pub fn relay<D: Delivery + Clone>(table: &Table, place: &D, time: &Time) -> Relay<D> {
    let relay = Relay::new(table.clone(), place.clone(), RelayLimits::default());
    relay.with_clock(time.clock())
}

/// A round that has delivered so many messages, and nothing else.
pub fn delivered(count: usize) -> Round {
    Round {
        delivered: count,
        ..Round::default()
    }
}

pub async fn send(table: &Table, time: &Time) -> Uuid {
    send_kind(table, time, "quest.completed").await
}

pub async fn send_kind(table: &Table, time: &Time, kind: &'static str) -> Uuid {
    let message = Message::of(&Received { kind, quest_id: 1 }, time.get()).unwrap();
    let write = message.send(table.outbox()).unwrap();
    table
        .transact(Transaction::new().with(write))
        .await
        .unwrap();
    message.id
}

/// How many messages wait in the index.
pub async fn due(table: &Table) -> usize {
    let mut count = 0;
    for partition in Lane::Out.due() {
        count += waiting(table, &partition).await.len();
    }
    count
}

/// The messages that were given up.
pub async fn dead(table: &Table) -> Vec<Item> {
    waiting(table, Lane::Out.dead()).await
}

async fn waiting(table: &Table, partition: &str) -> Vec<Item> {
    let query = Query::new(Index::Gsi2, partition);
    table.query(&query).await.unwrap().items
}
