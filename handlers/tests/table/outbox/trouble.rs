//! Messages that are damaged, and destinations that are slow.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_kernel::table::outbox::{
    Delivery, DeliveryError, DeliveryOutcome, Message, Relay, RelayLimits, Round,
};
use civicforge_kernel::table::{StoreError, Table, Value, Write, key};
use civicforge_testing::empty_table;
use futures::future::join_all;
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::support::{RecordingDestination, Time, dead, delivered, due, relay, send, send_kind};

/// Take an attribute of a message away, or give it another value.
async fn damage(table: &Table, id: Uuid, name: &'static str, value: Option<Value>) {
    let write = Write::update(key::outbox::key(id, None));
    let write = match value {
        Some(value) => write.set(name, value),
        None => write.remove(name),
    };
    table.write(write).await.unwrap();
}

#[tokio::test]
async fn damaged_messages_do_not_stop_those_behind_them_and_are_not_lost() {
    let (table, time) = (empty_table().await, Time::now());
    let mut damaged = Vec::new();
    for (name, value) in [
        ("payload", None),
        ("messageId", Some(Value::from("no id"))),
        ("attempts", Some(Value::from("many"))),
        ("createdAt", Some(Value::from(5))),
    ] {
        // More than a page of them, so that they would be in the way in any partition.
        for _ in 0..30 {
            let id = send(&table, &time).await;
            damage(&table, id, name, value.clone()).await;
            damaged.push(id);
        }
    }
    time.advance(TimeDelta::seconds(1));
    let fine = send(&table, &time).await;
    let place = RecordingDestination::default();
    let round = relay(&table, &place, &time).round().await.unwrap();
    let expected = Round {
        delivered: 1,
        dead: damaged.len(),
        ..Round::default()
    };
    assert_eq!(round, expected);
    assert_eq!(place.got(), BTreeMap::from([(fine, 1)]));
    assert_eq!(due(&table).await, 0);
    let aside = dead(&table).await;
    assert_eq!(aside.len(), 100, "a page of them");
    assert!(aside.iter().all(|item| item.contains_key("lastError")));
    assert!(aside.iter().all(|item| !item.contains_key("ttl")));

    // One that was repaired is delivered when it is handed over.
    let repaired = damaged[0];
    let payload = Some(Value::from("{}"));
    damage(&table, repaired, "payload", payload).await;
    let soon = std::time::Instant::now() + std::time::Duration::from_secs(10);
    let handled = relay(&table, &place, &time)
        .deliver_by_key(&key::outbox::key(repaired, None), soon)
        .await;
    assert_eq!(handled.unwrap(), DeliveryOutcome::Delivered);
    assert_eq!(place.got()[&repaired], 1);
}

#[tokio::test]
async fn a_damaged_message_that_a_queue_brings_is_set_aside() {
    let (table, time) = (empty_table().await, Time::now());
    let soon = || std::time::Instant::now() + std::time::Duration::from_secs(10);
    for (name, value) in [("payload", None), ("attempts", Some(Value::from("many")))] {
        let id = send(&table, &time).await;
        damage(&table, id, name, value).await;
        let place = RecordingDestination::default();
        let handled = relay(&table, &place, &time)
            .deliver_by_key(&key::outbox::key(id, None), soon())
            .await;
        assert_eq!(handled.unwrap(), DeliveryOutcome::Dead, "{name}");
        assert!(place.got().is_empty());
    }
    assert_eq!((due(&table).await, dead(&table).await.len()), (0, 2));
}

/// A destination that takes a long time by the clock, and notes how long the lease still is when it begins.
#[derive(Clone)]
struct TakesLong {
    table: Table,
    time: Time,
    left: Arc<Mutex<Vec<TimeDelta>>>,
}

impl Delivery for TakesLong {
    async fn destinations(&self, _: &str) -> Result<Vec<String>, StoreError> {
        Ok(vec!["far away".to_owned()])
    }

    async fn deliver(&self, _: &str, message: &Message) -> Result<(), DeliveryError> {
        let item = self.table.get(&key::outbox::key(message.id, None)).await;
        let item = item.unwrap().unwrap();
        let until: DateTime<Utc> = item["leasedUntil"].as_s().unwrap().parse().unwrap();
        self.left.lock().unwrap().push(until - self.time.get());
        self.time.advance(TimeDelta::seconds(19));
        Ok(())
    }
}

#[tokio::test]
async fn a_lease_begins_when_the_message_is_taken_and_not_when_the_round_began() {
    let (table, time) = (empty_table().await, Time::now());
    for _ in 0..10 {
        send(&table, &time).await;
    }
    let place = TakesLong {
        table: table.clone(),
        time: time.clone(),
        left: Arc::default(),
    };
    let limits = RelayLimits {
        parallel: 1,
        ..RelayLimits::default()
    };
    let relay = Relay::new(table, place.clone(), limits).with_clock(time.clock());
    assert_eq!(relay.round().await.unwrap(), delivered(10));
    let left = place.left.lock().unwrap();
    assert_eq!(left.len(), 10);
    let whole = TimeDelta::seconds(40) - TimeDelta::milliseconds(1);
    assert!(left.iter().all(|left| *left > whole), "{left:?}");
}

/// Destinations by the kind of message. Deliveries to `slow` end when they are let go.
#[derive(Clone)]
struct Several {
    fast: Arc<AtomicUsize>,
    slow_now: Arc<AtomicUsize>,
    slow_most: Arc<AtomicUsize>,
    gate: Arc<Semaphore>,
}

impl Several {
    /// All of the fast ones are through, and a few of the slow ones have begun, before a slow one goes on.
    fn open_gate(&self) {
        let is_through = self.fast.load(Ordering::SeqCst) == FAST;
        if is_through && self.slow_most.load(Ordering::SeqCst) == 8 {
            self.gate.add_permits(1_000);
        }
    }
}

impl Delivery for Several {
    async fn destinations(&self, kind: &str) -> Result<Vec<String>, StoreError> {
        Ok(vec![kind.to_owned()])
    }

    async fn deliver(&self, _: &str, message: &Message) -> Result<(), DeliveryError> {
        if message.kind == "fast" {
            self.fast.fetch_add(1, Ordering::SeqCst);
            self.open_gate();
            return Ok(());
        }
        let now = self.slow_now.fetch_add(1, Ordering::SeqCst) + 1;
        self.slow_most.fetch_max(now, Ordering::SeqCst);
        self.open_gate();
        let gate = self.gate.acquire().await;
        gate.map_err(|_| DeliveryError::Later("closed".to_owned()))?
            .forget();
        self.slow_now.fetch_sub(1, Ordering::SeqCst);
        Ok(())
    }
}

const FAST: usize = 40;

#[tokio::test]
async fn a_slow_destination_holds_up_no_other_and_gets_a_few_messages_at_a_time() {
    let (table, time) = (empty_table().await, Time::now());
    let sends = (0..40).map(|_| send_kind(&table, &time, "slow"));
    join_all(sends).await;
    time.advance(TimeDelta::seconds(1));
    for _ in 0..FAST {
        send_kind(&table, &time, "fast").await;
    }
    let place = Several {
        fast: Arc::default(),
        slow_now: Arc::default(),
        slow_most: Arc::default(),
        gate: Arc::new(Semaphore::new(0)),
    };
    let round = relay(&table, &place, &time).round().await.unwrap();
    assert_eq!(round, delivered(80));
    assert_eq!(place.slow_most.load(Ordering::SeqCst), 8);
}
