//! Files that a service serves beside its operations: the published contract, its documentation.

use bytes::Bytes;
use http::header::IF_NONE_MATCH;
use http::{HeaderMap, Response, StatusCode};

use crate::answer::Answer;
use crate::conditional::ETag;

/// A file.
#[derive(Debug, Clone)]
pub struct Asset {
    media_type: &'static str,
    body: Bytes,
    etag: ETag,
}

impl Asset {
    /// These bytes. Their entity tag is made from them.
    pub fn new(media_type: &'static str, body: impl Into<Bytes>) -> Self {
        let body = body.into();
        Asset {
            media_type,
            etag: ETag::of(&body),
            body,
        }
    }

    pub(crate) fn answer(&self, request: &HeaderMap) -> Response<Bytes> {
        let known = request
            .get(IF_NONE_MATCH)
            .and_then(|header| header.to_str().ok())
            .is_some_and(|header| self.etag.is_known_to(header));
        let answer = if known {
            Answer::empty(StatusCode::NOT_MODIFIED)
        } else {
            Answer::body(StatusCode::OK, self.media_type, self.body.clone())
        };
        answer
            .header("etag", &self.etag.to_string())
            .into_response("", "")
    }
}
