//! From an event to a request.

use std::net::SocketAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};

use super::event::{self, Event, Members, NoRequest, RequestContext, Source, Text};
use super::target::target;
use crate::body::Body;
use crate::request_id::RequestId;
use crate::source::Peer;

/// The request that an event carries, and who sent it.
pub(super) fn request(json: &str) -> Result<(Request<Body>, Source), NoRequest> {
    let (event, source) = event::read(json)?;
    let mut request = Request::new(Body::Complete(body(&event)?));
    *request.method_mut() = method(&event)?;
    *request.uri_mut() = target(&event, source)?;
    *request.headers_mut() = headers(&event)?;
    let context = event.request_context.as_ref();
    if let Some(id) = context.and_then(|context| context.request_id.as_ref()) {
        let id = RequestId(id.0.clone().into_owned());
        request.extensions_mut().insert(id);
    }
    if let Some(peer) = context.and_then(peer) {
        request.extensions_mut().insert(peer);
    }
    Ok((request, source))
}

/// Who called the API. A load balancer does not say so but in a header.
fn peer(context: &RequestContext<'_>) -> Option<Peer> {
    let of_http = context
        .http
        .as_ref()
        .and_then(|http| http.source_ip.as_ref());
    let of_rest = context.identity.as_ref();
    let of_rest = of_rest.and_then(|identity| identity.source_ip.as_ref());
    let address = of_http.or(of_rest)?.0.parse().ok()?;
    Some(Peer(SocketAddr::new(address, 0)))
}

fn method(event: &Event<'_>) -> Result<Method, NoRequest> {
    let context = event.request_context.as_ref();
    let (path, method) = match context.and_then(|context| context.http.as_ref()) {
        Some(http) => ("requestContext.http.method", &*http.method.0),
        None => (
            "httpMethod",
            event.http_method.as_ref().map_or("", AsRef::as_ref),
        ),
    };
    Method::from_bytes(method.as_bytes()).map_err(|error| NoRequest::malformed(path, error))
}

fn headers(event: &Event<'_>) -> Result<HeaderMap, NoRequest> {
    let mut headers = HeaderMap::with_capacity(24);
    // Where both are there, the values of the first are all in the second.
    if let Some(Members(all)) = &event.multi_value_headers {
        for (name, values) in all {
            for value in values {
                append(&mut headers, name, value)?;
            }
        }
    } else if let Some(Members(all)) = &event.headers {
        for (name, value) in all {
            append(&mut headers, name, value)?;
        }
    }
    // Payloads of format 2.0 have cookies apart.
    if let Some(cookies) = event.cookies.as_deref().filter(|all| !all.is_empty()) {
        let all: Vec<&str> = cookies.iter().map(AsRef::as_ref).collect();
        let all = HeaderValue::from_bytes(all.join("; ").as_bytes());
        let all = all.map_err(|error| NoRequest::malformed("cookies", error))?;
        headers.insert(COOKIE, all);
    }
    Ok(headers)
}

fn append(headers: &mut HeaderMap, name: &Text<'_>, value: &Text<'_>) -> Result<(), NoRequest> {
    let wrong = |error: &dyn std::fmt::Display| {
        let path = format!("headers.{}", name.0.chars().take(40).collect::<String>());
        NoRequest::malformed(&path, error)
    };
    let key = HeaderName::from_bytes(name.0.as_bytes()).map_err(|error| wrong(&error))?;
    let value = HeaderValue::from_bytes(value.0.as_bytes()).map_err(|error| wrong(&error))?;
    headers
        .try_append(key, value)
        .map_err(|error| wrong(&error))?;
    Ok(())
}

fn body(event: &Event<'_>) -> Result<Bytes, NoRequest> {
    let Some(Text(text)) = &event.body else {
        return Ok(Bytes::new());
    };
    if event.is_base64_encoded == Some(true) {
        let bytes = STANDARD.decode(text.as_bytes());
        return bytes
            .map(Bytes::from)
            .map_err(|error| NoRequest::malformed("body", format!("not base64: {error}")));
    }
    Ok(Bytes::copy_from_slice(text.as_bytes()))
}
