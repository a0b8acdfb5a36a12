//! Compressed answers (RFC 9110 §8.4, §12.5.3): gzip, for callers that take it.
//!
//! What is compressed are the texts that GET answers, where they are long enough to gain by it and have no entity tag: lists,
//! mostly. An answer with an entity tag stays as it is. Its tag is a strong one and is of the bytes, so each form would need a
//! tag of its own, and `If-Match` would have to know all of them. An answer that says `no-store` stays as it is too: it holds
//! tokens, and how well a text is compressed tells something of the secrets in it to whoever puts guesses beside them (BREACH).
//! See `docs/decisions/0007-compression-in-the-service.md`.

use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, SET_COOKIE, VARY};
use http::{HeaderMap, HeaderValue, Method, Response};

/// Answers with fewer bytes stay as they are: they fit into one packet.
const LEAST: usize = 1024;
/// How much is compressed before others have their turn: half a millisecond's work.
const PIECE: usize = 64 * 1024;
/// Where more time gains little: a page of a list is one percent shorter with level 9.
const LEVEL: Compression = Compression::new(6);

/// Compresses an answer where it may be and its caller takes that, and says that it depends on the caller.
pub(crate) async fn apply(method: &Method, is_taken: bool, response: &mut Response<Bytes>) {
    let is_read = *method == Method::GET || *method == Method::HEAD;
    if !(is_read && may_be_compressed(response)) {
        return;
    }
    varies(response.headers_mut());
    if !is_taken || response.body().len() < LEAST {
        return;
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(response.body().len() / 4), LEVEL);
    for piece in response.body().chunks(PIECE) {
        // Writing to memory does not fail.
        if encoder.write_all(piece).is_err() {
            return;
        }
        if piece.len() == PIECE {
            tokio::task::yield_now().await;
        }
    }
    if let Ok(compressed) = encoder.finish() {
        *response.body_mut() = compressed.into();
        is_gzip(response.headers_mut());
    }
}

/// A text of a file, compressed; nothing, where that gains nothing.
pub(crate) fn of_file(media_type: &str, body: &[u8]) -> Option<Bytes> {
    if body.len() < LEAST || !is_text(media_type) {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).ok()?;
    Some(encoder.finish().ok()?.into())
}

/// Says that an answer depends on `Accept-Encoding`, so that no cache gives one form to a caller that takes another.
pub(crate) fn varies(headers: &mut HeaderMap) {
    headers.append(VARY, HeaderValue::from_static("accept-encoding"));
}

/// Says that an answer is in gzip.
pub(crate) fn is_gzip(headers: &mut HeaderMap) {
    headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
}

fn may_be_compressed(response: &Response<Bytes>) -> bool {
    let headers = response.headers();
    let as_it_is = [CONTENT_ENCODING, ETAG, SET_COOKIE]
        .iter()
        .any(|name| headers.contains_key(name));
    let forbids = |directive: &str| {
        let lines = headers.get_all(CACHE_CONTROL).iter();
        let mut directives = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','));
        directives.any(|one| one.trim().eq_ignore_ascii_case(directive))
    };
    let media_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    response.status().is_success()
        && !as_it_is
        && !forbids("no-store")
        && !forbids("no-transform")
        && media_type.is_some_and(is_text)
}

/// Whether a media type is a text that gains by compression.
fn is_text(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/').unwrap_or_default();
    let structured = ["json", "xml", "yaml"];
    kind == "text"
        || structured.iter().any(|syntax| {
            subtype == *syntax
                || subtype
                    .strip_suffix(syntax)
                    .is_some_and(|rest| rest.ends_with('+'))
        })
        || subtype == "javascript"
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn answer(headers: &[(http::HeaderName, &'static str)], body: &str) -> Response<Bytes> {
        let mut response = Response::new(Bytes::copy_from_slice(body.as_bytes()));
        for (name, value) in headers {
            let value = HeaderValue::from_static(value);
            response.headers_mut().append(name, value);
        }
        response
    }

    fn long() -> String {
        let items: Vec<String> = (0..20_000).map(|n| format!("item number {n}")).collect();
        serde_json::to_string(&items).unwrap()
    }

    fn unzipped(bytes: &[u8]) -> String {
        let mut text = String::new();
        flate2::read::GzDecoder::new(bytes)
            .read_to_string(&mut text)
            .unwrap();
        text
    }

    #[tokio::test]
    async fn a_long_text_is_compressed_whole() {
        let text = long();
        assert!(text.len() > 5 * PIECE);
        let mut response = answer(&[(CONTENT_TYPE, "application/json")], &text);
        apply(&Method::GET, true, &mut response).await;
        assert_eq!(response.headers()[CONTENT_ENCODING], "gzip");
        assert_eq!(response.headers()[VARY], "accept-encoding");
        assert!(response.body().len() < text.len() / 3);
        assert_eq!(unzipped(response.body()), text);
    }

    #[tokio::test]
    async fn what_could_be_compressed_says_so_also_where_it_is_not() {
        let text = long();
        for (is_taken, body) in [(false, &*text), (true, "[]")] {
            let mut response = answer(&[(CONTENT_TYPE, "application/json")], body);
            apply(&Method::GET, is_taken, &mut response).await;
            assert_eq!(response.headers()[VARY], "accept-encoding");
            assert_eq!(response.headers().get(CONTENT_ENCODING), None);
            assert_eq!(response.body(), body);
        }
    }

    /// A tag is of these bytes, and a secret must not stand beside what somebody else may choose.
    #[tokio::test]
    async fn tagged_and_secret_answers_stay_as_they_are() {
        let json = (CONTENT_TYPE, "application/json");
        let text = long();
        for (method, status, headers) in [
            (Method::POST, 200, vec![json.clone()]),
            (Method::GET, 404, vec![json.clone()]),
            (Method::GET, 200, vec![json.clone(), (ETAG, "\"1\"")]),
            (
                Method::GET,
                200,
                vec![json.clone(), (CACHE_CONTROL, "private, No-Store")],
            ),
            (
                Method::GET,
                200,
                vec![json.clone(), (CACHE_CONTROL, "no-transform")],
            ),
            (Method::GET, 200, vec![json.clone(), (SET_COOKIE, "a=b")]),
            (
                Method::GET,
                200,
                vec![json.clone(), (CONTENT_ENCODING, "br")],
            ),
            (Method::GET, 200, vec![(CONTENT_TYPE, "image/png")]),
            (Method::GET, 200, vec![]),
        ] {
            let mut response = answer(&headers, &text);
            *response.status_mut() = status.try_into().unwrap();
            apply(&method, true, &mut response).await;
            assert_eq!(response.body(), &text, "{method} {status} {headers:?}");
            assert_eq!(response.headers().get(VARY), None, "{headers:?}");
        }
    }

    #[test]
    fn texts_are_known_by_their_media_type() {
        for media_type in [
            "application/json",
            "Application/Problem+JSON; charset=utf-8",
            "text/html; charset=utf-8",
            "application/yaml",
            "image/svg+xml",
        ] {
            assert!(is_text(media_type), "{media_type}");
        }
        for media_type in [
            "image/png",
            "application/octet-stream",
            "nothing",
            "",
            "application/myjson",
        ] {
            assert!(!is_text(media_type), "{media_type}");
        }
    }
}
