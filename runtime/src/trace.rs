//! Traces as X-Ray has them: which one a request belongs to, and the calls that are made for it.
//!
//! Beside them are spans of the target [`SPANS`], for OpenTelemetry: one for each request, and one for each outgoing call under it.
//!
//! Whoever calls, and is trusted to, decides whether a trace is recorded; here nothing is sampled and no trace is begun. A request with a trace
//! hands it on with every call that it makes, recorded or not, and what is recorded is told as events of the target `call` (one
//! for each outgoing call) and `access` (the request), which [`tracing`] carries to whoever sends them on.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use http::{Method, StatusCode};
use tracing::field::Empty;
use tracing::{Span, info_span};
use uuid::Uuid;

use crate::operation::Descriptor;
use crate::scope;

/// The header that carries a trace.
pub const TRACE_HEADER: &str = "x-amzn-trace-id";

/// A trace, and the part of it that new parts hang under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Its id.
    pub root: String,
    /// The segment that new ones hang under; the root has none above it.
    pub parent: Option<String>,
    /// Whether it is recorded.
    pub sampled: bool,
}

impl Trace {
    /// Reads `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`. The order is free, and members with
    /// other names are passed over. `None` where there is no trace in it.
    pub fn parse(header: &str) -> Option<Self> {
        let mut trace = Self {
            root: String::new(),
            parent: None,
            sampled: false,
        };
        for member in header.split(';') {
            match member.trim().split_once('=')? {
                ("Root", id) if is_trace_id(id) => trace.root = id.to_owned(),
                ("Parent", id) if is_hex(id, 16) => trace.parent = Some(id.to_owned()),
                ("Sampled", choice) => trace.sampled = choice == "1",
                ("Root" | "Parent", _) => return None,
                _ => {}
            }
        }
        (!trace.root.is_empty()).then_some(trace)
    }

    /// The same trace, where new parts hang under this segment.
    #[must_use]
    pub fn under(&self, segment: &str) -> Self {
        Self {
            parent: Some(segment.to_owned()),
            ..self.clone()
        }
    }
}

/// As the header has it.
impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Root={}", self.root)?;
        if let Some(parent) = &self.parent {
            write!(f, ";Parent={parent}")?;
        }
        write!(f, ";Sampled={}", u8::from(self.sampled))
    }
}

/// The target of spans, which are for OpenTelemetry. A subscriber that has no use for them leaves them out by it.
pub const SPANS: &str = "span";

/// The span of a request, in the words of OpenTelemetry's semantic conventions for HTTP. It has nothing that a caller chooses but
/// the method: no path, no query, no header.
pub(crate) fn request_span(method: &Method, request_id: &str) -> Span {
    let (name, method) = match known(method) {
        Some(method) => (method, method),
        None => ("HTTP", "_OTHER"),
    };
    info_span!(
        target: SPANS,
        "request",
        otel.name = name,
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = method,
        http.route = Empty,
        http.response.status_code = Empty,
        error.type = Empty,
        operationId = Empty,
        requestId = request_id,
    )
}

/// The request is for this operation.
pub(crate) fn found(method: &Method, operation: &Descriptor) {
    let span = Span::current();
    if !span.is_disabled() {
        let method = known(method).unwrap_or("HTTP");
        span.record("otel.name", format!("{method} {}", operation.path));
        span.record("http.route", operation.path);
        span.record("operationId", operation.id);
    }
}

/// The request is answered so.
pub(crate) fn answered(status: StatusCode) {
    let span = Span::current();
    if !span.is_disabled() {
        span.record("http.response.status_code", status.as_u16());
        if status.is_server_error() {
            span.record("error.type", status.as_str());
            span.record("otel.status_code", "ERROR");
        }
    }
}

/// The methods that the conventions know; any other could be of any name.
fn known(method: &Method) -> Option<&'static str> {
    let known = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH",
    ];
    known.into_iter().find(|name| *name == method.as_str())
}

/// `1-`, the time in 8 digits, and 24 digits.
fn is_trace_id(text: &str) -> bool {
    let mut parts = text.split('-');
    parts.next() == Some("1")
        && parts.next().is_some_and(|time| is_hex(time, 8))
        && parts.next().is_some_and(|id| is_hex(id, 24))
        && parts.next().is_none()
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A new id for a segment.
pub fn segment_id() -> String {
    // A random UUID has 62 random bits in its lower half.
    format!("{:016x}", Uuid::new_v4().as_u64_pair().1)
}

/// A call of something outside that is under way for what the task works on. One that is dropped before it is over was cut off, by
/// a deadline or because nobody waits for it any more, and is told of as such.
#[derive(Debug)]
pub struct Call {
    service: &'static str,
    operation: Cow<'static, str>,
    started: Instant,
    /// Its own id, and the trace above it.
    segment: Option<(String, Trace)>,
    /// Until it is over.
    span: Mutex<Option<Span>>,
}

impl Drop for Call {
    fn drop(&mut self) {
        self.end(Err("cut off"));
    }
}

impl Call {
    /// A call that begins now, of an operation of a service.
    pub fn begin(service: &'static str, operation: impl Into<Cow<'static, str>>) -> Self {
        let operation = operation.into();
        let span = info_span!(
            target: SPANS,
            "call",
            otel.name = Empty,
            otel.kind = "client",
            otel.status_code = Empty,
            rpc.service = Empty,
            rpc.method = Empty,
            db.system.name = Empty,
            db.operation.name = Empty,
            db.collection.name = Empty,
            http.response.status_code = Empty,
            error.type = Empty,
        );
        if !span.is_disabled() {
            span.record("otel.name", format!("{service}.{operation}"));
        }
        let trace = scope::current(|scope| scope.trace.clone()).flatten();
        Self {
            service,
            operation,
            started: Instant::now(),
            segment: trace.map(|trace| (segment_id(), trace)),
            span: Mutex::new(Some(span)),
        }
    }

    /// The call is one of a remote service, which has an operation of this name.
    #[must_use]
    pub fn remote(self) -> Self {
        self.with_span(|span| {
            span.record("rpc.service", self.service);
            span.record("rpc.method", &*self.operation);
        });
        self
    }

    /// The call is one of a database, such as `aws.dynamodb`, and about this collection, such as a table. The names are those of
    /// OpenTelemetry's semantic conventions.
    #[must_use]
    pub fn of_database(self, system: &str, collection: &str) -> Self {
        self.with_span(|span| {
            span.record("otel.name", format!("{} {collection}", self.operation));
            span.record("db.system.name", system);
            span.record("db.operation.name", &*self.operation);
            span.record("db.collection.name", collection);
        });
        self
    }

    fn with_span(&self, look: impl FnOnce(&Span)) {
        let span = self.span.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(span) = span.as_ref().filter(|span| !span.is_disabled()) {
            look(span);
        }
    }

    /// What the call's [`TRACE_HEADER`] has to say, where there is a trace.
    pub fn header(&self) -> Option<String> {
        let (id, trace) = self.segment.as_ref()?;
        // What is not recorded has no segment of this call that others could hang under.
        Some(match trace.sampled {
            true => trace.under(id).to_string(),
            false => trace.to_string(),
        })
    }

    /// The call is over: with this status, or without any because of this error. Only the first time counts.
    pub fn end(&self, outcome: Result<u16, &str>) {
        let mut span = self.span.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(span) = span.take() else {
            return;
        };
        match outcome {
            Ok(status) => {
                span.record("http.response.status_code", status);
                if status >= 400 {
                    span.record("error.type", status.to_string());
                    span.record("otel.status_code", "ERROR");
                }
            }
            Err(error) => {
                span.record("error.type", error);
                span.record("otel.status_code", "ERROR");
            }
        }
        // It ends here.
        drop(span);
        let recorded = self.segment.as_ref().filter(|(_, trace)| trace.sampled);
        let (id, trace) = recorded.map(|(id, trace)| (&**id, trace)).unzip();
        tracing::debug!(
            target: "call",
            service = self.service,
            operation = &*self.operation,
            status = outcome.ok(),
            error = outcome.err(),
            latencyUs = u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX),
            traceId = trace.map(|trace| &*trace.root),
            segmentId = id,
            parentId = trace.and_then(|trace| trace.parent.as_deref()),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    const HEADER: &str =
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    #[test]
    fn a_header_is_read_in_any_order_and_written_again() {
        let trace = Trace::parse(HEADER).unwrap();
        assert_eq!(trace.to_string(), HEADER);
        let other = "Sampled=1; Parent=53995c3f42cd8ad8;Lineage=a:1;Root=1-5759e988-bd862e3fe1be46a994272793";
        assert_eq!(Trace::parse(other), Some(trace));
        let bare = Trace::parse("Root=1-5759e988-bd862e3fe1be46a994272793").unwrap();
        assert!(!bare.sampled && bare.parent.is_none());
    }

    #[test]
    fn what_is_no_trace_is_none() {
        for header in [
            "",
            ";",
            "Root",
            "Root=",
            "Parent=53995c3f42cd8ad8;Sampled=1",
            "Root=2-5759e988-bd862e3fe1be46a994272793",
            "Root=1-5759e988-bd862e3fe1be46a994272793-1",
            "Root=1-5759e988-bd862e3fe1be46a99427279x",
            "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8\"",
        ] {
            assert_eq!(Trace::parse(header), None, "{header}");
        }
    }

    #[tokio::test]
    async fn a_call_hands_on_the_trace_of_what_it_is_made_for() {
        assert_eq!(Call::begin("a", "b").header(), None);
        let header = |sampled: &str| {
            let scope = scope::Scope {
                trace: Trace::parse(&HEADER.replace("Sampled=1", sampled)),
                ..scope::Scope::default()
            };
            scope::within(Arc::new(scope), async { Call::begin("a", "b").header() })
        };
        let recorded = Trace::parse(&header("Sampled=1").await.unwrap()).unwrap();
        assert!(recorded.sampled);
        assert_eq!(recorded.root, "1-5759e988-bd862e3fe1be46a994272793");
        assert_ne!(recorded.parent.unwrap(), "53995c3f42cd8ad8");
        let ignored = header("Sampled=0").await.unwrap();
        assert_eq!(ignored, HEADER.replace("Sampled=1", "Sampled=0"));
    }

    #[test]
    fn segments_have_ids_of_their_own() {
        let (a, b) = (segment_id(), segment_id());
        assert!(is_hex(&a, 16) && is_hex(&b, 16) && a != b);
    }
}
