//! Webhooks: what they get, what is not sent to them, and what becomes of those that do not take it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lc_rs::hmac;
use aws_smithy_runtime_api::client::http::HttpConnector;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use civicforge_kernel::aws;
use civicforge_kernel::destinations::subscriptions::{self, Subscription};
use civicforge_kernel::table::outbox::operate::{self, Which};
use civicforge_testing::TestApp;
use serde_json::{Value, json};

use super::support::{posted, round};

/// A request that a webhook has got.
#[derive(Debug, Clone)]
struct Got {
    headers: HeaderMap,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// Somebody's side of webhooks, on a port of this machine. `/` answers as it is told; `/moved` redirects there.
#[derive(Clone)]
struct Receiver {
    url: String,
    got: Arc<Mutex<Vec<Got>>>,
    answer: Arc<Mutex<StatusCode>>,
}

impl Receiver {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let receiver = Self {
            url,
            got: Arc::default(),
            answer: Arc::new(Mutex::new(StatusCode::NO_CONTENT)),
        };
        let (got, answer) = (receiver.got.clone(), receiver.answer.clone());
        let take = move |headers: HeaderMap, body: String| async move {
            got.lock().unwrap().push(Got { headers, body });
            *answer.lock().unwrap()
        };
        let moved = || async { (StatusCode::TEMPORARY_REDIRECT, [("location", "/")]) };
        let router = Router::new()
            .route("/", post(take))
            .route("/moved", post(moved));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        receiver
    }

    fn answers(&self, status: StatusCode) {
        *self.answer.lock().unwrap() = status;
    }

    fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }
}

async fn subscribe(app: &TestApp, url: &str, kinds: &[&str]) -> Subscription {
    let kinds = kinds.iter().map(|kind| (*kind).to_owned()).collect();
    let known = ["quest.created", "quest.claimed"];
    let now = app.app.clock.stamp();
    let made = Subscription::new(url, kinds, &known, true, now).unwrap();
    subscriptions::add(&app.app.table, &made).await.unwrap();
    made
}

async fn stored(app: &TestApp, id: uuid::Uuid) -> Option<Subscription> {
    let all = subscriptions::list(&app.app.table).await.unwrap();
    all.into_iter().find(|one| one.id == id)
}

#[tokio::test]
async fn a_webhook_gets_the_events_that_it_asked_for_signed() {
    let app = TestApp::new().await;
    let (ada, bob) = (app.register("ada").await, app.register("bob").await);
    let receiver = Receiver::start().await;
    let subscription = subscribe(&app, &receiver.url, &["quest.created"]).await;
    let quest = posted(&app, &ada).await;
    let claim = app.post(&format!("/api/v1/quests/{quest}/claim"));
    assert_eq!(claim.member(&bob).send().await.status, 200);
    // Of two events one is split, for the log and the webhook; the other is for the log alone.
    assert_eq!(round(&app).await.delivered, 2);
    assert_eq!(round(&app).await.delivered, 2);
    let got = receiver.got();
    let [got] = got.as_slice() else {
        panic!("{got:?}");
    };
    let said = got.json();
    assert_eq!(said["type"], "quest.created");
    assert_eq!(said["version"], 1);
    let data = json!({
        "questId": quest, "title": "Weed the beds", "status": "OPEN", "creatorId": ada.id, "actorId": ada.id, "version": 1,
    });
    assert_eq!(said["data"], data);
    let signed = format!(
        "{}.{}.{}",
        got.header("webhook-id"),
        got.header("webhook-timestamp"),
        got.body
    );
    let secret = subscription.secret.expose().strip_prefix("whsec_").unwrap();
    let key = hmac::Key::new(hmac::HMAC_SHA256, &STANDARD.decode(secret).unwrap());
    let signature = got.header("webhook-signature").strip_prefix("v1,").unwrap();
    let signature = STANDARD.decode(signature).unwrap();
    hmac::verify(&key, signed.as_bytes(), &signature).unwrap();
    let seconds: i64 = got.header("webhook-timestamp").parse().unwrap();
    assert_eq!(seconds, app.clock.now().timestamp());
    assert_eq!(got.header("content-type"), "application/json");
}

/// What is told follows the published schemas.
#[tokio::test]
async fn an_event_is_as_its_published_schema_says() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let receiver = Receiver::start().await;
    subscribe(&app, &receiver.url, &[]).await;
    posted(&app, &ada).await;
    round(&app).await;
    round(&app).await;
    let said = receiver.got()[0].json();
    let schemas = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/events.json");
    let schemas: Value = serde_json::from_str(&std::fs::read_to_string(schemas).unwrap()).unwrap();
    let schema = &schemas[said["type"].as_str().unwrap()];
    let validator = jsonschema::validator_for(schema).unwrap();
    let wrong: Vec<_> = validator
        .iter_errors(&said)
        .map(|e| e.to_string())
        .collect();
    assert_eq!(wrong, [""; 0], "{said}");
    let mut without = said.clone();
    without["data"].as_object_mut().unwrap().remove("questId");
    assert!(!validator.is_valid(&without));
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_what_failed_comes_again_with_the_same_id() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let (receiver, moved) = (Receiver::start().await, Receiver::start().await);
    receiver.answers(StatusCode::INTERNAL_SERVER_ERROR);
    let failing = subscribe(&app, &receiver.url, &[]).await;
    subscribe(&app, &format!("{}moved", moved.url), &[]).await;
    posted(&app, &ada).await;
    round(&app).await;
    let first = round(&app).await;
    assert_eq!((first.delivered, first.later), (1, 2), "the log has it");
    assert!(moved.got().is_empty(), "nothing behind a redirect is asked");
    let since = stored(&app, failing.id).await.unwrap().failing_since;
    assert_eq!(since, Some(app.app.clock.stamp()));
    receiver.answers(StatusCode::OK);
    app.advance(TimeDelta::minutes(1));
    let second = round(&app).await;
    assert_eq!((second.delivered, second.later), (1, 1));
    let ids: Vec<_> = receiver
        .got()
        .iter()
        .map(|got| got.header("webhook-id").to_owned())
        .collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
    let waiting = operate::list(&app.app.table, Which::Waiting, 10).await;
    let waiting = waiting.unwrap();
    assert_eq!(waiting[0].last_error.as_deref(), Some("it answered 307"));
}

#[tokio::test]
async fn one_that_wants_no_messages_any_more_is_disabled_and_can_be_enabled() {
    let app = TestApp::new().await;
    let ada = app.register("ada").await;
    let receiver = Receiver::start().await;
    receiver.answers(StatusCode::GONE);
    let subscription = subscribe(&app, &receiver.url, &[]).await;
    posted(&app, &ada).await;
    round(&app).await;
    let second = round(&app).await;
    assert_eq!((second.delivered, second.dead), (1, 1));
    let disabled = stored(&app, subscription.id).await.unwrap();
    assert_eq!(disabled.disabled_at, Some(app.app.clock.stamp()));
    let enabled = subscriptions::enable(&app.app.table, subscription.id).await;
    assert!(enabled.unwrap());
    let enabled = stored(&app, subscription.id).await.unwrap();
    assert!(enabled.takes("quest.created"));
    assert!(
        subscriptions::remove(&app.app.table, subscription.id)
            .await
            .unwrap()
    );
    assert_eq!(stored(&app, subscription.id).await, None);
}

#[tokio::test]
async fn a_day_of_failures_disables() {
    let app = TestApp::new().await;
    let table = &app.app.table;
    let subscription = subscribe(&app, "http://127.0.0.1:1/", &[]).await;
    let now = app.app.clock.stamp();
    let fail = async |at| {
        let seen = stored(&app, subscription.id).await.unwrap();
        subscriptions::failed(table, &seen, false, at)
            .await
            .unwrap()
    };
    assert!(!fail(now).await);
    assert!(!fail(now + TimeDelta::hours(23)).await);
    let seen = stored(&app, subscription.id).await.unwrap();
    subscriptions::succeeded(table, &seen).await.unwrap();
    assert!(!fail(now + TimeDelta::hours(24)).await, "it had succeeded");
    assert!(!fail(now + TimeDelta::hours(47)).await);
    assert!(fail(now + TimeDelta::hours(48)).await);
    assert!(
        !fail(now + TimeDelta::hours(49)).await,
        "it is disabled once"
    );
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_connected_to() {
    let receiver = Receiver::start().await;
    let port = receiver
        .url
        .split(':')
        .nth(2)
        .unwrap()
        .trim_end_matches('/');
    let client = aws::direct_connector(false);
    let mut request = HttpRequest::empty();
    request
        .set_uri(format!("http://localhost:{port}/"))
        .unwrap();
    let call = tokio::time::timeout(Duration::from_secs(5), client.call(request)).await;
    let refused = aws::reasons(&call.unwrap().unwrap_err());
    assert!(
        refused.contains("localhost has no public address"),
        "{refused}"
    );
    assert!(receiver.got().is_empty());
}
