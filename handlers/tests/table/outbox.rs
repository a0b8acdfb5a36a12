//! Messages leave with their cause, at least once, and no longer than makes sense.

mod former_layout;
mod several;
mod support;
mod trouble;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use civicforge_kernel::table::outbox::{
    Delivery, DeliveryError, Message, OutboxSource, Relay, RelayLimits, Round,
};
use civicforge_kernel::table::{Condition, Key, StoreError, Transaction, Write, attr, key};
use civicforge_testing::{empty_table, memory};
use futures::future::join_all;
use tokio::sync::{Notify, mpsc};
use uuid::Uuid;

use support::{Received, RecordingDestination, Time, dead, delivered, due, relay, send, send_kind};

#[tokio::test]
async fn a_message_goes_with_its_cause() {
    let table = empty_table().await;
    let time = Time::now();
    let message = Message::of(
        &Received {
            kind: "k",
            quest_id: 1,
        },
        time.get(),
    )
    .unwrap();
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
        .with(message.send(table.outbox()).unwrap());
    table.transact(failing).await.unwrap_err();
    assert_eq!(due(&table).await, 0);

    let sent = send(&table, &time).await;
    let place = RecordingDestination::default();
    let relay = relay(&table, &place, &time);
    // Not before it is due.
    time.advance(TimeDelta::seconds(-1));
    assert_eq!(relay.round().await.unwrap(), Round::default());
    time.advance(TimeDelta::seconds(1));
    assert_eq!(relay.round().await.unwrap(), delivered(1));
    time.advance(TimeDelta::days(1));
    assert_eq!(relay.round().await.unwrap(), Round::default());
    assert_eq!(place.got(), BTreeMap::from([(sent, 1)]));
    let item = table
        .get(&key::outbox::key(sent, None))
        .await
        .unwrap()
        .unwrap();
    assert!(item.contains_key(attr::TTL), "it goes away by itself");
}

#[tokio::test(start_paused = true)]
async fn a_message_that_is_not_taken_is_tried_again_later_and_given_up_at_last() {
    let (table, time) = (memory().await, Time::now());
    let sent = send(&table, &time).await;
    let place = RecordingDestination::default();
    place.answers(Some(DeliveryError::Later("busy".to_owned())));
    let relay = relay(&table, &place, &time);
    let mut rounds = Vec::new();
    let backlog = relay.backlog();
    let started = time.get();
    // A day, less what no wait is longer than.
    while time.get() - started < TimeDelta::hours(23) {
        rounds.push(relay.round().await.unwrap());
        assert_eq!(backlog.due(), 1, "it was due in that round");
        // Longer than a wait, and than a destination is left alone.
        tokio::time::advance(Duration::from_secs(31)).await;
        time.advance(TimeDelta::minutes(61));
    }
    let later = Round {
        later: 1,
        ..Round::default()
    };
    assert!(
        rounds.len() > 20 && rounds.iter().all(|round| *round == later),
        "{rounds:?}"
    );
    time.advance(TimeDelta::hours(1));
    let given_up = Round {
        dead: 1,
        ..Round::default()
    };
    assert_eq!(relay.round().await.unwrap(), given_up);
    assert_eq!(place.got()[&sent], rounds.len() + 1);
    assert_eq!((due(&table).await, dead(&table).await.len()), (0, 1));
    let item = table
        .get(&key::outbox::key(sent, None))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(item["lastError"].as_s().unwrap(), "busy");
    // What gauges say of it.
    assert_eq!(relay.round().await.unwrap(), Round::default());
    relay.count_dead().await.unwrap();
    assert_eq!((backlog.due(), backlog.dead()), (0, 1));
}

#[tokio::test]
async fn a_message_that_nobody_will_ever_take_is_given_up_at_once() {
    let (table, time) = (empty_table().await, Time::now());
    send(&table, &time).await;
    let place = RecordingDestination::default();
    place.answers(Some(DeliveryError::Never("no such channel".to_owned())));
    let given_up = Round {
        dead: 1,
        ..Round::default()
    };
    assert_eq!(
        relay(&table, &place, &time).round().await.unwrap(),
        given_up
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn relays_at_once_share_the_messages() {
    let (table, time) = (empty_table().await, Time::now());
    for _ in 0..50 {
        send(&table, &time).await;
    }
    let place = RecordingDestination::default();
    let rounds = (0..4).map(|_| {
        let relay = relay(&table, &place, &time);
        tokio::spawn(async move { relay.round().await.unwrap().delivered })
    });
    let delivered: usize = join_all(rounds).await.into_iter().map(Result::unwrap).sum();
    assert_eq!(delivered, 50);
    let got = place.got();
    assert!(got.len() == 50 && got.values().all(|&times| times == 1));
}

#[tokio::test]
async fn a_relay_that_dies_with_a_message_leaves_it_to_the_next() {
    struct Dies;
    impl Delivery for Dies {
        async fn destinations(&self, _: &str) -> Result<Vec<String>, StoreError> {
            Ok(vec!["nowhere".to_owned()])
        }

        async fn deliver(&self, _: &str, _: &Message) -> Result<(), DeliveryError> {
            std::future::pending().await
        }
    }
    let (table, time) = (empty_table().await, Time::now());
    send(&table, &time).await;
    let dying = Relay::new(table.clone(), Dies, RelayLimits::default()).with_clock(time.clock());
    let killed = tokio::time::timeout(Duration::from_millis(200), dying.round()).await;
    assert!(killed.is_err());
    let relay = relay(&table, &RecordingDestination::default(), &time);
    assert_eq!(
        relay.round().await.unwrap(),
        Round::default(),
        "the lease holds"
    );
    time.advance(TimeDelta::minutes(1));
    assert_eq!(relay.round().await.unwrap(), delivered(1));
}

/// One of its destinations never answers.
struct OneHangs {
    hangs: Arc<Notify>,
    took: mpsc::UnboundedSender<Uuid>,
}

impl Delivery for OneHangs {
    async fn destinations(&self, kind: &str) -> Result<Vec<String>, StoreError> {
        Ok(vec![kind.to_owned()])
    }

    async fn deliver(&self, destination: &str, message: &Message) -> Result<(), DeliveryError> {
        if destination == "hangs" {
            self.hangs.notify_one();
            std::future::pending::<()>().await;
        }
        self.took.send(message.id).unwrap();
        Ok(())
    }
}

#[tokio::test]
async fn a_destination_that_hangs_holds_up_no_message_of_another_that_comes_later() {
    let (table, time) = (empty_table().await, Time::now());
    let (hangs, (took, mut taken)) = (Arc::new(Notify::new()), mpsc::unbounded_channel());
    let delivery = OneHangs {
        hangs: hangs.clone(),
        took,
    };
    let limits = RelayLimits {
        idle: Duration::from_millis(1),
        ..RelayLimits::default()
    };
    let relay = Relay::new(table.clone(), delivery, limits).with_clock(time.clock());
    let later = async {
        send_kind(&table, &time, "hangs").await;
        hangs.notified().await;
        for _ in 0..3 {
            let sent = send_kind(&table, &time, "answers").await;
            assert_eq!(taken.recv().await, Some(sent));
        }
    };
    tokio::select! {
        () = relay.run() => {}
        () = later => {}
    }
}

#[tokio::test]
async fn messages_are_spread_so_that_one_index_partition_does_not_bound_all_writes() {
    let (table, time) = (empty_table().await, Time::now());
    let mut partitions = BTreeMap::new();
    for _ in 0..80 {
        let id = send(&table, &time).await;
        let item = table
            .get(&key::outbox::key(id, None))
            .await
            .unwrap()
            .unwrap();
        let partition = item["GSI2PK"].as_s().unwrap().clone();
        *partitions.entry(partition).or_insert(0) += 1;
    }
    assert_eq!(partitions.len(), 8, "{partitions:?}");
    assert!(
        partitions.values().all(|&count| count < 30),
        "{partitions:?}"
    );
    let place = RecordingDestination::default();
    let round = relay(&table, &place, &time).round().await.unwrap();
    assert_eq!(round, delivered(80));
}

#[tokio::test]
async fn where_a_stream_carries_messages_they_are_in_no_index_until_a_delivery_fails() {
    let table = empty_table().await.with_outbox(OutboxSource::Stream);
    let time = Time::now();
    let (fine, busy) = (send(&table, &time).await, send(&table, &time).await);
    for id in [fine, busy] {
        let item = table
            .get(&key::outbox::key(id, None))
            .await
            .unwrap()
            .unwrap();
        assert!(!item.contains_key("GSI2PK") && !item.contains_key("GSI2SK"));
    }
    // A server on that table leaves them to the queue, however long it takes.
    let server = RecordingDestination::default();
    let relay_of_server = relay(&table, &server, &time);
    time.advance(TimeDelta::hours(3));
    assert_eq!(relay_of_server.round().await.unwrap(), Round::default());

    let worker = RecordingDestination::default();
    let relay_of_worker = relay(&table, &worker, &time);
    let soon = || std::time::Instant::now() + Duration::from_secs(10);
    relay_of_worker
        .deliver_by_key(&key::outbox::key(fine, None), soon())
        .await
        .unwrap();
    worker.answers(Some(DeliveryError::Later("busy".to_owned())));
    relay_of_worker
        .deliver_by_key(&key::outbox::key(busy, None), soon())
        .await
        .unwrap();
    assert_eq!((due(&table).await, dead(&table).await.len()), (1, 0));
    // From then on it is for whoever looks there.
    time.advance(TimeDelta::seconds(3));
    assert_eq!(relay_of_server.round().await.unwrap(), delivered(1));
    assert_eq!(server.got(), BTreeMap::from([(busy, 1)]));
    assert_eq!((due(&table).await, dead(&table).await.len()), (0, 0));
}
