//! The bus of EventBridge: what is published on it, and what becomes of events that it does not take.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use chrono::TimeDelta;
use civicforge_kernel::aws::{Credentials, SharedCredentialsProvider, Trust};
use civicforge_kernel::clock::Clock;
use civicforge_kernel::destinations::event_bus::{BusAddress, EventBus};
use civicforge_kernel::table::outbox::Round;
use civicforge_kernel::table::outbox::operate::{self, Which};
use civicforge_testing::TestApp;
use serde_json::{Value, json};

use super::support::{posted, round};

const BUS: &str = "arn:aws:events:eu-central-1:123456789012:event-bus/civicforge-dev-events";
const TAKEN: &str = r#"{"FailedEntryCount":0,"Entries":[{"EventId":"1"}]}"#;

type Calls = Arc<Mutex<Vec<(HeaderMap, Value)>>>;

/// Something that speaks EventBridge's protocol on a port of this machine, and answers as it is told.
#[derive(Clone)]
struct EventBridge {
    calls: Calls,
    answer: Arc<Mutex<(StatusCode, String)>>,
    bus: EventBus,
}

impl EventBridge {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let calls = Calls::default();
        let answer = Arc::new(Mutex::new((StatusCode::OK, TAKEN.to_owned())));
        let (seen, answers) = (calls.clone(), answer.clone());
        let put = move |headers: HeaderMap, body: String| async move {
            let body = serde_json::from_str(&body).unwrap();
            seen.lock().unwrap().push((headers, body));
            answers.lock().unwrap().clone()
        };
        let router = Router::new().route("/", post(put));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        let address = BusAddress {
            bus: BUS.to_owned(),
            region: "eu-central-1".to_owned(),
            endpoint: Some(url.parse().unwrap()),
        };
        let credentials = Credentials::new("AKID", "key", Some("session".into()), None, "test");
        let provider = SharedCredentialsProvider::new(credentials);
        Self {
            calls,
            answer,
            bus: EventBus::new(address, provider, Trust::System, Clock::system()),
        }
    }

    fn answers(&self, status: u16, body: &str) {
        let status = StatusCode::from_u16(status).unwrap();
        *self.answer.lock().unwrap() = (status, body.to_owned());
    }

    /// The entries that it was sent so far.
    fn entries(&self) -> Vec<Value> {
        let calls = self.calls.lock().unwrap();
        calls
            .iter()
            .map(|(_, body)| {
                let entries = body["Entries"].as_array().unwrap();
                assert_eq!(entries.len(), 1);
                entries[0].clone()
            })
            .collect()
    }
}

async fn with_bus() -> (TestApp, EventBridge) {
    let bridge = EventBridge::start().await;
    let app = TestApp::setup().event_bus(bridge.bus.clone()).start().await;
    (app, bridge)
}

/// Why the one message that was given up was.
async fn given_up(app: &TestApp) -> Option<String> {
    let dead = operate::list(&app.app.table, Which::Dead, 10);
    dead.await.unwrap().pop()?.last_error
}

#[tokio::test]
async fn an_event_is_one_signed_entry_with_what_webhooks_are_told_and_its_id() {
    let (app, bridge) = with_bus().await;
    let ada = app.register("ada").await;
    let quest = posted(&app, &ada).await;
    // The bus is in the place of the log: there is one destination, and no message for each of two.
    assert_eq!(round(&app).await.delivered, 1);
    assert_eq!(round(&app).await, Round::default());
    let entries = bridge.entries();
    let [entry] = entries.as_slice() else {
        panic!("{entries:?}");
    };
    assert_eq!(entry["EventBusName"], BUS);
    assert_eq!(entry["Source"], "civicforge");
    assert_eq!(entry["DetailType"], "quest.created");
    assert_eq!(entry["Time"], app.clock.now().timestamp());
    let detail: Value = serde_json::from_str(entry["Detail"].as_str().unwrap()).unwrap();
    assert_eq!(detail["type"], "quest.created");
    assert_eq!(detail["version"], 1);
    assert_eq!(detail["data"]["questId"], quest);
    let id: uuid::Uuid = detail["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(id.get_version_num(), 7);
    let calls = bridge.calls.lock().unwrap();
    let header = |name: &str| calls[0].0[name].to_str().unwrap().to_owned();
    assert_eq!(header("x-amz-target"), "AWSEvents.PutEvents");
    assert_eq!(header("content-type"), "application/x-amz-json-1.1");
    assert_eq!(header("x-amz-security-token"), "session");
    let signed = header("authorization");
    let scope = "/eu-central-1/events/aws4_request, SignedHeaders=content-type;host;x-amz-date;";
    assert!(signed.starts_with("AWS4-HMAC-SHA256 Credential=AKID/"));
    assert!(signed.contains(scope), "{signed}");
}

#[tokio::test]
async fn what_may_be_taken_later_waits_and_goes_with_the_same_id() {
    let (app, bridge) = with_bus().await;
    let ada = app.register("ada").await;
    posted(&app, &ada).await;
    let failed = |code: &str| {
        let entry = json!({"ErrorCode": code, "ErrorMessage": "slow down"});
        json!({"FailedEntryCount": 1, "Entries": [entry]}).to_string()
    };
    let refused = r#"{"__type":"AccessDeniedException","Message":"no events:PutEvents"}"#;
    let answers = [
        (200, failed("ThrottlingException")),
        (400, refused.to_owned()),
        (500, "<html>".to_owned()),
        (200, "nonsense".to_owned()),
    ];
    for (tried, (status, body)) in (1..).zip(&answers) {
        bridge.answers(*status, body);
        assert_eq!(round(&app).await.later, 1, "{body}");
        assert_eq!(bridge.entries().len(), tried, "one attempt in a round");
        app.advance(TimeDelta::hours(1));
    }
    let waiting = operate::list(&app.app.table, Which::Waiting, 10).await;
    let error = waiting.unwrap()[0].last_error.clone().unwrap();
    assert!(error.contains("answer cannot be read"), "{error}");
    bridge.answers(200, TAKEN);
    assert_eq!(round(&app).await.delivered, 1);
    let entries = bridge.entries();
    assert!(entries.iter().all(|entry| *entry == entries[0]));
}

#[tokio::test]
async fn what_is_never_taken_is_given_up_and_says_why() {
    let (app, bridge) = with_bus().await;
    let ada = app.register("ada").await;
    posted(&app, &ada).await;
    let entry = json!({"ErrorCode": "MalformedDetail", "ErrorMessage": "Detail is malformed."});
    bridge.answers(
        200,
        &json!({"FailedEntryCount": 1, "Entries": [entry]}).to_string(),
    );
    assert_eq!(round(&app).await.dead, 1);
    let why = "EventBridge took no event: MalformedDetail Detail is malformed.";
    assert_eq!(given_up(&app).await.as_deref(), Some(why));
}

#[tokio::test]
async fn a_bus_that_cannot_be_reached_is_left_alone_after_some_failures() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let address = BusAddress {
        bus: BUS.to_owned(),
        region: "eu-central-1".to_owned(),
        endpoint: Some(url.parse().unwrap()),
    };
    let provider = SharedCredentialsProvider::new(Credentials::new("id", "key", None, None, "t"));
    let bus = EventBus::new(address, provider, Trust::System, Clock::system());
    let app = TestApp::setup().event_bus(bus).start().await;
    let ada = app.register("ada").await;
    posted(&app, &ada).await;
    for _ in 0..5 {
        assert_eq!(round(&app).await.later, 1);
        app.advance(TimeDelta::hours(1));
    }
    assert_eq!(round(&app).await, Round::default());
    assert_eq!(app.app.relay().breakers().open(), 1);
}

#[tokio::test]
async fn a_message_that_was_for_the_log_before_there_was_a_bus_is_not_lost() {
    let (app, bridge) = with_bus().await;
    let ada = app.register("ada").await;
    let before = TestApp::setup().table(app.app.table.clone()).start().await;
    posted(&app, &ada).await;
    let listed = operate::list(&app.app.table, Which::Waiting, 10);
    let mut message = listed.await.unwrap().pop().unwrap().message.unwrap();
    assert_eq!(round(&before).await.delivered, 1);
    message.destination = Some("log".to_owned());
    let write = message.send(app.app.table.outbox()).unwrap();
    app.app.table.write(write).await.unwrap();
    assert_eq!(round(&app).await.delivered, 1);
    assert_eq!(bridge.entries().len(), 0);
}
