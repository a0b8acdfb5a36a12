//! Metrics for Prometheus, recorded from the same events as those of CloudWatch, and kept until somebody scrapes them.
//!
//! No label has a value that a caller chooses: operations, routes and codes are the contract's, statuses are HTTP's, services and
//! their operations are ours. `docs/observability.md` lists the metrics, and a test holds that list against a real scrape.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric, text::encode};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer};

use super::metrics::{COUNTED, Counted, Measured, Metrics};

/// The media type of a scrape: OpenMetrics, as Prometheus asks for it.
pub const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The upper bounds of a histogram's buckets, in seconds: from a request that touches nothing to one that is given up.
const BUCKETS: [f64; 14] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
];

/// What a request that found no operation is counted under.
const NO_OPERATION: &str = "none";

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OfRequest {
    operation: String,
    status: u64,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OfOperation {
    operation: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OfProblem {
    code: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OfCall {
    service: String,
    operation: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OfOutcome {
    service: String,
    operation: String,
    /// `ok`, `client_error`, `server_error`, or `none` where there was no response.
    outcome: &'static str,
}

type Durations<L> = Family<L, Histogram, fn() -> Histogram>;

fn durations<L: Clone + Eq + std::hash::Hash>() -> Durations<L> {
    Family::new_with_constructor(|| Histogram::new(BUCKETS))
}

/// All that was recorded. Clones share it.
#[derive(Clone)]
pub struct Prometheus {
    registry: Arc<Mutex<Registry>>,
    requests: Family<OfRequest, Counter>,
    request_durations: Durations<OfOperation>,
    problems: Family<OfProblem, Counter>,
    calls: Family<OfOutcome, Counter>,
    call_durations: Durations<OfCall>,
    counted: Arc<Vec<(&'static str, Counter)>>,
    pub(super) spans: SpanCounts,
}

/// What has become of the spans of recorded traces.
#[derive(Debug, Clone, Default)]
pub(super) struct SpanCounts {
    /// Taken by the collector.
    pub exported: Counter,
    /// Lost, because the collector did not take them.
    pub failed: Counter,
    /// Lost, because the queue before the collector was full.
    pub dropped: Counter,
}

impl fmt::Debug for Prometheus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prometheus").finish_non_exhaustive()
    }
}

impl Prometheus {
    /// With everything at zero: what the kernel counts, and this.
    pub(super) fn new(counted: &[Counted]) -> Self {
        let mut registry = Registry::with_prefix("civicforge");
        let requests = Family::default();
        registry.register("requests", "Requests answered", requests.clone());
        let request_durations = durations();
        registry.register_with_unit(
            "request_duration",
            "From the head of a request to its response",
            Unit::Seconds,
            request_durations.clone(),
        );
        let problems = Family::default();
        registry.register("problems", "Problems answered, by code", problems.clone());
        let calls = Family::default();
        registry.register("calls", "Attempts of outgoing calls", calls.clone());
        let call_durations = durations();
        registry.register_with_unit(
            "call_duration",
            "Duration of one attempt of an outgoing call",
            Unit::Seconds,
            call_durations.clone(),
        );
        let counted = COUNTED.iter().chain(counted).map(|(name, help)| {
            let counter = Counter::default();
            registry.register(name.replace('.', "_"), *help, counter.clone());
            (*name, counter)
        });
        let counted = Arc::new(counted.collect());
        let spans = SpanCounts::default();
        for (name, help, counter) in [
            ("exported", "Spans that the collector took", &spans.exported),
            (
                "failed",
                "Spans lost because the collector did not take them",
                &spans.failed,
            ),
            (
                "dropped",
                "Spans lost because the queue was full",
                &spans.dropped,
            ),
        ] {
            registry.register(format!("spans_{name}"), help, counter.clone());
        }
        Self {
            spans,
            registry: Arc::new(Mutex::new(registry)),
            requests,
            request_durations,
            problems,
            calls,
            call_durations,
            counted,
        }
    }

    /// Adds a number that is read at each scrape.
    pub fn gauge(
        &self,
        name: &'static str,
        help: &'static str,
        read: impl Fn() -> usize + Send + Sync + 'static,
    ) {
        let read = Box::new(read);
        self.registry()
            .register_collector(Box::new(Gauge { name, help, read }));
    }

    /// All of it in OpenMetrics' text format.
    pub fn scrape(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry());
        text
    }

    fn registry(&self) -> std::sync::MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether an event is recorded.
    pub(super) fn wants(target: &str) -> bool {
        target == "call" || Metrics::measures(target)
    }

    fn request(&self, measured: Measured) {
        let operation = measured.operation.filter(|id| !id.is_empty());
        let operation = operation.unwrap_or_else(|| NO_OPERATION.to_owned());
        let seconds = seconds(measured.latency_us);
        self.request_durations
            .get_or_create(&OfOperation {
                operation: operation.clone(),
            })
            .observe(seconds);
        let status = measured.status.unwrap_or_default();
        self.requests
            .get_or_create(&OfRequest { operation, status })
            .inc();
        if let Some(code) = measured.code {
            self.problems.get_or_create(&OfProblem { code }).inc();
        }
    }

    fn call(&self, call: CallFields) {
        let outcome = match call.status {
            Some(500..) => "server_error",
            Some(400..) => "client_error",
            Some(_) => "ok",
            None => "none",
        };
        let (service, operation) = (call.service, call.operation);
        self.call_durations
            .get_or_create(&OfCall {
                service: service.clone(),
                operation: operation.clone(),
            })
            .observe(seconds(call.latency_us));
        self.calls
            .get_or_create(&OfOutcome {
                service,
                operation,
                outcome,
            })
            .inc();
    }
}

fn seconds(micros: Option<u64>) -> f64 {
    micros.unwrap_or_default() as f64 / 1e6
}

impl<S: Subscriber> Layer<S> for Prometheus {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "call" {
            let mut call = CallFields::default();
            event.record(&mut call);
            return self.call(call);
        }
        let mut measured = Measured::default();
        event.record(&mut measured);
        let Some(name) = &measured.metric else {
            return self.request(measured);
        };
        if let Some((_, counter)) = self.counted.iter().find(|(counted, _)| counted == name) {
            counter.inc_by(measured.count.unwrap_or(1));
        }
    }
}

/// What an event of the target `call` says.
#[derive(Default)]
struct CallFields {
    service: String,
    operation: String,
    status: Option<u64>,
    latency_us: Option<u64>,
}

impl Visit for CallFields {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "service" => self.service = value.to_owned(),
            "operation" => self.operation = value.to_owned(),
            _ => {}
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "status" => self.status = Some(value),
            "latencyUs" => self.latency_us = Some(value),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}

struct Gauge {
    name: &'static str,
    help: &'static str,
    read: Box<dyn Fn() -> usize + Send + Sync>,
}

impl fmt::Debug for Gauge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gauge").field("name", &self.name).finish()
    }
}

impl Collector for Gauge {
    fn encode(&self, mut encoder: DescriptorEncoder) -> Result<(), fmt::Error> {
        let value = i64::try_from((self.read)()).unwrap_or(i64::MAX);
        let metric = encoder.encode_descriptor(self.name, self.help, None, MetricType::Gauge)?;
        ConstGauge::new(value).encode(metric)
    }
}
