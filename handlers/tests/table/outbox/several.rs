//! Messages for several destinations: each has its own, and none waits for another.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use civicforge_kernel::table::outbox::operate::{self, Which};
use civicforge_kernel::table::outbox::{Delivery, DeliveryError, DeliveryOutcome, Message, Round};
use civicforge_kernel::table::{StoreError, Table, key};
use civicforge_testing::{empty_table, memory};

use super::support::{RecordingDestination, Time, dead, delivered, due, relay, send};

/// Two destinations, of which one may be down.
#[derive(Clone, Default)]
struct Two {
    got: Arc<Mutex<BTreeMap<String, usize>>>,
    down: Arc<Mutex<Option<DeliveryError>>>,
}

impl Two {
    fn got(&self) -> BTreeMap<String, usize> {
        self.got.lock().unwrap().clone()
    }

    fn down(&self, error: Option<DeliveryError>) {
        *self.down.lock().unwrap() = error;
    }
}

impl Delivery for Two {
    async fn destinations(&self, _: &str) -> Result<Vec<String>, StoreError> {
        Ok(vec!["up".to_owned(), "down".to_owned()])
    }

    async fn deliver(&self, name: &str, message: &Message) -> Result<(), DeliveryError> {
        assert_eq!(message.destination.as_deref(), Some(name));
        *self.got.lock().unwrap().entry(name.to_owned()).or_insert(0) += 1;
        match name {
            "down" => self.down.lock().unwrap().clone().map_or(Ok(()), Err),
            _ => Ok(()),
        }
    }
}

fn busy() -> DeliveryError {
    DeliveryError::Later("busy".to_owned())
}

// A paused clock runs ahead while a network is waited for, so the table is in memory.
#[tokio::test(start_paused = true)]
async fn each_destination_has_a_message_of_its_own_that_lives_and_dies_alone() {
    let (table, time) = (memory().await, Time::now());
    let id = send(&table, &time).await;
    let two = Two::default();
    two.down(Some(busy()));
    let relay = relay(&table, &two, &time);
    assert_eq!(relay.round().await.unwrap(), delivered(1), "it is split");
    let round = relay.round().await.unwrap();
    assert_eq!((round.delivered, round.later), (1, 1));
    while due(&table).await > 0 {
        tokio::time::advance(Duration::from_secs(31)).await;
        time.advance(TimeDelta::minutes(61));
        relay.round().await.unwrap();
    }
    assert_eq!(two.got()["up"], 1);
    let given_up = operate::list(&table, Which::Dead, 10).await.unwrap();
    let [given_up] = given_up.as_slice() else {
        panic!("{given_up:?}");
    };
    assert_eq!(given_up.key, key::outbox::key(id, Some("down")));
    assert_eq!(given_up.last_error.as_deref(), Some("busy"));

    // An operator has it tried again, which is for a day.
    let retried = operate::retry(&table, &given_up.key, time.get()).await;
    assert!(retried.unwrap());
    let again = operate::retry(&table, &given_up.key, time.get()).await;
    assert!(!again.unwrap(), "it is not dead any more");
    let dropped = operate::drop(&table, &given_up.key).await.unwrap();
    assert!(!dropped, "nothing that waits is dropped");
    time.advance(TimeDelta::hours(1));
    let later = Round {
        later: 1,
        ..Round::default()
    };
    tokio::time::advance(Duration::from_secs(31)).await;
    assert_eq!(relay.round().await.unwrap(), later);
    two.down(None);
    time.advance(TimeDelta::hours(1));
    tokio::time::advance(Duration::from_secs(31)).await;
    assert_eq!(relay.round().await.unwrap(), delivered(1));
    assert_eq!((due(&table).await, dead(&table).await.len()), (0, 0));
}

#[tokio::test]
async fn a_dead_message_can_be_dropped() {
    let (table, time) = (empty_table().await, Time::now());
    send(&table, &time).await;
    let place = RecordingDestination::default();
    place.answers(Some(DeliveryError::Never("no such channel".to_owned())));
    relay(&table, &place, &time).round().await.unwrap();
    let found = operate::list(&table, Which::Dead, 10).await.unwrap();
    assert!(operate::drop(&table, &found[0].key).await.unwrap());
    assert!(!operate::drop(&table, &found[0].key).await.unwrap());
    assert_eq!(dead(&table).await.len(), 0);
}

#[tokio::test]
async fn a_message_that_nobody_takes_is_done() {
    #[derive(Clone)]
    struct Nobody;
    impl Delivery for Nobody {
        async fn destinations(&self, _: &str) -> Result<Vec<String>, StoreError> {
            Ok(Vec::new())
        }

        async fn deliver(&self, _: &str, _: &Message) -> Result<(), DeliveryError> {
            unreachable!("nobody takes it")
        }
    }
    let (table, time) = (empty_table().await, Time::now());
    send(&table, &time).await;
    let relay = relay(&table, &Nobody, &time);
    assert_eq!(relay.round().await.unwrap(), delivered(1));
    assert_eq!(due(&table).await, 0);
}

#[tokio::test(start_paused = true)]
async fn a_destination_that_keeps_failing_is_left_alone_and_then_tried_once() {
    let (table, time) = (memory().await, Time::now());
    let place = RecordingDestination::default();
    place.answers(Some(busy()));
    let relay = relay(&table, &place, &time);
    for _ in 0..5 {
        send(&table, &time).await;
    }
    relay.round().await.unwrap();
    assert_eq!(relay.breakers().open(), 1);
    let before: usize = place.got().values().sum();
    let fresh = send(&table, &time).await;
    assert_eq!(relay.round().await.unwrap(), Round::default());
    assert_eq!(place.got().values().sum::<usize>(), before);
    // What a queue brings meanwhile waits in the index, and is not tried either.
    let soon = Instant::now() + Duration::from_secs(10);
    let handed = relay
        .deliver_by_key(&key::outbox::key(fresh, None), soon)
        .await;
    assert_eq!(handed.unwrap(), DeliveryOutcome::Later);
    assert_eq!(place.got().get(&fresh), None);

    place.answers(None);
    tokio::time::advance(Duration::from_secs(31)).await;
    time.advance(TimeDelta::minutes(1));
    let delivered: usize = drain(&table, &relay, &time).await;
    assert_eq!(delivered, 6);
    assert_eq!(relay.breakers().open(), 0);
}

async fn drain(
    table: &Table,
    relay: &civicforge_kernel::table::outbox::Relay<RecordingDestination>,
    time: &Time,
) -> usize {
    let mut delivered = 0;
    while due(table).await > 0 {
        delivered += relay.round().await.unwrap().delivered;
        time.advance(TimeDelta::minutes(1));
    }
    delivered
}
