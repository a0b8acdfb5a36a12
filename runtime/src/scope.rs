//! What a task is working on: which request or event, for log lines and for the headers of outgoing calls.
//!
//! It hangs on the task and not on a `tracing` span, because two things need it that see no spans: whoever formats a log line
//! in a call that is many layers below, and whoever makes an outgoing call and must say which trace it belongs to. Work that is
//! handed to another task or thread has none.

use std::sync::{Arc, OnceLock};

use http::{HeaderMap, Request};
use uuid::Uuid;

use crate::body::Body;
use crate::invocation::Invocation;
use crate::request_id::{REQUEST_ID, RequestId};
use crate::trace::{self, TRACE_HEADER, Trace};

tokio::task_local! {
    static CURRENT: Arc<RequestScope>;
}

/// A request or event that is being handled.
#[derive(Debug, Default)]
pub struct RequestScope {
    /// Its id.
    pub request_id: Arc<str>,
    /// What the caller calls it.
    pub correlation_id: Option<String>,
    /// Which operation it is for, as soon as that is known.
    pub operation: OnceLock<&'static str>,
    /// The trace that it belongs to, and what calls made for it hang under.
    pub trace: Option<Trace>,
    /// The id of its trace to whoever records spans, where it is recorded.
    pub recorded_as: OnceLock<String>,
    /// Whether it is the first that its process handles; nothing where there is no such difference.
    pub cold_start: Option<bool>,
}

impl RequestScope {
    /// What a request is, for log lines and outgoing calls. The host of a function records the request itself, and has the trace in
    /// which calls made for it belong; elsewhere that is for the service to do.
    ///
    /// Without an invocation the headers of the request say which trace it belongs to, if they are `trusted`.
    pub(crate) fn of(request: &Request<Body>, trusted: bool) -> (Self, Option<Segment>) {
        let request_id = match request.extensions().get::<RequestId>() {
            Some(RequestId(id)) => Arc::from(id.as_str()),
            None => new_id(),
        };
        let correlation_id = callers_id(request.headers()).map(str::to_owned);
        let invocation = request.extensions().get::<Invocation>();
        let (trace, segment) = match invocation {
            Some(invocation) => {
                let trace = invocation.trace_id.as_deref().and_then(Trace::parse);
                (trace, None)
            }
            None => {
                let header = request.headers().get(TRACE_HEADER).filter(|_| trusted);
                match header.and_then(|value| Trace::parse(value.to_str().ok()?)) {
                    Some(trace) if trace.sampled => {
                        let id = trace::segment_id();
                        (Some(trace.under(&id)), Some(Segment { id, trace }))
                    }
                    trace => (trace, None),
                }
            }
        };
        let scope = Self {
            request_id,
            correlation_id,
            trace,
            cold_start: invocation.map(|invocation| invocation.cold_start),
            ..Self::default()
        };
        (scope, segment)
    }

    /// The id of its trace, where that is recorded: with it a log line leads to the trace.
    pub fn trace_id(&self) -> Option<&str> {
        let of_x_ray = || {
            let trace = self.trace.as_ref().filter(|trace| trace.sampled)?;
            Some(&trace.root)
        };
        self.recorded_as.get().or_else(of_x_ray).map(String::as_str)
    }

    /// An event that is no request.
    pub fn invoked(invocation: &Invocation) -> Self {
        Self {
            request_id: invocation.request_id.as_str().into(),
            trace: invocation.trace_id.as_deref().and_then(Trace::parse),
            cold_start: Some(invocation.cold_start),
            ..Self::default()
        }
    }
}

/// The part of a recorded trace that a request is.
#[derive(Debug)]
pub(crate) struct Segment {
    pub id: String,
    pub trace: Trace,
}

/// Runs a future in the scope of a request or event.
// No `async fn`: that would move the work, which is kilobytes, once more for each layer.
pub fn within<F: Future>(scope: Arc<RequestScope>, work: F) -> impl Future<Output = F::Output> {
    if scope.cold_start == Some(true) {
        CURRENT.sync_scope(scope.clone(), || {
            tracing::debug!(target: "metric", metric = "coldStarts", count = 1);
        });
    }
    CURRENT.scope(scope, work)
}

/// Looks at what is being worked on, where something is.
pub fn current<R>(look: impl FnOnce(&RequestScope) -> R) -> Option<R> {
    CURRENT.try_with(|scope| look(scope)).ok()
}

fn new_id() -> Arc<str> {
    let mut buffer = Uuid::encode_buffer();
    Arc::from(&*Uuid::now_v7().hyphenated().encode_lower(&mut buffer))
}

/// What the caller calls the request, for the log; an id is the host's to give, because logs are searched by it.
fn callers_id(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(|id| {
            (1..=128).contains(&id.len())
                && id
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_.:=/+".contains(&byte))
        })
}
