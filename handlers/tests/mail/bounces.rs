//! Addresses that get no mails any more.

use std::time::{Duration, Instant};

use civicforge_handlers::mail::addresses::{self, Reason};
use civicforge_testing::{TestApp, TestMember};
use serde_json::{Value, json};

async fn forgot(app: &TestApp, member: &TestMember) -> usize {
    let forgot = app.post("/api/v1/auth/password/forgot");
    let reply = forgot.json(&json!({"email": member.email})).send().await;
    assert_eq!(reply.status, 202, "{reply:?}");
    let mails = app.mails().await;
    mails.iter().filter(|mail| mail.to == member.email).count()
}

/// Events of SES, as a queue has them. The ids of those that failed.
async fn told(app: &TestApp, events: &[Value]) -> Value {
    let records = events
        .iter()
        .enumerate()
        .map(|(n, event)| json!({"messageId": n.to_string(), "body": event.to_string()}));
    let batch = json!({"Records": Vec::from_iter(records)});
    let soon = Instant::now() + Duration::from_secs(60);
    app.app.run("mailFeedback", batch, soon).await.unwrap()
}

fn event(kind: &str, detail: Value) -> Value {
    json!({"source": "aws.ses", "detail-type": kind, "detail": detail})
}

fn bounce(kind: &str, address: &str) -> Value {
    let recipients = json!([{"emailAddress": address}]);
    event(
        "Email Bounced",
        json!({"eventType": "Bounce", "bounce": {"bounceType": kind, "bouncedRecipients": recipients}}),
    )
}

#[tokio::test]
async fn an_address_that_bounces_or_complains_gets_no_more() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    assert_eq!(forgot(&app, &ada).await, 1);
    let full = bounce("Transient", &ada.email);
    assert_eq!(told(&app, &[full]).await, json!({"batchItemFailures": []}));
    assert_eq!(forgot(&app, &ada).await, 2);
    let gone = bounce("Permanent", &ada.email.to_uppercase());
    let complaint = event(
        "Email Complaint Received",
        json!({"eventType": "Complaint", "complaint": {"complainedRecipients": [{"emailAddress": bob.email}]}}),
    );
    let broken = event("Email Bounced", json!({"eventType": "Bounce"}));
    // Also twice, as a queue may bring them.
    for _ in 0..2 {
        let events = [gone.clone(), broken.clone(), complaint.clone()];
        let failed = json!({"batchItemFailures": [{"itemIdentifier": "1"}]});
        assert_eq!(told(&app, &events).await, failed);
    }
    assert_eq!(forgot(&app, &ada).await, 2);
    assert_eq!(forgot(&app, &bob).await, 0);
    let table = &app.app.table;
    let why = addresses::refusal(table, &bob.email).await.unwrap();
    assert_eq!(why, Some(Reason::Complained));
    table.write(addresses::forget(&ada.email)).await.unwrap();
    app.advance(chrono::TimeDelta::hours(1));
    assert_eq!(forgot(&app, &ada).await, 3);
}
