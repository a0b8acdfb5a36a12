//! What a caller sends (`Content-Type`), and what it takes: media types (`Accept`, RFC 9110 §12.5.1) and codings
//! (`Accept-Encoding`, §12.5.3).

use http::HeaderMap;
use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE};

/// Whether a media range of the contract (`application/json`, `text/*`, `*/*`) covers this media type.
pub(crate) fn covers(range: &str, media_type: &str) -> bool {
    if range == "*/*" || range.eq_ignore_ascii_case(media_type) {
        return true;
    }
    match (range.strip_suffix("/*"), media_type.split_once('/')) {
        (Some(kind), Some((actual, _))) => kind.eq_ignore_ascii_case(actual),
        _ => false,
    }
}

/// The place of the media range that describes this media type: of those that cover it the most specific one, wherever it stands
/// (OpenAPI 3.0, Request Body Object).
pub(crate) fn most_specific(ranges: &[&str], media_type: &str) -> Option<usize> {
    let places = ranges.iter().enumerate();
    let covering = places.filter(|(_, range)| covers(range, media_type));
    let wildcards = |range: &str| range.bytes().filter(|byte| *byte == b'*').count();
    covering
        .min_by_key(|(_, range)| wildcards(range))
        .map(|(place, _)| place)
}

/// What the `Content-Type` header says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ContentType<'a> {
    /// There is none.
    Absent,
    /// The media type without parameters.
    MediaType(&'a str),
    /// More than one, no text, or a charset that is not UTF-8.
    Unusable(&'static str),
}

/// Reads `Content-Type`.
pub(crate) fn content_type(headers: &HeaderMap) -> ContentType<'_> {
    let mut lines = headers.get_all(CONTENT_TYPE).iter();
    let Some(first) = lines.next() else {
        return ContentType::Absent;
    };
    if lines.next().is_some() {
        return ContentType::Unusable("there is more than one Content-Type header");
    }
    let Ok(text) = first.to_str() else {
        return ContentType::Unusable("the Content-Type header is not text");
    };
    let mut parameters = text.split(';');
    let media_type = parameters.next().unwrap_or_default().trim();
    if media_type.contains(',') {
        return ContentType::Unusable("there is more than one Content-Type");
    }
    for parameter in parameters {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let value = value.trim().trim_matches('"');
        if name.trim().eq_ignore_ascii_case("charset") && !value.eq_ignore_ascii_case("utf-8") {
            return ContentType::Unusable("the charset must be UTF-8");
        }
    }
    ContentType::MediaType(media_type)
}

/// Whether the body is compressed or otherwise not sent as it is. Nothing here decodes, and compressed bytes read as text would be
/// a syntax error that misleads (RFC 9110 §8.4 has 415 for it).
pub(crate) fn is_encoded(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(CONTENT_ENCODING).iter();
    lines
        .filter(|line| !line.as_bytes().eq_ignore_ascii_case(b"identity"))
        .any(|line| !line.is_empty())
}

/// Whether a caller takes at least one of these media types. Without an `Accept` header it takes anything, and an empty
/// list of media types (an answer without a body) suits everybody.
pub(crate) fn accepts(headers: &HeaderMap, produced: &[&str]) -> bool {
    if produced.is_empty() || !headers.contains_key(ACCEPT) {
        return true;
    }
    let ranges = || {
        headers
            .get_all(ACCEPT)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .map(str::trim)
            .filter(|range| !range.is_empty())
    };
    if ranges().next().is_none() {
        return true;
    }
    produced.iter().any(|media_type| {
        // The most specific range decides, so that `text/*, text/html;q=0` refuses HTML.
        ranges()
            .filter_map(|range| {
                let mut parts = range.split(';');
                let range = parts.next().unwrap_or_default().trim();
                let refused =
                    parts.any(|parameter| weight(parameter).is_some_and(|weight| weight <= 0.0));
                covers(range, media_type).then(|| (specificity(range), !refused))
            })
            .max_by_key(|(specificity, _)| *specificity)
            .is_some_and(|(_, accepted)| accepted)
    })
}

/// Whether a caller takes gzip, and does not prefer an answer as it is. Without an `Accept-Encoding` header it gets the answer
/// as it is: many that do not send one cannot decode anything.
pub(crate) fn takes_gzip(headers: &HeaderMap) -> bool {
    let (mut gzip, mut identity, mut other) = (None, None, None);
    let lines = headers.get_all(ACCEPT_ENCODING).iter();
    let codings = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','));
    for coding in codings {
        let (name, parameter) = coding.split_once(';').unwrap_or((coding, "q=1"));
        // What is no weight is taken for none.
        let weight = weight(parameter)
            .filter(|weight| (0.0..=1.0).contains(weight))
            .unwrap_or(0.0);
        match name.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => gzip = Some(weight),
            "identity" => identity = Some(weight),
            "*" => other = Some(weight),
            _ => {}
        }
    }
    let gzip = gzip.or(other).unwrap_or(0.0);
    gzip > 0.0 && gzip >= identity.unwrap_or(0.0)
}

/// The number of a parameter `q=NUMBER`; nothing, where it is another parameter or no number.
fn weight(parameter: &str) -> Option<f32> {
    let (name, value) = parameter.split_once('=')?;
    let is_weight = name.trim().eq_ignore_ascii_case("q");
    is_weight.then(|| value.trim().parse().ok()).flatten()
}

fn specificity(range: &str) -> u8 {
    match range {
        "*/*" => 0,
        range if range.ends_with("/*") => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(name: http::HeaderName, lines: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(&name, HeaderValue::from_static(line));
        }
        headers
    }

    #[test]
    fn the_most_specific_range_wins_wherever_it_stands() {
        let ranges = ["*/*", "text/*", "text/plain", "application/json"];
        for (media_type, place) in [
            ("text/plain", Some(2)),
            ("Text/Plain", Some(2)),
            ("text/csv", Some(1)),
            ("application/json", Some(3)),
            ("image/png", Some(0)),
        ] {
            assert_eq!(most_specific(&ranges, media_type), place, "{media_type}");
        }
        assert_eq!(most_specific(&["text/*"], "image/png"), None);
    }

    #[test]
    fn accept_is_read_as_rfc_9110_says() {
        let json = ["application/json"];
        for (accept, taken) in [
            ("*/*", true),
            ("application/*", true),
            ("Application/JSON; charset=utf-8", true),
            ("text/html, application/json;q=0.1", true),
            ("text/html", false),
            ("application/json;q=0", false),
            ("application/json;q=0, */*", false),
            ("application/json, */*;q=0", true),
            ("", true),
            (",", true),
            ("garbage", false),
        ] {
            assert_eq!(
                accepts(&headers(ACCEPT, &[accept]), &json),
                taken,
                "{accept}"
            );
        }
        assert!(accepts(&HeaderMap::new(), &json));
        assert!(accepts(&headers(ACCEPT, &["text/html"]), &[]));
        assert!(accepts(
            &headers(ACCEPT, &["text/html", "application/json"]),
            &json
        ));
    }

    #[test]
    fn accept_encoding_is_read_as_rfc_9110_says() {
        for (lines, taken) in [
            (&["gzip"][..], true),
            (&["GZIP ; Q=0.001"], true),
            (&["x-gzip"], true),
            (&["br, deflate", "gzip"], true),
            (&["*"], true),
            (&["identity, *;q=0"], false),
            (&["gzip;q=0, *"], false),
            (&["gzip;q=0"], false),
            (&["gzip;q=0.000"], false),
            (&["identity;q=0.5, gzip;q=1.0"], true),
            (&["identity;q=1, gzip;q=0.5"], false),
            (&["identity;q=0"], false),
            (&["br"], false),
            (&["gzipped"], false),
            (&["gzip;q=2"], false),
            (&["gzip;q=NaN"], false),
            (&["gzip;level=9"], false),
            (&[""], false),
            (&[], false),
        ] {
            let headers = headers(ACCEPT_ENCODING, lines);
            assert_eq!(takes_gzip(&headers), taken, "{lines:?}");
        }
    }

    #[test]
    fn identity_is_no_encoding() {
        for (lines, encoded) in [
            (&[][..], false),
            (&["identity"], false),
            (&["Identity", ""], false),
            (&["gzip"], true),
            (&["identity, br"], true),
            (&["identity", "br"], true),
        ] {
            assert_eq!(
                is_encoded(&headers(CONTENT_ENCODING, lines)),
                encoded,
                "{lines:?}"
            );
        }
    }

    #[test]
    fn content_type_is_one_media_type_in_utf_8() {
        let read = |lines: &[&'static str]| match content_type(&headers(CONTENT_TYPE, lines)) {
            ContentType::Absent => "absent".to_owned(),
            ContentType::MediaType(media_type) => media_type.to_owned(),
            ContentType::Unusable(_) => "unusable".to_owned(),
        };
        assert_eq!(read(&[]), "absent");
        assert_eq!(
            read(&["application/json; charset=\"UTF-8\""]),
            "application/json"
        );
        assert_eq!(read(&["application/json; charset=latin1"]), "unusable");
        assert_eq!(read(&["application/json", "application/json"]), "unusable");
        assert_eq!(read(&["application/json, text/plain"]), "unusable");
    }
}
