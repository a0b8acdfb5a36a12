//! One key, one effect, one answer.

use super::support::{Faulty, faulty, number};
use chrono::{DateTime, TimeDelta, Utc};
use civicforge_kernel::table::idempotency::{
    Fingerprint, Lookup, Outcome, Request, Scope, StoredResponse,
};
use civicforge_kernel::table::{Condition, Key, StoreError, Table, Transaction, Write};
use civicforge_testing::empty_table;
use civicforge_testing::fault::Fault;
use futures::future::join_all;
use uuid::Uuid;

fn effect() -> Key {
    Key {
        pk: "TEST#effect".to_owned(),
        sk: "ITEM".to_owned(),
    }
}

fn request(key: &str, body: u8, now: DateTime<Utc>) -> Request {
    Request {
        scope: Scope::Member(Uuid::from_u128(7)),
        key: key.to_owned(),
        fingerprint: Fingerprint::plain([body; 32]),
        now,
    }
}

fn answer(text: &str) -> StoredResponse {
    StoredResponse {
        status: 201,
        headers: vec![("location".to_owned(), format!("/quests/{text}"))],
        body: format!("{{\"questId\":\"{text}\"}}"),
    }
}

async fn act(table: &Table, request: &Request, text: &str) -> Result<Outcome, StoreError> {
    let transaction = Transaction::new().with(Write::update(effect()).add("count", 1));
    table
        .transact_once(transaction, request, &answer(text))
        .await
}

async fn effects(table: &Table) -> i64 {
    table
        .get(&effect())
        .await
        .unwrap()
        .map_or(0, |item| number(&item, "count"))
}

#[tokio::test]
async fn a_request_is_done_once_and_answered_again() {
    let table = empty_table().await;
    let now = Utc::now();
    let first = request("k", 1, now);
    assert_eq!(table.lookup(&first).await.unwrap(), Lookup::Fresh);
    assert_eq!(act(&table, &first, "a").await.unwrap(), Outcome::Applied);
    assert_eq!(
        table.lookup(&first).await.unwrap(),
        Lookup::Replay(answer("a"))
    );
    assert_eq!(
        act(&table, &first, "b").await.unwrap(),
        Outcome::Replay(answer("a"))
    );

    let other_body = request("k", 2, now);
    assert_eq!(table.lookup(&other_body).await.unwrap(), Lookup::KeyReused);
    assert_eq!(
        act(&table, &other_body, "c").await.unwrap(),
        Outcome::KeyReused
    );

    for scope in [
        Scope::Member(Uuid::from_u128(8)),
        Scope::sender("a@example.org"),
    ] {
        let other = Request {
            scope,
            ..first.clone()
        };
        assert_eq!(table.lookup(&other).await.unwrap(), Lookup::Fresh);
    }
    assert_eq!(effects(&table).await, 1);
}

#[tokio::test]
async fn a_key_may_be_used_again_after_a_day_though_its_record_is_still_there() {
    let table = empty_table().await;
    let now = Utc::now();
    act(&table, &request("k", 1, now), "a").await.unwrap();
    let later = request("k", 2, now + TimeDelta::hours(23));
    assert_eq!(act(&table, &later, "b").await.unwrap(), Outcome::KeyReused);
    let next_day = request("k", 2, now + TimeDelta::hours(25));
    assert_eq!(table.lookup(&next_day).await.unwrap(), Lookup::Fresh);
    assert_eq!(act(&table, &next_day, "c").await.unwrap(), Outcome::Applied);
    assert_eq!(
        act(&table, &next_day, "d").await.unwrap(),
        Outcome::Replay(answer("c"))
    );
    assert_eq!(effects(&table).await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_at_once_are_one_effect_and_one_answer() {
    let table = empty_table().await;
    let now = Utc::now();
    let all = (0..100).map(|i| {
        let table = table.clone();
        tokio::spawn(async move { act(&table, &request("k", 1, now), &i.to_string()).await })
    });
    let outcomes: Vec<_> = join_all(all)
        .await
        .into_iter()
        .map(|o| o.unwrap().unwrap())
        .collect();
    let applied: Vec<_> = (0..100)
        .filter(|&i| outcomes[i] == Outcome::Applied)
        .collect();
    assert_eq!(applied.len(), 1);
    let expected = answer(&applied[0].to_string());
    for outcome in outcomes {
        assert!(outcome == Outcome::Applied || outcome == Outcome::Replay(expected.clone()));
    }
    assert_eq!(effects(&table).await, 1);
}

#[tokio::test]
async fn a_failed_rule_leaves_no_record() {
    let table = empty_table().await;
    let request = request("k", 1, Utc::now());
    let mut transaction = Transaction::new();
    let rule = transaction.push(
        Write::update(effect())
            .add("count", 1)
            .when(Condition::exists()),
    );
    let error = table
        .transact_once(transaction, &request, &answer("a"))
        .await
        .unwrap_err();
    assert!(error.failed_conditions().unwrap().contains(rule));
    assert_eq!(table.lookup(&request).await.unwrap(), Lookup::Fresh);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_client_that_keeps_trying_over_a_bad_line_has_one_effect() {
    let Faulty { table, faults } = faulty().await;
    faults.random(3, 0.5, Fault::ALL);
    let now = Utc::now();
    let clients = (0..20).map(|i| {
        let table = table.clone();
        tokio::spawn(async move {
            let mut answers = Vec::new();
            for attempt in 0..6 {
                let text = format!("{i}-{attempt}");
                if let Ok(outcome) = act(&table, &request(&format!("k{i}"), 1, now), &text).await {
                    answers.push((text, outcome));
                }
            }
            answers
        })
    });
    let clients = join_all(clients).await;
    faults.stop();
    let mut happened = 0;
    for (i, answers) in clients.into_iter().enumerate() {
        let Lookup::Replay(kept) = table
            .lookup(&request(&format!("k{i}"), 1, now))
            .await
            .unwrap()
        else {
            continue;
        };
        happened += 1;
        for (text, outcome) in answers.unwrap() {
            match outcome {
                Outcome::Applied => assert_eq!(answer(&text), kept),
                Outcome::Replay(response) => assert_eq!(response, kept),
                Outcome::KeyReused => panic!("the body was the same"),
            }
        }
    }
    assert!(happened >= 15, "{happened} of 20 got through");
    assert_eq!(effects(&table).await, happened);
}
