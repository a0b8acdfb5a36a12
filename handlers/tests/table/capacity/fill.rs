//! Feeds with more quests in every partition than a page looks at.

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_handlers::quests::rules::QuestStatus;
use civicforge_kernel::table::{Shards, Table};
use civicforge_testing::quests::{put, quest};
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

/// Put quests of all statuses, the newest a minute before `now`, a second apart.
pub async fn fill(table: &Table, shards: u16, now: DateTime<Utc>) {
    let per_status = EACH * usize::from(shards);
    let newest = now - TimeDelta::minutes(1);
    let quests = (0..per_status).flat_map(|n| {
        STATUSES.iter().enumerate().map(move |(at, status)| {
            let age = i64::try_from(n * STATUSES.len() + at).unwrap();
            let created = newest - TimeDelta::seconds(age);
            let mut quest = quest(TITLE, &description(), *status, created);
            // The shard follows from the last bytes of the id, so the quests of a status go round.
            let mut id = *quest.quest_id.as_bytes();
            id[14..].copy_from_slice(&u16::try_from(n % 64).unwrap().to_be_bytes());
            quest.quest_id = Uuid::from_bytes(id);
            quest
        })
    });
    put(table, Shards::new(shards), &Vec::from_iter(quests)).await;
}
