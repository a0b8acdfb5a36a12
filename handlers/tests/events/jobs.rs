//! The jobs of quests as functions: how much they do, until when, and what they say of it.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use civicforge_testing::TestApp;
use serde_json::{Value, json};

use super::support::run;

/// Quests of as many members, of which each has a date that has passed.
async fn overdue(count: usize) -> TestApp {
    let app = TestApp::new().await;
    let date = app.clock.now() + TimeDelta::hours(1);
    for n in 0..count {
        let member = app.register(&format!("member{n}")).await;
        let draft = json!({
            "title": "Chairs", "description": "Carry the chairs to the garden.",
            "expiresAt": date.to_rfc3339(),
        });
        let reply = app.post("/api/v1/quests").member(&member).json(&draft);
        assert_eq!(reply.send().await.status, 201);
    }
    app.advance(TimeDelta::hours(2));
    app
}

#[tokio::test]
async fn a_round_handles_as_many_as_it_is_told_and_says_what_it_did() {
    let app = overdue(3).await;
    let round = run(&app, "expireQuests", json!({"limit": 2})).await;
    assert_eq!(
        round.unwrap(),
        json!({"expired": 2, "settled": 0, "damaged": 0, "skipped": 0})
    );
    // What a schedule sends where nobody has told it what to send.
    let event = json!({"version": "0", "detail-type": "Scheduled Event", "detail": {}});
    let round = run(&app, "expireQuests", event).await;
    assert_eq!(
        round.unwrap(),
        json!({"expired": 1, "settled": 0, "damaged": 0, "skipped": 0})
    );
    let round = run(&app, "reprocessFailedRewards", json!({})).await;
    let nothing =
        json!({"applied": 0, "settled": 0, "later": 0, "abandoned": 0, "damaged": 0, "skipped": 0});
    assert_eq!(round.unwrap(), nothing);
}

#[tokio::test]
async fn nothing_is_begun_when_the_time_is_over() {
    let app = overdue(1).await;
    let past = Instant::now().checked_sub(Duration::from_secs(1)).unwrap();
    for event in ["expireQuests", "reprocessFailedRewards"] {
        let round = app.app.run(event, json!({}), past).await.unwrap();
        let counts = round.as_object().unwrap().values();
        assert!(counts.into_iter().all(|count| *count == 0), "{round}");
    }
    let round = run(&app, "expireQuests", json!({})).await.unwrap();
    assert_eq!(round["expired"], 1);
}

#[tokio::test]
async fn an_event_that_makes_no_sense_is_refused_and_says_where() {
    let app = TestApp::new().await;
    let wrong = [
        (Value::Null, "`` is not an object"),
        (json!([1]), "`` is not an object"),
        (
            json!({"limit": 0}),
            "`/limit` is not a number from 1 to 10000",
        ),
        (json!({"limit": -1}), "`/limit` is not a number"),
        (json!({"limit": "5"}), "`/limit` is not a number"),
        (json!({"limit": 10_001}), "`/limit` is not a number"),
    ];
    for event in ["expireQuests", "reprocessFailedRewards"] {
        for (payload, message) in &wrong {
            let error = run(&app, event, payload.clone())
                .await
                .unwrap_err()
                .to_string();
            assert!(error.contains(message) && error.contains(event), "{error}");
        }
    }
}

#[tokio::test]
async fn a_function_that_nobody_knows_is_named() {
    let app = TestApp::new().await;
    for name in ["createQuest", ""] {
        let error = run(&app, name, json!({})).await.unwrap_err().to_string();
        let expected = format!("there is nothing that a function {name} does");
        assert_eq!(error, expected);
    }
}
