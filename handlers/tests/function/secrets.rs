//! Functions whose keys are in Secrets Manager.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use bytes::Bytes;
use civicforge_lambda_emulator::{Function, Gateway};
use http::{Method, Request, Response};
use serde_json::{Value, json};

use super::support::{World, get, get_as, json, logged, send};

/// What stands for Secrets Manager: what it is asked for, and what it has, by ARN.
#[derive(Clone, Default)]
struct Keeper(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    texts: BTreeMap<String, String>,
    is_down: bool,
    asked: Vec<String>,
}

impl Keeper {
    async fn start(&self) -> String {
        let keeper = self.clone();
        let answer = move |request: String| async move { keeper.answer(&request) };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let router = Router::new().route("/", post(answer));
        tokio::spawn(async move { axum::serve(listener, router).await.expect("a server") });
        url
    }

    fn answer(&self, request: &str) -> (StatusCode, Json<Value>) {
        let request: Value = serde_json::from_str(request).expect("JSON");
        let arn = request["SecretId"].as_str().expect("an ARN");
        let mut kept = self.0.lock().expect("nobody panics with it");
        kept.asked.push(arn.to_owned());
        match kept.texts.get(arn).filter(|_| !kept.is_down) {
            Some(text) => (
                StatusCode::OK,
                Json(json!({"VersionId": "1", "SecretString": text})),
            ),
            // It is not tried again by the SDK.
            None => (
                StatusCode::BAD_REQUEST,
                Json(json!({"__type": "DecryptionFailure"})),
            ),
        }
    }

    fn be_down(&self, is_down: bool) {
        self.0.lock().expect("nobody panics with it").is_down = is_down;
    }

    /// What it was asked for since the last time.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("nobody panics with it").asked)
    }

    /// A function whose keys are here.
    async fn function(&self, world: &World, name: &str) -> Function {
        let mut launch = world.launch(name);
        let url = self.start().await;
        let mut kept = self.0.lock().expect("nobody panics with it");
        for (variable, value) in &mut launch.variables {
            for secret in ["SIGNING_KEYS", "PUBLIC_KEYS", "SECRET"] {
                if *variable == format!("CIVICFORGE_{secret}") {
                    let arn = format!("arn:{secret}");
                    kept.texts
                        .insert(arn.clone(), std::mem::replace(value, arn));
                    variable.push_str("_ARN");
                    break;
                }
            }
        }
        drop(kept);
        Function::new(launch.variable("CIVICFORGE_SECRETS_ENDPOINT", &url), 1)
    }
}

async fn ask(function: &Function, request: &Request<Bytes>) -> Response<Bytes> {
    send(function, Gateway::RestApi, request, request.uri().path()).await
}

/// The first answer that is not a 503.
async fn in_a_while(function: &Function, request: &Request<Bytes>) -> Response<Bytes> {
    let started = Instant::now();
    loop {
        let answer = ask(function, request).await;
        if answer.status() != 503 {
            return answer;
        }
        assert!(started.elapsed() < Duration::from_secs(30), "{answer:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[track_caller]
fn assert_unavailable(answer: &Response<Bytes>) {
    assert_eq!(answer.status(), 503, "{answer:?}");
    assert_eq!(json(answer)["code"], "service_unavailable");
    let wait = answer.headers()["retry-after"].to_str().expect("a text");
    let wait: u64 = wait.parse().expect("seconds");
    assert!((1..=30).contains(&wait), "{wait}");
}

#[tokio::test]
async fn a_secret_is_read_with_the_first_request_that_needs_it() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let keeper = Keeper::default();
    let api = keeper.function(&world, "api").await;
    api.warm().await.unwrap();
    for (request, status, asked) in [
        (get("/health"), 200, &[][..]),
        // Who shows no token, or what cannot be one, needs no key either.
        (get("/api/v1/quests"), 401, &[]),
        (get_as(&ada, "/api/v1/quests"), 200, &["arn:PUBLIC_KEYS"]),
        (get_as(&ada, "/api/v1/quests?limit=7"), 200, &[]),
        (
            get_as(&ada, "/api/v1/quests?pageToken=AAAA"),
            400,
            &["arn:SECRET"],
        ),
        (get_as(&ada, "/api/v1/quests?pageToken=BBBB"), 400, &[]),
    ] {
        let answer = ask(&api, &request).await;
        assert_eq!(answer.status(), status, "{answer:?}");
        assert_eq!(keeper.asked(), asked, "{}", request.uri());
    }
    assert_eq!(api.processes().len(), 1);
}

#[tokio::test]
async fn keys_that_cannot_be_read_are_a_503_until_they_can() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let keeper = Keeper::default();
    keeper.be_down(true);
    let api = keeper.function(&world, "api").await;
    assert_eq!(ask(&api, &get("/health")).await.status(), 200);
    let list = get_as(&ada, "/api/v1/quests");
    assert_unavailable(&ask(&api, &list).await);
    // The next one does not ask so soon again.
    assert_unavailable(&ask(&api, &list).await);
    assert_eq!(keeper.asked(), ["arn:PUBLIC_KEYS"]);
    assert_unavailable(&ask(&api, &get("/.well-known/jwks.json")).await);
    let ready = ask(&api, &get("/health/ready")).await;
    assert_eq!(
        (ready.status(), &json(&ready)["detail"]),
        (503.try_into().unwrap(), &json!("Down: secret."))
    );
    let lines = logged(&api, "ERROR");
    let line = lines
        .iter()
        .find(|line| line["message"] == "keys that are needed cannot be read");
    let why = line.unwrap_or_else(|| panic!("{lines:#?}"))["error"].to_string();
    assert!(
        why.contains("arn:PUBLIC_KEYS") && why.contains("DecryptionFailure"),
        "{why}"
    );

    keeper.be_down(false);
    assert_eq!(in_a_while(&api, &list).await.status(), 200);
    assert_eq!(in_a_while(&api, &get("/health/ready")).await.status(), 200);
}

#[tokio::test]
async fn nothing_is_done_for_a_member_whose_token_could_not_be_signed() {
    let world = World::new().await;
    let keeper = Keeper::default();
    keeper.be_down(true);
    let auth = keeper.function(&world, "auth").await;
    let body = json!({"email": "bob@example.org", "password": "blue harvest moon over quiet water", "name": "Bob"});
    let register = Request::builder()
        .method(Method::POST)
        .uri("/api/v1/auth/register")
        .header("content-type", "application/json")
        .body(Bytes::from(body.to_string()))
        .unwrap();
    assert_unavailable(&ask(&auth, &register).await);
    keeper.be_down(false);
    // The address is still free.
    let answer = in_a_while(&auth, &register).await;
    assert_eq!(answer.status(), 201, "{answer:?}");
}
