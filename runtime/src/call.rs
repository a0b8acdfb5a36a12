//! Outgoing calls that are made for a request: the trace that they propagate, and the telemetry about them.
//!
//! A call is told of as an event of the target `call`, which [`tracing`] carries to whoever sends it on, and as a span of the target
//! [`SPANS`].

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use tracing::field::Empty;
use tracing::{Span, info_span};

use crate::scope;
use crate::span::SPANS;
use crate::trace::{Trace, segment_id};

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

    /// What the call's [`TRACE_HEADER`](crate::trace::TRACE_HEADER) has to say, where there is a trace.
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

    #[tokio::test]
    async fn a_call_hands_on_the_trace_of_what_it_is_made_for() {
        assert_eq!(Call::begin("a", "b").header(), None);
        let header = |sampled: &str| {
            let scope = scope::RequestScope {
                trace: Trace::parse(&HEADER.replace("Sampled=1", sampled)),
                ..scope::RequestScope::default()
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
}
