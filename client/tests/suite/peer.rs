//! The network's other end: a server that answers from a script, and remembers what it was asked.
//!
//! It speaks HTTP/1.1 by itself, so that it can also do what no server library does: hang up without an answer, stop in
//! the middle of one, or say nothing at all.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use civicforge_client::{Client, ClientBuilder, RetryPolicy, Tokens};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Seen {
    pub at: Instant,
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Names in lower case, in the order in which they came.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// What the peer does with a request.
pub enum Answer {
    /// It answers: status, headers, body.
    Reply(u16, Vec<(&'static str, String)>, String),
    /// It answers after a while.
    Late(Duration, Box<Answer>),
    /// It closes the connection.
    HangUp,
    /// It promises more than it sends, and closes the connection.
    CutShort,
    /// It says nothing and keeps the connection open.
    Silence,
}

impl Answer {
    pub fn json(status: u16, body: &Value) -> Self {
        Self::Reply(
            status,
            vec![("content-type", "application/json".to_owned())],
            body.to_string(),
        )
    }

    pub fn problem(status: u16, code: &str) -> Self {
        let body = json!({
            "type": "about:blank", "title": "A problem", "status": status, "code": code,
            "detail": "It did not work.", "requestId": "request-7",
        });
        Self::Reply(
            status,
            vec![("content-type", "application/problem+json".to_owned())],
            body.to_string(),
        )
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Reply(_, headers, _) = &mut self {
            headers.push((name, value.to_owned()));
        }
        self
    }

    pub fn late(self, by: Duration) -> Self {
        Self::Late(by, Box::new(self))
    }
}

/// A running peer. It ends with the test's runtime.
pub struct Peer {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Peer {
    /// `script` has the request and the number of requests before it.
    pub async fn start(script: impl Fn(&Seen, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (script, remembered) = (Arc::new(script), Arc::clone(&seen));
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let (script, seen) = (Arc::clone(&script), Arc::clone(&remembered));
                tokio::spawn(async move {
                    let mut connection = BufReader::new(connection);
                    while let Some(request) = receive(&mut connection).await {
                        let before = {
                            let mut seen = seen.lock().unwrap();
                            seen.push(request.clone());
                            seen.len() - 1
                        };
                        let answer = script(&request, before);
                        if !perform(connection.get_mut(), answer).await {
                            return;
                        }
                    }
                });
            }
        });
        Self { address, seen }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client that does not wait long before it tries again.
    pub fn builder(&self) -> ClientBuilder {
        Client::builder(&self.url()).retry(quick())
    }

    pub fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// A client with a session.
    pub fn member(&self) -> Client {
        self.builder()
            .tokens(Tokens::new("access-1", Some("refresh-1".to_owned())))
            .build()
            .unwrap()
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// How often a path was asked for.
    pub fn count(&self, path: &str) -> usize {
        self.seen()
            .iter()
            .filter(|seen| seen.path() == path)
            .count()
    }
}

pub fn quick() -> RetryPolicy {
    RetryPolicy::default().delays(Duration::from_millis(1), Duration::from_millis(2))
}

async fn receive(connection: &mut BufReader<TcpStream>) -> Option<Seen> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if connection.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let mut first = lines.first()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: Vec<(String, String)> = lines[1..]
        .iter()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name == "content-length")
        .map_or(0, |(_, length)| length.parse().unwrap());
    let mut body = vec![0; length];
    connection.read_exact(&mut body).await.ok()?;
    Some(Seen {
        at: Instant::now(),
        method,
        target,
        headers,
        body: String::from_utf8(body).unwrap(),
    })
}

/// Whether the connection stays open.
async fn perform(connection: &mut TcpStream, mut answer: Answer) -> bool {
    while let Answer::Late(by, then) = answer {
        tokio::time::sleep(by).await;
        answer = *then;
    }
    match answer {
        Answer::Reply(status, headers, body) => {
            let mut text = format!("HTTP/1.1 {status} Whatever\r\n");
            for (name, value) in headers {
                text.push_str(&format!("{name}: {value}\r\n"));
            }
            if status != 204 && status != 304 {
                text.push_str(&format!("content-length: {}\r\n", body.len()));
            }
            text.push_str("\r\n");
            text.push_str(&body);
            connection.write_all(text.as_bytes()).await.is_ok()
        }
        Answer::CutShort => {
            let text =
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
            let _ = connection.write_all(text.as_bytes()).await;
            false
        }
        Answer::Silence => {
            tokio::time::sleep(Duration::from_secs(600)).await;
            false
        }
        Answer::HangUp | Answer::Late(..) => false,
    }
}

/// The answer to a login or a renewal.
pub fn tokens(access: &str, refresh: &str) -> Value {
    json!({
        "accessToken": access, "refreshToken": refresh, "tokenType": "Bearer",
        "expiresIn": 1800, "refreshExpiresIn": 604_800, "user": user(),
    })
}

pub fn user() -> Value {
    json!({
        "userId": "019ca869-5000-7bc6-bfd8-48ebd7819c9a", "email": "creator@example.org",
        "name": "Quest creator", "userType": "buyer", "roles": ["member"], "verified": false, "emailVerified": false, "notifications": {"inquiries": true},
        "reputation": 0, "experience": 0, "questCreationPoints": 9,
        "createdAt": "2026-03-01T08:00:00Z", "updatedAt": "2026-03-02T09:15:00Z", "version": 3,
    })
}

pub fn quest(title: &str) -> Value {
    json!({
        "questId": "019cadd4-5620-7ac1-a1c7-143cb2199eb4", "title": title,
        "description": "The six beds behind the hall need weeding.", "status": "OPEN",
        "creatorId": "019ca869-5000-7bc6-bfd8-48ebd7819c9a", "rewardXp": 150, "rewardReputation": 10,
        "attestations": [], "createdAt": "2026-03-02T09:15:00Z",
        "updatedAt": "2026-03-02T09:15:00Z", "version": 1,
    })
}

pub fn page(titles: &[&str], next: Option<&str>) -> Value {
    let items: Vec<Value> = titles.iter().map(|title| quest(title)).collect();
    match next {
        Some(next) => json!({ "items": items, "nextPageToken": next }),
        None => json!({ "items": items }),
    }
}

pub fn health() -> Answer {
    Answer::json(200, &json!({ "status": "ok", "version": "0.1.0" }))
}

pub const ME: &str = "/api/v1/users/me";
pub const QUESTS: &str = "/api/v1/quests";
pub const REFRESH: &str = "/api/v1/auth/refresh";
