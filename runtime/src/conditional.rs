//! Conditional requests (RFC 9110 §13).

use std::fmt;
use std::ops::RangeInclusive;

use sha2::{Digest, Sha256};

/// A strong entity tag. It holds characters that a tag may have; any other is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ETag(String);

impl ETag {
    /// A tag of a version.
    pub fn new(opaque: impl fmt::Display) -> Self {
        let mut tag = opaque.to_string();
        tag.retain(|c| matches!(c, '\x21' | '\x23'..='\x7e'));
        ETag(tag)
    }

    /// A tag of content that has no version: it changes with the bytes.
    pub fn of(content: &[u8]) -> Self {
        let digest = Sha256::digest(content);
        // Half of it tells any two contents apart that somebody did not spend years to make alike.
        ETag(hex::encode(&digest[..16]))
    }

    /// Whether `If-Match` lets the request through: strong comparison.
    pub fn satisfies_if_match(&self, header: &str) -> bool {
        header.trim() == "*" || tags(header).any(|(weak, tag)| !weak && tag == self.0)
    }

    /// Whether `If-None-Match` says that the caller has this already: weak comparison.
    pub fn is_known_to(&self, header: &str) -> bool {
        header.trim() == "*" || tags(header).any(|(_, tag)| tag == self.0)
    }
}

impl fmt::Display for ETag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0)
    }
}

/// Whether `If-Match` lets a request through where each of these versions will do: strong comparison with [`ETag::new`] of one of them.
pub fn satisfied_by_versions(header: &str, versions: RangeInclusive<u64>) -> bool {
    let is_one = |tag: &str| {
        let version = tag.parse().ok();
        // Only in the form in which a tag has it.
        version
            .is_some_and(|version: u64| versions.contains(&version) && version.to_string() == tag)
    };
    header.trim() == "*" || tags(header).any(|(weak, tag)| !weak && is_one(tag))
}

/// The tags of a list, each with whether it is weak. What is not a tag ends the list: nothing after it can be trusted.
fn tags(header: &str) -> impl Iterator<Item = (bool, &str)> {
    let mut rest = header;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([',', ' ', '\t']);
        let (weak, quoted) = match rest.strip_prefix("W/") {
            Some(quoted) => (true, quoted),
            None => (false, rest),
        };
        let (tag, after) = quoted.strip_prefix('"')?.split_once('"')?;
        rest = after;
        Some((weak, tag))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_as_rfc_9110_says() {
        let tag = ETag::new("v3");
        assert_eq!(tag.to_string(), "\"v3\"");
        for header in ["\"v3\"", "\"v1\", \"v3\"", "*", " \"v3\" "] {
            assert!(
                tag.satisfies_if_match(header) && tag.is_known_to(header),
                "{header}"
            );
        }
        assert!(tag.is_known_to("W/\"v3\"") && !tag.satisfies_if_match("W/\"v3\""));
        for header in ["", "\"v1\"", "v3", "\"v3", "\"V3\""] {
            assert!(
                !tag.satisfies_if_match(header) && !tag.is_known_to(header),
                "{header}"
            );
        }
        assert_eq!(ETag::new("a\"b\nc").to_string(), "\"abc\"");
    }

    #[test]
    fn any_of_several_versions_will_do() {
        for header in ["\"3\"", "\"5\"", "\"1\", \"4\"", "*"] {
            assert!(satisfied_by_versions(header, 3..=5), "{header}");
        }
        for header in ["\"2\"", "\"6\"", "W/\"4\"", "\"04\"", "\"+4\"", "4", ""] {
            assert!(!satisfied_by_versions(header, 3..=5), "{header}");
        }
    }

    #[test]
    fn content_has_a_tag_that_changes_with_it() {
        assert_eq!(ETag::of(b"one"), ETag::of(b"one"));
        assert_ne!(ETag::of(b"one"), ETag::of(b"two"));
        assert_eq!(ETag::of(b"").to_string().len(), 34);
    }
}
