//! What becomes of quests whose date passes.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use civicforge_handlers::quests;
use civicforge_handlers::users;
use civicforge_kernel::table::Write;
use civicforge_testing::fault::Fault;
use civicforge_testing::{TestApp, TestMember};
use futures::future::join_all;
use serde_json::json;

use super::audit::audit;
use super::support::{crowd, draft, expire_quests, faulty, with};

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(30)
}

/// A quest that expires in a minute.
async fn dated(app: &TestApp, creator: &TestMember) -> String {
    let mut posted = draft("Chairs to the garden");
    posted["expiresAt"] = json!(app.clock.now() + TimeDelta::minutes(1));
    with(app, creator).posted(&posted).await
}

#[tokio::test]
async fn overdue_quests_expire_and_their_points_come_back() {
    let app = TestApp::setup().shards(3).start().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let open = dated(&app, &ada).await;
    let claimed = dated(&app, &ada).await;
    let submitted = dated(&app, &ada).await;
    let deleted = dated(&app, &ada).await;
    let undated = with(&app, &ada).quest().await;
    with(&app, &bob).does(&claimed, "claim").await;
    with(&app, &bob).does(&submitted, "claim").await;
    with(&app, &bob).does(&submitted, "submit").await;
    assert_eq!(with(&app, &ada).deletes(&deleted).send().await.status, 204);

    app.advance(TimeDelta::seconds(60) - TimeDelta::milliseconds(1));
    assert_eq!(
        expire_quests(&app.app, 100, soon()).await.unwrap().met(),
        []
    );
    app.advance(TimeDelta::milliseconds(1));
    assert_eq!(
        with(&app, &ada).reads(&open).await.json()["status"],
        "OPEN",
        "nobody has come by"
    );
    let round = expire_quests(&app.app, 100, soon()).await.unwrap();
    assert_eq!(
        (round["expired"], round["settled"], round["skipped"]),
        (2, 1, 0)
    );
    assert_eq!(
        expire_quests(&app.app, 100, soon()).await.unwrap().met(),
        []
    );

    for (quest, status) in [
        (&open, "EXPIRED"),
        (&claimed, "EXPIRED"),
        (&submitted, "SUBMITTED"),
        (&undated, "OPEN"),
    ] {
        assert_eq!(with(&app, &ada).reads(quest).await.json()["status"], status);
    }
    let expired = with(&app, &ada).reads(&claimed).await.json();
    assert_eq!(
        expired["performerId"],
        bob.id.to_string(),
        "who would not know what became of it"
    );
    assert_eq!(with(&app, &ada).points().await, 8);
    audit(&app.app.table, &[&ada, &bob]).await;
}

#[tokio::test]
async fn a_quest_reopened_after_its_date_expires() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let judge = app.register_arbiter("judge").await;
    let quest = dated(&app, &ada).await;
    for verb in ["claim", "submit", "dispute"] {
        with(&app, &bob).does(&quest, verb).await;
    }
    app.advance(TimeDelta::minutes(2));
    assert_eq!(
        expire_quests(&app.app, 100, soon()).await.unwrap()["settled"],
        1
    );
    let reopen = json!({"outcome": "reopen"});
    let reply = with(&app, &judge)
        .action(&quest, "resolve")
        .json(&reopen)
        .send()
        .await;
    assert_eq!(
        (reply.status, reply.json()["status"].as_str()),
        (200, Some("OPEN"))
    );
    audit(&app.app.table, &[&ada, &bob, &judge]).await;
    assert_eq!(
        with(&app, &bob).act(&quest, "claim").await.code(),
        "quest_expired"
    );
    assert_eq!(
        expire_quests(&app.app, 100, soon()).await.unwrap()["expired"],
        1
    );
    assert_eq!(
        audit(&app.app.table, &[&ada, &bob, &judge]).await.points,
        30
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_workers_expire_each_quest_once() {
    let app = TestApp::setup().shards(2).start().await;
    let members = crowd(&app, "member", 6).await;
    for member in &members {
        for _ in 0..10 {
            dated(&app, member).await;
        }
    }
    app.advance(TimeDelta::minutes(2));
    let workers = (0..8).map(|_| {
        let app = app.clone();
        tokio::spawn(async move { expire_quests(&app.app, 1_000, soon()).await.unwrap() })
    });
    let rounds: Vec<_> = join_all(workers)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!(
        rounds.iter().map(|round| round["expired"]).sum::<usize>(),
        60,
        "{rounds:?}"
    );
    let members: Vec<_> = members.iter().collect();
    assert_eq!(audit(&app.app.table, &members).await.points, 60);
}

#[tokio::test]
async fn a_round_keeps_to_its_limit_and_its_deadline() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    for _ in 0..10 {
        dated(&app, &ada).await;
    }
    app.advance(TimeDelta::minutes(2));
    assert_eq!(
        expire_quests(&app.app, 100, Instant::now())
            .await
            .unwrap()
            .met(),
        []
    );
    assert_eq!(
        expire_quests(&app.app, 4, soon()).await.unwrap()["expired"],
        4
    );
    assert_eq!(
        expire_quests(&app.app, 4, soon()).await.unwrap()["expired"],
        4
    );
    assert_eq!(
        expire_quests(&app.app, 4, soon()).await.unwrap()["expired"],
        2
    );
}

#[tokio::test]
async fn a_quest_expires_although_its_creator_is_gone() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let quest = dated(&app, &ada).await;
    app.app
        .table
        .write(Write::delete(users::keys::key(ada.id)))
        .await
        .unwrap();
    app.advance(TimeDelta::minutes(2));
    assert_eq!(
        expire_quests(&app.app, 100, soon()).await.unwrap()["expired"],
        1
    );
    assert_eq!(
        with(&app, &bob).reads(&quest).await.json()["status"],
        "EXPIRED"
    );
    assert_eq!(
        app.app.table.get(&users::keys::key(ada.id)).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn a_date_without_its_quest_and_an_index_that_is_behind_do_no_harm() {
    let f = faulty().await;
    let ada = f.app.register("ada").await;
    dated(&f.app, &ada).await;
    f.app.advance(TimeDelta::minutes(2));
    assert_eq!(
        expire_quests(&f.app.app, 100, soon()).await.unwrap()["expired"],
        1
    );
    // The index still has it.
    f.faults.script("Query", [Some(Fault::Stale)]);
    let round = expire_quests(&f.app.app, 100, soon()).await.unwrap();
    assert_eq!((round["expired"], round["settled"]), (0, 1));
    f.faults.stop();
    audit(&f.table, &[&ada]).await;

    let other = dated(&f.app, &ada).await;
    f.table
        .write(Write::delete(quests::keys::key(other.parse().unwrap())))
        .await
        .unwrap();
    f.app.advance(TimeDelta::minutes(2));
    assert_eq!(
        expire_quests(&f.app.app, 100, soon()).await.unwrap()["settled"],
        1
    );
    assert_eq!(
        expire_quests(&f.app.app, 100, soon()).await.unwrap().met(),
        []
    );
}

#[tokio::test]
async fn damaged_dates_and_quests_do_not_stop_those_behind_them_and_are_seen() {
    let app = TestApp::new().await;
    let (ada, table) = (app.register("ada").await, &app.app.table);
    let damage = [
        ("a date", None),
        ("a quest", Some("title")),
        ("a quest", Some("status")),
    ];
    let mut damaged = Vec::new();
    for (_, attribute) in damage {
        let id = dated(&app, &ada).await.parse().unwrap();
        let write = match attribute {
            None => Write::update(quests::keys::expiry(id)).remove("questId"),
            Some(name) => Write::update(quests::keys::key(id)).set(name, 5),
        };
        table.write(write).await.unwrap();
        damaged.push(id);
    }
    app.advance(TimeDelta::seconds(1));
    let fine = dated(&app, &ada).await;
    app.advance(TimeDelta::minutes(2));
    let round = expire_quests(&app.app, 100, soon()).await.unwrap();
    let expected = [("expired", 1), ("damaged", 3)];
    assert_eq!(round.met(), expected);
    let quest = with(&app, &ada).reads(&fine).await.json();
    assert_eq!(quest["status"], "EXPIRED");
    for id in damaged {
        let date = table.get(&quests::keys::expiry(id)).await.unwrap().unwrap();
        assert_eq!(date["GSI2PK"].as_s().unwrap(), quests::keys::EXPIRY_DAMAGED);
        assert!(!date["lastError"].as_s().unwrap().is_empty());
        assert!(table.get(&quests::keys::key(id)).await.unwrap().is_some());
    }
    // They are looked at once, and not every minute.
    let again = expire_quests(&app.app, 100, soon()).await.unwrap();
    assert_eq!(again.met(), []);
}
