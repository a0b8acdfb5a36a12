//! Slack's `chat.postMessage` and `chat.update`, in one workspace.

mod check;

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use axum::extract::State as Extracted;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use bytes::Bytes;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::fault::{Fault, Faults};
use crate::page::{self, Page};
use crate::server::{Server, Traffic};
use crate::watched::Watched;

/// A longer text is cut.
const TEXT: usize = 40_000;

/// A bot's token. It opens nothing but such a server.
pub const TOKEN: &str = "xoxb-EXAMPLE";
/// A channel that the bot is in.
pub const CHANNEL: &str = "C0EXAMPLE1";

/// What a server begins with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The port that it is to have; 0 for any.
    pub port: u16,
    /// Tokens that are taken, with their scopes.
    pub tokens: BTreeMap<String, Vec<String>>,
    /// The channels, by their ids.
    pub channels: BTreeMap<String, Channel>,
    /// Whether a channel takes one message a second, and no more.
    pub is_rated: bool,
}

/// A channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Its name, without `#`.
    pub name: String,
    /// Whether the bot is in it.
    pub is_member: bool,
    /// Whether it is archived.
    pub is_archived: bool,
}

impl Channel {
    /// One that the bot is in.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            is_member: true,
            is_archived: false,
        }
    }
}

impl Default for Setup {
    fn default() -> Self {
        let scopes = vec!["chat:write".to_owned()];
        Self {
            port: 0,
            tokens: BTreeMap::from([(TOKEN.to_owned(), scopes)]),
            channels: BTreeMap::from([(CHANNEL.to_owned(), Channel::named("shops"))]),
            is_rated: false,
        }
    }
}

/// A message.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The channel's id.
    pub channel: String,
    /// What names it in its channel.
    pub ts: String,
    /// Its text.
    pub text: String,
    /// Its blocks.
    pub blocks: Value,
    /// What an app has added to it.
    pub metadata: Value,
    /// How often it was changed.
    pub edits: u32,
}

/// All that a workspace holds.
#[derive(Debug)]
pub struct State {
    /// The workspace, as it began. Channels can be changed.
    pub setup: Setup,
    /// The messages, in the order in which they were posted.
    pub messages: Vec<Message>,
    last: BTreeMap<String, Instant>,
}

/// The messages, the newest first.
fn all_messages(state: &State) -> Page {
    let messages = state.messages.iter().rev().map(|message| {
        let channel = state.setup.channels.get(&message.channel);
        let channel = channel.map_or(message.channel.as_str(), |channel| channel.name.as_str());
        let sections = message.blocks.as_array().into_iter().flatten();
        let texts = sections.filter_map(|block| block.pointer("/text/text")?.as_str());
        let mut lines = vec![message.text.clone()];
        lines.extend(texts.map(str::to_owned));
        (format!("#{channel} {}", message.ts), lines)
    });
    Page {
        title: "Slack, as far as CivicForge uses it: the messages in its channels",
        things: messages.collect(),
    }
}

/// A server of Slack. It stops when it is dropped.
#[derive(Debug)]
pub struct Slack {
    server: Server,
    state: Watched<State>,
}

impl Slack {
    /// Starts one, on a free port of the loopback address.
    ///
    /// # Errors
    ///
    /// There is no port.
    pub async fn start(setup: Setup) -> io::Result<Self> {
        let port = setup.port;
        let state = Watched::new(State {
            setup,
            messages: Vec::new(),
            last: BTreeMap::new(),
        });
        let router = Router::new()
            .route("/api/chat.postMessage", post(post_message))
            .route("/api/chat.update", post(update_message))
            .fallback(async || failure(json!({ "error": "unknown_method" })))
            .with_state(state.clone())
            .merge(page::route(state.clone(), all_messages));
        let server = Server::start(router, port).await?;
        Ok(Self { server, state })
    }

    /// Where its API is.
    pub fn url(&self) -> String {
        format!("{}/api", self.server.url)
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

    /// Changes a channel, as an administrator does; with none it is gone.
    pub fn set_channel(&self, id: &str, channel: Option<Channel>) {
        self.state.change(|state| match channel {
            Some(channel) => drop(state.setup.channels.insert(id.to_owned(), channel)),
            None => drop(state.setup.channels.remove(id)),
        });
    }

    /// What is answered to who asks too often.
    pub fn rate_limited(wait: Duration) -> Fault {
        Fault::Answer {
            status: 429,
            headers: vec![
                ("content-type", "application/json; charset=utf-8".to_owned()),
                ("retry-after", wait.as_secs().to_string()),
            ],
            body: json!({ "ok": false, "error": "ratelimited" }).to_string(),
        }
    }

    /// A failure, which has the status of a success.
    pub fn failing(error: &str) -> Fault {
        Fault::Answer {
            status: 200,
            headers: vec![("content-type", "application/json; charset=utf-8".to_owned())],
            body: json!({ "ok": false, "error": error }).to_string(),
        }
    }
}

/// A failure; most have the status of a success.
struct Failure(StatusCode, Value);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = (self.0, Json(self.1)).into_response();
        if self.0 == StatusCode::TOO_MANY_REQUESTS {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, header::HeaderValue::from_static("1"));
        }
        response
    }
}

fn failure(mut body: Value) -> Failure {
    body["ok"] = json!(false);
    Failure(StatusCode::OK, body)
}

fn error(code: &str) -> Failure {
    failure(json!({ "error": code }))
}

/// Whoever may write, and what.
fn allowed(state: &State, headers: &HeaderMap, body: &Bytes) -> Result<Value, Failure> {
    let given = headers.get(header::AUTHORIZATION);
    let given = given.and_then(|value| value.to_str().ok());
    let given = given.ok_or_else(|| error("not_authed"))?;
    let token = given.strip_prefix("Bearer ").unwrap_or_default();
    let scopes = state.setup.tokens.get(token);
    let scopes = scopes.ok_or_else(|| error("invalid_auth"))?;
    if !scopes.iter().any(|scope| scope == "chat:write") {
        let provided = scopes.join(",");
        let body =
            json!({ "error": "missing_scope", "needed": "chat:write", "provided": provided });
        return Err(failure(body));
    }
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/json") {
        return Err(error("invalid_form_data"));
    }
    let body: Value = serde_json::from_slice(body).map_err(|_| error("invalid_json"))?;
    match body.is_object() {
        true => Ok(body),
        false => Err(error("json_not_object")),
    }
}

/// What a message says, and whether its text was cut.
fn content(body: &Value) -> Result<(String, Value, bool), Failure> {
    let text = body["text"].as_str().unwrap_or_default();
    let blocks = match &body["blocks"] {
        Value::Null => json!([]),
        blocks => blocks.clone(),
    };
    check::blocks(&blocks).map_err(|wrong| match wrong {
        check::Wrong::Blocks(errors) => {
            let messages: Vec<_> = errors
                .iter()
                .map(|error| format!("[ERROR] {error}"))
                .collect();
            failure(json!({
                "error": "invalid_blocks",
                "errors": errors,
                "response_metadata": { "messages": messages },
            }))
        }
        check::Wrong::TooLong => error("msg_blocks_too_long"),
    })?;
    if text.is_empty() && blocks.as_array().is_none_or(Vec::is_empty) {
        return Err(error("no_text"));
    }
    let is_cut = text.chars().nth(TEXT).is_some();
    Ok((text.chars().take(TEXT).collect(), blocks, is_cut))
}

fn success(message: &Message, is_cut: bool, has_charset: bool) -> Value {
    let mut shown = json!({
        "user": "U0EXAMPLEB",
        "type": "message",
        "ts": message.ts,
        "bot_id": "B0EXAMPLE1",
        "app_id": "A0EXAMPLE1",
        "text": message.text,
        "team": "T0EXAMPLE1",
        "bot_profile": {
            "id": "B0EXAMPLE1",
            "app_id": "A0EXAMPLE1",
            "name": "dashboard",
            "icons": {},
            "deleted": false,
            "updated": 1764000000,
            "team_id": "T0EXAMPLE1",
        },
        "blocks": message.blocks,
    });
    if !message.metadata.is_null() {
        shown["metadata"] = message.metadata.clone();
    }
    let mut body = json!({ "ok": true, "channel": message.channel, "ts": message.ts });
    body["message"] = shown;
    let mut warnings = Vec::new();
    if is_cut {
        warnings.push("message_truncated");
    }
    if !has_charset {
        warnings.push("missing_charset");
    }
    if !warnings.is_empty() {
        body["warning"] = json!(warnings.join(","));
        body["response_metadata"] = json!({ "warnings": warnings });
    }
    body
}

fn has_charset(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    kind.and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.contains("charset"))
}

type Held = Extracted<Watched<State>>;

type Answer = Result<Json<Value>, Failure>;

async fn post_message(Extracted(state): Held, headers: HeaderMap, body: Bytes) -> Answer {
    state.change(|state| state.post(&headers, &body)).map(Json)
}

async fn update_message(Extracted(state): Held, headers: HeaderMap, body: Bytes) -> Answer {
    state
        .change(|state| state.update(&headers, &body))
        .map(Json)
}

impl State {
    fn post(&mut self, headers: &HeaderMap, body: &Bytes) -> Result<Value, Failure> {
        let body = allowed(self, headers, body)?;
        let named = body["channel"].as_str().unwrap_or_default();
        let by_name = |(id, channel): &(&String, &Channel)| {
            *id == named || channel.name == named.trim_start_matches('#')
        };
        let found = self.setup.channels.iter().find(by_name);
        let (id, channel) = found.ok_or_else(|| error("channel_not_found"))?;
        if channel.is_archived {
            return Err(error("is_archived"));
        }
        if !channel.is_member {
            return Err(error("not_in_channel"));
        }
        let (text, blocks, is_cut) = content(&body)?;
        let id = id.clone();
        if self.setup.is_rated {
            let second = Duration::from_secs(1);
            if self
                .last
                .get(&id)
                .is_some_and(|last| last.elapsed() < second)
            {
                let body = json!({ "ok": false, "error": "ratelimited" });
                return Err(Failure(StatusCode::TOO_MANY_REQUESTS, body));
            }
            self.last.insert(id.clone(), Instant::now());
        }
        let message = Message {
            channel: id,
            ts: format!("1764331201.{:06}", self.messages.len() + 1),
            text,
            blocks,
            metadata: body["metadata"].clone(),
            edits: 0,
        };
        let response = success(&message, is_cut, has_charset(headers));
        self.messages.push(message);
        Ok(response)
    }

    fn update(&mut self, headers: &HeaderMap, body: &Bytes) -> Result<Value, Failure> {
        let body = allowed(self, headers, body)?;
        // A name is not taken here.
        let channel = body["channel"].as_str().unwrap_or_default();
        if !self.setup.channels.contains_key(channel) {
            return Err(error("channel_not_found"));
        }
        let (text, blocks, is_cut) = content(&body)?;
        let same = |one: &&mut Message| one.channel == channel && body["ts"] == one.ts;
        let message = self.messages.iter_mut().find(same);
        let message = message.ok_or_else(|| error("message_not_found"))?;
        (message.text, message.blocks) = (text, blocks);
        message.edits += 1;
        Ok(success(message, is_cut, has_charset(headers)))
    }
}
