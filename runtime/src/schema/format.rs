//! `format`: what a string must look like.
//!
//! Each is held to the grammar of its standard, not to what a lenient parser takes: a value that passes here means the
//! same thing to everybody who reads it later.

use std::net::{Ipv4Addr, Ipv6Addr};

use base64::Engine as _;
use chrono::NaiveDate;
use fluent_uri::{Uri, UriRef};

use super::Format;

/// Whether a string has the format.
pub(crate) fn holds(format: Format, text: &str) -> bool {
    match format {
        Format::Uuid => is_uuid(text),
        Format::Date => date(text).is_some(),
        Format::DateTime => is_date_time(text),
        Format::Email => is_email(text),
        Format::Uri => Uri::parse(text).is_ok(),
        Format::UriReference => UriRef::parse(text).is_ok(),
        Format::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
        Format::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
        Format::Hostname => is_hostname(text),
        Format::Byte => base64(text).is_some(),
        // The widths of numbers say nothing about a string.
        Format::Int32
        | Format::Int64
        | Format::Uint64
        | Format::Float
        | Format::Double
        | Format::Password => true,
    }
}

/// For messages.
pub(crate) fn expected(format: Format) -> &'static str {
    match format {
        Format::Uuid => "a UUID with hyphens",
        Format::Date => "a date (YYYY-MM-DD)",
        Format::DateTime => "a date and time with offset (RFC 3339)",
        Format::Email => "an e-mail address",
        Format::Uri => "an absolute URI",
        Format::UriReference => "a URI or a relative reference",
        Format::Ipv4 => "an IPv4 address",
        Format::Ipv6 => "an IPv6 address",
        Format::Hostname => "a host name",
        Format::Byte => "base64 with padding",
        Format::Int32 | Format::Int64 | Format::Uint64 | Format::Float | Format::Double => {
            "a number"
        }
        Format::Password => "a password",
    }
}

/// RFC 9562, section 4: lower or upper case, hyphens where they belong, nothing around it.
pub(crate) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// RFC 3339, `full-date`.
pub(crate) fn date(text: &str) -> Option<NaiveDate> {
    match text.as_bytes() {
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] => NaiveDate::from_ymd_opt(
            i32::try_from(digits(&[*y1, *y2, *y3, *y4])?).ok()?,
            digits(&[*m1, *m2])?,
            digits(&[*d1, *d2])?,
        ),
        _ => None,
    }
}

/// RFC 3339, `date-time`. `T` and `Z` may be lower case, as its grammar has it. Second 60 is the one before midnight UTC.
pub(crate) fn is_date_time(text: &str) -> bool {
    let Some((day, time)) = text.split_at_checked(10) else {
        return false;
    };
    let [b'T' | b't', h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = time.as_bytes() else {
        return false;
    };
    let (Some(hour), Some(minute), Some(second)) = (
        digits(&[*h1, *h2]),
        digits(&[*m1, *m2]),
        digits(&[*s1, *s2]),
    ) else {
        return false;
    };
    let Some(offset) = offset(after_fraction(rest)) else {
        return false;
    };
    let minute_of_day = (i64::from(hour) * 60 + i64::from(minute) - offset).rem_euclid(24 * 60);
    date(day).is_some()
        && hour < 24
        && minute < 60
        && (second < 60 || second == 60 && minute_of_day == 24 * 60 - 1)
}

/// What is behind `time-secfrac`; where there is a point without digits, the point stays.
fn after_fraction(rest: &[u8]) -> &[u8] {
    match rest {
        [b'.', digits @ ..] => {
            let length = digits
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            if length == 0 { rest } else { &digits[length..] }
        }
        _ => rest,
    }
}

/// `time-offset`, in minutes.
fn offset(text: &[u8]) -> Option<i64> {
    match text {
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let offset = i64::from(hours * 60 + minutes);
            Some(if *sign == b'-' { -offset } else { offset })
        }
        _ => None,
    }
}

fn digits(text: &[u8]) -> Option<u32> {
    text.iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + u32::from(byte - b'0'))
    })
}

/// RFC 5321 `Mailbox` with a `Dot-string` in front of a domain. Quoted local parts and address literals are refused: no
/// provider gives them out, and what is behind them rarely expects them.
pub(crate) fn is_email(text: &str) -> bool {
    text.len() <= 254
        && text.split_once('@').is_some_and(|(local, domain)| {
            local.len() <= 64
                && local
                    .split('.')
                    .all(|atom| !atom.is_empty() && atom.bytes().all(is_atext))
                && is_hostname(domain)
        })
}

/// RFC 5322, `atext`.
fn is_atext(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

/// RFC 1123, section 2.1: labels of letters, digits and inner hyphens.
pub(crate) fn is_hostname(text: &str) -> bool {
    text.len() <= 253
        && text.split('.').all(|label| {
            matches!(label.len(), 1..=63)
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}

/// RFC 4648, section 4: with padding, and with unused bits zero.
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    base64::engine::general_purpose::STANDARD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which strings have a format, and which do not.
    fn table(format: Format, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(holds(format, text), "{format:?} {text:?}");
        }
        for text in bad {
            assert!(!holds(format, text), "{format:?} {text:?}");
        }
    }

    #[test]
    fn uuid() {
        table(
            Format::Uuid,
            &[
                "0190163d-8694-739b-aea5-966c26f8ad91",
                "0190163D-8694-739B-AEA5-966C26F8AD91",
                "00000000-0000-0000-0000-000000000000",
            ],
            &[
                "",
                "0190163d8694739baea5966c26f8ad91",
                "{0190163d-8694-739b-aea5-966c26f8ad91}",
                "urn:uuid:0190163d-8694-739b-aea5-966c26f8ad91",
                "0190163d-8694-739b-aea5-966c26f8ad9g",
                "0190163d-8694-739b-aea5-966c26f8ad911",
                "0190163d8-694-739b-aea5-966c26f8ad91",
            ],
        );
    }

    #[test]
    fn dates() {
        table(
            Format::Date,
            &["2024-02-29", "0000-01-01", "9999-12-31", "2000-02-29"],
            &[
                "2023-02-29",
                "1900-02-29",
                "2024-13-01",
                "2024-00-01",
                "2024-01-00",
                "2024-1-1",
                "20240101",
                "2024-01-01Z",
                "+024-01-01",
                "२०२४-०१-०१",
                "",
            ],
        );
        table(
            Format::DateTime,
            &[
                "2024-02-29T00:00:00Z",
                "2024-02-29t00:00:00z",
                "2024-02-29T23:59:59.123456789012Z",
                "2024-02-29T23:59:59+23:59",
                "2024-02-29T23:59:59-00:00",
                "1998-12-31T23:59:60Z",
                "1998-12-31T15:59:60.5-08:00",
                "1999-01-01T05:29:60+05:30",
            ],
            &[
                "2024-02-29",
                "2024-02-29 00:00:00Z",
                "2024-02-29T00:00:00",
                "2024-02-29T00:00Z",
                "2024-02-29T24:00:00Z",
                "2024-02-29T00:60:00Z",
                "2024-02-29T00:00:61Z",
                "2024-02-29T00:00:60Z",
                "1998-12-31T23:59:60+01:00",
                "2024-02-29T00:00:00.Z",
                "2024-02-29T00:00:00,5Z",
                "2024-02-29T00:00:00+24:00",
                "2024-02-29T00:00:00+00:60",
                "2024-02-29T00:00:00+0000",
                "2024-02-29T00:00:00+00",
                "2023-02-29T00:00:00Z",
                "2024-02-2éT00:00:00Z",
                "",
            ],
        );
    }

    #[test]
    fn email() {
        let long_local = format!("{}@example.org", "a".repeat(64));
        let too_long_local = format!("{}@example.org", "a".repeat(65));
        table(
            Format::Email,
            &[
                "a@b",
                "joe.bloggs@example.com",
                "te~st+tag@example.com",
                "o'neil@ex-ample.co.uk",
                &long_local,
            ],
            &[
                "",
                "@",
                "a@",
                "@b",
                "a@b@c",
                ".a@b.c",
                "a.@b.c",
                "a..b@c.d",
                "a@b..c",
                "a@-b.c",
                "a@b.c.",
                "a b@c.d",
                "\"a\"@b.c",
                "a@[127.0.0.1]",
                "é@b.c",
                "a@é.c",
                "a@b.c\n",
                "Joe <a@b.c>",
                &too_long_local,
            ],
        );
    }

    #[test]
    fn uris() {
        table(
            Format::Uri,
            &[
                "https://example.org/a?b=c#d",
                "urn:isbn:0451450523",
                "mailto:a@b.c",
                "http://[::1]:80/",
                "x:",
            ],
            &[
                "",
                "/a",
                "//example.org",
                "http://a b/",
                "http://a/%zz",
                "http://a/é",
                "http://[::1",
                "1a:b",
                "http://a/<b>",
            ],
        );
        table(
            Format::UriReference,
            &["", "/a", "a?b", "#c", "//h/p", "https://a"],
            &["a b", "\\a", "%", "http://[", "1:2 "],
        );
    }

    #[test]
    fn addresses() {
        table(
            Format::Ipv4,
            &["0.0.0.0", "255.255.255.255"],
            &[
                "256.0.0.1",
                "1.2.3",
                "01.2.3.4",
                "1.2.3.4.5",
                "0x1.2.3.4",
                " 1.2.3.4",
                "1.2.3.4/8",
            ],
        );
        table(
            Format::Ipv6,
            &[
                "::",
                "::1",
                "2001:db8::ff00:42:8329",
                "::ffff:192.0.2.1",
                "1:2:3:4:5:6:7:8",
            ],
            &[
                "",
                ":",
                "1",
                "::1%eth0",
                "[::1]",
                "1:2:3:4:5:6:7:8:9",
                "::12345",
                "1::2::3",
            ],
        );
        table(
            Format::Hostname,
            &["a", "example.org", "3com.com", "a-b.c-d", &"a".repeat(63)],
            &[
                "",
                ".",
                "a.",
                ".a",
                "a..b",
                "-a",
                "a-",
                "a_b",
                "é",
                "a b",
                &"a".repeat(64),
            ],
        );
        let labels = vec!["a".repeat(49); 6].join(".");
        table(Format::Hostname, &[&labels[..253]], &[&labels[..254]]);
    }

    #[test]
    fn byte() {
        table(
            Format::Byte,
            &["", "AA==", "AAA=", "AAAA", "+/+/"],
            &["A", "AA", "AA=", "AB==", "-_-_", "AAAA\n", "AA==AA=="],
        );
    }
}
