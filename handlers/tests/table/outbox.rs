//! Messages leave with their cause, at least once, and no longer than makes sense.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_handlers::table::outbox::{
    Delivery, DeliveryError, Message, Relay, RelayLimits, Round,
};
use civicforge_handlers::table::{
    Condition, Index, Key, Query, Table, Transaction, Write, attr, key,
};
use civicforge_handlers::testing::empty_table;
use futures::future::join_all;
use uuid::Uuid;

/// Notes what it is given, and answers as it is told.
#[derive(Clone, Default)]
struct Place {
    got: Arc<Mutex<BTreeMap<Uuid, usize>>>,
    answer: Arc<Mutex<Option<DeliveryError>>>,
}

impl Delivery for Place {
    async fn deliver(&self, message: &Message) -> Result<(), DeliveryError> {
        *self.got.lock().unwrap().entry(message.id).or_insert(0) += 1;
        tokio::task::yield_now().await;
        self.answer.lock().unwrap().clone().map_or(Ok(()), Err)
    }
}

async fn send(table: &Table, now: DateTime<Utc>) -> Message {
    let message = Message::new("quest.completed", &serde_json::json!({"questId": 1}), now).unwrap();
    table
        .transact(Transaction::new().with(message.send().unwrap()))
        .await
        .unwrap();
    message
}

async fn waiting(table: &Table, partition: &str) -> usize {
    table
        .query(&Query::new(Index::Gsi2, partition))
        .await
        .unwrap()
        .items
        .len()
}

#[tokio::test]
async fn a_message_goes_with_its_cause() {
    let table = empty_table().await;
    let now = Utc::now();
    let message = Message::new("k", &1, now).unwrap();
    let cause = Key {
        pk: "TEST#cause".to_owned(),
        sk: "ITEM".to_owned(),
    };
    let failing = Transaction::new()
        .with(
            Write::update(cause.clone())
                .add("count", 1)
                .when(Condition::exists()),
        )
        .with(message.send().unwrap());
    table.transact(failing).await.unwrap_err();
    assert_eq!(waiting(&table, key::outbox::DUE).await, 0);

    let sent = send(&table, now).await;
    let place = Place::default();
    let relay = Relay::new(table.clone(), place.clone(), RelayLimits::default());
    // Not before it is due.
    assert_eq!(
        relay.round(now - TimeDelta::seconds(1)).await.unwrap(),
        Round::default()
    );
    let round = relay.round(now).await.unwrap();
    assert_eq!(
        round,
        Round {
            delivered: 1,
            ..Round::default()
        }
    );
    assert_eq!(
        relay.round(now + TimeDelta::days(1)).await.unwrap(),
        Round::default()
    );
    assert_eq!(*place.got.lock().unwrap(), BTreeMap::from([(sent.id, 1)]));
    let item = table
        .get(&key::outbox::key(sent.id))
        .await
        .unwrap()
        .unwrap();
    assert!(item.contains_key(attr::TTL), "it goes away by itself");
}

#[tokio::test]
async fn a_message_that_is_not_taken_is_tried_again_later_and_given_up_at_last() {
    let table = empty_table().await;
    let start = Utc::now();
    let sent = send(&table, start).await;
    let place = Place::default();
    *place.answer.lock().unwrap() = Some(DeliveryError::Later("busy".to_owned()));
    let relay = Relay::new(table.clone(), place.clone(), RelayLimits::default());
    let mut now = start;
    let mut rounds = Vec::new();
    for _ in 0..13 {
        rounds.push(relay.round(now).await.unwrap());
        now += TimeDelta::minutes(11);
    }
    assert!(
        rounds[..12].iter().all(|r| *r
            == Round {
                later: 1,
                ..Round::default()
            }),
        "{rounds:?}"
    );
    assert_eq!(
        rounds[12],
        Round {
            dead: 1,
            ..Round::default()
        }
    );
    assert_eq!(place.got.lock().unwrap()[&sent.id], 13);
    assert_eq!(waiting(&table, key::outbox::DUE).await, 0);
    assert_eq!(waiting(&table, key::outbox::DEAD).await, 1);
    let item = table
        .get(&key::outbox::key(sent.id))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(item["lastError"].as_s().unwrap(), "busy");
}

#[tokio::test]
async fn a_message_that_nobody_will_ever_take_is_given_up_at_once() {
    let table = empty_table().await;
    let now = Utc::now();
    send(&table, now).await;
    let place = Place::default();
    *place.answer.lock().unwrap() = Some(DeliveryError::Never("no such channel".to_owned()));
    let relay = Relay::new(table.clone(), place, RelayLimits::default());
    assert_eq!(
        relay.round(now).await.unwrap(),
        Round {
            dead: 1,
            ..Round::default()
        }
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn relays_at_once_share_the_messages() {
    let table = empty_table().await;
    let now = Utc::now();
    for _ in 0..50 {
        send(&table, now).await;
    }
    let place = Place::default();
    let rounds = (0..4).map(|_| {
        let relay = Relay::new(table.clone(), place.clone(), RelayLimits::default());
        tokio::spawn(async move { relay.round(now).await.unwrap().delivered })
    });
    let delivered: usize = join_all(rounds).await.into_iter().map(Result::unwrap).sum();
    assert_eq!(delivered, 50);
    let got = place.got.lock().unwrap();
    assert!(got.len() == 50 && got.values().all(|&times| times == 1));
}

#[tokio::test]
async fn a_relay_that_dies_with_a_message_leaves_it_to_the_next() {
    struct Dies;
    impl Delivery for Dies {
        async fn deliver(&self, _: &Message) -> Result<(), DeliveryError> {
            std::future::pending().await
        }
    }
    let table = empty_table().await;
    let now = Utc::now();
    send(&table, now).await;
    let dying = Relay::new(table.clone(), Dies, RelayLimits::default());
    let killed = tokio::time::timeout(Duration::from_millis(200), dying.round(now)).await;
    assert!(killed.is_err());
    let relay = Relay::new(table.clone(), Place::default(), RelayLimits::default());
    assert_eq!(
        relay.round(now).await.unwrap(),
        Round::default(),
        "the lease holds"
    );
    let later = now + TimeDelta::minutes(1);
    assert_eq!(relay.round(later).await.unwrap().delivered, 1);
}
