//! Nothing secret that is sent or received is told in a log line.
//!
//! Every event of our crates is written down, at every level and as it is before anything is masked, with the lines of functions
//! (which are processes of their own). In the end all of it is held against every password, token, e-mail address, telephone
//! number and signature that any case has sent or got.

use std::collections::BTreeSet;
use std::fmt::{self, Write};
use std::sync::Mutex;

use civicforge_kernel::keys::edge;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use serde_json::Value;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Registry;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

/// Members of bodies that hold something secret.
const SECRET: [&str; 6] = [
    "accessToken",
    "email",
    "password",
    "phoneNumber",
    "refreshToken",
    "signature",
];

/// Shorter texts are what cases send to be refused, and may be in any line.
const SHORTEST: usize = 8;

/// What functions log: all that our crates say.
pub const FILTER: &str =
    "error,civicforge_handlers=trace,civicforge_kernel=trace,civicforge_runtime=trace,call=trace";

static LINES: Mutex<String> = Mutex::new(String::new());
static SECRETS: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Writes down all events from now on.
pub fn listen() {
    let ours = [
        "civicforge_api",
        "civicforge_handlers",
        "civicforge_kernel",
        "civicforge_runtime",
        "access",
        "call",
        "metric",
        "panic",
    ];
    let filter = Targets::new()
        .with_default(LevelFilter::INFO)
        .with_targets(ours.map(|target| (target, LevelFilter::TRACE)));
    let subscriber = Registry::default().with(WriteDown.with_filter(filter));
    tracing::subscriber::set_global_default(subscriber).expect("the only subscriber");
}

/// Writes down lines of functions. Each must be an object of JSON that says when and by whom it was written.
pub fn said_by_a_function(said: impl Iterator<Item = String>) {
    let mut lines = LINES.lock().expect("nobody panics in between");
    for line in said {
        let object: Value = serde_json::from_str(&line).unwrap_or_default();
        let function = [&object["function"], &object["operationId"]];
        let is_known = function.iter().any(|name| name.is_string());
        let is_line = object["timestamp"].is_string() && is_known;
        let kind = if is_line { "function" } else { "broken" };
        let _ = writeln!(lines, "{kind} {line}");
    }
}

struct WriteDown;

impl<S: tracing::Subscriber> Layer<S> for WriteDown {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let mut line = Line(event.metadata().target().to_owned());
        event.record(&mut line);
        line.0.push('\n');
        let mut lines = LINES.lock().expect("nobody panics in between");
        lines.push_str(&line.0);
    }
}

struct Line(String);

impl Visit for Line {
    fn record_str(&mut self, field: &Field, value: &str) {
        let _ = write!(self.0, " {}={value}", field.name());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

/// Notes what is secret in a request or an answer.
pub fn note(headers: &HeaderMap, body: &[u8]) {
    let mut found = BTreeSet::new();
    for value in headers.get_all(AUTHORIZATION) {
        let text = value.to_str().unwrap_or_default();
        found.extend(text.split_once(' ').map(|(_, token)| token.to_owned()));
    }
    let shown = headers.get(edge::HEADER);
    found.extend(shown.and_then(|key| key.to_str().ok().map(str::to_owned)));
    if let Ok(body) = serde_json::from_slice(body) {
        walk(&body, &mut found);
    }
    found.retain(|secret| secret.len() >= SHORTEST);
    let mut all = SECRETS.lock().expect("nobody panics in between");
    all.append(&mut found);
}

fn walk(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member.as_str() {
                    Some(text) if SECRET.contains(&&**name) => {
                        // An address is kept in lower case too.
                        found.extend([text.to_owned(), text.to_lowercase()]);
                    }
                    _ => walk(member, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
        _ => {}
    }
}

/// Holds the lines against the secrets.
pub fn told_nowhere() -> Result<(), String> {
    let lines = LINES.lock().expect("nobody panics in between");
    let secrets = SECRETS.lock().expect("nobody panics in between");
    let requests = lines
        .lines()
        .filter(|line| line.starts_with("access "))
        .count();
    let tokens = secrets
        .iter()
        .filter(|secret| secret.starts_with("eyJ"))
        .count();
    let functions = lines
        .lines()
        .filter(|line| line.starts_with("function "))
        .count();
    if requests < 1_000 || functions < 1_000 || tokens < 100 || secrets.len() < tokens + 100 {
        return Err(format!(
            "{requests} requests, {functions} lines of functions, {tokens} access tokens and {} secrets cannot be all",
            secrets.len()
        ));
    }
    if let Some(broken) = lines.lines().find(|line| line.starts_with("broken ")) {
        return Err(format!(
            "a function has written what is no line of JSON: {broken}"
        ));
    }
    let told: Vec<&str> = secrets
        .iter()
        .filter_map(|secret| {
            let at = lines.find(secret.as_str())?;
            let start = lines[..at].rfind('\n').map_or(0, |end| end + 1);
            lines[start..].lines().next()
        })
        .collect();
    match told.is_empty() {
        true => Ok(()),
        false => Err(format!("lines with something secret:\n{}", told.join("\n"))),
    }
}
