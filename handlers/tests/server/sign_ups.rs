//! `civicforge sign-ups`, as an operator uses it: the real program, and a queue that speaks SQS's protocol.

use std::sync::{Arc, Mutex};

use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use civicforge_testing::{Loopback, TestApp};
use serde_json::{Value, json};

use super::process::civicforge;

const DEAD: &str = "civicforge-test-dead";

/// A message of the queue of dead letters.
#[derive(Debug, Clone)]
struct Letter {
    id: String,
    body: String,
    is_hidden: bool,
}

/// A queue of sign-ups with dead letters behind it. What is received stays hidden until it is put back.
#[derive(Debug, Clone)]
struct Queue {
    letters: Arc<Mutex<Vec<Letter>>>,
    url: String,
}

impl Queue {
    async fn start(letters: &[(&str, String)]) -> Self {
        let letters = letters.iter().map(|(id, body)| Letter {
            id: (*id).to_owned(),
            body: body.clone(),
            is_hidden: false,
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let queue = Self {
            letters: Arc::new(Mutex::new(letters.collect())),
            url: format!("{origin}/123/sign-ups"),
        };
        let this = queue.clone();
        let answer = move |headers: HeaderMap, body: String| async move {
            let target = headers["x-amz-target"].to_str().unwrap().to_owned();
            let asked: Value = serde_json::from_str(&body).unwrap();
            let operation = target.strip_prefix("AmazonSQS.").unwrap();
            this.answer(operation, &asked)
        };
        let router = Router::new().route("/", post(answer));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        queue
    }

    fn answer(&self, operation: &str, asked: &Value) -> (StatusCode, Json<Value>) {
        let mut letters = self.letters.lock().unwrap();
        let url = asked["QueueUrl"].as_str().unwrap_or_default();
        let receipt = |asked: &Value| asked["ReceiptHandle"].as_str().unwrap().to_owned();
        let ok = |answer| (StatusCode::OK, Json(answer));
        match (operation, url.ends_with(DEAD)) {
            ("GetQueueAttributes", false) => {
                let mut attributes = json!({"ApproximateNumberOfMessages": "2"});
                if url.ends_with("/sign-ups") {
                    let arn = format!("arn:aws:sqs:eu-central-1:123:{DEAD}");
                    let policy = json!({"deadLetterTargetArn": arn, "maxReceiveCount": 5});
                    attributes["RedrivePolicy"] = json!(policy.to_string());
                }
                ok(json!({"Attributes": attributes}))
            }
            ("GetQueueUrl", _) => {
                assert_eq!(asked["QueueName"], DEAD);
                ok(json!({"QueueUrl": format!("http://elsewhere.invalid/123/{DEAD}")}))
            }
            // What is on the queue itself is its function's to receive.
            ("ReceiveMessage", true) => {
                let most = asked["MaxNumberOfMessages"].as_u64().unwrap() as usize;
                let seen = letters.iter_mut().filter(|letter| !letter.is_hidden);
                let messages = seen.take(most).map(|letter| {
                    letter.is_hidden = true;
                    json!({
                        "MessageId": letter.id,
                        "ReceiptHandle": format!("receipt of {}", letter.id),
                        "Body": letter.body,
                        "Attributes": {"SentTimestamp": "1732812345000"},
                    })
                });
                ok(json!({"Messages": messages.collect::<Vec<_>>()}))
            }
            ("ChangeMessageVisibilityBatch", true) => {
                for entry in asked["Entries"].as_array().unwrap() {
                    assert_eq!(entry["VisibilityTimeout"], 0);
                    let receipt = receipt(entry);
                    for letter in letters.iter_mut().filter(|one| receipt.ends_with(&one.id)) {
                        letter.is_hidden = false;
                    }
                }
                ok(json!({"Successful": [], "Failed": []}))
            }
            ("DeleteMessage", true) => {
                let receipt = receipt(asked);
                letters.retain(|letter| !receipt.ends_with(&letter.id));
                ok(json!({}))
            }
            _ => (StatusCode::BAD_REQUEST, Json(json!({"__type": "Refused"}))),
        }
    }

    /// The ids of what is there, and whether all of it can be received.
    fn left(&self) -> (Vec<String>, bool) {
        let letters = self.letters.lock().unwrap();
        let ids = letters.iter().map(|letter| letter.id.clone()).collect();
        (ids, letters.iter().all(|letter| !letter.is_hidden))
    }
}

fn confirmed(subject: &str, email: &str) -> String {
    json!({
        "region": "eu-central-1",
        "userPoolId": "eu-central-1_AbCdEfGhI",
        "triggerSource": "PostConfirmation_ConfirmSignUp",
        "request": {"userAttributes": {
            "sub": subject, "email": email, "email_verified": "true", "name": "Ada",
        }},
    })
    .to_string()
}

/// What the command ends with, on this table and with this queue.
async fn sign_ups(table: &[&str; 2], queue: &str, arguments: &[&str]) -> (i32, String, String) {
    let [name, url] = table;
    let mut command = civicforge(&["sign-ups"]);
    command
        .args(arguments)
        .args(["--queue", queue, "--region", "eu-central-1"])
        .args(["--table", name, "--dynamodb-endpoint", url]);
    let run = tokio::task::spawn_blocking(move || command.output().unwrap());
    let output = run.await.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_sign_ups_are_shown_without_their_addresses_retried_and_dropped() {
    let app = TestApp::new().await;
    let table = Loopback::of(&app.app.table);
    let table = [app.app.table.name(), table.url()];
    app.register("taken").await;
    let others: Vec<_> = (0..12).map(|n| format!("other-{n:02}")).collect();
    let mut letters = vec![
        ("m-ada", confirmed("sub-ada", "ada@example.org")),
        ("m-bad", "{\"email\": \"bad@example.org\", ".to_owned()),
        ("m-taken", confirmed("sub-taken", "taken@example.org")),
    ];
    letters.extend(others.iter().map(|id| (&**id, confirmed(id, "x@y.org"))));
    let queue = Queue::start(&letters).await;
    let all = queue.left();

    let (code, shown, said) = sign_ups(&table, &queue.url, &["list"]).await;
    assert_eq!(code, 0, "{said}");
    let line = "m-ada  2024-11-28T16:45:45.000Z  eu-central-1_AbCdEfGhI  sub-ada  a…@example.org\n";
    assert!(shown.contains(line), "{shown}");
    let damaged = "damaged: this is no event for createUser: `/body` is not JSON";
    assert!(shown.contains(damaged), "{shown}");
    assert_eq!(shown.lines().count(), 15, "{shown}");
    assert!(said.contains("2 more wait on the queue"), "{said}");
    assert_eq!(queue.left(), all, "a look changes nothing");

    let named = ["retry", "m-ada", "m-taken", "m-bad"];
    let (code, shown, said) = sign_ups(&table, &queue.url, &named).await;
    assert_eq!(code, 1);
    assert!(shown.contains("m-ada  is member "), "{shown}");
    assert!(shown.ends_with("1 done\n"), "{shown}");
    let refused = "m-taken  is no member: the address has an account";
    assert!(said.contains(refused), "{said}");
    assert!(said.contains("m-bad  is no member: this is no event"));
    assert!(said.contains("2 of 3 sign-ups make no member"), "{said}");
    assert!(!format!("{shown}{said}").contains("da@example.org"));
    let (left, all_seen) = queue.left();
    assert!(all_seen && left.len() == 14 && !left.contains(&"m-ada".to_owned()));
    let body = json!({"email": "ada@example.org", "password": "4-Quiet-Gardens", "name": "Ada"});
    let reply = app.post("/api/v1/auth/register").json(&body).send().await;
    assert_eq!(reply.problem(), (409, "email_taken".to_owned()));

    let dropped = ["drop", "m-taken", "m-ada"];
    let (code, shown, said) = sign_ups(&table, &queue.url, &dropped).await;
    assert_eq!((code, &*shown), (1, "1 deleted\n"));
    assert!(said.contains("1 of 2 messages are not among"), "{said}");
    let (code, shown, _) = sign_ups(&table, &queue.url, &["drop", "--all"]).await;
    assert_eq!((code, &*shown), (0, "13 deleted\n"));
    let (code, shown, _) = sign_ups(&table, &queue.url, &["list"]).await;
    assert_eq!((code, &*shown), (0, ""));
    assert_eq!(queue.left().0, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_queue_of_sign_ups_is_said() {
    let app = TestApp::new().await;
    let table = Loopback::of(&app.app.table);
    let table = [app.app.table.name(), table.url()];
    let queue = Queue::start(&[]).await;
    let other = queue.url.replace("sign-ups", "other");
    let (code, _, said) = sign_ups(&table, &other, &["list"]).await;
    assert_eq!(code, 1);
    assert!(said.contains("has no dead-letter queue"), "{said}");
    let dead = queue.url.replace("sign-ups", DEAD);
    let (code, _, said) = sign_ups(&table, &dead, &["list"]).await;
    assert_eq!(code, 1);
    assert!(said.contains("GetQueueAttributes") && said.contains("Refused"));
    let (code, _, said) = sign_ups(&table, "sign-ups", &["list"]).await;
    assert_eq!(code, 2, "{said}");
    let (code, _, said) = sign_ups(&table, &queue.url, &["retry"]).await;
    assert_eq!(code, 2, "{said}");

    let embedded = ["sign-ups", "list", "--queue", &queue.url];
    let output = tokio::task::block_in_place(|| civicforge(&embedded).output().unwrap());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("--table (CIVICFORGE_TABLE) is needed"));
}
