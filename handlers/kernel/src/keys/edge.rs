//! What the distribution in front of the API shows to it, so that nobody goes around the distribution.
//!
//! A REST API of API Gateway asks for an API key itself. An HTTP API knows no keys, so its functions compare what came in
//! [`HEADER`]. There are two keys, `a` and `b`, either of which is good: the distribution shows one, and the other one may be
//! replaced meanwhile. `docs/operations.md` has how.

use std::collections::BTreeMap;

use aws_lc_rs::constant_time;
use http::{HeaderName, HeaderValue};
use zeroize::Zeroizing;

/// The header that the distribution shows its key in, whatever a viewer has sent there.
pub const HEADER: HeaderName = HeaderName::from_static("x-edge-key");

/// A shorter key could be guessed.
const SHORTEST: usize = 32;

/// Why a text is no edge keys. It is not repeated.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum EdgeKeyError {
    /// It is something else.
    #[error("not a JSON object with the texts `a` and `b`, of which one may be empty")]
    Malformed,
    /// Both are empty.
    #[error("there is no key in it")]
    Empty,
    /// A key that is too short, or that a header cannot hold.
    #[error("a key has at least {SHORTEST} characters, and only visible ones of ASCII")]
    Unusable,
}

/// The keys.
#[derive(Clone)]
pub struct EdgeKeys(Vec<Zeroizing<String>>);

impl EdgeKeys {
    /// The keys of a JSON document.
    ///
    /// # Errors
    /// Where it is something else, or a key cannot be used.
    pub fn from_json(text: &str) -> Result<Self, EdgeKeyError> {
        let document: BTreeMap<String, String> =
            serde_json::from_str(text).map_err(|_| EdgeKeyError::Malformed)?;
        if document.keys().any(|name| !matches!(&**name, "a" | "b")) {
            return Err(EdgeKeyError::Malformed);
        }
        let keys: Vec<_> = document
            .into_values()
            .map(Zeroizing::new)
            .filter(|key| !key.is_empty())
            .collect();
        let good = |key: &Zeroizing<String>| {
            key.len() >= SHORTEST && key.bytes().all(|byte| byte.is_ascii_graphic())
        };
        match keys.is_empty() {
            true => Err(EdgeKeyError::Empty),
            false if keys.iter().all(good) => Ok(Self(keys)),
            false => Err(EdgeKeyError::Unusable),
        }
    }

    /// Whether this is one of the keys. How long that takes depends on their lengths alone.
    pub fn hold(&self, shown: &HeaderValue) -> bool {
        let same = |key: &Zeroizing<String>| {
            constant_time::verify_slices_are_equal(key.as_bytes(), shown.as_bytes()).is_ok()
        };
        self.0.iter().fold(false, |held, key| same(key) | held)
    }
}

impl std::fmt::Debug for EdgeKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EdgeKeys([{} redacted])", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    fn document(a: &str, b: &str) -> String {
        serde_json::json!({"a": a, "b": b}).to_string()
    }

    #[test]
    fn either_key_is_good_and_nothing_else_is() {
        let held = |text: &str, shown: &[u8]| {
            let keys = EdgeKeys::from_json(text).unwrap();
            keys.hold(&HeaderValue::from_bytes(shown).unwrap())
        };
        let (one, both) = (document(A, ""), document(A, B));
        for (text, shown, good) in [
            (&one, A, true),
            (&one, B, false),
            (&one, "", false),
            (&both, A, true),
            (&both, B, true),
            (&both, &A[1..], false),
            (&both, &format!("{A}A"), false),
            (&both, &A.to_lowercase(), false),
        ] {
            assert_eq!(held(text, shown.as_bytes()), good, "{shown}");
        }
        assert!(!held(&both, b"\xff"));
        assert!(held(&format!("{{\"b\": \"{B}\"}}"), B.as_bytes()));
    }

    #[test]
    fn what_is_no_keys_is_refused_and_not_repeated() {
        for (text, error) in [
            ("", EdgeKeyError::Malformed),
            (A, EdgeKeyError::Malformed),
            ("[]", EdgeKeyError::Malformed),
            (r#"{"a": 7}"#, EdgeKeyError::Malformed),
            (r#"{"c": "7"}"#, EdgeKeyError::Malformed),
            ("{}", EdgeKeyError::Empty),
            (r#"{"a": "", "b": ""}"#, EdgeKeyError::Empty),
            (r#"{"a": "secret"}"#, EdgeKeyError::Unusable),
            (&document(A, "secret"), EdgeKeyError::Unusable),
            (
                &document(&A.replace('A', "\u{e9}"), ""),
                EdgeKeyError::Unusable,
            ),
            (&document(&A.replace('A', " "), ""), EdgeKeyError::Unusable),
        ] {
            let refused = EdgeKeys::from_json(text).unwrap_err();
            assert_eq!(refused, error, "{text}");
            assert!(!refused.to_string().contains("secret"));
        }
        let keys = EdgeKeys::from_json(&document(A, B)).unwrap();
        assert_eq!(format!("{keys:?}"), "EdgeKeys([2 redacted])");
    }
}
