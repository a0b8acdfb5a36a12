//! Feeds with more quests in every partition than a page looks at.

use aws_sdk_dynamodb::types::{PutRequest, WriteRequest};
use chrono::{DateTime, TimeDelta, Utc};
use civicforge_handlers::quests::item::Quest;
use civicforge_handlers::quests::rules::QuestStatus;
use civicforge_handlers::table::{Item, Shards, Table};
use uuid::Uuid;

const STATUSES: [QuestStatus; 6] = [
    QuestStatus::Open,
    QuestStatus::Claimed,
    QuestStatus::Submitted,
    QuestStatus::Complete,
    QuestStatus::Disputed,
    QuestStatus::Expired,
];

/// How many quests each shard of each status has.
const EACH: usize = 60;

/// 850 characters.
pub fn description() -> String {
    "All of the chairs go up. ".repeat(34)
}

/// 50 characters.
pub const TITLE: &str = "Carry the chairs from the cellar to the garden, ok";

/// Put quests of all statuses, the newest a minute before `now`, a second apart. DynamoDB takes 25 in a call.
pub async fn fill(table: &Table, shards: u16, now: DateTime<Utc>) {
    let shards = Shards::new(shards);
    let per_status = EACH * usize::from(shards.count());
    let newest = now - TimeDelta::minutes(1);
    let quests = (0..per_status).flat_map(|n| {
        STATUSES.iter().enumerate().map(move |(at, status)| {
            let age = i64::try_from(n * STATUSES.len() + at).unwrap();
            quest(n, *status, newest - TimeDelta::seconds(age))
        })
    });
    let items: Vec<_> = quests.map(|quest| quest.item(shards).unwrap()).collect();
    for batch in items.chunks(25) {
        put(table, batch).await;
    }
}

async fn put(table: &Table, batch: &[Item]) {
    let puts = batch.iter().map(|item| {
        let put = PutRequest::builder().set_item(Some(item.clone()));
        let put = put.build().unwrap();
        WriteRequest::builder().put_request(put).build()
    });
    let call = table.client().batch_write_item();
    let call = call.request_items(table.name(), puts.collect());
    let answer = call.send().await.unwrap();
    assert!(answer.unprocessed_items.is_none_or(|left| left.is_empty()));
}

/// The shards follow from the last bytes of the id, so the quests of a status go round.
fn quest(n: usize, status: QuestStatus, created: DateTime<Utc>) -> Quest {
    let mut id = *Uuid::now_v7().as_bytes();
    id[14..].copy_from_slice(&u16::try_from(n % 64).unwrap().to_be_bytes());
    let performer = (status != QuestStatus::Open).then(Uuid::now_v7);
    Quest {
        quest_id: Uuid::from_bytes(id),
        title: TITLE.to_owned(),
        description: description(),
        status,
        creator_id: Uuid::now_v7(),
        performer_id: performer,
        reward_xp: 100,
        reward_reputation: 10,
        attestations: Vec::new(),
        submission_text: None,
        dispute_reason: None,
        resolution: None,
        created_at: created,
        claimed_at: performer.map(|_| created),
        submitted_at: None,
        completed_at: None,
        expires_at: None,
        updated_at: created,
        version: 1,
    }
}
