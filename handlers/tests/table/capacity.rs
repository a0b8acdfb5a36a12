//! What each access pattern of `docs/data-model.md` costs, measured, and held against what that page says.
//!
//! The items have the sizes of a long but common case: a quest of 900 characters, a member with every field. The
//! writes are those that the page describes. `cargo test … capacity -- --nocapture` prints the table.

use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_handlers::aws::Limits;
use civicforge_handlers::table::embedded::Embedded;
use civicforge_handlers::table::feed::Feed;
use civicforge_handlers::table::idempotency::{Request, Scope, StoredResponse};
use civicforge_handlers::table::outbox::Message;
use civicforge_handlers::table::record::Recorder;
use civicforge_handlers::table::{
    Condition, Index, Item, Query, Shards, Table, Transaction, Write, attr, key, to_item,
};
use serde_json::json;
use uuid::Uuid;

struct Measured {
    table: Table,
    recorder: Recorder,
    costs: Vec<(&'static str, String, f64)>,
}

impl Measured {
    /// Note what has been consumed since the last note.
    fn note(&mut self, pattern: &'static str) {
        let calls = self.recorder.take();
        assert!(!calls.is_empty() && calls.iter().all(|call| call.succeeded));
        let names = calls.iter().map(|call| match call.actions.len() {
            0 => call.operation.clone(),
            n => format!("{} of {n}", call.operation),
        });
        let names = names.collect::<Vec<_>>();
        let units = calls.iter().map(|call| call.capacity).sum();
        self.costs.push((pattern, names.join(" + "), units));
    }
}

fn user(id: Uuid, now: DateTime<Utc>) -> Item {
    let user = json!({
        "userId": id, "email": "somebody.with.a.name@example.org", "name": "Somebody With A Name",
        "username": "somebody", "phoneNumber": "+12025550123", "userType": "agent", "roles": ["member"],
        "verified": true, "walletAddress": "0x52908400098527886E0F7030069857D2E4169EE7",
        "passwordHash": "x".repeat(97), "reputation": 0, "experience": 0, "questCreationPoints": 10,
        "questsCreated": 0, "questsPerformed": 0, "questsCompleted": 0,
        "createdAt": now, "updatedAt": now, "version": 1,
    });
    to_item(&user, &key::user::keys(id)).unwrap()
}

fn quest(id: Uuid, creator: Uuid, now: DateTime<Utc>) -> Item {
    let quest = json!({
        "questId": id, "title": "A quest with a title of fifty characters or so...", "description": "d".repeat(850),
        "status": "OPEN", "creatorId": creator, "rewardXp": 100, "rewardReputation": 10, "attestations": [],
        "createdAt": now, "updatedAt": now, "expiresAt": now, "version": 1,
    });
    to_item(
        &quest,
        &key::quest::keys(id, creator, "OPEN", now, Shards::ONE),
    )
    .unwrap()
}

/// A change of a quest's status, under the condition that it is as it was read.
fn status(id: Uuid, version: u64, to: &str, now: DateTime<Utc>) -> Write {
    Write::update(key::quest::key(id))
        .when(Condition::version(version))
        .set("status", to)
        .set(
            attr::GSI2PK,
            key::quest::in_feed(id, to, now, Shards::ONE).pk,
        )
        .set("updatedAt", now)
        .add(attr::VERSION, 1)
}

fn member(id: Uuid, now: DateTime<Utc>) -> Write {
    Write::update(key::user::key(id))
        .when(Condition::exists())
        .set("updatedAt", now)
        .add(attr::VERSION, 1)
}

fn request(member: Uuid, now: DateTime<Utc>) -> Request {
    Request {
        scope: Scope::Member(member),
        key: Uuid::new_v4().to_string(),
        fingerprint: [1; 32],
        now,
    }
}

fn answer() -> StoredResponse {
    StoredResponse {
        status: 200,
        headers: vec![("ETag".to_owned(), "\"1\"".to_owned())],
        body: "b".repeat(1_300),
    }
}

#[tokio::test]
async fn every_access_pattern_costs_what_the_data_model_says() {
    let embedded = Embedded::in_memory().unwrap();
    embedded.table("test").await.unwrap();
    let recorder = Recorder::default();
    let http = recorder.wrap(embedded.http_client());
    let table = embedded.table_through(http, "test", &Limits::default());
    let mut m = Measured {
        table: table.clone(),
        recorder,
        costs: Vec::new(),
    };
    let now = Utc::now();
    let (creator, performer) = (Uuid::now_v7(), Uuid::now_v7());

    accounts(&mut m, creator, performer, now).await;
    quest_writes(&mut m, creator, performer, now).await;
    reads(&mut m, creator, performer, now).await;
    background(&mut m, now).await;

    let mut printed = String::new();
    for (pattern, calls, units) in &m.costs {
        writeln!(printed, "| {pattern} | {calls} | {units} |").unwrap();
    }
    println!("{printed}");
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/data-model.md");
    let page = std::fs::read_to_string(page).unwrap();
    let missing: Vec<_> = printed
        .lines()
        .filter(|line| !page.contains(line))
        .collect();
    assert!(
        missing.is_empty(),
        "docs/data-model.md must have these lines:\n{}",
        missing.join("\n")
    );
}

async fn accounts(m: &mut Measured, creator: Uuid, performer: Uuid, now: DateTime<Utc>) {
    let session = |user| {
        let record =
            json!({"userId": user, "current": "h".repeat(43), "revoked": false, "expiresAt": now});
        let keys = key::user::session_keys(Uuid::new_v4(), user, now, now + TimeDelta::days(7));
        to_item(&record, &keys).unwrap()
    };
    for (id, address) in [
        (creator, "creator@example.org"),
        (performer, "performer@example.org"),
    ] {
        let guard = to_item(&json!({"userId": id}), &key::user::email_keys(address)).unwrap();
        let register = Transaction::new()
            .with(Write::create(guard))
            .with(Write::create(user(id, now)))
            .with(Write::create(session(id)));
        let request = Request {
            scope: Scope::email(address),
            ..request(id, now)
        };
        let kept = StoredResponse {
            body: json!({"userId": id}).to_string(),
            ..answer()
        };
        m.table
            .transact_once(register, &request, &kept)
            .await
            .unwrap();
    }
    m.recorder.take();
    let again = Uuid::now_v7();
    let guard = to_item(
        &json!({"userId": again}),
        &key::user::email_keys("third@example.org"),
    )
    .unwrap();
    let register = Transaction::new()
        .with(Write::create(guard))
        .with(Write::create(user(again, now)))
        .with(Write::create(session(again)));
    let kept = StoredResponse {
        body: json!({"userId": again}).to_string(),
        ..answer()
    };
    let request = Request {
        scope: Scope::email("third@example.org"),
        ..request(again, now)
    };
    m.table.lookup(&request).await.unwrap();
    m.table
        .transact_once(register, &request, &kept)
        .await
        .unwrap();
    m.note("register");

    let failures = json!({"count": 1, "since": now, "last": now, "version": 1});
    let keys = key::user::lockout_keys("creator@example.org", now + TimeDelta::days(1));
    m.table.get(&keys.primary).await.unwrap();
    m.table
        .write(Write::create(to_item(&failures, &keys).unwrap()))
        .await
        .unwrap();
    m.note("count a login attempt");

    m.table
        .get(&key::user::email("creator@example.org"))
        .await
        .unwrap();
    m.table.get(&key::user::key(creator)).await.unwrap();
    m.table
        .write(Write::create(session(creator)))
        .await
        .unwrap();
    m.table.write(Write::delete(keys.primary)).await.unwrap();
    m.note("log in, after counting");

    let family = Uuid::new_v4();
    let record =
        json!({"userId": creator, "current": "h".repeat(43), "revoked": false, "expiresAt": now});
    let keys = key::user::session_keys(family, creator, now, now + TimeDelta::days(7));
    m.table
        .write(Write::create(to_item(&record, &keys).unwrap()))
        .await
        .unwrap();
    m.recorder.take();
    m.table.get(&key::user::session(family)).await.unwrap();
    let rotate = Write::update(key::user::session(family))
        .when(Condition::eq("current", "h".repeat(43)).and(Condition::eq("revoked", false)))
        .set("current", "i".repeat(43))
        .set("expiresAt", now);
    m.table.write(rotate).await.unwrap();
    m.note("rotate a refresh token");

    m.table.get(&key::user::key(creator)).await.unwrap();
    let profile = Write::update(key::user::key(creator))
        .when(Condition::version(1))
        .set("name", "Another Name")
        .set("updatedAt", now)
        .add(attr::VERSION, 1);
    m.table.write(profile).await.unwrap();
    m.note("update a profile");
}

async fn quest_writes(m: &mut Measured, creator: Uuid, performer: Uuid, now: DateTime<Utc>) {
    let id = Uuid::now_v7();
    let message = || {
        Message::new("quest.changed", &json!({"questId": id}), now)
            .unwrap()
            .send()
            .unwrap()
    };
    let expiry_keys = key::quest::expiry_keys(id, now + TimeDelta::days(9), Shards::ONE);

    let create = Transaction::new()
        .with(Write::create(quest(id, creator, now)))
        .with(
            member(creator, now)
                .when(Condition::at_least("questCreationPoints", 1))
                .add("questCreationPoints", -1)
                .add("questsCreated", 1),
        )
        .with(Write::create(to_item(&json!({}), &expiry_keys).unwrap()))
        .with(message());
    let first = request(creator, now);
    m.table.lookup(&first).await.unwrap();
    m.table
        .transact_once(create, &first, &answer())
        .await
        .unwrap();
    m.note("create a quest");

    m.table.lookup(&first).await.unwrap();
    m.note("replay a request");

    let read = |m: &Measured| {
        let table = m.table.clone();
        async move { table.get(&key::quest::key(id)).await.unwrap() }
    };
    let again = request(performer, now);
    m.table.lookup(&again).await.unwrap();
    read(m).await;
    let pointer = to_item(
        &json!({"questId": id}),
        &key::quest::performed_keys(performer, id),
    )
    .unwrap();
    let claim = Transaction::new()
        .with(
            status(id, 1, "CLAIMED", now)
                .set("performerId", performer)
                .set("claimedAt", now),
        )
        .with(Write::create(pointer))
        .with(member(performer, now).add("questsPerformed", 1))
        .with(message());
    m.table
        .transact_once(claim, &again, &answer())
        .await
        .unwrap();
    m.note("claim a quest");

    let again = request(performer, now);
    m.table.lookup(&again).await.unwrap();
    read(m).await;
    let submit = status(id, 2, "SUBMITTED", now)
        .set("submissionText", "s".repeat(300))
        .set("submittedAt", now);
    let submit = Transaction::new().with(submit).with(message());
    m.table
        .transact_once(submit, &again, &answer())
        .await
        .unwrap();
    m.note("submit a quest");

    let attestation = civicforge_handlers::table::item::to_value(
        &json!({"userId": creator, "role": "requestor", "attestedAt": now, "signature": "0".repeat(132)}),
    );
    let attestation = attestation.unwrap();
    let again = request(creator, now);
    m.table.lookup(&again).await.unwrap();
    read(m).await;
    let attest = Write::update(key::quest::key(id))
        .when(Condition::version(3))
        .append("attestations", attestation.clone())
        .set("updatedAt", now)
        .add(attr::VERSION, 1);
    let attest = Transaction::new().with(attest).with(message());
    m.table
        .transact_once(attest, &again, &answer())
        .await
        .unwrap();
    m.note("attest first");

    let again = request(performer, now);
    m.table.lookup(&again).await.unwrap();
    read(m).await;
    let complete = status(id, 4, "COMPLETE", now)
        .append("attestations", attestation)
        .set("completedAt", now);
    let marker = to_item(&json!({"userId": performer}), &key::quest::reward_keys(id)).unwrap();
    let reward = member(performer, now)
        .add("experience", 100)
        .add("reputation", 10)
        .add("questCreationPoints", 2)
        .add("questsCompleted", 1);
    let complete = Transaction::new()
        .with(complete)
        .with(Write::create(marker))
        .with(reward)
        .with(message());
    m.table
        .transact_once(complete, &again, &answer())
        .await
        .unwrap();
    m.note("attest second, complete and reward");

    let other = Uuid::now_v7();
    m.table
        .write(Write::create(quest(other, creator, now)))
        .await
        .unwrap();
    m.recorder.take();
    m.table.get(&key::quest::key(other)).await.unwrap();
    let refund = member(creator, now)
        .add("questCreationPoints", 1)
        .add("questsCreated", -1);
    let delete = Transaction::new()
        .with(Write::delete(key::quest::key(other)).when(Condition::version(1)))
        .with(Write::delete(key::quest::expiry(other)))
        .with(refund)
        .with(message());
    m.table.transact(delete).await.unwrap();
    m.note("delete a quest");
}

async fn reads(m: &mut Measured, creator: Uuid, performer: Uuid, now: DateTime<Utc>) {
    let mut keys = Vec::new();
    for i in 0..60 {
        let id = Uuid::now_v7();
        let at = now + TimeDelta::milliseconds(i);
        m.table
            .write(Write::create(quest(id, creator, at)))
            .await
            .unwrap();
        let pointer = key::quest::performed_keys(performer, id);
        m.table
            .write(Write::create(
                to_item(&json!({"questId": id}), &pointer).unwrap(),
            ))
            .await
            .unwrap();
        keys.push(key::quest::key(id));
    }
    m.recorder.take();
    m.table.get(&keys[0]).await.unwrap();
    m.note("read a quest");
    m.table.get(&key::user::key(creator)).await.unwrap();
    m.note("read a member");
    let open = key::quest::feed("OPEN", Shards::ONE);
    let feed = Feed::new(Index::Gsi2, open);
    let page = feed
        .page(&m.table, 20, None, |item| Ok(Some(item)))
        .await
        .unwrap();
    assert_eq!(page.items.len(), 20);
    m.note("list 20 quests of a status");
    let all = [
        "OPEN",
        "CLAIMED",
        "SUBMITTED",
        "COMPLETE",
        "DISPUTED",
        "EXPIRED",
    ];
    let all = all
        .iter()
        .flat_map(|status| key::quest::feed(status, Shards::ONE))
        .collect();
    Feed::new(Index::Gsi2, all)
        .page(&m.table, 20, None, |item| Ok(Some(item)))
        .await
        .unwrap();
    m.note("list 20 quests of any status");
    let nothing = feed
        .page(&m.table, 20, None, |_| Ok(None::<Item>))
        .await
        .unwrap();
    assert!(nothing.next.is_none());
    m.note("search 60 quests in vain");
    let (partition, prefix) = key::quest::created_by(creator);
    let mine = Feed::new(Index::Gsi1, vec![partition]).prefix(prefix);
    mine.page(&m.table, 20, None, |item| Ok(Some(item)))
        .await
        .unwrap();
    m.note("list 20 quests that one has posted");
    let (partition, prefix) = key::quest::performed_by(performer);
    let taken = Feed::new(Index::Main, vec![partition]).prefix(prefix);
    taken
        .page(&m.table, 20, None, |item| Ok(Some(item)))
        .await
        .unwrap();
    m.table.get_many(&keys[..20]).await.unwrap();
    m.note("list 20 quests that one performs");
}

async fn background(m: &mut Measured, now: DateTime<Utc>) {
    let due = Query::new(Index::Gsi2, key::outbox::DUE)
        .at_most(key::dated_at_most(now - TimeDelta::days(1)));
    m.table.query(&due).await.unwrap();
    m.note("look for due messages, none");
    let expiring = &key::quest::expiring(Shards::ONE)[0];
    let due = Query::new(Index::Gsi2, expiring).at_most(key::dated_at_most(now));
    m.table.query(&due).await.unwrap();
    m.note("look for overdue quests, none");
}
