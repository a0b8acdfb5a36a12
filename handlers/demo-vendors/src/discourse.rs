//! A forum of Discourse, as far as topics are created and found.

mod rules;

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::time::Duration;

use axum::extract::{Path, State as Extracted};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::fault::{Fault, Faults};
use crate::page::{self, Page};
use crate::server::{Server, Traffic};
use crate::watched::Watched;

/// An API key. It opens nothing but such a server.
pub const KEY: &str = "example-discourse-key";
/// The user that it is for.
pub const USER: &str = "dashboard";
/// A category.
pub const CATEGORY: u64 = 5;

/// For so long a request that was answered is answered the same.
const REMEMBERED: Duration = Duration::from_secs(120);

/// What a server begins with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The port that it is to have; 0 for any.
    pub port: u16,
    /// API keys, with the user that each is for.
    pub keys: BTreeMap<String, String>,
    /// The categories.
    pub categories: Vec<u64>,
    /// Whether topics wait for approval.
    pub holds: bool,
    /// Whether it can only be read.
    pub is_read_only: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            port: 0,
            keys: BTreeMap::from([(KEY.to_owned(), USER.to_owned())]),
            categories: vec![CATEGORY],
            holds: false,
            is_read_only: false,
        }
    }
}

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its number.
    pub id: u64,
    /// What is in its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What its first post says.
    pub raw: String,
    /// Its category.
    pub category: u64,
    /// The id that whoever created it has for it.
    pub external_id: Option<String>,
}

/// All that a forum holds.
#[derive(Debug)]
pub struct State {
    /// The forum, as it began.
    pub setup: Setup,
    /// The topics, in the order in which they were created.
    pub topics: Vec<Topic>,
    /// What waits for approval. It has no number yet.
    pub held: Vec<Topic>,
    remembered: HashMap<(Bytes, String), (Instant, StatusCode, Value)>,
}

/// The topics, the newest first.
fn all_topics(state: &State) -> Page {
    let topics = state.topics.iter().rev().map(|topic| {
        let name = format!("/t/{}/{} {}", topic.slug, topic.id, topic.title);
        (name, vec![topic.raw.clone()])
    });
    Page {
        title: "Discourse, as far as CivicForge uses it: topics and their first posts",
        things: topics.collect(),
    }
}

/// A server of Discourse. It stops when it is dropped.
#[derive(Debug)]
pub struct Discourse {
    server: Server,
    state: Watched<State>,
}

impl Discourse {
    /// Starts one, on a free port of the loopback address.
    ///
    /// # Errors
    ///
    /// There is no port.
    pub async fn start(setup: Setup) -> io::Result<Self> {
        let port = setup.port;
        let state = Watched::new(State {
            setup,
            topics: Vec::new(),
            held: Vec::new(),
            remembered: HashMap::new(),
        });
        let router = Router::new()
            .route("/posts.json", post(create))
            .route("/t/external_id/{id}", get(by_external_id))
            .route("/t/{id}", get(by_id))
            .route("/t/{slug}/{id}", get(by_slug))
            .fallback(async || not_found())
            .with_state(state.clone())
            .merge(page::route(state.clone(), all_topics));
        let server = Server::start(router, port).await?;
        Ok(Self { server, state })
    }

    /// Where it is.
    pub fn url(&self) -> String {
        self.server.url.clone()
    }

    /// How it misbehaves.
    pub fn faults(&self) -> &Faults {
        &self.server.faults
    }

    /// What it was asked.
    pub fn traffic(&self) -> &Traffic {
        &self.server.traffic
    }

    /// What it holds.
    pub fn state(&self) -> &Watched<State> {
        &self.state
    }

    /// Whether topics wait for approval from now on.
    pub fn hold(&self, holds: bool) {
        self.state.change(|state| state.setup.holds = holds);
    }

    /// Approves what waits, as a moderator does.
    pub fn approve(&self) {
        self.state.change(|state| {
            for held in std::mem::take(&mut state.held) {
                let id = state.number();
                state.topics.push(Topic { id, ..held });
            }
        });
    }

    /// Whether it can only be read from now on.
    pub fn read_only(&self, is: bool) {
        self.state.change(|state| state.setup.is_read_only = is);
    }

    /// What is answered to who does something too often.
    pub fn rate_limited(wait: Duration) -> Fault {
        let seconds = wait.as_secs();
        let extras = json!({ "wait_seconds": seconds, "time_left": format!("{seconds} seconds") });
        Fault::Answer {
            status: 429,
            headers: vec![
                ("content-type", "application/json; charset=utf-8".to_owned()),
                ("retry-after", seconds.to_string()),
            ],
            body: json!({
                "errors": ["You’ve performed this action too many times, please try again later."],
                "error_type": "rate_limit",
                "extras": extras,
            })
            .to_string(),
        }
    }

    /// What is answered to an address that asks too often.
    pub fn address_limited(wait: Duration) -> Fault {
        let code = "ip_10_secs_limit";
        Fault::Answer {
            status: 429,
            headers: vec![
                ("content-type", "text/plain".to_owned()),
                ("retry-after", wait.as_secs().to_string()),
                ("discourse-rate-limit-error-code", code.to_owned()),
            ],
            body: format!(
                "Slow down, too many requests from this IP address.\nError code: {code}.\n"
            ),
        }
    }
}

fn refused(status: StatusCode, text: &str, kind: &str) -> Refusal {
    let body = json!({ "errors": [text], "error_type": kind });
    Refusal(status, body)
}

struct Refusal(StatusCode, Value);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(self.1)).into_response()
    }
}

fn not_found() -> Refusal {
    let text = "The requested URL or resource could not be found.";
    refused(StatusCode::NOT_FOUND, text, "not_found")
}

/// A wrong key is not answered with 401.
fn user(state: &State, headers: &HeaderMap) -> Result<String, Refusal> {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(key), Some(user)) = (header("api-key"), header("api-username")) else {
        let text = "You need to be logged in to do that.";
        return Err(refused(StatusCode::FORBIDDEN, text, "not_logged_in"));
    };
    match state.setup.keys.get(key).is_some_and(|owner| owner == user) {
        true => Ok(user.to_owned()),
        false => {
            let text = "You are not permitted to view the requested resource. The API username or \
                        key is invalid.";
            Err(refused(StatusCode::FORBIDDEN, text, "invalid_access"))
        }
    }
}

type Held = Extracted<Watched<State>>;

async fn create(Extracted(state): Held, headers: HeaderMap, body: Bytes) -> Response {
    state.change(|state| {
        let user = match user(state, &headers) {
            Ok(user) => user,
            Err(refusal) => return refusal.into_response(),
        };
        if state.setup.is_read_only {
            let text = "The site is in read only mode.";
            let kind = "read_only";
            return refused(StatusCode::SERVICE_UNAVAILABLE, text, kind).into_response();
        }
        let agent = headers.get(header::USER_AGENT);
        let agent = agent
            .and_then(|agent| agent.to_str().ok())
            .unwrap_or_default();
        let key = (body.clone(), format!("{user} {agent}"));
        let (status, answer) = match state.remembered.get(&key) {
            Some((at, status, answer)) if at.elapsed() < REMEMBERED => (*status, answer.clone()),
            _ => {
                let made = state.create(&user, &body);
                let remembered = (Instant::now(), made.0, made.1.clone());
                state.remembered.insert(key, remembered);
                made
            }
        };
        (status, Json(answer)).into_response()
    })
}

impl State {
    fn create(&mut self, user: &str, body: &Bytes) -> (StatusCode, Value) {
        let invalid = |errors: Vec<String>| {
            let body = json!({ "action": "create_post", "errors": errors });
            (StatusCode::UNPROCESSABLE_ENTITY, body)
        };
        let Ok(body) = serde_json::from_slice::<Value>(body) else {
            let body = json!({ "errors": ["bad request"], "error_type": "invalid_parameters" });
            return (StatusCode::BAD_REQUEST, body);
        };
        let title = rules::cleaned(body["title"].as_str().unwrap_or_default());
        let raw = body["raw"].as_str().unwrap_or_default().trim();
        let mut errors = rules::title(&title);
        errors.extend(rules::post(raw));
        let same = |topic: &Topic| topic.title.to_lowercase() == title.to_lowercase();
        if self.topics.iter().any(same) {
            errors.push("Title has already been used".to_owned());
        }
        let category = body["category"].as_u64();
        let category = category.filter(|category| self.setup.categories.contains(category));
        if category.is_none() {
            errors.push("Category can't be blank".to_owned());
        }
        let external_id = body["external_id"].as_str();
        if let Some(id) = external_id {
            let lower = id.to_lowercase();
            let taken = |topic: &Topic| {
                let theirs = topic.external_id.as_ref();
                theirs.is_some_and(|theirs| theirs.to_lowercase() == lower)
            };
            if !rules::is_external_id(id) {
                errors.push("External ID is invalid".to_owned());
            } else if self.topics.iter().any(taken) {
                errors.push("External ID has already been taken".to_owned());
            }
        }
        let (Some(category), true) = (category, errors.is_empty()) else {
            return invalid(errors);
        };
        let topic = Topic {
            id: 0,
            slug: rules::slug(&title),
            title,
            raw: raw.to_owned(),
            category,
            external_id: external_id.map(str::to_owned),
        };
        if self.setup.holds {
            self.held.push(topic);
            let body = json!({
                "success": true,
                "action": "enqueued",
                "pending_post": { "id": 800 + self.held.len(), "raw": raw },
                "pending_count": self.held.len(),
                "reason": "category",
            });
            return (StatusCode::OK, body);
        }
        let id = self.number();
        let body = json!({
            "id": 7000 + id,
            "name": "Dashboard Service",
            "username": user,
            "created_at": "2025-11-28T12:00:02.345Z",
            "cooked": format!("<p>{raw}</p>"),
            "raw": raw,
            "post_number": 1,
            "post_type": 1,
            "posts_count": 1,
            "topic_id": id,
            "topic_slug": topic.slug,
            "post_url": format!("/t/{}/{id}/1", topic.slug),
            "version": 1,
            "hidden": false,
        });
        self.topics.push(Topic { id, ..topic });
        (StatusCode::OK, body)
    }

    /// The number of the next topic.
    fn number(&self) -> u64 {
        3101 + self.topics.len() as u64
    }
}

/// The topic that this is true of, shown by this.
async fn found(
    state: Watched<State>,
    headers: HeaderMap,
    is_it: impl Fn(&Topic) -> bool,
    show: impl Fn(&Topic) -> Response,
) -> Response {
    state.look(|state| match user(state, &headers) {
        Err(refusal) => refusal.into_response(),
        Ok(_) => {
            let topic = state.topics.iter().find(|topic| is_it(topic));
            topic.map_or_else(|| not_found().into_response(), show)
        }
    })
}

async fn by_external_id(
    Extracted(state): Held,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    let id = file.trim_end_matches(".json").to_lowercase();
    let is_it = |topic: &Topic| {
        let theirs = topic.external_id.as_ref();
        theirs.is_some_and(|theirs| theirs.to_lowercase() == id)
    };
    let show = |topic: &Topic| {
        let to = format!("/t/{}/{}.json", topic.slug, topic.id);
        (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response()
    };
    found(state, headers, is_it, show).await
}

async fn by_id(state: Held, Path(file): Path<String>, headers: HeaderMap) -> Response {
    by_slug(state, Path((String::new(), file)), headers).await
}

async fn by_slug(
    Extracted(state): Held,
    Path((_, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let id: u64 = file.trim_end_matches(".json").parse().unwrap_or_default();
    let show = |topic: &Topic| {
        Json(json!({
            "id": topic.id,
            "title": topic.title,
            "fancy_title": topic.title,
            "slug": topic.slug,
            "posts_count": 1,
            "category_id": topic.category,
            "external_id": topic.external_id,
        }))
        .into_response()
    };
    found(state, headers, |topic| topic.id == id, show).await
}
