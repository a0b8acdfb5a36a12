//! Answers, read to the end.
//!
//! progenitor decodes answers after the hook, where nothing can be tried again and where an error is only a response
//! whose body is still to be read. So bodies are read here, and what belongs to a failed call travels in the
//! extensions of the response.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use reqwest::header::CONTENT_TYPE;
use reqwest::{Response, ResponseBuilderExt};

use crate::Error;

/// More of an error than this is not read. The largest problem is much smaller.
const MOST_OF_AN_ERROR: usize = 256 * 1024;

/// The body of an error.
#[derive(Clone)]
pub(crate) struct ErrorBody(pub(crate) Bytes);

/// Why the access token that this answer refuses could not be renewed.
#[derive(Clone)]
pub(crate) struct RenewalError(pub(crate) Arc<Error>);

/// Reads what is not a stream: errors, and JSON.
pub(crate) async fn read(mut response: Response) -> reqwest::Result<Response> {
    let is_error = !response.status().is_success();
    if !is_error && !is_json(&response) {
        return Ok(response);
    }
    let mut rebuilt = http::Response::builder()
        .status(response.status())
        .version(response.version())
        .url(response.url().clone());
    if let Some(headers) = rebuilt.headers_mut() {
        *headers = response.headers().clone();
    }
    let body = if is_error {
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await? {
            let room = MOST_OF_AN_ERROR.saturating_sub(body.len());
            body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() >= room {
                break;
            }
        }
        let body = body.freeze();
        rebuilt = rebuilt.extension(ErrorBody(body.clone()));
        body
    } else {
        response.bytes().await?
    };
    let mut whole = http::Response::new(body);
    // Status, version and headers come from a response, so they are valid.
    if let Ok(parts) = rebuilt.body(()) {
        let (parts, ()) = parts.into_parts();
        let (_, body) = whole.into_parts();
        whole = http::Response::from_parts(parts, body);
    }
    Ok(Response::from(whole))
}

pub(crate) fn with_renewal_error(mut response: Response, error: Arc<Error>) -> Response {
    response.extensions_mut().insert(RenewalError(error));
    response
}

fn is_json(response: &Response) -> bool {
    let media_type = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    media_type == "application/json" || media_type.ends_with("+json")
}
