//! Messages that a queue brings: delivered once, whatever the queue repeats; what cannot be looked at is named and comes again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use civicforge_kernel::clock::Clock;
use civicforge_kernel::table::key::outbox::Lane;
use civicforge_kernel::table::outbox::records;
use civicforge_kernel::table::outbox::{
    Delivery, DeliveryError, Event, Message, OutboxSource, Relay, RelayLimits, Round,
};
use civicforge_kernel::table::{Item, StoreError, Table, Transaction, key};
use civicforge_testing::{TestApp, memory};
use futures::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use super::support::{batch, failures, run};

/// Notes what it is given, takes a moment, and answers as it is told.
#[derive(Clone, Default)]
struct RecordingDestination {
    got: Arc<Mutex<BTreeMap<Uuid, usize>>>,
    answer: Arc<Mutex<Option<DeliveryError>>>,
    takes: Duration,
}

impl Delivery for RecordingDestination {
    async fn destinations(&self, _: &str) -> Result<Vec<String>, StoreError> {
        Ok(vec!["place".to_owned()])
    }

    async fn deliver(&self, _: &str, message: &Message) -> Result<(), DeliveryError> {
        *self.got.lock().unwrap().entry(message.id).or_insert(0) += 1;
        tokio::time::sleep(self.takes).await;
        self.answer.lock().unwrap().clone().map_or(Ok(()), Err)
    }
}

impl RecordingDestination {
    fn answers(&self, error: Option<DeliveryError>) {
        *self.answer.lock().unwrap() = error;
    }

    fn times(&self) -> Vec<usize> {
        self.got.lock().unwrap().values().copied().collect()
    }
}

fn relay(table: &Table, place: &RecordingDestination) -> Relay<RecordingDestination> {
    Relay::new(table.clone(), place.clone(), RelayLimits::default())
}

#[derive(serde::Serialize)]
struct Received {
    quest_id: u32,
}

impl Event for Received {
    const VERSION: u32 = 1;

    fn kind(&self) -> &'static str {
        "quest.completed"
    }
}

async fn send(table: &Table, now: DateTime<Utc>) -> Uuid {
    let message = Message::of(&Received { quest_id: 1 }, now).unwrap();
    let transaction = Transaction::new().with(message.send(table.outbox()).unwrap());
    table.transact(transaction).await.unwrap();
    message.id
}

async fn item(table: &Table, id: Uuid) -> Item {
    table
        .get(&key::outbox::key(id, None))
        .await
        .unwrap()
        .unwrap()
}

/// The table of a stack: its stream tells of the messages.
async fn streamed() -> Table {
    memory().await.with_outbox(OutboxSource::Stream)
}

/// The record that the stream of keys has of a message, as a pipe puts it on a queue.
fn record(id: Uuid, event: &str) -> String {
    json!({
        "eventID": "7de3041dd709b024af6f29e4fa13d34c",
        "eventName": event,
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-central-1",
        "dynamodb": {
            "ApproximateCreationDateTime": 1_800_000_000,
            "Keys": {"PK": {"S": format!("OUTBOX#{id}")}, "SK": {"S": "MESSAGE"}},
            "SequenceNumber": "4421584500000000017450439091",
            "SizeBytes": 52,
            "StreamViewType": "KEYS_ONLY",
        },
        "eventSourceARN": "arn:aws:dynamodb:eu-central-1:123456789012:table/t/stream/s",
    })
    .to_string()
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(10)
}

async fn deliver(relay: &Relay<RecordingDestination>, payload: &Value) -> Vec<String> {
    failures(
        &records::deliver("deliverOutbox", relay, payload, soon())
            .await
            .unwrap(),
    )
}

#[tokio::test]
async fn a_batch_is_delivered_once_however_often_it_comes() {
    let (table, place) = (streamed().await, RecordingDestination::default());
    let mut bodies = Vec::new();
    for _ in 0..10 {
        let id = send(&table, Utc::now()).await;
        bodies.push(record(id, "INSERT"));
    }
    let payload = batch(bodies);
    let relay = relay(&table, &place);
    for _ in 0..3 {
        assert_eq!(deliver(&relay, &payload).await, [""; 0]);
    }
    assert_eq!(place.times(), [1; 10]);
    // Neither does a relay that reads the table find any of it.
    let other = Relay::new(table, place, RelayLimits::default());
    let tomorrow = Clock::new(|| Utc::now() + chrono::TimeDelta::days(1));
    let round = other.with_clock(tomorrow).round().await.unwrap();
    assert_eq!(round, Round::default());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn workers_at_once_on_one_batch_deliver_it_once() {
    let table = streamed().await;
    let place = RecordingDestination {
        takes: Duration::from_millis(20),
        ..RecordingDestination::default()
    };
    let mut bodies = Vec::new();
    for _ in 0..5 {
        let id = send(&table, Utc::now()).await;
        let body = record(id, "INSERT");
        // The queue may bring one message twice in one batch.
        bodies.extend([body.clone(), body]);
    }
    let payload = Arc::new(batch(bodies));
    let workers = (0..8).map(|_| {
        let (relay, payload) = (relay(&table, &place), payload.clone());
        tokio::spawn(async move { deliver(&relay, &payload).await })
    });
    let failed: usize = join_all(workers)
        .await
        .into_iter()
        .map(|w| w.unwrap().len())
        .sum();
    assert_eq!(place.times(), [1; 5]);
    assert!(
        failed > 0,
        "who came too late could not know that it would be delivered"
    );
    assert_eq!(deliver(&relay(&table, &place), &payload).await, [""; 0]);
    assert_eq!(place.times(), [1; 5]);
}

#[tokio::test]
async fn poisoned_records_fail_alone_and_the_others_are_delivered() {
    let app = TestApp::setup().table(streamed().await).start().await;
    let table = &app.app.table;
    let id = send(table, app.clock.now()).await;
    let good = record(id, "INSERT");
    let change = |pointer: &str, to: Value| {
        let mut record: Value = serde_json::from_str(&good).unwrap();
        *record.pointer_mut(pointer).unwrap() = to;
        record.to_string()
    };
    let payload = batch([
        "not JSON".to_owned(),
        "null".to_owned(),
        "{}".to_owned(),
        change("/eventName", json!("UPSERT")),
        change("/dynamodb/Keys", json!(null)),
        change("/dynamodb/Keys/PK", json!({"S": format!("USER#{id}")})),
        change("/dynamodb/Keys/PK", json!({"S": "OUTBOX#../../etc"})),
        change("/dynamodb/Keys/PK", json!({"N": "5"})),
        good.clone(),
    ]);
    let answer = run(&app, "deliverOutbox", payload).await.unwrap();
    let poisoned: Vec<_> = (0..8).map(|n| format!("m{n}")).collect();
    assert_eq!(failures(&answer), poisoned);
    assert!(item(table, id).await.contains_key("sentAt"));

    // Changes of messages are nothing to deliver, and no failures either.
    let other = send(table, app.clock.now()).await;
    let changes = [record(other, "MODIFY"), record(other, "REMOVE")];
    let answer = run(&app, "deliverOutbox", batch(changes)).await.unwrap();
    assert_eq!(failures(&answer), [""; 0]);
    assert!(!item(table, other).await.contains_key("sentAt"));
}

#[tokio::test]
async fn a_record_with_images_is_delivered_too_so_that_a_stream_can_be_changed_while_it_runs() {
    let (table, place) = (streamed().await, RecordingDestination::default());
    let id = send(&table, Utc::now()).await;
    let mut body: Value = serde_json::from_str(&record(id, "INSERT")).unwrap();
    body["dynamodb"]["StreamViewType"] = json!("NEW_AND_OLD_IMAGES");
    body["dynamodb"]["NewImage"] = json!({"entityType": {"S": "OUTBOX"}, "messageId": {"S": id}});
    let payload = batch([body.to_string()]);
    assert_eq!(deliver(&relay(&table, &place), &payload).await, [""; 0]);
    assert_eq!(place.times(), [1]);
}

#[tokio::test]
async fn a_payload_that_is_no_batch_is_refused_and_says_where() {
    let app = TestApp::new().await;
    let mut nameless = batch(["{}".to_owned(), "{}".to_owned()]);
    nameless["Records"][1]["messageId"] = json!(null);
    let wrong = [
        (json!(null), "`/Records` is not an array"),
        (json!({"Records": {}}), "`/Records` is not an array"),
        (
            json!({"Records": [{"body": "{}"}]}),
            "`/Records/0/messageId` is missing",
        ),
        (nameless, "`/Records/1/messageId` is missing"),
        (
            json!({"Records": [{"messageId": "a", "body": {}}]}),
            "`/Records/0/body` is not a string",
        ),
    ];
    for (payload, message) in wrong {
        let error = run(&app, "deliverOutbox", payload)
            .await
            .unwrap_err()
            .to_string();
        assert!(
            error.contains(message) && error.contains("deliverOutbox"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn what_there_is_no_time_for_comes_again_untouched() {
    let (table, place) = (streamed().await, RecordingDestination::default());
    let id = send(&table, Utc::now()).await;
    let payload = batch([record(id, "INSERT")]);
    let before = item(&table, id).await;
    let past = Instant::now()
        .checked_sub(Duration::from_millis(1))
        .unwrap();
    let relay = relay(&table, &place);
    let answer = records::deliver("deliverOutbox", &relay, &payload, past)
        .await
        .unwrap();
    assert_eq!(failures(&answer), ["m0"]);
    assert_eq!(item(&table, id).await, before);
    assert_eq!(deliver(&relay, &payload).await, [""; 0]);
}

#[tokio::test]
async fn a_delivery_does_not_go_on_past_the_deadline() {
    let table = streamed().await;
    let slow = RecordingDestination {
        takes: Duration::from_secs(60),
        ..RecordingDestination::default()
    };
    let id = send(&table, Utc::now()).await;
    let payload = batch([record(id, "INSERT")]);
    let until = Instant::now() + Duration::from_millis(100);
    let answer = records::deliver("deliverOutbox", &relay(&table, &slow), &payload, until).await;
    assert_eq!(failures(&answer.unwrap()), [""; 0]);
    assert!(Instant::now() < until + Duration::from_secs(5));
    let waits = item(&table, id).await["GSI2PK"].as_s().unwrap().clone();
    assert!(Lane::Out.due().contains(&waits), "{waits}");
    let place = RecordingDestination::default();
    assert_eq!(deliver(&relay(&table, &place), &payload).await, [""; 0]);
    assert_eq!(place.times(), [1]);
}

#[tokio::test]
async fn what_is_not_taken_waits_in_the_index_and_what_was_given_up_can_be_tried_again() {
    let (table, place) = (streamed().await, RecordingDestination::default());
    let id = send(&table, Utc::now()).await;
    let payload = batch([record(id, "INSERT")]);
    let relay = relay(&table, &place);
    place.answers(Some(DeliveryError::Later("busy".to_owned())));
    // It waits in the index, and is nothing that the queue has to bring again.
    assert_eq!(deliver(&relay, &payload).await, [""; 0]);
    let waits = item(&table, id).await["GSI2PK"].as_s().unwrap().clone();
    assert!(Lane::Out.due().contains(&waits), "{waits}");
    place.answers(Some(DeliveryError::Never("no such channel".to_owned())));
    assert_eq!(deliver(&relay, &payload).await, [""; 0]);
    let dead = item(&table, id).await;
    assert_eq!(dead["GSI2PK"].as_s().unwrap(), Lane::Out.dead());
    assert_eq!(dead["lastError"].as_s().unwrap(), "no such channel");
    // Somebody has made the channel, and hands it over again.
    place.answers(None);
    assert_eq!(deliver(&relay, &payload).await, [""; 0]);
    assert_eq!(place.times(), [3]);
    assert!(item(&table, id).await.contains_key("sentAt"));
}
