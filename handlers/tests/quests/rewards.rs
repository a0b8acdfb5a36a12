//! Rewards that cannot be given when a quest is completed: owed, given later, exactly once, or given up.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::TimeDelta;
use civicforge_handlers::app::CivicForge;
use civicforge_handlers::quests;
use civicforge_handlers::users;
use civicforge_kernel::jobs::{self, Round};
use civicforge_kernel::table::{Item, Table, Write};
use civicforge_testing::fault::Fault;
use civicforge_testing::{TestApp, TestMember};
use futures::future::join_all;
use serde_json::json;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, Registry};
use uuid::Uuid;

use super::audit::audit;
use super::support::{Faulty, IMPATIENT, faulty, reprocess_failed_rewards, submitted, with};

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(30)
}

async fn round(app: &CivicForge) -> Round {
    reprocess_failed_rewards(app, 100, soon()).await.unwrap()
}

/// Take a member's account away; it is what is to be put back.
async fn hide(table: &Table, member: &TestMember) -> Item {
    let item = table
        .get(&users::keys::key(member.id))
        .await
        .unwrap()
        .unwrap();
    table
        .write(Write::delete(users::keys::key(member.id)))
        .await
        .unwrap();
    item
}

async fn owed(table: &Table, quest: &str) -> Option<Item> {
    table
        .get(&quests::keys::failed_reward(quest.parse().unwrap()))
        .await
        .unwrap()
}

/// A server, two members, and a quest whose reward is owed because conflicts would not end.
async fn indebted() -> (Faulty, TestMember, TestMember, String) {
    let f = faulty().await;
    let (ada, bob) = (f.app.register("ada").await, f.app.register("bob").await);
    let quest = submitted(&f.app, &ada, &bob).await;
    with(&f.app, &ada).does(&quest, "attest").await;
    let conflicts = 1 + usize::try_from(IMPATIENT.retries).unwrap();
    f.faults
        .script("TransactWriteItems", vec![Some(Fault::Conflict); conflicts]);
    let reply = with(&f.app, &bob)
        .action(&quest, "attest")
        .key("last")
        .send()
        .await;
    f.faults.stop();
    assert_eq!(
        (reply.status, reply.json()["status"].as_str()),
        (200, Some("COMPLETE"))
    );
    let again = with(&f.app, &bob)
        .action(&quest, "attest")
        .key("last")
        .send()
        .await;
    assert_eq!(
        (&again.body, again.header("idempotency-replayed")),
        (&reply.body, Some("true"))
    );
    let found = audit(&f.table, &[&ada, &bob]).await;
    assert_eq!((found.rewards, found.owed), (0, 1));
    (f, ada, bob, quest)
}

#[tokio::test]
async fn conflicts_that_do_not_end_leave_a_debt_that_the_job_pays() {
    let (f, ada, bob, quest) = indebted().await;
    let debt = owed(&f.table, &quest).await.unwrap();
    assert_eq!(debt["tries"], AttributeValue::N("0".to_owned()));
    let done = round(&f.app.app).await;
    assert_eq!(done.met(), [("applied", 1)]);
    assert_eq!(with(&f.app, &bob).account().await["experience"], 100);
    assert_eq!(owed(&f.table, &quest).await, None);
    assert_eq!(round(&f.app.app).await.met(), []);
    let found = audit(&f.table, &[&ada, &bob]).await;
    assert_eq!((found.rewards, found.owed), (1, 0));
}

#[tokio::test]
async fn fewer_conflicts_are_waited_for() {
    let f = faulty().await;
    let (ada, bob) = (f.app.register("ada").await, f.app.register("bob").await);
    let quest = submitted(&f.app, &ada, &bob).await;
    with(&f.app, &ada).does(&quest, "attest").await;
    f.faults.script(
        "TransactWriteItems",
        [Some(Fault::Conflict), Some(Fault::Conflict)],
    );
    with(&f.app, &bob).does(&quest, "attest").await;
    let found = audit(&f.table, &[&ada, &bob]).await;
    assert_eq!((found.rewards, found.owed), (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_workers_pay_once() {
    for _ in 0..5 {
        let (f, ada, bob, _) = indebted().await;
        let workers = (0..8).map(|_| {
            let app = f.app.clone();
            tokio::spawn(async move { round(&app.app).await })
        });
        let rounds: Vec<_> = join_all(workers)
            .await
            .into_iter()
            .map(Result::unwrap)
            .collect();
        assert_eq!(
            rounds.iter().map(|round| round["applied"]).sum::<usize>(),
            1,
            "{rounds:?}"
        );
        let found = audit(&f.table, &[&ada, &bob]).await;
        assert_eq!((found.rewards, found.owed), (1, 0));
    }
}

#[tokio::test]
async fn a_payment_whose_answer_is_lost_is_not_repeated() {
    let (f, ada, bob, _) = indebted().await;
    f.faults
        .script("TransactWriteItems", [Some(Fault::TimeoutAfter); 3]);
    let done = round(&f.app.app).await;
    assert_eq!(done.met(), [("skipped", 1)], "nobody knows");
    assert_eq!(round(&f.app.app).await.met(), []);
    let found = audit(&f.table, &[&ada, &bob]).await;
    assert_eq!((found.rewards, found.owed), (1, 0));
}

#[tokio::test]
async fn a_debt_that_was_paid_is_struck_out() {
    let (f, ada, bob, quest) = indebted().await;
    let debt = owed(&f.table, &quest).await.unwrap();
    assert_eq!(round(&f.app.app).await["applied"], 1);
    // As if the record had outlived its payment.
    f.table.write(Write::put(debt)).await.unwrap();
    assert_eq!(round(&f.app.app).await.met(), [("settled", 1)]);
    let found = audit(&f.table, &[&ada, &bob]).await;
    assert_eq!((found.rewards, found.owed), (1, 0));
}

#[tokio::test]
async fn a_performer_who_is_gone_is_owed_and_paid_when_back() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let judge = app.register_arbiter("judge").await;
    let attested = submitted(&app, &ada, &bob).await;
    let disputed = submitted(&app, &ada, &bob).await;
    with(&app, &bob).does(&attested, "attest").await;
    with(&app, &ada).does(&disputed, "dispute").await;
    let table = &app.app.table;
    let account = hide(table, &bob).await;
    assert_eq!(
        with(&app, &ada).does(&attested, "attest").await["status"],
        "COMPLETE"
    );
    assert_eq!(
        with(&app, &judge).does(&disputed, "resolve").await["status"],
        "COMPLETE"
    );
    assert_eq!(audit(table, &[&ada, &judge]).await.owed, 2);

    let done = round(&app.app).await;
    assert_eq!(done.met(), [("later", 2)]);
    assert_eq!(round(&app.app).await.met(), [], "not before its time");
    table.write(Write::put(account)).await.unwrap();
    app.advance(TimeDelta::minutes(5));
    assert_eq!(round(&app.app).await["applied"], 2);
    assert_eq!(with(&app, &bob).account().await["experience"], 200);
    let found = audit(table, &[&ada, &bob, &judge]).await;
    assert_eq!((found.rewards, found.owed), (2, 0));
}

#[tokio::test]
async fn a_quest_is_given_back_or_reopened_although_its_performer_is_gone() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let judge = app.register_arbiter("judge").await;
    let disputed = submitted(&app, &ada, &bob).await;
    with(&app, &ada).does(&disputed, "dispute").await;
    let claimed = with(&app, &ada).quest().await;
    with(&app, &bob).does(&claimed, "claim").await;
    hide(&app.app.table, &bob).await;
    let reopen = json!({"outcome": "reopen"});
    let reply = with(&app, &judge)
        .action(&disputed, "resolve")
        .json(&reopen)
        .send()
        .await;
    assert_eq!(
        (reply.status, reply.json()["status"].as_str()),
        (200, Some("OPEN"))
    );
    assert_eq!(
        with(&app, &bob).does(&claimed, "unclaim").await["status"],
        "OPEN"
    );
    audit(&app.app.table, &[&ada, &judge]).await;
}

/// Keeps the events of the target `metric`.
#[derive(Clone, Default)]
struct Metrics(Arc<Mutex<Vec<String>>>);

impl<S: tracing::Subscriber> Layer<S> for Metrics {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        if event.metadata().target() == "metric" {
            let mut text = String::new();
            event.record(&mut Fields(&mut text));
            self.0.lock().unwrap().push(text);
        }
    }
}

struct Fields<'a>(&'a mut String);

impl tracing::field::Visit for Fields<'_> {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        self.0.push_str(&format!("{}={value:?} ", field.name()));
    }
}

#[tokio::test]
async fn after_five_tries_it_is_given_up_and_the_metric_says_so() {
    civicforge_testing::hear_every_place();
    let metrics = Metrics::default();
    let _guard = tracing::subscriber::set_default(Registry::default().with(metrics.clone()));
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let quest = submitted(&app, &ada, &bob).await;
    with(&app, &bob).does(&quest, "attest").await;
    hide(&app.app.table, &bob).await;
    with(&app, &ada).does(&quest, "attest").await;
    for tries in 1..=5 {
        let done = round(&app.app).await;
        let expected = match tries {
            5 => [("abandoned", 1)],
            _ => [("later", 1)],
        };
        assert_eq!(done.met(), expected, "{tries}");
        let debt = owed(&app.app.table, &quest).await.unwrap();
        assert_eq!(debt["tries"], AttributeValue::N(tries.to_string()));
        assert_eq!(
            debt["lastError"],
            AttributeValue::S("the performer's account is gone".to_owned())
        );
        app.advance(TimeDelta::hours(2));
    }
    assert_eq!(round(&app.app).await.met(), []);
    let debt = owed(&app.app.table, &quest).await.unwrap();
    assert_eq!(
        debt["GSI2PK"],
        AttributeValue::S("REWARD#abandoned".to_owned())
    );
    let metrics = metrics.0.lock().unwrap().clone();
    let of = |name: &str| metrics.iter().filter(|m| m.contains(name)).count();
    assert_eq!(of("rewards.failed"), 1, "{metrics:?}");
    assert_eq!(of("rewards.abandoned"), 1, "{metrics:?}");
    assert!(metrics.iter().any(|m| m.contains(&quest)), "{metrics:?}");
}

#[tokio::test]
async fn workers_that_die_use_up_their_tries() {
    let (f, ada, bob, quest) = indebted().await;
    for _ in 0..5 {
        // The lease is taken, and then the worker can do nothing more.
        let lost = [Some(Fault::Refused); 3];
        f.faults.script("TransactWriteItems", lost);
        f.faults
            .script("UpdateItem", [None].into_iter().chain(lost));
        let done = round(&f.app.app).await;
        assert_eq!(done.met(), [("skipped", 1)]);
        assert_eq!(round(&f.app.app).await.met(), [], "it is leased");
        f.app.advance(TimeDelta::minutes(5));
    }
    f.faults.stop();
    assert_eq!(round(&f.app.app).await.met(), [("abandoned", 1)]);
    let debt = owed(&f.table, &quest).await.unwrap();
    assert_eq!(debt["tries"], AttributeValue::N("5".to_owned()));
    let found = audit(&f.table, &[&ada, &bob]).await;
    assert_eq!((found.rewards, found.owed), (0, 1));
}

#[tokio::test]
async fn a_damaged_debt_is_not_in_the_way_of_others() {
    let (f, ada, bob, quest) = indebted().await;
    let mut damaged = owed(&f.table, &quest).await.unwrap();
    let other = Uuid::now_v7();
    damaged.insert(
        "PK".to_owned(),
        AttributeValue::S(format!("REWARD#{other}")),
    );
    damaged.insert(
        "GSI2SK".to_owned(),
        AttributeValue::S("2020-01-01T00:00:00.000Z#x".to_owned()),
    );
    damaged.remove("userId");
    f.table.write(Write::put(damaged)).await.unwrap();
    let done = reprocess_failed_rewards(&f.app.app, 1, soon())
        .await
        .unwrap();
    assert_eq!(
        (done["applied"], done["damaged"], done["skipped"]),
        (1, 1, 0)
    );
    audit(&f.table, &[&ada, &bob]).await;
    // It is with those that were given up, and nothing of it is lost.
    let aside = f.table.get(&quests::keys::failed_reward(other)).await;
    let aside = aside.unwrap().unwrap();
    assert_eq!(
        aside["GSI2PK"].as_s().unwrap(),
        quests::keys::REWARDS_ABANDONED
    );
    assert!(aside["lastError"].as_s().unwrap().contains("userId"));
    assert!(aside.contains_key("experience"));
}

#[tokio::test]
async fn the_schedule_runs_both_jobs_until_it_is_stopped() {
    let (f, ada, bob, _) = indebted().await;
    let mut posted = super::support::draft("Chairs to the garden");
    posted["expiresAt"] = json!(f.app.clock.now() + TimeDelta::seconds(1));
    let quest = with(&f.app, &ada).posted(&posted).await;
    f.app.advance(TimeDelta::seconds(1));
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let mut jobs = f.app.app.jobs();
    jobs.iter_mut()
        .for_each(|job| job.every = Duration::from_millis(20));
    // It can be given to a task of its own.
    let schedule = tokio::spawn(async move {
        tokio::select! {
            () = jobs::run(&jobs) => {}
            _ = stopped => {}
        }
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    stop.send(()).unwrap();
    schedule.await.unwrap();
    assert_eq!(
        with(&f.app, &ada).reads(&quest).await.json()["status"],
        "EXPIRED"
    );
    let found = audit(&f.table, &[&ada, &bob]).await;
    assert_eq!((found.rewards, found.owed), (1, 0));
}
