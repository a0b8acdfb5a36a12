//! Segments of recorded traces, sent to the X-Ray daemon.
//!
//! An event of the target `call` is a subsegment, and one of the target `access` that has a segment's id is that segment; what
//! is not recorded has no such id, and is not looked at further. Each is sent on its own when it is over, as one datagram: the
//! daemon puts them together by their ids. A daemon that is not there costs nothing and says nothing; what it would have got is
//! lost, as it is meant to be.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use chrono::Utc;
use serde_json::{Map, Value, json};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer};

/// What the daemon wants to see before each document.
const HEADER: &[u8] = b"{\"format\":\"json\",\"version\":1}\n";

/// Sends segments.
#[derive(Debug)]
pub(super) struct XRay {
    socket: UdpSocket,
    /// What the segments of requests are called.
    name: String,
}

impl XRay {
    /// To a daemon. Whether there is one is not looked at.
    pub(super) fn new(daemon: SocketAddr, name: &str) -> io::Result<Self> {
        let own: SocketAddr = match daemon {
            SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
            SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
        };
        let socket = UdpSocket::bind(own)?;
        socket.connect(daemon)?;
        // A request does not wait for it.
        socket.set_nonblocking(true)?;
        Ok(Self {
            socket,
            name: name.to_owned(),
        })
    }

    /// Whether an event may be part of a trace.
    pub(super) fn wants(target: &str) -> bool {
        matches!(target, "access" | "call")
    }
}

impl<S: Subscriber> Layer<S> for XRay {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut seen = Seen::default();
        event.record(&mut seen);
        if !(seen.0.contains_key("traceId") && seen.0.contains_key("segmentId")) {
            return;
        }
        let document = match event.metadata().target() {
            "call" => subsegment(&seen),
            _ => segment(&seen, &self.name),
        };
        let mut datagram = HEADER.to_vec();
        if serde_json::to_writer(&mut datagram, &document).is_ok() {
            let _ = self.socket.send(&datagram);
        }
    }
}

/// An event's fields.
#[derive(Debug, Default)]
struct Seen(Map<String, Value>);

impl Seen {
    fn get(&self, name: &str) -> Value {
        self.0.get(name).cloned().unwrap_or_default()
    }

    fn number(&self, name: &str) -> u64 {
        self.0.get(name).and_then(Value::as_u64).unwrap_or_default()
    }
}

impl Visit for Seen {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), json!(value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.0.insert(field.name().to_owned(), json!(value));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let text = format!("{value:?}");
        self.0.insert(field.name().to_owned(), json!(text));
    }
}

/// What any part of a trace has.
fn part(seen: &Seen, name: Value) -> Map<String, Value> {
    let micros = Utc::now().timestamp_micros();
    let begun = micros.saturating_sub_unsigned(seen.number("latencyUs"));
    // X-Ray wants seconds as a number with a fraction, and a number of JSON is exact to the microsecond for centuries.
    #[expect(clippy::cast_precision_loss, reason = "2^53 µs are 285 years")]
    let seconds = |micros: i64| micros as f64 / 1e6;
    let status = seen.number("status");
    let mut part = Map::new();
    part.insert("name".to_owned(), name);
    part.insert("id".to_owned(), seen.get("segmentId"));
    part.insert("trace_id".to_owned(), seen.get("traceId"));
    part.insert("start_time".to_owned(), json!(seconds(begun)));
    part.insert("end_time".to_owned(), json!(seconds(micros)));
    if let Some(parent) = seen.0.get("parentId") {
        part.insert("parent_id".to_owned(), parent.clone());
    }
    let failed = status >= 500 || seen.0.contains_key("error");
    for (flag, set) in [
        ("throttle", status == 429),
        ("error", (400..500).contains(&status)),
        ("fault", failed),
    ] {
        if set {
            part.insert(flag.to_owned(), json!(true));
        }
    }
    part
}

fn subsegment(seen: &Seen) -> Map<String, Value> {
    let service = seen.get("service");
    let ours = matches!(
        service.as_str(),
        Some("DynamoDB" | "SQS" | "SecretsManager")
    );
    let mut part = part(seen, service);
    let namespace = if ours { "aws" } else { "remote" };
    part.insert("type".to_owned(), json!("subsegment"));
    part.insert("namespace".to_owned(), json!(namespace));
    match ours {
        true => part.insert(
            "aws".to_owned(),
            json!({"operation": seen.get("operation")}),
        ),
        false => part.insert(
            "annotations".to_owned(),
            json!({"operation": seen.get("operation")}),
        ),
    };
    if let Some(status) = seen.0.get("status") {
        part.insert("http".to_owned(), json!({"response": {"status": status}}));
    }
    if let Some(error) = seen.0.get("error") {
        part.insert(
            "cause".to_owned(),
            json!({"exceptions": [{"message": error}]}),
        );
    }
    part
}

fn segment(seen: &Seen, name: &str) -> Map<String, Value> {
    let mut part = part(seen, json!(name));
    part.insert(
        "http".to_owned(),
        json!({
            // The template of the path: what a caller has put into it is not for everybody who sees traces.
            "request": {"method": seen.get("method"), "url": seen.get("route")},
            "response": {"status": seen.get("status"), "content_length": seen.get("bytes")},
        }),
    );
    part.insert(
        "annotations".to_owned(),
        json!({"operationId": seen.get("operationId"), "requestId": seen.get("requestId")}),
    );
    part
}
