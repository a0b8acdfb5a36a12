//! The server is killed in the middle of writes, three times on one data folder, and starts again.
//!
//! What it has acknowledged is there and is answered again under its key, byte for byte; what it has not acknowledged has
//! happened altogether or not at all; points and lists add up. It is the real binary with a real file, and SIGKILL: no
//! destructor and no handler runs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::StreamExt;
use futures::future::join_all;
use futures::stream;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

const ROUNDS: usize = 3;
const WRITERS: usize = 8;

/// After how many acknowledged writes the server is killed. All writers together would make about three times as many.
const ENOUGH: [usize; ROUNDS] = [60, 80, 33];

/// A running server. It is killed when it goes out of scope.
struct Server {
    process: Child,
    url: String,
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_civicforge"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CIVICFORGE_")) {
            command.env_remove(name);
        }
        let mut process = command
            .args(["serve", "--listen", "127.0.0.1:0", "--log-filter", "warn"])
            // Tokens outlive the server, whose port changes.
            .args(["--token-issuer", "https://civicforge.test"])
            .args(["--password-memory-kib", "8", "--password-passes", "1"])
            .arg("--data-dir")
            .arg(data)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a process");
        let mut said = BufReader::new(process.stderr.take().expect("standard error"));
        let mut before = String::new();
        let url = loop {
            let mut line = String::new();
            let read = said.read_line(&mut line).expect("a line");
            assert_ne!(read, 0, "the server did not start: {before}");
            if let Some(url) = line.trim().strip_prefix("listening on") {
                break url.trim().to_owned();
            }
            before.push_str(&line);
        };
        // Nobody may wait for a reader.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Self { process, url }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A write, as it can be sent again.
#[derive(Debug, Clone)]
struct Write {
    token: String,
    path: String,
    body: Option<Value>,
    key: String,
}

/// An answer.
#[derive(Debug, Clone)]
struct Answer {
    status: StatusCode,
    replayed: bool,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }
}

impl Write {
    fn new(token: &str, path: String, body: Option<Value>) -> Self {
        Self {
            token: token.to_owned(),
            path,
            body,
            key: Uuid::now_v7().to_string(),
        }
    }

    /// The answer, unless the server was gone before it was complete.
    async fn send(&self, http: &Client, url: &str) -> Option<Answer> {
        let mut request = http
            .post(format!("{url}{}", self.path))
            .bearer_auth(&self.token)
            .header("idempotency-key", &self.key);
        if let Some(body) = &self.body {
            request = request.json(body);
        }
        let response = request.send().await.ok()?;
        Some(Answer {
            status: response.status(),
            replayed: response.headers().contains_key("idempotency-replayed"),
            body: response.bytes().await.ok()?.to_vec(),
        })
    }
}

async fn get(http: &Client, url: &str, token: &str, path: &str) -> Value {
    let request = http.request(Method::GET, format!("{url}{path}"));
    let response = request.bearer_auth(token).send().await.expect("an answer");
    assert_eq!(response.status(), 200, "{path}");
    response.json().await.expect("JSON")
}

/// What all writers know.
struct World<'a> {
    http: &'a Client,
    url: &'a str,
    enough: usize,
    server: Mutex<Option<Server>>,
    quests: Mutex<Vec<String>>,
    acknowledged: Mutex<Vec<(Write, Answer)>>,
    unanswered: Mutex<Vec<Write>>,
    count: AtomicUsize,
}

impl World<'_> {
    /// Sends a write and notes what became of it. None when the server is gone.
    async fn write(&self, token: &str, path: String, body: Option<Value>) -> Option<Answer> {
        let write = Write::new(token, path, body);
        let Some(answer) = write.send(self.http, self.url).await else {
            self.unanswered.lock().unwrap().push(write);
            return None;
        };
        assert!(!answer.status.is_server_error(), "{write:?}: {answer:?}");
        if answer.status.is_success() {
            let mut acknowledged = self.acknowledged.lock().unwrap();
            acknowledged.push((write, answer.clone()));
            if self.count.fetch_add(1, Ordering::Relaxed) + 1 == self.enough {
                // SIGKILL, while the others are in the middle of their writes.
                drop(self.server.lock().unwrap().take());
            }
        }
        Some(answer)
    }

    /// Posts quests, takes those of others and gives some back, until the server is gone.
    async fn work(&self, token: &str, seed: usize) -> Option<()> {
        for step in seed.. {
            let posted = self
                .write(token, "/api/v1/quests".to_owned(), Some(draft()))
                .await?;
            if posted.status == 201 {
                let id = posted.json()["questId"].as_str().unwrap().to_owned();
                self.quests.lock().unwrap().push(id);
            }
            let quest = {
                let quests = self.quests.lock().unwrap();
                quests.get((step * 7) % quests.len().max(1)).cloned()
            };
            let Some(quest) = quest else { continue };
            let path = |verb| format!("/api/v1/quests/{quest}/{verb}");
            let claimed = self.write(token, path("claim"), None).await?;
            if claimed.status == 200 && step % 2 == 0 {
                self.write(token, path("unclaim"), None).await?;
            }
        }
        Some(())
    }
}

fn draft() -> Value {
    json!({
        "title": "Chairs to the garden",
        "description": "Carry the chairs from the cellar to the garden.",
    })
}

async fn register(http: &Client, url: &str, name: String) -> String {
    let body = json!({
        "email": format!("{name}@example.org"),
        "password": "4-Quiet-Gardens",
        "name": name,
    });
    let request = http.post(format!("{url}/api/v1/auth/register")).json(&body);
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), 201);
    let tokens: Value = response.json().await.expect("JSON");
    tokens["accessToken"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let http = Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(20))
        .build()
        .unwrap();
    let mut server = Server::start(&data);
    let mut members = Vec::new();
    let mut acknowledged = Vec::new();
    for (round, enough) in ENOUGH.into_iter().enumerate() {
        let url = server.url.clone();
        let names = (0..WRITERS).map(|n| format!("member-{round}-{n}"));
        let tokens = join_all(names.map(|name| register(&http, &url, name))).await;
        let world = World {
            http: &http,
            url: &url,
            enough,
            server: Mutex::new(Some(server)),
            quests: Mutex::default(),
            acknowledged: Mutex::default(),
            unanswered: Mutex::default(),
            count: AtomicUsize::new(0),
        };
        let writers = tokens.iter().enumerate();
        join_all(writers.map(|(seed, token)| world.work(token, seed))).await;
        assert!(world.server.lock().unwrap().is_none(), "it was not killed");
        members.extend(tokens);
        acknowledged.extend(world.acknowledged.into_inner().unwrap());
        let unanswered = world.unanswered.into_inner().unwrap();
        assert!(
            !unanswered.is_empty(),
            "it was not killed in the middle of anything"
        );

        server = Server::start(&data);
        // In this order, so that what is found is what was there at the end, and not what sending again has made.
        nothing_is_lost(&http, &server.url, &acknowledged).await;
        everything_adds_up(&http, &server.url, &members).await;
        let late = sent_again(&http, &server.url, unanswered).await;
        nothing_is_lost(&http, &server.url, &late).await;
        acknowledged.extend(late);
        everything_adds_up(&http, &server.url, &members).await;
    }
}

/// Every acknowledged write is answered again as it was, and its quest is not older than the answer.
async fn nothing_is_lost(http: &Client, url: &str, acknowledged: &[(Write, Answer)]) {
    let all = stream::iter(acknowledged);
    all.for_each_concurrent(WRITERS, async |(write, answer)| {
        let again = write.send(http, url).await.expect("an answer");
        assert!(again.replayed, "{write:?} was forgotten: {again:?}");
        assert_eq!((again.status, &again.body), (answer.status, &answer.body));
        let quest = answer.json();
        let path = format!("/api/v1/quests/{}", quest["questId"].as_str().unwrap());
        let now = get(http, url, &write.token, &path).await;
        assert!(now["version"].as_u64() >= quest["version"].as_u64());
    })
    .await;
}

/// Sends again what was not answered; what succeeded then.
async fn sent_again(http: &Client, url: &str, unanswered: Vec<Write>) -> Vec<(Write, Answer)> {
    let mut done = Vec::new();
    for write in unanswered {
        let answer = write.send(http, url).await.expect("an answer");
        match answer.status.as_u16() {
            200 | 201 => done.push((write, answer)),
            403 | 409 => {}
            _ => panic!("{write:?}: {answer:?}"),
        }
    }
    done
}

/// A quest costs a point and is in its creator's list; a claimed one is in its performer's, and no other is.
async fn everything_adds_up(http: &Client, url: &str, members: &[String]) {
    let all = stream::iter(members);
    all.for_each_concurrent(WRITERS, async |token| {
        let account = get(http, url, token, "/api/v1/users/me").await;
        let list = async |role: &str| {
            let path = format!("/api/v1/users/me/quests?role={role}&limit=100");
            let page = get(http, url, token, &path).await;
            assert_eq!(page.get("nextPageToken"), None);
            page["items"].as_array().unwrap().clone()
        };
        let (created, performed) = (list("creator").await, list("performer").await);
        let points = account["questCreationPoints"].as_u64().unwrap();
        assert_eq!(points + created.len() as u64, 10, "{account}");
        assert!(created.iter().all(|q| q["creatorId"] == account["userId"]));
        for quest in &created {
            let claimed = quest["status"] == "CLAIMED";
            assert_eq!(quest.get("performerId").is_some(), claimed, "{quest}");
        }
        for quest in &performed {
            assert_eq!(quest["performerId"], account["userId"]);
            assert_eq!(quest["status"], "CLAIMED");
        }
        let id = account["userId"].as_str().unwrap();
        let profile = get(http, url, token, &format!("/api/v1/users/{id}")).await;
        let counts = &profile["questCounts"];
        assert_eq!(counts["created"], created.len());
        assert_eq!(counts["performed"], performed.len());
    })
    .await;
}
