//! Feeds that are as full as a test or a measurement needs them, without an operation for each quest.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::{Shards, Table};
use uuid::Uuid;

use civicforge_handlers::quests::item::Quest;
use civicforge_handlers::quests::rules::QuestStatus;

use crate::put_items;

/// A quest of somebody, taken by somebody where its status says so.
pub fn quest(title: &str, description: &str, status: QuestStatus, created: DateTime<Utc>) -> Quest {
    let performer = (status != QuestStatus::Open).then(Uuid::now_v7);
    Quest {
        quest_id: Uuid::now_v7(),
        title: title.to_owned(),
        description: description.to_owned(),
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

/// Put quests into a table, with their places in the feeds and nothing beside them.
pub async fn put(table: &Table, shards: Shards, quests: &[Quest]) {
    let items = quests.iter().map(|quest| quest.item(shards));
    put_items(table, items).await;
}
