//! What these tests share.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use civicforge_kernel::aws::queue::{self, Queue};
use civicforge_kernel::aws::{self, Credentials};
use civicforge_kernel::table::outbox::Round;
use civicforge_kernel::trigger::TriggerError;
use civicforge_testing::{TestApp, TestMember};
use serde_json::{Value, json};

/// Handle an event with plenty of time.
pub async fn run(
    app: &TestApp,
    function: &'static str,
    payload: Value,
) -> Result<Value, TriggerError> {
    let deadline = Instant::now() + Duration::from_secs(30);
    app.app.run(function, payload, deadline).await
}

/// An SQS batch of these bodies; the ids are `m0`, `m1`, and so on.
pub fn batch(bodies: impl IntoIterator<Item = String>) -> Value {
    let records = bodies.into_iter().enumerate().map(|(index, body)| {
        json!({
            "messageId": format!("m{index}"),
            "receiptHandle": "handle",
            "body": body,
            "attributes": {"ApproximateReceiveCount": "1"},
            "messageAttributes": {},
            "eventSource": "aws:sqs",
            "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:queue",
            "awsRegion": "eu-central-1",
        })
    });
    json!({"Records": records.collect::<Vec<_>>()})
}

/// The ids of a batch that have to come again, sorted.
pub fn failures(answer: &Value) -> Vec<String> {
    let failures = answer["batchItemFailures"].as_array().unwrap();
    let mut ids: Vec<_> = failures
        .iter()
        .map(|failure| failure["itemIdentifier"].as_str().unwrap().to_owned())
        .collect();
    ids.sort();
    ids
}

/// Something that speaks SQS's protocol on a port of this machine.
pub struct Sqs {
    /// The bodies that were put on it.
    pub bodies: Arc<Mutex<Vec<String>>>,
    /// The traces that callers have handed on.
    pub traces: Arc<Mutex<Vec<String>>>,
    /// What the code puts things on.
    pub queue: Queue,
}

/// A queue that takes everything, or nothing.
pub async fn sqs(takes: bool) -> Sqs {
    let bodies: Arc<Mutex<Vec<String>>> = Arc::default();
    let traces: Arc<Mutex<Vec<String>>> = Arc::default();
    let (kept, seen) = (bodies.clone(), traces.clone());
    let send = move |headers: HeaderMap, body: String| async move {
        let trace = headers.get("x-amzn-trace-id");
        let trace = trace.map(|value| value.to_str().unwrap().to_owned());
        seen.lock().unwrap().extend(trace);
        let sent: Value = serde_json::from_str(&body).unwrap();
        assert!(sent["QueueUrl"].as_str().unwrap().ends_with("/123/failed"));
        if !takes {
            return (StatusCode::SERVICE_UNAVAILABLE, Json(json!({})));
        }
        let body = sent["MessageBody"].as_str().unwrap().to_owned();
        kept.lock().unwrap().push(body);
        (StatusCode::OK, Json(json!({"MessageId": "1"})))
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/123/failed", listener.local_addr().unwrap());
    let router = Router::new().route("/", post(send));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let http = aws::http_client(aws::Trust::Amazon);
    let credentials = Credentials::new("test", "test", None, None, "test");
    let region = "eu-central-1".to_owned();
    Sqs {
        bodies,
        traces,
        queue: Queue::new(
            &aws::config(http, region, credentials, None, &queue::LIMITS),
            &url.parse().unwrap(),
        ),
    }
}

/// Posts a quest, which is an event.
pub async fn posted(app: &TestApp, member: &TestMember) -> String {
    let draft = json!({"title": "Weed the beds", "description": "All six beds behind the hall."});
    let reply = app.post("/api/v1/quests").member(member).json(&draft);
    let reply = reply.send().await;
    assert_eq!(reply.status, 201, "{reply:?}");
    reply.json()["questId"].as_str().unwrap().to_owned()
}

/// One round of the relay.
pub async fn round(app: &TestApp) -> Round {
    app.app.relay().round().await.unwrap()
}
