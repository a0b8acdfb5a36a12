//! Log lines: what they look like, and who writes them.
//!
//! A request must not wait for a terminal or a pipe, so lines go through a queue to a thread of its
//! own. The queue holds 128,000 lines; should it ever be full, requests wait rather than lines be
//! lost, because the access log is also the record of who did what. [`LogGuard`] writes what is
//! left when it is dropped: keep it until the end of `main`.
//!
//! In JSON, an event's fields are members of the line's own object (`{"timestamp", "level",
//! "target", "message", "requestId", ...}`), so that a log query can name them without a prefix; the
//! current span is under `span`.

use std::io::Write;

/// Counts something: an event of the target `metric`, which is made a metric of where metrics are asked for. The names
/// are in `docs/observability.md`.
macro_rules! metric {
    ($name:literal) => {
        tracing::debug!(target: "metric", metric = $name, count = 1)
    };
}
pub(crate) use metric;

use tracing::Subscriber;
use tracing::subscriber::SetGlobalDefaultError;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{EnvFilter, Layer, Registry};

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object per line, for machines.
    Json,
    /// Coloured, for people.
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

/// Writes the lines that are still in the queue when it is dropped.
#[must_use = "log lines are lost when this is dropped too early"]
#[derive(Debug)]
pub struct LogGuard {
    _worker: WorkerGuard,
}

/// Why there are no log lines.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter is not one.
    #[error("the log filter can not be used: {0}")]
    Filter(String),
    /// Somebody has set up logging already.
    #[error(transparent)]
    Twice(#[from] SetGlobalDefaultError),
}

/// Sets up logging to standard output for the whole process.
pub fn init(format: LogFormat, filter: &str) -> Result<LogGuard, TelemetryError> {
    let (subscriber, guard) = subscriber(format, filter, std::io::stdout())?;
    tracing::subscriber::set_global_default(subscriber)?;
    Ok(guard)
}

/// Whether a filter can be used; the error says why not.
pub fn check_filter(filter: &str) -> Result<(), String> {
    EnvFilter::try_new(filter)
        .map(|_| ())
        .map_err(|error| error.to_string())
}

/// A subscriber that writes to `writer`, from a thread of its own.
pub fn subscriber(
    format: LogFormat,
    filter: &str,
    writer: impl Write + Send + 'static,
) -> Result<(impl Subscriber + Send + Sync, LogGuard), TelemetryError> {
    let filter =
        EnvFilter::try_new(filter).map_err(|error| TelemetryError::Filter(error.to_string()))?;
    let (queue, worker) = NonBlockingBuilder::default()
        .lossy(false)
        .thread_name("civicforge-log")
        .finish(writer);
    let lines = tracing_subscriber::fmt::layer().with_writer(queue);
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match format {
        LogFormat::Json => lines
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(false)
            .boxed(),
        LogFormat::Pretty => lines.compact().boxed(),
    };
    Ok((
        Registry::default().with(lines.with_filter(filter)),
        LogGuard { _worker: worker },
    ))
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Memory(Arc<Mutex<Vec<u8>>>);

    impl Write for Memory {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn written(format: LogFormat, filter: &str, log: impl FnOnce()) -> String {
        let memory = Memory::default();
        let (subscriber, guard) = subscriber(format, filter, memory.clone()).unwrap();
        tracing::subscriber::with_default(subscriber, log);
        drop(guard);
        let bytes = memory.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_json_line_has_the_fields_at_its_top() {
        let text = written(LogFormat::Json, "info", || {
            let _span = tracing::info_span!("request", request_id = "r-1").entered();
            tracing::info!(operation = "getQuest", status = 200, "a \"quoted\"\nline");
            tracing::debug!("filtered out");
        });
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 1, "{text}");
        let line: serde_json::Value = serde_json::from_str(lines[0]).unwrap();
        assert_eq!(
            (&line["operation"], &line["status"]),
            (&"getQuest".into(), &200.into())
        );
        assert_eq!(line["message"], "a \"quoted\"\nline");
        assert_eq!(line["span"]["request_id"], "r-1");
        let time = line["timestamp"].as_str().unwrap();
        assert!(
            chrono::DateTime::parse_from_rfc3339(time)
                .is_ok_and(|t| t.offset().utc_minus_local() == 0)
        );
    }

    #[test]
    fn every_line_is_written_before_the_guard_is_gone() {
        let text = written(LogFormat::Json, "info", || {
            (0..20_000).for_each(|n| tracing::info!(n));
        });
        assert_eq!(text.lines().count(), 20_000);
    }

    #[test]
    fn pretty_lines_are_for_people() {
        let text = written(LogFormat::Pretty, "info", || {
            tracing::info!(port = 8080, "listening")
        });
        assert!(
            text.contains("listening") && text.contains("8080"),
            "{text}"
        );
    }

    #[test]
    fn a_wrong_filter_is_an_error() {
        assert!(check_filter("info,civicforge_handlers=debug").is_ok());
        assert!(check_filter("info=loud").is_err());
    }
}
