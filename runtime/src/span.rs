//! Spans for OpenTelemetry: one for each request, and one for each [outgoing call](crate::call) under it.

use http::{Method, StatusCode};
use tracing::field::Empty;
use tracing::{Span, info_span};

use crate::descriptor::Descriptor;

/// The target of spans, which are for OpenTelemetry. A subscriber that has no use for them leaves them out by it.
pub const SPANS: &str = "span";

/// The span of a request, in the words of OpenTelemetry's semantic conventions for HTTP. It has nothing that a caller chooses but
/// the method: no path, no query, no header.
pub(crate) fn request(method: &Method, request_id: &str) -> Span {
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
