//! Telemetry: log lines, metrics, and segments of traces.
//!
//! All of it is made of `tracing` events, here and nowhere else:
//! - every event that the filter lets through is a **line**, in JSON or for people, with what must not be told masked;
//! - an event of the target `access` (one for each request) or `metric` (see `metric!`) is a **metric**, where metrics are asked
//!   for: its line has what CloudWatch's embedded metric format wants, and the filter does not apply to it;
//! - an event of the target `call` (one for each outgoing call) or `access` is a **segment** of an X-Ray trace, where the caller
//!   records one and there is a daemon;
//! - a span of the target `span` (one for each request, and one for each outgoing call under it) is a **span** of an OpenTelemetry
//!   trace, on a server that has a collector.
//!
//! On a server a request must not wait for a terminal or a pipe, so lines go through a queue to a thread of its own. The queue
//! holds 128,000 lines; should it ever be full, requests wait rather than lines be lost, because the access log is also the
//! record of who did what. [`Guard`] writes what is left when it is dropped: keep it until the end of `main`. In a function
//! there is no queue: the process is frozen with the last byte of an answer, and what another thread has not written by then is
//! written minutes later or never. There a line is on its way out before the call that logs it returns.

mod calls;
mod line;
mod mask;
mod metrics;
#[cfg(feature = "server")]
pub mod otlp;
mod pretty;
#[cfg(feature = "server")]
pub mod prometheus;
#[cfg(test)]
mod tests;
mod xray;

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Mutex;

/// Counts something: an event of the target `metric`, which is made a metric of where metrics are asked for. The names
/// are in `docs/observability.md`. The caller's crate depends on `tracing`.
#[macro_export]
macro_rules! metric {
    ($name:literal) => {
        tracing::debug!(target: "metric", metric = $name, count = 1)
    };
}
#[doc(inline)]
pub use metric;

use tracing::Subscriber;
use tracing::subscriber::SetGlobalDefaultError;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::filter::{FilterExt, Targets, filter_fn};
use tracing_subscriber::fmt::writer::BoxMakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, Registry};

pub use calls::TraceInterceptor;
pub use metrics::{COUNTED, Counted, RequestMetrics};

use line::Json;
use metrics::Metrics;
use pretty::Pretty;
use xray::XRay;

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object per line, for machines.
    Json,
    /// Colored, for people.
    Pretty,
}

impl LogFormat {
    /// Reads `json` or `pretty`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "json" => Some(Self::Json),
            "pretty" => Some(Self::Pretty),
            _ => None,
        }
    }
}

/// What is told, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How lines look. Metrics are only in lines of JSON.
    pub format: LogFormat,
    /// Whether lines for people are in color.
    pub color: bool,
    /// Which events are lines: a level, or targets with levels, such as `civicforge_handlers=debug,info`.
    pub filter: String,
    /// The metrics in the lines, where they are asked for.
    pub metrics: Option<Emf>,
    /// The function that this process is, where it is one. It also means that lines are written at once.
    pub function: Option<String>,
    /// The X-Ray daemon that gets segments, where there is one.
    pub daemon: Option<SocketAddr>,
    /// What features count, where metrics are recorded for Prometheus; [`Guard::prometheus`] has them then.
    #[cfg(feature = "server")]
    pub prometheus: Option<Vec<Counted>>,
    /// Whether spans are sent to an OpenTelemetry collector, which the standard variables name ([`otlp`]).
    #[cfg(feature = "server")]
    pub otlp: bool,
}

/// Metrics in CloudWatch's embedded metric format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emf {
    /// Which of the organization's installations it is.
    pub stage: String,
    /// Which metrics a request is.
    pub requests: RequestMetrics,
}

impl Settings {
    /// Lines, and nothing else.
    pub fn lines(format: LogFormat, filter: &str) -> Self {
        Self {
            format,
            color: false,
            filter: filter.to_owned(),
            metrics: None,
            function: None,
            daemon: None,
            #[cfg(feature = "server")]
            prometheus: None,
            #[cfg(feature = "server")]
            otlp: false,
        }
    }

    /// Those of a function: JSON, metrics, and the daemon of `AWS_XRAY_DAEMON_ADDRESS`.
    pub fn of_function(function: &str, metrics: Emf, filter: &str, daemon: Option<&str>) -> Self {
        Self {
            format: LogFormat::Json,
            color: false,
            filter: filter.to_owned(),
            metrics: Some(metrics),
            function: Some(function.to_owned()),
            daemon: daemon.and_then(daemon_address),
            #[cfg(feature = "server")]
            prometheus: None,
            #[cfg(feature = "server")]
            otlp: false,
        }
    }
}

/// Reads `127.0.0.1:2000`, or the part behind `udp:` of `tcp:127.0.0.1:2000 udp:127.0.0.1:2000`: both are the variable's forms.
pub fn daemon_address(text: &str) -> Option<SocketAddr> {
    let udp = text
        .split_whitespace()
        .find_map(|part| part.strip_prefix("udp:"));
    udp.unwrap_or(text.trim()).parse().ok()
}

/// Writes the lines that are still in the queue when it is dropped.
#[must_use = "log lines are lost when this is dropped too early"]
#[derive(Debug)]
pub struct Guard {
    _worker: Option<WorkerGuard>,
    /// The metrics that are recorded for Prometheus, where they are asked for.
    #[cfg(feature = "server")]
    pub prometheus: Option<prometheus::Prometheus>,
    #[cfg(feature = "server")]
    _spans: Option<otlp::Exporting>,
}

/// Why nothing is told.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter is not one.
    #[error("the log filter cannot be used: {0}")]
    Filter(String),
    /// There is no socket to the daemon.
    #[error("the X-Ray daemon cannot be reached: {0}")]
    Daemon(std::io::Error),
    /// Spans cannot be sent.
    #[error("traces cannot be exported: {0}")]
    Traces(String),
    /// Somebody has set up logging already.
    #[error(transparent)]
    Twice(#[from] SetGlobalDefaultError),
}

/// Tells it on standard output, for the whole process. Panics are lines too, so that their texts are masked.
pub fn init(settings: &Settings) -> Result<Guard, TelemetryError> {
    let (subscriber, guard) = subscriber(settings, std::io::stdout())?;
    tracing::subscriber::set_global_default(subscriber)?;
    std::panic::set_hook(Box::new(|panic| {
        let location = panic.location().map(ToString::to_string);
        let message = panic.payload_as_str().unwrap_or("a value that is no text");
        tracing::error!(target: "panic", location, "{message}");
    }));
    Ok(guard)
}

/// Whether a filter can be used; the error says why not.
pub fn check_filter(filter: &str) -> Result<(), String> {
    let targets = filter.parse::<Targets>();
    targets.map(|_| ()).map_err(|error| error.to_string())
}

type BoxedLayer = Box<dyn Layer<Registry> + Send + Sync>;

/// A subscriber that writes lines to `writer`.
pub fn subscriber(
    settings: &Settings,
    writer: impl Write + Send + 'static,
) -> Result<(impl Subscriber + Send + Sync, Guard), TelemetryError> {
    let filter = settings.filter.parse::<Targets>();
    let filter = filter.map_err(|error| TelemetryError::Filter(error.to_string()))?;
    let (writer, worker) = match settings.function {
        Some(_) => (BoxMakeWriter::new(Mutex::new(writer)), None),
        None => {
            let (queue, worker) = NonBlockingBuilder::default()
                .lossy(false)
                .thread_name("civicforge-log")
                .finish(writer);
            (BoxMakeWriter::new(queue), Some(worker))
        }
    };
    let lines = tracing_subscriber::fmt::layer().with_writer(writer);
    let lines: BoxedLayer = match settings.format {
        LogFormat::Json => {
            let function = settings.function.as_deref().map(Into::into);
            let metrics = settings.metrics.as_ref().map(|metrics| Metrics {
                stage: metrics.stage.as_str().into(),
                requests: metrics.requests,
            });
            let requests = settings.metrics.as_ref().map(|metrics| metrics.requests);
            let measured = filter_fn(move |metadata| match requests {
                None => false,
                Some(RequestMetrics::None) => metadata.target() == "metric",
                Some(_) => Metrics::measures(metadata.target()),
            });
            let filter = filter.and(filter_fn(|metadata| metadata.is_event()));
            lines
                .event_format(Json { function, metrics })
                .with_filter(filter.or(measured))
                .boxed()
        }
        LogFormat::Pretty => lines
            .with_ansi(settings.color)
            .event_format(Pretty)
            .with_filter(filter.and(filter_fn(|metadata| metadata.is_event())))
            .boxed(),
    };
    let mut layers: Vec<BoxedLayer> = Vec::new();
    if let Some(daemon) = settings.daemon {
        let name = settings.function.as_deref().unwrap_or("civicforge");
        let segments = XRay::new(daemon, name).map_err(TelemetryError::Daemon)?;
        let wanted = filter_fn(|metadata| XRay::wants(metadata.target()));
        // First, because it reckons from now when a call began.
        layers.push(segments.with_filter(wanted).boxed());
    }
    #[cfg(feature = "server")]
    let prometheus = {
        let counted = settings.prometheus.as_deref();
        counted.map(prometheus::Prometheus::new)
    };
    #[cfg(feature = "server")]
    if let Some(recorder) = prometheus.clone() {
        let wanted = filter_fn(|metadata| prometheus::Prometheus::wants(metadata.target()));
        layers.push(recorder.with_filter(wanted).boxed());
    }
    #[cfg(feature = "server")]
    let spans = match settings.otlp {
        true => {
            let counts = prometheus.as_ref().map(|recorder| recorder.spans.clone());
            let (layer, exporting) = otlp::start(counts.unwrap_or_default())?;
            layers.push(layer);
            Some(exporting)
        }
        false => None,
    };
    layers.push(lines);
    let guard = Guard {
        _worker: worker,
        #[cfg(feature = "server")]
        prometheus,
        #[cfg(feature = "server")]
        _spans: spans,
    };
    Ok((Registry::default().with(layers), guard))
}
