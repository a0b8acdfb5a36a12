//! What one log line says, in JSON.
//!
//! In JSON a line has the names that CloudWatch and its queries know (`timestamp`, `level`, `message`, `requestId`,
//! `traceId`), and the fields of the event beside them, so that a query can name them without a prefix. What the task is
//! working on ([`scope`]) is on every line.

use std::fmt;
use std::fmt::Write as _;
use std::sync::Arc;

use chrono::{SecondsFormat, Utc};
use civicforge_runtime::scope::{self, RequestScope};
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

use super::mask;
use super::metrics::{Measured, Metrics};

/// Writes events as JSON.
#[derive(Debug)]
pub(super) struct Json {
    /// The function that this process is, where it is one.
    pub function: Option<Arc<str>>,
    /// What is made of events that are measurements.
    pub metrics: Option<Metrics>,
}

impl<S, N> FormatEvent<S, N> for Json
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(
        &self,
        _: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let now = Utc::now();
        let metadata = event.metadata();
        let mut object = Object::with_capacity(512);
        object.plain(
            "timestamp",
            &now.to_rfc3339_opts(SecondsFormat::Millis, true),
        );
        object.plain("level", metadata.level().as_str());
        object.plain("target", metadata.target());
        let left_out = self.left_out(metadata.target());
        let function = self.function.as_deref();
        if let Some(function) = function.filter(|_| !left_out.contains(&"function")) {
            object.plain("function", function);
        }
        scope::current(|scope| object.scope(scope, metadata));
        let mut measured = Measured::default();
        event.record(&mut Fields {
            object: &mut object,
            measured: self.metrics.is_some().then_some(&mut measured),
            left_out,
        });
        if let Some(metrics) = &self.metrics {
            metrics.add(&mut object, metadata.target(), &measured, now);
        }
        writer.write_str(&object.end()?)
    }
}

/// A JSON object that is being written. Texts are escaped by `serde_json`.
pub(super) struct Object(Vec<u8>);

impl Object {
    fn with_capacity(bytes: usize) -> Self {
        let mut text = Vec::with_capacity(bytes);
        text.push(b'{');
        Self(text)
    }

    /// The value comes next.
    fn name(&mut self, name: &str) {
        if self.0.len() > 1 {
            self.0.push(b',');
        }
        self.text(name);
        self.0.push(b':');
    }

    fn text(&mut self, text: &str) {
        // Writing a text to memory does not fail.
        let _ = serde_json::to_writer(&mut self.0, text);
    }

    /// A text that is ours, or was masked.
    pub(super) fn plain(&mut self, name: &str, text: &str) {
        self.name(name);
        self.text(text);
    }

    /// What is written of somebody's text.
    fn masked(&mut self, name: &str, text: &str) {
        self.plain(name, &mask::field(name, text));
    }

    /// What a request has touched, `questId=… userId=…`, as an object: its names are the contract's, and could be any.
    fn ids(&mut self, pairs: &str) {
        self.name("ids");
        let mut ids = Self::with_capacity(64);
        for (name, id) in pairs.split(' ').filter_map(|pair| pair.split_once('=')) {
            ids.masked(name, id);
        }
        self.0.append(&mut ids.0);
        self.0.push(b'}');
    }

    /// A number, a truth value, or JSON that was written before.
    pub(super) fn raw(&mut self, name: &str, value: impl fmt::Display) {
        self.name(name);
        use std::io::Write as _;
        let _ = write!(self.0, "{value}");
    }

    /// What the task is working on, but for what the event says itself.
    fn scope(&mut self, scope: &RequestScope, metadata: &Metadata<'_>) {
        let says = |name| metadata.fields().field(name).is_some();
        if !says("requestId") {
            self.masked("requestId", &scope.request_id);
        }
        if let Some(id) = scope
            .correlation_id
            .as_ref()
            .filter(|_| !says("correlationId"))
        {
            self.masked("correlationId", id);
        }
        if let Some(id) = scope.operation.get().filter(|_| !says("operationId")) {
            self.plain("operationId", id);
        }
        if let Some(id) = scope.trace_id() {
            self.plain("traceId", id);
        }
        if scope.cold_start == Some(true) {
            self.raw("coldStart", true);
        }
    }

    fn end(mut self) -> Result<String, fmt::Error> {
        self.0.extend_from_slice(b"}\n");
        String::from_utf8(self.0).map_err(|_| fmt::Error)
    }
}

impl Json {
    /// Fields that a line does without, because it has them in another form: each byte of a line is paid for on AWS.
    fn left_out(&self, target: &str) -> &'static [&'static str] {
        let is_known = || scope::current(|scope| scope.operation.get().is_some()) == Some(true);
        match target {
            // The recorder of segments has it from the event, and the line from its scope.
            "call" => &["traceId"],
            // An operation has one method, one route and one function. API Gateway writes the first two, and the log is the function's.
            "access" if self.function.is_some() && is_known() => {
                &["traceId", "method", "route", "function"]
            }
            "access" => &["traceId"],
            // The metric is there by its name.
            "metric" if self.metrics.is_some() => &["metric", "count"],
            _ => &[],
        }
    }
}

struct Fields<'a> {
    object: &'a mut Object,
    measured: Option<&'a mut Measured>,
    left_out: &'static [&'static str],
}

impl Fields<'_> {
    fn is_left_out(&self, field: &Field) -> bool {
        self.left_out.contains(&field.name())
    }
}

impl Visit for Fields<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        if let Some(measured) = &mut self.measured {
            measured.text(field.name(), value);
        }
        match field.name() {
            _ if self.is_left_out(field) => {}
            "ids" => self.object.ids(value),
            name => self.object.masked(name, value),
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if let Some(measured) = &mut self.measured {
            measured.number(field.name(), value);
        }
        if !self.is_left_out(field) {
            self.object.raw(field.name(), value);
        }
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        if let (Some(measured), Ok(value)) = (&mut self.measured, u64::try_from(value)) {
            measured.number(field.name(), value);
        }
        if !self.is_left_out(field) {
            self.object.raw(field.name(), value);
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.object.raw(field.name(), value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        // JSON has no infinities.
        match value.is_finite() {
            true => self.object.raw(field.name(), value),
            false => self.object.plain(field.name(), &value.to_string()),
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if self.is_left_out(field) {
            return;
        }
        let mut text = String::new();
        let _ = write!(text, "{value:?}");
        self.object.masked(field.name(), &text);
    }
}
