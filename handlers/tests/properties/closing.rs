//! Inquiries about properties that are gone.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use civicforge_kernel::jobs::{Bounds, Round};
use civicforge_testing::{TestApp, TestMember};
use futures::future::join_all;
use serde_json::json;

use super::support::{INQUIRIES, all, ask, listed};

async fn close(app: &TestApp) -> Round {
    let bounds = Bounds {
        limit: 1_000,
        until: Instant::now() + Duration::from_secs(60),
    };
    app.app.inquiries.close_orphaned(bounds).await.unwrap()
}

async fn statuses(app: &TestApp, owner: &TestMember) -> Vec<String> {
    let all = all(
        app,
        Some(owner),
        &format!("{INQUIRIES}?role=owner&limit=100"),
    )
    .await;
    let status = |one: &serde_json::Value| one["status"].as_str().unwrap().to_owned();
    all.iter().map(status).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn none_stays_open_that_was_sent_while_the_property_was_deleted() {
    let app = TestApp::new().await;
    let ada = app.register_seller("ada").await;
    let (gone, kept) = (listed(&app, &ada).await, listed(&app, &ada).await);
    let mut members = Vec::new();
    for n in 0..40 {
        members.push(app.register(&format!("member-{n}")).await);
    }
    for member in &members[..10] {
        assert_eq!(ask(&app, member, &gone).await.status, 201);
    }
    assert_eq!(ask(&app, &members[0], &kept).await.status, 201);
    let asked = members[10..]
        .iter()
        .cloned()
        .enumerate()
        .map(|(n, member)| {
            let (app, ada, gone) = (app.clone(), ada.clone(), gone.clone());
            tokio::spawn(async move {
                if n == 15 {
                    return app.delete(&gone).member(&ada).send().await.problem();
                }
                ask(&app, &member, &gone).await.problem()
            })
        });
    let answers: Vec<_> = join_all(asked)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    let sent = answers.iter().filter(|answer| answer.0 == 201).count();
    assert_eq!(answers.iter().filter(|answer| answer.0 == 204).count(), 1);
    assert_eq!(
        answers.iter().filter(|answer| answer.0 == 404).count(),
        29 - sent
    );
    let first = close(&app).await;
    assert_eq!((first["later"], first["closed"]), (1, 0));
    let open = |statuses: Vec<String>| statuses.iter().filter(|one| *one == "new").count();
    assert_eq!(
        open(statuses(&app, &ada).await),
        1,
        "that of the property that is kept"
    );
    assert!(close(&app).await.met().is_empty(), "nothing is due");
    app.advance(TimeDelta::minutes(1));
    let second = close(&app).await;
    assert_eq!((second["later"], second["closed"]), (0, 1));
    assert!(close(&app).await.met().is_empty(), "it is done with");
    assert_eq!(statuses(&app, &ada).await.len(), sent + 11);
}

#[tokio::test]
async fn what_was_answered_keeps_its_answer() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register_seller("ada").await, app.register("bob").await);
    let property = listed(&app, &ada).await;
    let inquiry = ask(&app, &bob, &property).await;
    let inquiry = inquiry.header("location").unwrap().to_owned();
    let body = json!({"status": "responded", "reply": "Yes."});
    let answered = app.put(&inquiry).member(&ada).json(&body).send().await;
    assert_eq!(answered.status, 200);
    assert_eq!(app.delete(&property).member(&ada).send().await.status, 204);
    close(&app).await;
    let now = app.get(&inquiry).member(&bob).send().await.json();
    let said = (&now["status"], &now["reply"], &now["version"]);
    assert_eq!(said, (&json!("closed"), &json!("Yes."), &json!(3)));
    assert_eq!(now["closedAt"], now["updatedAt"]);
}
