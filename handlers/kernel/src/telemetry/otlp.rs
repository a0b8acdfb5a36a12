//! Traces for an OpenTelemetry collector: OTLP over HTTP, in protobuf.
//!
//! They are asked for, and configured, by the variables of OpenTelemetry's specification: `OTEL_EXPORTER_OTLP_ENDPOINT` (or
//! `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`) turns them on, `OTEL_SDK_DISABLED=true` and `OTEL_TRACES_EXPORTER=none` turn them off.
//! `docs/observability.md` lists those that are read.
//!
//! Spans go through a bounded queue to a thread of its own. A request never waits for it: where the queue is full, the span is
//! dropped and counted. [`Exporting`] sends what is left when it is dropped, and gives up after [`FLUSH`].

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::HeaderMap;
use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::{TraceContextExt, TracerProvider};
use opentelemetry::{Context, KeyValue};
use opentelemetry_otlp::SpanExporter as Otlp;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::resource::EnvResourceDetector;
use opentelemetry_sdk::trace::{
    BatchSpanProcessor, SdkTracerProvider, Span as SdkSpan, SpanData, SpanExporter, SpanProcessor,
};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;

use super::prometheus::SpanCounts;
use super::{BoxedLayer, TelemetryError};

/// How long the last spans may hold up the exit.
const FLUSH: Duration = Duration::from_secs(3);

/// The most spans that wait for the collector, where `OTEL_BSP_MAX_QUEUE_SIZE` does not say otherwise.
const QUEUE: usize = 2048;

/// What the service is called, where neither `OTEL_SERVICE_NAME` nor `OTEL_RESOURCE_ATTRIBUTES` says so.
const SERVICE_NAME: &str = "civicforge";

/// Whether the environment asks for traces.
pub fn is_asked_for() -> bool {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let endpoints = [
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    ];
    endpoints.iter().any(|name| !variable(name).is_empty())
        && !variable("OTEL_SDK_DISABLED").eq_ignore_ascii_case("true")
        && variable("OTEL_TRACES_EXPORTER") != "none"
}

/// Makes a span one of the trace that the `traceparent` and `tracestate` of a request name (W3C Trace Context), if they do.
pub fn adopt(span: &Span, headers: &HeaderMap) {
    let propagator = TraceContextPropagator::new();
    let parent = propagator.extract_with_context(&Context::new(), &Headers(headers));
    // It fails where nobody records spans.
    let _ = span.set_parent(parent);
}

/// The id of the trace of a span that is recorded, as the collector has it: 32 digits (W3C Trace Context).
pub fn trace_id(span: &Span) -> Option<String> {
    let context = span.context();
    let context = context.span().span_context().clone();
    context.is_sampled().then(|| context.trace_id().to_string())
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(http::HeaderName::as_str).collect()
    }
}

/// Spans on their way, until it is dropped.
#[derive(Debug)]
pub(super) struct Exporting(SdkTracerProvider);

impl Drop for Exporting {
    fn drop(&mut self) {
        if let Err(error) = self.0.shutdown_with_timeout(FLUSH) {
            tracing::warn!(%error, "the last spans were not exported");
        }
    }
}

/// What makes spans of the events of a subscriber, and sends them.
pub(super) fn start(counts: SpanCounts) -> Result<(BoxedLayer, Exporting), TelemetryError> {
    let exporter = Otlp::builder().with_http().build();
    let exporter = exporter.map_err(|error| TelemetryError::Traces(error.to_string()))?;
    let queued = Arc::new(AtomicUsize::new(0));
    let exporter = Counted {
        exporter,
        queued: queued.clone(),
        counts: counts.clone(),
    };
    let room = std::env::var("OTEL_BSP_MAX_QUEUE_SIZE").ok();
    let processor = Bounded {
        // It reads the other variables of the batch itself.
        processor: BatchSpanProcessor::builder(exporter).build(),
        room: room.and_then(|text| text.parse().ok()).unwrap_or(QUEUE),
        queued,
        counts,
    };
    let resource = Resource::builder_empty()
        .with_attribute(KeyValue::new("service.name", SERVICE_NAME))
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .with_detector(Box::new(EnvResourceDetector::new()))
        .with_attributes(
            std::env::var("OTEL_SERVICE_NAME")
                .ok()
                .filter(|name| !name.is_empty())
                .map(|name| KeyValue::new("service.name", name)),
        );
    let provider = SdkTracerProvider::builder()
        .with_span_processor(processor)
        .with_resource(resource.build())
        .build();
    let layer = tracing_opentelemetry::layer()
        .with_tracer(provider.tracer(SERVICE_NAME))
        .with_location(false)
        .with_threads(false)
        .with_target(false)
        .with_level(false)
        .with_tracked_inactivity(false)
        .with_context_activation(false)
        .with_filter(filter_fn(|metadata| {
            metadata.is_span() && metadata.target() == civicforge_runtime::span::SPANS
        }));
    Ok((layer.boxed(), Exporting(provider)))
}

/// A processor before which only so many spans wait.
#[derive(Debug)]
struct Bounded<P> {
    processor: P,
    room: usize,
    queued: Arc<AtomicUsize>,
    counts: SpanCounts,
}

impl<P: SpanProcessor> SpanProcessor for Bounded<P> {
    fn on_start(&self, span: &mut SdkSpan, context: &Context) {
        self.processor.on_start(span, context);
    }

    fn on_end(&self, span: SpanData) {
        // Others are recorded and not exported.
        if !span.span_context.is_sampled() {
            return;
        }
        let take = |queued| (queued < self.room).then_some(queued + 1);
        let taken = self
            .queued
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        match taken {
            Ok(_) => self.processor.on_end(span),
            Err(_) => {
                self.counts.dropped.inc();
            }
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.processor.force_flush()
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.processor.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.processor.set_resource(resource);
    }
}

/// An exporter that counts what becomes of spans.
#[derive(Debug)]
struct Counted<E> {
    exporter: E,
    queued: Arc<AtomicUsize>,
    counts: SpanCounts,
}

impl<E: SpanExporter> SpanExporter for Counted<E> {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let spans = batch.len();
        let outcome = self.exporter.export(batch).await;
        // They are held until now.
        self.queued.fetch_sub(spans, Ordering::Relaxed);
        let counter = match &outcome {
            Ok(()) => &self.counts.exported,
            Err(_) => &self.counts.failed,
        };
        counter.inc_by(spans as u64);
        outcome
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.exporter.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}
