//! Media types.

use std::fmt;

/// A media type, or a range of them (`image/*`, `application/*+json`), as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MediaType {
    /// Without parameters, in lower case.
    pub essence: String,
    /// Names in lower case, each with its value (RFC 9110, section 5.6.6), in the order of the names.
    pub parameters: Vec<(String, String)>,
}

impl MediaType {
    /// Reads one. `None`: it is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = split(text);
        let essence = parts.next()?.trim().to_ascii_lowercase();
        let mut parameters = Vec::new();
        for part in parts.filter(|part| !part.trim().is_empty()) {
            let (name, value) = part.split_once('=')?;
            let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
            let quoted = value
                .strip_prefix('"')
                .and_then(|value| value.strip_suffix('"'));
            let value = match quoted {
                Some(quoted) => unescaped(quoted),
                None if is_token(value) => value.to_owned(),
                None => return None,
            };
            if !is_token(&name) || parameters.iter().any(|(known, _)| *known == name) {
                return None;
            }
            parameters.push((name, value));
        }
        parameters.sort();
        is_media_type(&essence).then_some(MediaType {
            essence,
            parameters,
        })
    }

    /// The parameter `charset`, taken out.
    pub(crate) fn take_charset(&mut self) -> Option<String> {
        let place = self
            .parameters
            .iter()
            .position(|(name, _)| name == "charset")?;
        Some(self.parameters.remove(place).1)
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.essence)?;
        for (name, value) in &self.parameters {
            if is_token(value) {
                write!(f, "; {name}={value}")?;
            } else {
                let value = value.replace('\\', "\\\\").replace('"', "\\\"");
                write!(f, "; {name}=\"{value}\"")?;
            }
        }
        Ok(())
    }
}

/// The parts between semicolons that are not in quotes.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    text.split(move |c| {
        let is_end = c == ';' && !is_quoted;
        is_quoted ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && is_quoted && !is_escaped;
        is_end
    })
}

fn unescaped(quoted: &str) -> String {
    let mut out = String::new();
    let mut chars = quoted.chars();
    while let Some(c) = chars.next() {
        out.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    out
}

/// A media type without its parameters, in lower case.
pub(crate) fn essence(name: &str) -> String {
    name.split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Whether a media type is JSON.
pub(crate) fn is_json(essence: &str) -> bool {
    essence.ends_with("/json") || essence.ends_with("+json")
}

fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

/// Whether a text is a media type or a range of them.
fn is_media_type(essence: &str) -> bool {
    essence.split_once('/').is_some_and(|(kind, subtype)| {
        let range = subtype == "*" || subtype.strip_prefix("*+").is_some_and(is_token);
        let is_subtype = is_token(subtype) && (range || !subtype.contains('*'));
        is_token(kind) && is_subtype && (!kind.contains('*') || (kind == "*" && subtype == "*"))
    })
}

#[cfg(test)]
mod tests {
    use super::MediaType;

    #[test]
    fn media_types_are_compared_by_what_they_say() {
        for (text, is) in [
            ("application/json", "application/json"),
            (
                "Application/JSON ; Charset=\"UTF-8\"",
                "application/json; charset=UTF-8",
            ),
            ("application/json;v=2;a=1;", "application/json; a=1; v=2"),
            (
                r#"application/ld+json; profile="https://a.example/b;c=\"d\"""#,
                r#"application/ld+json; profile="https://a.example/b;c=\"d\"""#,
            ),
            ("*/*", "*/*"),
            ("text/*; v=1", "text/*; v=1"),
            ("application/*+json", "application/*+json"),
        ] {
            let read = MediaType::parse(text).map(|media_type| media_type.to_string());
            assert_eq!(read.as_deref(), Some(is), "{text}");
        }
        for text in [
            "",
            "json",
            "/json",
            "a/b/c",
            "*/json",
            "te*/plain",
            "text/pl*",
            "text/*+",
            "a/b; c",
            "a/b; c=d e",
            "a/b; c=1; C=2",
            "a/b; =1",
            "a b/c",
            "a/b; c=\"d",
            "é/b",
        ] {
            assert_eq!(MediaType::parse(text), None, "{text}");
        }
    }
}
