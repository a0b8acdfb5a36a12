//! Files that a service serves beside its operations: the published contract, its documentation.

use std::sync::OnceLock;

use bytes::Bytes;
use http::header::IF_NONE_MATCH;
use http::{HeaderMap, Response, StatusCode};

use crate::compression;
use crate::conditional::ETag;
use crate::negotiate;
use crate::response::HandlerResponse;

/// A file.
#[derive(Debug, Clone)]
pub struct StaticFile {
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

impl StaticFile {
    /// These bytes. Their entity tag is made from them.
    pub fn new(media_type: &'static str, body: impl Into<Bytes>) -> Self {
        StaticFile {
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
            HandlerResponse::empty(StatusCode::NOT_MODIFIED)
        } else {
            HandlerResponse::body(StatusCode::OK, self.media_type, form.body.clone())
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

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, ETAG, VARY};

    use super::*;

    /// A cache that has one form must not be told that it has the other.
    #[test]
    fn each_form_of_a_file_has_its_own_tag() {
        let asset = StaticFile::new("text/html", "<p>a page</p>".repeat(200));
        let get = |coding: &'static str, known: Option<&HeaderValue>| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(coding));
            if let Some(known) = known {
                headers.insert(IF_NONE_MATCH, known.clone());
            }
            asset.answer(&headers)
        };
        let (plain, short) = (get("identity", None), get("gzip", None));
        assert!(short.body().len() < plain.body().len() / 2);
        assert_eq!(short.headers()[CONTENT_ENCODING], "gzip");
        assert_eq!(plain.headers().get(CONTENT_ENCODING), None);
        let tags = [&plain, &short].map(|form| form.headers()[ETAG].clone());
        assert_ne!(tags[0], tags[1]);
        for (coding, known, status) in [
            ("gzip", &tags[1], StatusCode::NOT_MODIFIED),
            ("identity", &tags[0], StatusCode::NOT_MODIFIED),
            ("gzip", &tags[0], StatusCode::OK),
            ("identity", &tags[1], StatusCode::OK),
        ] {
            let answer = get(coding, Some(known));
            assert_eq!(answer.status(), status, "{coding} {known:?}");
            assert_eq!(answer.headers()[VARY], "accept-encoding");
        }
    }

    #[test]
    fn what_does_not_gain_has_one_form() {
        for asset in [
            StaticFile::new("image/png", vec![0; 5000]),
            StaticFile::new("text/plain", "short"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
            let answer = asset.answer(&headers);
            assert_eq!(answer.headers().get(CONTENT_ENCODING), None);
        }
    }
}
