//! Keys in files and in Secrets Manager, and rotating them under servers that run.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Json;
use axum::http::StatusCode;
use axum::routing::post;
use civicforge_testing::{Loopback, TestApp};
use serde_json::{Value, json};

use super::process::{Server, civicforge, ends};

const JWKS: &str = "/.well-known/jwks.json";

/// The key files of an installation.
struct KeyFiles {
    folder: tempfile::TempDir,
}

impl KeyFiles {
    fn new() -> Self {
        let files = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        files.step(&["init"]);
        files
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn flags(&self) -> Vec<String> {
        let path = |name: &str| self.path(name).to_str().unwrap().to_owned();
        vec![
            "--signing-keys-file".to_owned(),
            path("signing-keys.pem"),
            "--secret-file".to_owned(),
            path("secret"),
        ]
    }

    /// Does a step of `civicforge keys`, and gets the ids of the keys that it shows.
    fn step(&self, step: &[&str]) -> Vec<String> {
        let mut command = civicforge(&["keys"]);
        let output = command.args(step).args(self.flags()).output().unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{step:?}: {errors}");
        let shown = String::from_utf8(output.stdout).unwrap();
        let lines = shown.lines().filter_map(|line| line.strip_prefix("  "));
        let ids = lines.map(|line| line.split(' ').next().unwrap().to_owned());
        ids.collect()
    }
}

/// Two servers on one table, with the same keys.
struct Replicas {
    app: TestApp,
    _table: Loopback,
    _folder: tempfile::TempDir,
    servers: [Server; 2],
}

impl Replicas {
    async fn start(files: &KeyFiles) -> Self {
        let app = TestApp::setup().start().await;
        let table = Loopback::of(&app.app.table);
        let folder = tempfile::tempdir().unwrap();
        let name = app.app.table.name();
        let place = ["--table", name, "--region", "eu-central-1"];
        let endpoint = ["--dynamodb-endpoint", table.url()];
        let same = ["--public-url", "https://civicforge.test"];
        let flags = files.flags();
        let mut arguments = [&place[..], &endpoint, &same].concat();
        arguments.extend(flags.iter().map(String::as_str));
        let servers = ["a", "b"].map(|one| Server::start(&folder.path().join(one), &arguments));
        Self {
            app,
            _table: table,
            _folder: folder,
            servers,
        }
    }

    fn urls(&self) -> [String; 2] {
        [0, 1].map(|index| self.servers[index].url.clone())
    }

    /// Waits until both publish these keys, in this order.
    async fn know(&self, kids: &[String]) {
        for server in &self.servers {
            until(async || {
                let document = get(&format!("{}{JWKS}", server.url), None).await.1;
                let keys = document["keys"].as_array().unwrap().iter();
                keys.map(|key| key["kid"].as_str().unwrap()).eq(kids)
            })
            .await;
        }
    }
}

/// Asks again and again until it holds.
async fn until(holds: impl AsyncFn() -> bool) {
    let asked = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let asked = tokio::time::timeout(Duration::from_secs(30), asked).await;
    asked.expect("it holds within half a minute");
}

async fn get(url: &str, token: Option<&str>) -> (u16, Value) {
    let mut request = reqwest::Client::new().get(url);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

async fn log_in(url: &str) -> String {
    let body = json!({"email": "ada@example.org", "password": "4-Quiet-Gardens"});
    let request = reqwest::Client::new().post(format!("{url}/api/v1/auth/login"));
    let response = request.json(&body).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let answer: Value = response.json().await.unwrap();
    answer["accessToken"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_logged_out_while_signing_keys_are_rotated_under_two_servers() {
    let files = KeyFiles::new();
    let replicas = Replicas::start(&files).await;
    let first = files.step(&["list"])[..1].to_vec();
    replicas.know(&first).await;
    replicas.servers[0].register("ada@example.org").await;
    let old = log_in(&replicas.servers[0].url).await;

    // Members log in at each server and go on at the other one, all the time.
    let stop = Arc::new(AtomicBool::new(false));
    let members: Vec<_> = (0..4)
        .map(|index| {
            let [a, b] = replicas.urls();
            let (here, there) = if index % 2 == 0 { (a, b) } else { (b, a) };
            let stop = stop.clone();
            tokio::spawn(async move {
                let mut rounds = 0;
                while !stop.load(Ordering::SeqCst) {
                    let token = log_in(&here).await;
                    let me = format!("{there}/api/v1/users/me");
                    let (status, body) = get(&me, Some(&token)).await;
                    assert_eq!(status, 200, "{body}");
                    rounds += 1;
                }
                rounds
            })
        })
        .collect();
    let both = files.step(&["add", "signing-keys"]);
    assert_eq!(both[..1], first);
    replicas.know(&both).await;
    let promoted = files.step(&["promote", "signing-keys"]);
    assert!(promoted.iter().eq(both.iter().rev()));
    replicas.know(&promoted).await;
    stop.store(true, Ordering::SeqCst);
    for member in members {
        assert!(member.await.unwrap() > 0);
    }

    // Until the old key is retired, its tokens are good.
    let me = |server: &Server| format!("{}/api/v1/users/me", server.url);
    let new = log_in(&replicas.servers[1].url).await;
    for server in &replicas.servers {
        assert_eq!(get(&me(server), Some(&old)).await.0, 200);
    }
    let last = files.step(&["retire", "signing-keys"]);
    assert_eq!(last, promoted[..1]);
    replicas.know(&last).await;
    for server in &replicas.servers {
        assert_eq!(get(&me(server), Some(&old)).await.0, 401);
        assert_eq!(get(&me(server), Some(&new)).await.0, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_and_registrations_go_on_while_the_secret_is_rotated() {
    let files = KeyFiles::new();
    let replicas = Replicas::start(&files).await;
    let registration =
        json!({"email": "ada@example.org", "password": "4-Quiet-Gardens", "name": "Ada"});
    let register = async |server: &Server| {
        let request = reqwest::Client::new().post(format!("{}/api/v1/auth/register", server.url));
        let request = request
            .header("idempotency-key", "once")
            .json(&registration);
        let response = request.send().await.unwrap();
        let replayed = response.headers().contains_key("idempotency-replayed");
        let status = response.status().as_u16();
        let answer: Value = response.json().await.unwrap();
        (status, replayed, answer)
    };
    let (status, _, answer) = register(&replicas.servers[0]).await;
    assert_eq!(status, 201, "{answer}");
    let token = answer["accessToken"].as_str().unwrap();
    for title in ["Carry chairs", "Carry tables", "Carry lamps"] {
        let quest = json!({"title": title, "description": "From the cellar to the garden."});
        let request =
            reqwest::Client::new().post(format!("{}/api/v1/quests", replicas.servers[0].url));
        let response = request
            .bearer_auth(token)
            .json(&quest)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 201);
    }
    let page = async |server: &Server, from: Option<&str>| {
        let mut url = format!("{}/api/v1/quests?limit=1", server.url);
        if let Some(from) = from {
            url = format!("{url}&pageToken={from}");
        }
        let (status, body) = get(&url, Some(token)).await;
        (status, body["nextPageToken"].as_str().map(str::to_owned))
    };
    let old = page(&replicas.servers[0], None).await.1.unwrap();

    files.step(&["add", "secret"]);
    // A server uses the new secret where its page tokens are others than they were; the same page gives the same token.
    files.step(&["promote", "secret"]);
    for server in &replicas.servers {
        until(async || page(server, None).await.1.unwrap() != old).await;
    }
    let new = page(&replicas.servers[0], None).await.1.unwrap();
    for server in &replicas.servers {
        assert_eq!(page(server, Some(&old)).await.0, 200);
        assert_eq!(page(server, Some(&new)).await.0, 200);
        let (status, replayed, answer) = register(server).await;
        assert_eq!((status, replayed), (201, true), "{answer}");
    }
    files.step(&["retire", "secret"]);
    for server in &replicas.servers {
        until(async || page(server, Some(&old)).await.0 == 400).await;
        assert_eq!(page(server, Some(&new)).await.0, 200);
    }
    drop(replicas.app);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_key_file_is_told_of_and_changes_nothing() {
    let files = KeyFiles::new();
    let folder = tempfile::tempdir().unwrap();
    let flags = files.flags();
    let flags: Vec<_> = flags.iter().map(String::as_str).collect();
    let log = files.path("log");
    let mut command = Server::command(folder.path(), &flags);
    let server = Server::spawn_logging(&mut command, File::create(&log).unwrap());
    server.register("ada@example.org").await;
    let file = files.path("signing-keys.pem");
    let kept = std::fs::read(&file).unwrap();
    std::fs::write(&file, "hunter2").unwrap();
    let told = "cannot be used: no private key in it";
    until(async || std::fs::read_to_string(&log).unwrap().contains(told)).await;
    assert_eq!(server.login("ada@example.org").await, 200);
    std::fs::write(&file, kept).unwrap();
    let added = files.step(&["add", "signing-keys"]);
    until(async || {
        let document = get(&format!("{}{JWKS}", server.url), None).await.1;
        document["keys"].as_array().unwrap().len() == added.len()
    })
    .await;
    server.stop();
}

#[test]
fn steps_that_make_no_sense_say_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data");
    let path = path.to_str().unwrap();
    let keys = |step: &[&str]| ends(&[&["keys"], step, &["--data-dir", path]].concat());
    let (code, said) = keys(&["list"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("keys/signing-keys.pem"), "{said}");
    assert!(!Path::new(path).exists(), "a list made something");
    assert_eq!(keys(&["init"]).0, Some(0));
    for (step, why) in [
        (
            "promote",
            "there is no second key that could be used: add one first",
        ),
        ("retire", "there is only the key that is used"),
    ] {
        assert_eq!(
            keys(&[step, "secret"]),
            (Some(1), format!("civicforge: {why}\n"))
        );
    }
    let (code, next) = keys(&["add", "secret"]);
    assert_eq!(code, Some(0), "{next}");
    assert!(
        next.ends_with("Then run\n'civicforge keys promote secret'.\n"),
        "{next}"
    );
    let (code, said) = keys(&["add", "secret"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("a rotation is under way"), "{said}");
    for wrong in [&["add"][..], &["add", "passwords"], &["rotate"], &[]] {
        assert_eq!(keys(wrong).0, Some(2), "{wrong:?}");
    }
    // A server takes what the command has made.
    let (code, said) = keys(&["init"]);
    assert_eq!(code, Some(0), "{said}");
}

/// Something that speaks the protocol of AWS Secrets Manager, and keeps one secret for each name.
async fn keeper(secrets: Vec<(String, String)>) -> String {
    let answer = move |body: String| async move {
        let request: Value = serde_json::from_str(&body).unwrap();
        let asked = request["SecretId"].as_str().unwrap_or_default();
        match secrets.iter().find(|(arn, _)| arn == asked) {
            Some((_, text)) => {
                let body = json!({"VersionId": "1", "SecretString": text});
                (StatusCode::OK, Json(body))
            }
            None => (
                StatusCode::BAD_REQUEST,
                Json(json!({"__type": "ResourceNotFoundException", "message": "no such secret"})),
            ),
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = axum::Router::new().route("/", post(answer));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_come_from_secrets_manager_and_those_that_are_not_there_are_named() {
    let files = KeyFiles::new();
    let arn =
        |name: &str| format!("arn:aws:secretsmanager:eu-central-1:123456789012:secret:{name}");
    let text = |name: &str| std::fs::read_to_string(files.path(name)).unwrap();
    let url = keeper(vec![
        (arn("keys"), text("signing-keys.pem")),
        (arn("page"), text("secret")),
    ])
    .await;
    let folder = tempfile::tempdir().unwrap();
    let (keys, page, gone) = (arn("keys"), arn("page"), arn("gone"));
    let start = ["--signing-keys-arn", &keys, "--secrets-endpoint", &url];
    let flags = [&start[..], &["--secret-arn", &page]].concat();
    let server = tokio::task::block_in_place(|| Server::start(folder.path(), &flags));
    let document = get(&format!("{}{JWKS}", server.url), None).await.1;
    assert_eq!(document["keys"][0]["kid"], files.step(&["list"])[0]);
    assert!(
        !folder.path().join("keys").exists(),
        "keys were made beside"
    );
    server.stop();

    let path = folder.path().to_str().unwrap();
    let serve = ["serve", "--listen", "127.0.0.1:0", "--data-dir", path];
    let flags = [&serve[..], &start, &["--secret-arn", &gone]].concat();
    let (code, said) = tokio::task::block_in_place(|| ends(&flags));
    assert_eq!(code, Some(1));
    let expected = format!("the secret {gone} cannot be read: ResourceNotFoundException");
    assert!(said.contains(&expected), "{said}");
}
