//! Where a server on a table gets its credentials, and what it does when they end.
//!
//! A host in this process plays the container's credentials endpoint (ECS, EKS Pod Identity) and the metadata service of an
//! instance, and stands before a table of this process that takes no credentials but those that it has given, and none that
//! have ended.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use chrono::{DateTime, Utc};
use civicforge_testing::{Loopback, TestApp};
use serde_json::json;

use super::process::{Server, civicforge};

/// How long credentials live here.
const LIFE: Duration = Duration::from_secs(2);

#[derive(Default)]
struct Host {
    given: Mutex<HashMap<String, DateTime<Utc>>>,
    /// How many requests are to find that their credentials have ended on the way.
    to_end: Mutex<usize>,
    ended: Mutex<usize>,
    /// What is answered in place of credentials.
    garbage: Option<&'static str>,
    table: String,
}

type Shared = State<Arc<Host>>;

async fn credentials(State(host): Shared) -> Response {
    if let Some(garbage) = host.garbage {
        return garbage.into_response();
    }
    let mut given = host.given.lock().unwrap();
    let id = format!("AKIA{}", given.len());
    let end = Utc::now() + LIFE;
    given.insert(id.clone(), end);
    let body = json!({
        "Code": "Success", "AccessKeyId": id, "SecretAccessKey": "secret", "Token": "token", "Expiration": end,
    });
    body.to_string().into_response()
}

async fn token() -> impl IntoResponse {
    ([("x-aws-ec2-metadata-token-ttl-seconds", "21600")], "token")
}

/// The table, for those who have credentials.
async fn dynamo(State(host): Shared, headers: HeaderMap, body: Bytes) -> Response {
    let text = |name: &str| headers[name].to_str().unwrap().to_owned();
    let signed = text("authorization");
    let id = signed.split("Credential=").nth(1).unwrap();
    let id = id.split('/').next().unwrap();
    let end = host.given.lock().unwrap().get(id).copied();
    let refused = |kind: &str| {
        let kind = format!("com.amazon.coral.service#{kind}");
        let body = json!({"__type": kind, "message": "no"}).to_string();
        (StatusCode::BAD_REQUEST, body).into_response()
    };
    let Some(end) = end else {
        return refused("UnrecognizedClientException");
    };
    let ends_on_the_way = {
        let mut to_end = host.to_end.lock().unwrap();
        let some = *to_end > 0;
        *to_end = to_end.saturating_sub(1);
        some
    };
    if ends_on_the_way || end <= Utc::now() {
        *host.ended.lock().unwrap() += 1;
        return refused("ExpiredTokenException");
    }
    let request = reqwest::Client::new()
        .post(&host.table)
        .header("x-amz-target", text("x-amz-target"))
        .header("content-type", text("content-type"))
        .body(body);
    let answer = request.send().await.unwrap();
    let status = answer.status();
    (status, answer.bytes().await.unwrap()).into_response()
}

/// The host, and where it is.
async fn host(table: &Loopback, garbage: Option<&'static str>) -> (Arc<Host>, String) {
    let host = Arc::new(Host {
        garbage,
        table: table.url().to_owned(),
        ..Host::default()
    });
    let roles = "/latest/meta-data/iam/security-credentials/";
    let router = Router::new()
        .route("/credentials", get(credentials))
        .route("/latest/api/token", put(token))
        .route(roles, get(|| async { "role" }))
        .route(&format!("{roles}role"), get(credentials))
        .route("/", post(dynamo))
        .with_state(host.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    (host, url)
}

/// The variable that names the endpoint of a container, or of an instance.
fn variable(of_container: bool, url: &str) -> (&'static str, String) {
    match of_container {
        true => (
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            format!("{url}/credentials"),
        ),
        false => ("AWS_EC2_METADATA_SERVICE_ENDPOINT", url.to_owned()),
    }
}

async fn goes_on(of_container: bool) {
    let app = TestApp::new().await;
    let table = Loopback::of(&app.app.table);
    let (host, url) = host(&table, None).await;
    let folder = tempfile::tempdir().unwrap();
    let name = app.app.table.name();
    let place = ["--table", name, "--region", "eu-central-1"];
    let place = [&place[..], &["--dynamodb-endpoint", &url]].concat();
    let mut command = Server::command(folder.path(), &place);
    let (variable, value) = variable(of_container, &url);
    command
        .env_remove("AWS_ACCESS_KEY_ID")
        .env_remove("AWS_SECRET_ACCESS_KEY")
        .env("HOME", folder.path())
        .env(variable, value);
    let server = tokio::task::block_in_place(|| Server::spawn(&mut command));
    let given = || host.given.lock().unwrap().len();
    let first = given();
    assert!(first > 0, "credentials come from the host");
    server.register("ada@example.org").await;
    let last_end = *host.given.lock().unwrap().values().max().unwrap();
    while Utc::now() <= last_end {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // Every one of before has ended.
    assert_eq!(server.login("ada@example.org").await, 200);
    assert!(given() > first);
    // And these end between the client and the table.
    let before = *host.ended.lock().unwrap();
    *host.to_end.lock().unwrap() = 2;
    assert_eq!(server.login("ada@example.org").await, 200);
    assert_eq!(*host.ended.lock().unwrap() - before, 2);
    server.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_container_s_credentials_are_renewed_before_and_after_they_end() {
    goes_on(true).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_s_credentials_are_renewed_before_and_after_they_end() {
    goes_on(false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_metadata_answer_of_an_unknown_form_is_a_clear_error_at_start() {
    let app = TestApp::new().await;
    let table = Loopback::of(&app.app.table);
    let (_host, url) = host(&table, Some("<html>welcome</html>")).await;
    for of_container in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let (variable, value) = variable(of_container, &url);
        let mut command = civicforge(&["--listen", "127.0.0.1:0", "--table", "test"]);
        command
            .args(["--region", "eu-central-1", "--dynamodb-endpoint", &url])
            .env_remove("AWS_ACCESS_KEY_ID")
            .env_remove("AWS_SECRET_ACCESS_KEY")
            .env("HOME", folder.path())
            .env(variable, value)
            .current_dir(folder.path());
        let output = tokio::task::block_in_place(|| command.output().unwrap());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            said.starts_with("civicforge: the table can") && said.contains("no credentials: "),
            "{said}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_names_no_region_is_an_error_at_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = civicforge(&["--listen", "127.0.0.1:0", "--table", "test"]);
    command
        .env("HOME", folder.path())
        .env_remove("AWS_REGION")
        .env_remove("AWS_DEFAULT_REGION")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .current_dir(folder.path());
    let output = tokio::task::block_in_place(|| command.output().unwrap());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("no region: give --region or set AWS_REGION"),
        "{said}"
    );
}
