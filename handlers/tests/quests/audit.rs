//! The invariants: what must hold whenever nothing is in flight, whatever has happened before.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::AttributeValue;
use civicforge_handlers::quests;
use civicforge_handlers::quests::item::Quest;
use civicforge_handlers::quests::rules::QuestStatus;
use civicforge_handlers::users;
use civicforge_kernel::table::key::outbox::Lane;
use civicforge_kernel::table::{Index, Item, Key, Query, Reads, Table, from_item};
use civicforge_testing::TestMember;
use uuid::Uuid;

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Every quest.
    pub quests: Vec<Quest>,
    /// How many rewards have been given.
    pub rewards: usize,
    /// How many rewards are owed.
    pub owed: usize,
    /// The points of all members together.
    pub points: i64,
}

/// Look at everything, and fail where it does not fit together. The members are all that there are, and have
/// begun with ten points.
pub async fn audit(table: &Table, members: &[&TestMember]) -> Found {
    let mut found = Found::default();
    for member in members {
        let (partition, prefix) = quests::keys::created_by(member.id);
        let posted = all(table, Query::new(Index::Gsi1, partition).prefix(prefix)).await;
        let keys: Vec<_> = posted.iter().filter_map(Key::of).collect();
        for item in table.get_many(&keys, Reads::Consistent).await.unwrap() {
            found.quests.push(from_item(item.unwrap()).unwrap());
        }
    }
    let mut rewarded: BTreeMap<Uuid, (i64, i64, i64)> = BTreeMap::new();
    for quest in &found.quests {
        let (given, owed) = rewards_of(table, quest).await;
        found.rewards += usize::from(given);
        found.owed += usize::from(owed);
        if given {
            let sums = rewarded.entry(quest.performer_id.unwrap()).or_default();
            sums.0 += 1;
            sums.1 += i64::from(quest.reward_xp);
            sums.2 += i64::from(quest.reward_reputation);
        }
        consistent(table, quest).await;
    }
    for member in members {
        let Some(item) = table.get(&users::keys::key(member.id)).await.unwrap() else {
            continue;
        };
        let id = Some(member.id);
        let created = found
            .quests
            .iter()
            .filter(|q| q.creator_id == member.id)
            .count();
        let performed: BTreeSet<_> = found
            .quests
            .iter()
            .filter(|q| q.performer_id == id)
            .map(|q| q.quest_id)
            .collect();
        let paid = |q: &&Quest| q.creator_id == member.id && q.status != QuestStatus::Expired;
        let paid = found.quests.iter().filter(paid).count();
        let (completed, experience, reputation) =
            rewarded.get(&member.id).copied().unwrap_or_default();
        let email = &member.email;
        assert_eq!(
            number(&item, "questsCreated"),
            i64::try_from(created).unwrap(),
            "{email}"
        );
        assert_eq!(
            number(&item, "questsPerformed"),
            i64::try_from(performed.len()).unwrap(),
            "{email}"
        );
        assert_eq!(number(&item, "questsCompleted"), completed, "{email}");
        assert_eq!(number(&item, "experience"), experience, "{email}");
        assert_eq!(number(&item, "reputation"), reputation, "{email}");
        let points = 10 - i64::try_from(paid).unwrap() + 2 * completed;
        assert_eq!(number(&item, "questCreationPoints"), points, "{email}");
        found.points += points;

        let (partition, prefix) = quests::keys::performed_by(member.id);
        let pointers = all(table, Query::new(Index::Main, partition).prefix(prefix)).await;
        let pointers: BTreeSet<Uuid> = pointers
            .iter()
            .map(|item| text(item, "questId").parse().unwrap())
            .collect();
        assert_eq!(pointers, performed, "{email}");
    }
    messages(table, &found.quests).await;
    found
}

/// A COMPLETE quest has its reward given or owed, exactly one of them; any other has neither.
async fn rewards_of(table: &Table, quest: &Quest) -> (bool, bool) {
    let id = quest.quest_id;
    let given = table
        .get(&quests::keys::reward(id))
        .await
        .unwrap()
        .is_some();
    let owed = table
        .get(&quests::keys::failed_reward(id))
        .await
        .unwrap()
        .is_some();
    let complete = quest.status == QuestStatus::Complete;
    assert_eq!(
        usize::from(given) + usize::from(owed),
        usize::from(complete),
        "{quest:?}"
    );
    (given, owed)
}

/// The quest by itself, and the items beside it.
async fn consistent(table: &Table, quest: &Quest) {
    use QuestStatus::{Claimed, Complete, Disputed, Expired, Open, Submitted};
    let status = quest.status;
    let has = |statuses: &[QuestStatus]| statuses.contains(&status);
    let unclaimed = quest.performer_id.is_none();
    assert!(!has(&[Open]) || unclaimed, "{quest:?}");
    assert!(has(&[Open, Expired]) || !unclaimed, "{quest:?}");
    assert_eq!(quest.claimed_at.is_some(), !unclaimed, "{quest:?}");
    let handed_in = has(&[Submitted, Disputed, Complete]);
    assert_eq!(quest.submission_text.is_some(), handed_in, "{quest:?}");
    assert_eq!(quest.submitted_at.is_some(), handed_in, "{quest:?}");
    assert_eq!(quest.completed_at.is_some(), has(&[Complete]), "{quest:?}");
    assert!(
        !has(&[Disputed]) || quest.dispute_reason.is_some(),
        "{quest:?}"
    );
    let mut attested: Vec<_> = quest.attestations.iter().map(|one| one.user_id).collect();
    attested.sort();
    attested.dedup();
    assert_eq!(attested.len(), quest.attestations.len(), "{quest:?}");
    let disputed = quest.dispute_reason.is_some();
    let enough = if has(&[Complete]) && !disputed { 2 } else { 0 };
    assert!((enough..=2).contains(&attested.len()), "{quest:?}");
    assert!(!has(&[Submitted]) || attested.len() < 2, "{quest:?}");

    let expiry = table
        .get(&quests::keys::expiry(quest.quest_id))
        .await
        .unwrap();
    if has(&[Open, Claimed]) {
        assert_eq!(expiry.is_some(), quest.expires_at.is_some(), "{quest:?}");
    }
    assert!(!(has(&[Expired]) && expiry.is_some()), "{quest:?}");
    let item = table
        .get(&quests::keys::key(quest.quest_id))
        .await
        .unwrap()
        .unwrap();
    assert!(text(&item, "GSI2PK").starts_with(&format!("STATUS#{}#", status.as_str())));
}

/// There is one message for each change of a quest that is there, and a deleted one's last is that it was deleted.
async fn messages(table: &Table, quests: &[Quest]) {
    let mut told: BTreeMap<String, (u64, bool)> = BTreeMap::new();
    let mut waiting = Vec::new();
    for partition in Lane::Out.due() {
        waiting.extend(all(table, Query::new(Index::Gsi2, partition)).await);
    }
    for item in waiting {
        let payload: serde_json::Value = serde_json::from_str(text(&item, "payload")).unwrap();
        let Some(quest) = payload["questId"].as_str() else {
            continue;
        };
        let of = told.entry(quest.to_owned()).or_default();
        of.0 += 1;
        of.1 |= text(&item, "kind") == "quest.deleted";
    }
    for quest in quests {
        let of = told.remove(&quest.quest_id.to_string());
        assert_eq!(of, Some((quest.version, false)), "{quest:?}");
    }
    assert!(told.values().all(|(_, deleted)| *deleted), "{told:?}");
}

/// All pages of a query.
pub async fn all(table: &Table, query: Query) -> Vec<Item> {
    let (mut items, mut start) = (Vec::new(), None);
    loop {
        let page = table.query(&query.clone().start(start)).await.unwrap();
        items.extend(page.items);
        start = page.next;
        if start.is_none() {
            return items;
        }
    }
}

fn number(item: &Item, name: &str) -> i64 {
    match item.get(name) {
        Some(AttributeValue::N(number)) => number.parse().unwrap(),
        other => panic!("{name} is {other:?}"),
    }
}

fn text<'a>(item: &'a Item, name: &str) -> &'a str {
    match item.get(name) {
        Some(AttributeValue::S(text)) => text,
        other => panic!("{name} is {other:?}"),
    }
}
