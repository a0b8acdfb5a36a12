//! Metrics as CloudWatch's embedded metric format has them: a log line that says which of its members are metrics.
//!
//! Nothing is called and nothing is aggregated here; CloudWatch reads the lines that are written anyway. A line of the access
//! log has the metrics of a request where [`RequestMetrics`] says so, an event of the target `metric` has one of its own.
//! `docs/observability.md` lists them.
//!
//! Each combination of dimensions is a metric that is paid for. So the operation is a dimension only where somebody asks for it,
//! the code is one of errors alone, and nothing has a member, a quest or a path as one.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::json;
use tracing::field::{Field, Visit};

use super::line::Object;

/// Under which all metrics are.
const NAMESPACE: &str = "CivicForge";

/// A name that `metric!` counts under, and what it counts.
pub type Counted = (&'static str, &'static str);

/// What the kernel counts. Those of `table.` are for Prometheus alone: on AWS the table has metrics of its own for it.
pub const COUNTED: [Counted; 6] = [
    ("outbox.dead", "Messages that were given up"),
    ("outbox.delivered", "Messages delivered"),
    (
        "outbox.suspended",
        "Times that a destination came to be left alone for a while",
    ),
    (
        "subscriptions.disabled",
        "Subscriptions that were disabled after a day of failures",
    ),
    (
        "table.conflicts",
        "Attempts of a write that met another transaction",
    ),
    (
        "table.contended",
        "Writes that were given up after conflicts",
    ),
];

/// Which metrics the access log has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestMetrics {
    /// None: API Gateway counts requests and errors itself, and queries of the access log say the rest.
    None,
    /// Those of all requests together.
    Stage,
    /// Those of all requests together, and those of each operation.
    Operation,
}

impl RequestMetrics {
    /// Reads `none`, `stage` or `operation`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "none" => Some(Self::None),
            "stage" => Some(Self::Stage),
            "operation" => Some(Self::Operation),
            _ => None,
        }
    }
}

/// What turns measurements into metrics.
#[derive(Debug)]
pub(super) struct Metrics {
    /// The dimension that all of them have: which of the organization's installations it is.
    pub stage: Arc<str>,
    /// Which metrics a request is.
    pub requests: RequestMetrics,
}

/// What an event has measured.
#[derive(Debug, Default)]
pub(super) struct Measured {
    pub metric: Option<String>,
    pub count: Option<u64>,
    pub status: Option<u64>,
    pub latency_us: Option<u64>,
    pub code: Option<String>,
    pub operation: Option<String>,
}

impl Visit for Measured {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.text(field.name(), value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.number(field.name(), value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        if let Ok(value) = u64::try_from(value) {
            self.number(field.name(), value);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}

impl Measured {
    pub(super) fn text(&mut self, field: &str, value: &str) {
        match field {
            "metric" => self.metric = Some(value.to_owned()),
            "code" => self.code = Some(value.to_owned()),
            "operationId" => self.operation = Some(value.to_owned()),
            _ => {}
        }
    }

    pub(super) fn number(&mut self, field: &str, value: u64) {
        match field {
            "count" => self.count = Some(value),
            "status" => self.status = Some(value),
            "latencyUs" => self.latency_us = Some(value),
            _ => {}
        }
    }
}

impl Metrics {
    /// Whether an event is a measurement.
    pub(super) fn measures(target: &str) -> bool {
        matches!(target, "access" | "metric")
    }

    /// Adds an event's metrics to its line.
    pub(super) fn add(
        &self,
        line: &mut Object,
        target: &str,
        measured: &Measured,
        now: DateTime<Utc>,
    ) {
        let directives = match (target, &measured.metric) {
            ("access", _) if self.requests != RequestMetrics::None => {
                access(line, measured, self.requests)
            }
            ("metric", Some(name)) if !name.starts_with("table.") => {
                line.raw(name, measured.count.unwrap_or(1));
                let dimensions = match &**name {
                    "coldStarts" => json!([["Stage"], ["Stage", "function"]]),
                    _ => json!([["Stage"]]),
                };
                vec![directive(dimensions, &[(name, "Count")])]
            }
            _ => return,
        };
        line.plain("Stage", &self.stage);
        let timestamp = now.timestamp_millis();
        let metadata = json!({"Timestamp": timestamp, "CloudWatchMetrics": directives});
        line.raw("_aws", metadata);
    }
}

/// The metrics of a request.
fn access(
    line: &mut Object,
    measured: &Measured,
    requests: RequestMetrics,
) -> Vec<serde_json::Value> {
    let status = measured.status.unwrap_or_default();
    line.raw("requests", 1);
    line.raw("clientErrors", u8::from((400..500).contains(&status)));
    line.raw("serverErrors", u8::from(status >= 500));
    let micros = measured.latency_us.unwrap_or_default();
    line.raw(
        "latency",
        format_args!("{}.{:03}", micros / 1000, micros % 1000),
    );
    let found = measured
        .operation
        .as_deref()
        .is_some_and(|id| !id.is_empty());
    let dimensions = match (requests, found) {
        (RequestMetrics::Operation, true) => json!([["Stage"], ["Stage", "operationId"]]),
        // A request that found no operation has no such dimension.
        _ => json!([["Stage"]]),
    };
    let mut directives = vec![directive(
        dimensions,
        &[
            ("requests", "Count"),
            ("clientErrors", "Count"),
            ("serverErrors", "Count"),
            ("latency", "Milliseconds"),
        ],
    )];
    if measured.code.is_some() {
        line.raw("errors", 1);
        directives.push(directive(
            json!([["Stage", "code"]]),
            &[("errors", "Count")],
        ));
    }
    directives
}

fn directive(dimensions: serde_json::Value, metrics: &[(&str, &str)]) -> serde_json::Value {
    let metrics: Vec<_> = metrics
        .iter()
        .map(|(name, unit)| json!({"Name": name, "Unit": unit}))
        .collect();
    json!({"Namespace": NAMESPACE, "Dimensions": dimensions, "Metrics": metrics})
}
