//! Undoing percent-encoding (RFC 3986, section 2.1), strictly.

use std::borrow::Cow;

use super::ParameterError;

/// How the characters of a text are written where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escapes {
    /// As they are: header values.
    None,
    /// `%XX`: paths and cookies.
    Percent,
    /// `%XX`, and `+` for a space: forms, and query strings, because browsers write those as they write forms.
    Form,
}

impl Escapes {
    /// The text that is meant. Broken escapes, bytes that are not UTF-8, and null bytes are refused: what is behind a
    /// lenient reader takes them for something else than what is in front of it.
    pub(super) fn decode(self, text: &str) -> Result<Cow<'_, str>, ParameterError> {
        let is_escaped = match self {
            Escapes::None => false,
            Escapes::Percent => text.contains('%'),
            Escapes::Form => text.contains(['%', '+']),
        };
        let decoded = if is_escaped {
            Cow::Owned(unescape(text, self == Escapes::Form)?)
        } else {
            Cow::Borrowed(text)
        };
        if decoded.contains('\0') {
            return Err(ParameterError::syntax("must not contain a null byte"));
        }
        Ok(decoded)
    }
}

fn unescape(text: &str, plus_is_space: bool) -> Result<String, ParameterError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' if plus_is_space => b' ',
            b'%' => {
                let mut digit = || rest.next().and_then(hex);
                match (digit(), digit()) {
                    (Some(high), Some(low)) => high << 4 | low,
                    _ => {
                        return Err(ParameterError::syntax(
                            "has a % without two hexadecimal digits",
                        ));
                    }
                }
            }
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_| ParameterError::syntax("is not UTF-8"))
}

fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undoes_escapes_strictly() {
        use Escapes::{Form, None as Plain, Percent};
        for (escapes, text, expected) in [
            (Plain, "a%20b+c", Some("a%20b+c")),
            (Percent, "a%20b+c", Some("a b+c")),
            (Form, "a%20b+c%2B", Some("a b c+")),
            (Percent, "%2F%2f", Some("//")),
            (Percent, "%C3%A9é", Some("éé")),
            (Percent, "", Some("")),
            (Percent, "%", None),
            (Percent, "%2", None),
            (Percent, "%zz", None),
            (Percent, "%+1", None),
            (Percent, "%%20", None),
            (Percent, "%C3", None),
            (Percent, "%ED%A0%80", None),
            (Percent, "%C0%AF", None),
            (Percent, "%00", None),
            (Plain, "\0", None),
        ] {
            let decoded = escapes.decode(text);
            assert_eq!(decoded.as_deref().ok(), expected, "{escapes:?} {text:?}");
        }
        assert!(matches!(Form.decode("plain"), Ok(Cow::Borrowed("plain"))));
    }
}
