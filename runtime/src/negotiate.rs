//! What a caller sends (`Content-Type`), and what it takes: media types (`Accept`, RFC 9110 §12.5.1) and codings
//! (`Accept-Encoding`, §12.5.3).

use std::borrow::Cow;
use std::cmp::Reverse;

use http::HeaderMap;
use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE};

/// The parameters of a media type, `; name=value; name="value"` (RFC 9110 §5.6.6). What is none of this ends them.
#[derive(Debug, Clone, Copy)]
struct Parameters<'a>(&'a str);

impl<'a> Iterator for Parameters<'a> {
    type Item = (&'a str, Cow<'a, str>);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.0.trim_start_matches([' ', '\t', ';']);
        let (name, rest) = match rest.find(['=', ';']) {
            Some(end) => rest.split_at(end),
            None => (rest, ""),
        };
        if name.is_empty() {
            return None;
        }
        let name = name.trim_end();
        let Some(rest) = rest.strip_prefix('=') else {
            self.0 = rest;
            return Some((name, Cow::Borrowed("")));
        };
        let Some(quoted) = rest.strip_prefix('"') else {
            let (value, rest) = rest.split_at(rest.find(';').unwrap_or(rest.len()));
            self.0 = rest;
            return Some((name, Cow::Borrowed(value.trim())));
        };
        let mut value = String::new();
        let mut chars = quoted.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.0 = quoted.get(at + 1..).unwrap_or_default();
                    return Some((name, Cow::Owned(value)));
                }
                '\\' => value.extend(chars.next().map(|(_, c)| c)),
                c => value.push(c),
            }
        }
        // The quotes do not end.
        self.0 = "";
        None
    }
}

/// A media type or a range, and its parameters.
fn parts(text: &str) -> (&str, Parameters<'_>) {
    let (essence, parameters) = text.split_at(text.find(';').unwrap_or(text.len()));
    (essence.trim(), Parameters(parameters))
}

/// The value of a parameter of a media type; the first where there are several.
pub(crate) fn parameter<'a>(media_type: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let (_, mut parameters) = parts(media_type);
    parameters
        .find(|(other, _)| other.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

/// The parameters that tell media types apart: not the weight of `Accept`, nor the charset that everything is in.
fn significant(parameters: Parameters<'_>) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    parameters.filter(|(name, value)| {
        let is_charset =
            name.eq_ignore_ascii_case("charset") && value.eq_ignore_ascii_case("utf-8");
        !is_charset && !name.eq_ignore_ascii_case("q")
    })
}

/// Whether a media range (`application/json`, `text/*`, `application/*+json`, `*/*`) covers this media type. The media type has every
/// parameter of the range, and may have others.
pub(crate) fn covers(range: &str, media_type: &str) -> bool {
    let ((range, wanted), (actual, has)) = (parts(range), parts(media_type));
    essence_covers(range, actual)
        && significant(wanted).all(|(name, value)| {
            let mut has = has;
            has.any(|(other, own)| name.eq_ignore_ascii_case(other) && value == own)
        })
}

fn essence_covers(range: &str, actual: &str) -> bool {
    if range == "*/*" || range.eq_ignore_ascii_case(actual) {
        return true;
    }
    let (Some((kind, subtype)), Some((actual_kind, actual_subtype))) =
        (range.split_once('/'), actual.split_once('/'))
    else {
        return false;
    };
    let covers_subtype = match subtype.strip_prefix('*') {
        Some("") => true,
        Some(suffix) => actual_subtype
            .len()
            .checked_sub(suffix.len())
            .and_then(|at| actual_subtype.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(suffix)),
        None => false,
    };
    kind.eq_ignore_ascii_case(actual_kind) && covers_subtype
}

/// The place of the media range that describes this media type: of those that cover it the most specific one, wherever it stands
/// (OpenAPI 3.0, Request Body Object).
pub(crate) fn most_specific(ranges: &[&str], media_type: &str) -> Option<usize> {
    let places = ranges.iter().enumerate();
    let covering = places.filter(|(_, range)| covers(range, media_type));
    covering
        .max_by_key(|(place, range)| (specificity(range), Reverse(*place)))
        .map(|(place, _)| place)
}

/// How much a range says: first of the media type, then by parameters.
fn specificity(range: &str) -> (u8, usize) {
    let (essence, parameters) = parts(range);
    let essence = match essence.split_once('/') {
        Some(("*", _)) => 0,
        Some((_, "*")) => 1,
        Some((_, subtype)) if subtype.starts_with('*') => 2,
        _ => 3,
    };
    (essence, significant(parameters).count())
}

/// The elements of a list, which commas in quotes do not end.
fn elements(line: &str) -> impl Iterator<Item = &str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    line.split(move |c| {
        let is_end = c == ',' && !is_quoted;
        is_quoted ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && is_quoted && !is_escaped;
        is_end
    })
    .map(str::trim)
    .filter(|element| !element.is_empty())
}

/// What the `Content-Type` header says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ContentType<'a> {
    /// There is none.
    Absent,
    /// The media type, with its parameters.
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
    if elements(text).nth(1).is_some() {
        return ContentType::Unusable("there is more than one Content-Type");
    }
    let (_, mut parameters) = parts(text);
    if parameters.any(|(name, value)| {
        name.eq_ignore_ascii_case("charset") && !value.eq_ignore_ascii_case("utf-8")
    }) {
        return ContentType::Unusable("the charset must be UTF-8");
    }
    ContentType::MediaType(text)
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
        let lines = headers.get_all(ACCEPT).iter();
        lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(elements)
    };
    if ranges().next().is_none() {
        return true;
    }
    produced.iter().any(|media_type| {
        // The most specific range decides, so that `text/*, text/html;q=0` refuses HTML. What is produced can be a range, too.
        ranges()
            .filter(|range| {
                let is_open = parts(media_type).0.contains('*');
                covers(range, media_type) || is_open && covers(media_type, range)
            })
            .max_by_key(|range| specificity(range))
            .is_some_and(|range| weight_of(range) > 0.0)
    })
}

/// The weight of an element of `Accept`. What is none is taken for none at all.
fn weight_of(range: &str) -> f32 {
    let (_, mut parameters) = parts(range);
    let weight = parameters.find(|(name, _)| name.eq_ignore_ascii_case("q"));
    match weight {
        Some((_, value)) => number(&value).unwrap_or(0.0),
        None => 1.0,
    }
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
        let (name, mut parameters) = parts(coding);
        // A coding has no parameter but its weight.
        let weight = match parameters.all(|(name, _)| name.eq_ignore_ascii_case("q")) {
            true => weight_of(coding),
            false => 0.0,
        };
        match name.to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => gzip = Some(weight),
            "identity" => identity = Some(weight),
            "*" => other = Some(weight),
            _ => {}
        }
    }
    let gzip = gzip.or(other).unwrap_or(0.0);
    gzip > 0.0 && gzip >= identity.unwrap_or(0.0)
}

/// A weight (RFC 9110 §12.4.2).
fn number(text: &str) -> Option<f32> {
    let weight: f32 = text.parse().ok()?;
    (0.0..=1.0).contains(&weight).then_some(weight)
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
        let versions = [
            "application/json; v=1",
            "application/json; v=2",
            "application/*+json",
            "application/ld+json; profile=\"a;b\"",
        ];
        for (media_type, place) in [
            ("application/json; v=2", Some(1)),
            ("Application/JSON;charset=utf-8; V=\"1\"", Some(0)),
            ("application/json", None),
            ("application/json;v=3", None),
            ("application/json;v=", None),
            ("application/vnd.a+JSON", Some(2)),
            ("application/ld+json", Some(2)),
            ("application/ld+json;profile=\"a\\;b\"", Some(3)),
            ("text/a+json", None),
        ] {
            assert_eq!(most_specific(&versions, media_type), place, "{media_type}");
        }
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
            ("application/json;q=NaN", false),
            ("application/json;v=1", false),
            ("text/html;a=\"b,application/json\"", false),
            ("application/json;q=0.000", false),
        ] {
            assert_eq!(
                accepts(&headers(ACCEPT, &[accept]), &json),
                taken,
                "{accept}"
            );
        }
        let versioned = ["application/json; v=1"];
        for (accept, taken) in [
            ("application/json", true),
            ("application/json;v=1", true),
            ("application/json;v=2", false),
        ] {
            let headers = headers(ACCEPT, &[accept]);
            assert_eq!(accepts(&headers, &versioned), taken, "{accept}");
        }
        let open = ["image/*"];
        assert!(accepts(&headers(ACCEPT, &["image/png"]), &open));
        assert!(!accepts(&headers(ACCEPT, &["text/html"]), &open));
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
            "application/json; charset=\"UTF-8\""
        );
        assert_eq!(read(&["a/b;c=\",\""]), "a/b;c=\",\"");
        assert_eq!(read(&["application/json; charset=latin1"]), "unusable");
        assert_eq!(read(&["application/json", "application/json"]), "unusable");
        assert_eq!(read(&["application/json, text/plain"]), "unusable");
    }
}
