//! Files that a service serves beside its operations: the published contract, its documentation.

use std::sync::OnceLock;

use bytes::Bytes;
use http::header::IF_NONE_MATCH;
use http::{HeaderMap, Response, StatusCode};

use crate::answer::Answer;
use crate::compression;
use crate::conditional::ETag;
use crate::negotiate;

/// A file.
#[derive(Debug, Clone)]
pub struct Asset {
    media_type: &'static str,
    plain: Form,
    /// In gzip, once somebody has asked for it, and if it gains by that.
    compressed: OnceLock<Option<Form>>,
}

/// The bytes of a file in one coding. Each coding has an entity tag of its own (RFC 9110 §8.8.3.3).
#[derive(Debug, Clone)]
struct Form {
    body: Bytes,
    etag: ETag,
}

impl Form {
    fn new(body: Bytes) -> Self {
        let etag = ETag::of(&body);
        Self { body, etag }
    }
}

impl Asset {
    /// These bytes. Their entity tag is made from them.
    pub fn new(media_type: &'static str, body: impl Into<Bytes>) -> Self {
        Asset {
            media_type,
            plain: Form::new(body.into()),
            compressed: OnceLock::new(),
        }
    }

    pub(crate) fn answer(&self, request: &HeaderMap) -> Response<Bytes> {
        let compressed = negotiate::takes_gzip(request)
            .then(|| self.compressed())
            .flatten();
        let form = compressed.unwrap_or(&self.plain);
        let known = request
            .get(IF_NONE_MATCH)
            .and_then(|header| header.to_str().ok())
            .is_some_and(|header| form.etag.is_known_to(header));
        let answer = if known {
            Answer::empty(StatusCode::NOT_MODIFIED)
        } else {
            Answer::body(StatusCode::OK, self.media_type, form.body.clone())
        };
        let mut response = answer
            .header("etag", &form.etag.to_string())
            .into_response("", "");
        compression::varies(response.headers_mut());
        if compressed.is_some() && !known {
            compression::is_gzip(response.headers_mut());
        }
        response
    }

    fn compressed(&self) -> Option<&Form> {
        let form = self
            .compressed
            .get_or_init(|| compression::of_file(self.media_type, &self.plain.body).map(Form::new));
        form.as_ref()
    }
}
