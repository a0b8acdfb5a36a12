//! Data that was written when all waiting messages were in one partition of the index.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::TimeDelta;
use civicforge_kernel::table::embedded::Embedded;
use civicforge_kernel::table::outbox::{OutboxSource, Round};
use civicforge_kernel::table::{Item, Table, key, stamp};
use uuid::Uuid;

use super::support::{RecordingDestination, Time, delivered, relay};

/// A message as it was written then, in every attribute.
async fn former(table: &Table, time: &Time, change: impl FnOnce(&mut Item)) -> Uuid {
    let id = Uuid::now_v7();
    let at = stamp::format(time.get());
    let text = |value: &str| AttributeValue::S(value.to_owned());
    let mut item = Item::from([
        ("PK".to_owned(), text(&format!("OUTBOX#{id}"))),
        ("SK".to_owned(), text("MESSAGE")),
        ("GSI2PK".to_owned(), text("OUTBOX#due")),
        ("GSI2SK".to_owned(), text(&format!("{at}#{id}"))),
        ("entityType".to_owned(), text("OUTBOX")),
        ("messageId".to_owned(), text(&id.to_string())),
        ("kind".to_owned(), text("quest.claimed")),
        ("payload".to_owned(), text("{\"version\":2}")),
        ("createdAt".to_owned(), text(&at)),
        ("attempts".to_owned(), AttributeValue::N("0".to_owned())),
        ("writeId".to_owned(), text(&Uuid::now_v7().to_string())),
    ]);
    change(&mut item);
    let put = table.client().put_item().table_name(table.name());
    put.set_item(Some(item)).send().await.unwrap();
    id
}

/// One that a relay has taken, and that it was to have for forty seconds.
fn taken(time: &Time) -> impl FnOnce(&mut Item) + use<> {
    let until = stamp::format(time.get() + TimeDelta::seconds(40));
    move |item| {
        let id = item["messageId"].as_s().unwrap().clone();
        let place = AttributeValue::S(format!("{until}#{id}"));
        item.insert("GSI2SK".to_owned(), place);
        let once = AttributeValue::N("1".to_owned());
        item.insert("attempts".to_owned(), once);
    }
}

#[tokio::test]
async fn a_data_folder_of_the_former_layout_loses_no_message() {
    let folder = tempfile::tempdir().unwrap();
    let time = Time::now();
    let (waiting, held) = {
        let table = Embedded::open(folder.path()).unwrap();
        let table = table.table("civicforge").await.unwrap();
        let waiting = former(&table, &time, |_| {}).await;
        (waiting, former(&table, &time, taken(&time)).await)
    };
    let table = Embedded::open(folder.path()).unwrap();
    let table = table.table("civicforge").await.unwrap();
    let place = RecordingDestination::default();
    let relay = relay(&table, &place, &time);
    assert_eq!(relay.round().await.unwrap(), delivered(1));
    assert_eq!(place.got(), BTreeMap::from([(waiting, 1)]));
    time.advance(TimeDelta::minutes(1));
    assert_eq!(relay.round().await.unwrap(), delivered(1));
    assert_eq!(place.got(), BTreeMap::from([(waiting, 1), (held, 1)]));
    time.advance(TimeDelta::days(1));
    assert_eq!(relay.round().await.unwrap(), Round::default());
}

#[tokio::test]
async fn a_table_of_the_former_layout_with_a_stream_leaves_new_messages_to_the_queue_and_loses_none()
 {
    let table = Embedded::in_memory().unwrap();
    let table = table.table("civicforge").await.unwrap();
    let table = table.with_outbox(OutboxSource::Stream);
    let time = Time::now();
    let (by_queue, stuck) = (
        former(&table, &time, |_| {}).await,
        former(&table, &time, |_| {}).await,
    );
    let place = RecordingDestination::default();
    let relay = relay(&table, &place, &time);
    assert_eq!(relay.round().await.unwrap(), Round::default());
    let soon = std::time::Instant::now() + std::time::Duration::from_secs(10);
    relay
        .deliver_by_key(&key::outbox::key(by_queue, None), soon)
        .await
        .unwrap();
    assert_eq!(place.got(), BTreeMap::from([(by_queue, 1)]));
    // The queue has given up the other one.
    time.advance(TimeDelta::hours(2));
    assert_eq!(relay.round().await.unwrap(), delivered(1));
    assert_eq!(place.got(), BTreeMap::from([(by_queue, 1), (stuck, 1)]));
}
