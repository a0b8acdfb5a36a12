//! How many mails may be asked for.

use chrono::TimeDelta;
use civicforge_kernel::aws::Limits;
use civicforge_kernel::table::embedded::Embedded;
use civicforge_testing::TestApp;
use civicforge_testing::record::Recorder;
use futures::future::join_all;
use serde_json::json;

/// Somebody at an address has forgotten the password of an account.
async fn forgot(app: &TestApp, from: &str, email: &str) -> u16 {
    let call = app.post("/api/v1/auth/password/forgot").from(from);
    call.json(&json!({"email": email})).send().await.status
}

async fn sent(app: &TestApp, to: &str) -> usize {
    let mails = app.mails().await;
    mails.iter().filter(|mail| mail.to == to).count()
}

#[tokio::test]
async fn an_address_gets_three_an_hour_whoever_asks() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    for n in 0..6 {
        assert_eq!(forgot(&app, &format!("192.0.2.{n}"), &ada.email).await, 202);
        app.advance(TimeDelta::minutes(10));
    }
    assert_eq!(sent(&app, &ada.email).await, 3);
    // The first was sent an hour ago.
    assert_eq!(forgot(&app, "192.0.2.1", &ada.email).await, 202);
    assert_eq!(forgot(&app, "192.0.2.1", &ada.email).await, 202);
    assert_eq!(sent(&app, &ada.email).await, 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_at_once_three_are_sent() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let asks = (0..30).map(|n| {
        let (app, email) = (app.clone(), ada.email.clone());
        tokio::spawn(async move { forgot(&app, &format!("192.0.2.{n}"), &email).await })
    });
    for status in join_all(asks).await {
        // Who has lost to others too often is told to come again.
        assert!(matches!(status.unwrap(), 202 | 503));
    }
    assert_eq!(sent(&app, &ada.email).await, 3);
}

#[tokio::test]
async fn a_source_has_twenty_sent_to_whomever() {
    let app = TestApp::new().await;
    let mut members = Vec::new();
    for n in 0..22 {
        members.push(app.register(&format!("member-{n}")).await);
    }
    // A subscriber of IPv6 has a whole network.
    for (n, member) in members.iter().enumerate() {
        let from = format!("2001:db8:1:2::{n:x}");
        assert_eq!(forgot(&app, &from, &member.email).await, 202);
    }
    assert_eq!(app.mails().await.len(), 20);
    // That of somebody else is another source. Accounts that are not there count too.
    for n in 0..20 {
        assert_eq!(
            forgot(&app, "192.0.2.1", &format!("nobody-{n}@example.org")).await,
            202
        );
    }
    assert_eq!(forgot(&app, "192.0.2.1", &members[20].email).await, 202);
    assert_eq!(app.mails().await.len(), 20);
    assert_eq!(forgot(&app, "192.0.2.2", &members[20].email).await, 202);
    assert_eq!(app.mails().await.len(), 21);
    app.advance(TimeDelta::hours(1));
    assert_eq!(forgot(&app, "192.0.2.1", &members[21].email).await, 202);
    assert_eq!(app.mails().await.len(), 22);
}

/// Whether somebody has an address is told neither by what is answered nor by what is done for it, and so by its time.
#[tokio::test]
async fn nobody_costs_as_much_as_somebody() {
    let embedded = Embedded::in_memory().unwrap();
    embedded.table("test").await.unwrap();
    let recorder = Recorder::default();
    let http = recorder.wrap(embedded.http_client());
    let table = embedded.table_through(http, "test", &Limits::default());
    let app = TestApp::setup().table(table).start().await;
    let ada = app.register("ada").await;
    let mut costs = Vec::new();
    // Of the same length: a unit is counted by bytes.
    for email in [ada.email.as_str(), "eve@example.org"] {
        for n in 0..4 {
            recorder.take();
            assert_eq!(forgot(&app, "192.0.2.1", email).await, 202);
            let calls = recorder.take().into_iter();
            let calls = calls.map(|call| (call.operation, call.actions, call.capacity));
            costs.push((n, Vec::from_iter(calls)));
        }
    }
    let (known, unknown) = costs.split_at(4);
    assert_eq!(known, unknown);
    // The fourth is one too many: it is looked at and not written.
    let transactions = known.iter().flat_map(|(_, calls)| calls);
    let transactions = transactions.filter(|(name, ..)| name == "TransactWriteItems");
    assert_eq!(transactions.count(), 3);
}
