//! The one form of a path of which RFC 3986 knows many.

use std::borrow::Cow;

use http::Uri;
use http::uri::PathAndQuery;

const UPPER_HEX: &[u8; 16] = b"0123456789ABCDEF";

/// The path as RFC 3986 (section 6.2.2) normalizes it: escapes of characters that need none undone, the others with upper-case digits, and
/// what no path can have escaped. So `/%75sers`, which is `/users`, does not reach what `/{name}` has. An escape that is none stays: it is
/// refused where it is decoded.
pub fn normalized(path: &str) -> Cow<'_, str> {
    let bytes = path.as_bytes();
    let mut out: Option<String> = None;
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let escape = match byte {
            b'%' => escaped(bytes, at),
            _ => None,
        };
        let (read, plain) = match escape {
            Some(value) => (3, is_unreserved(value).then_some(value)),
            None if byte == b'%' || is_of_path(byte) => (1, Some(byte)),
            None => (1, None),
        };
        let value = escape.unwrap_or(byte);
        let same = match (escape, plain) {
            // Its digits may be lower-case ones.
            (Some(value), None) => bytes.get(at + 1..at + 3) == Some(&hex(value)),
            (Some(_), Some(_)) => false,
            (None, plain) => plain.is_some(),
        };
        if !same && out.is_none() {
            out = Some(path.get(..at).unwrap_or_default().to_owned());
        }
        if let Some(out) = &mut out {
            match plain {
                Some(plain) => out.push(char::from(plain)),
                None => {
                    out.push('%');
                    out.extend(hex(value).map(char::from));
                }
            }
        }
        at += read;
    }
    out.map_or(Cow::Borrowed(path), Cow::Owned)
}

/// Gives a URI that path.
pub(crate) fn normalize(uri: &mut Uri) {
    let Cow::Owned(path) = normalized(uri.path()) else {
        return;
    };
    let text = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path,
    };
    let mut parts = std::mem::take(uri).into_parts();
    // It was a path before, and has only characters that paths have.
    parts.path_and_query = PathAndQuery::try_from(text).ok();
    *uri = Uri::from_parts(parts).unwrap_or_default();
}

fn hex(byte: u8) -> [u8; 2] {
    [byte >> 4, byte & 15].map(|digit| UPPER_HEX[usize::from(digit)])
}

/// The byte of an escape.
fn escaped(bytes: &[u8], at: usize) -> Option<u8> {
    let digit = |at: usize| {
        let digit = char::from(*bytes.get(at)?).to_digit(16)?;
        u8::try_from(digit).ok()
    };
    Some(digit(at + 1)? << 4 | digit(at + 2)?)
}

/// RFC 3986, section 2.3.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

/// What a path has as it is (RFC 3986, section 3.3).
fn is_of_path(byte: u8) -> bool {
    is_unreserved(byte) || b"!$&'()*+,;=:@/".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_keeps_the_rest() {
        for (uri, form) in [
            ("/%61?q=%61", "/a?q=%61"),
            ("http://a.example:1/%61?q", "http://a.example:1/a?q"),
            ("/%C3%A9", "/%C3%A9"),
            ("*", "*"),
        ] {
            let mut uri: Uri = uri.parse().unwrap();
            normalize(&mut uri);
            assert_eq!(uri.to_string(), form);
        }
    }

    #[test]
    fn a_path_has_one_form() {
        for (path, form) in [
            ("/users/me", "/users/me"),
            ("/%75sers/%6De", "/users/me"),
            ("/a%2fb%2Fc", "/a%2Fb%2Fc"),
            ("/a%7E%2E%2D%5F", "/a~.-_"),
            ("/%C3%A9", "/%C3%A9"),
            ("/%c3%a9", "/%C3%A9"),
            ("/é", "/%C3%A9"),
            ("/a b|c", "/a%20b%7Cc"),
            ("/a:b@c!$&'()*+,;=", "/a:b@c!$&'()*+,;="),
            // What is broken stays.
            ("/%", "/%"),
            ("/%4", "/%4"),
            ("/%zz%41", "/%zzA"),
            ("", ""),
        ] {
            assert_eq!(normalized(path), form, "{path}");
            assert_eq!(normalized(form), form, "{form}");
            let is_borrowed = matches!(normalized(form), Cow::Borrowed(_));
            assert!(is_borrowed, "{form}");
        }
    }
}
