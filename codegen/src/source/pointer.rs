//! JSON pointers (RFC 6901), also as the fragment of a URI.

use super::{Data, NodeId, Tree};

/// Escapes one step.
#[must_use]
pub fn escape(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

/// The steps of a pointer in a fragment: `%XX` decoded first, then `~1` and `~0`. `None`: it is not a pointer.
#[must_use]
pub fn tokens(fragment: &str) -> Option<Vec<String>> {
    let decoded = percent_decode(fragment)?;
    if decoded.is_empty() {
        return Some(Vec::new());
    }
    decoded
        .strip_prefix('/')?
        .split('/')
        .map(unescape)
        .collect()
}

fn unescape(step: &str) -> Option<String> {
    let mut out = String::with_capacity(step.len());
    let mut rest = step.chars();
    while let Some(c) = rest.next() {
        match c {
            '~' => out.push(match rest.next()? {
                '0' => '~',
                '1' => '/',
                _ => return None,
            }),
            c => out.push(c),
        }
    }
    Some(out)
}

/// Decodes `%XX`. `None`: a `%` without two digits, or bytes that are not UTF-8.
#[must_use]
pub fn percent_decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let high = char::from(bytes.next()?).to_digit(16)?;
        let low = char::from(bytes.next()?).to_digit(16)?;
        out.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(out).ok()
}

impl Tree {
    /// Follows the steps from a node.
    #[must_use]
    pub fn follow(&self, from: NodeId, steps: &[String]) -> Option<NodeId> {
        steps.iter().try_fold(from, |at, step| match self.data(at) {
            Data::Object(map) => map.get(step),
            Data::Array(items) => {
                let canonical = step == "0" || !step.starts_with(['0', '+']);
                canonical
                    .then(|| step.parse::<usize>().ok())
                    .flatten()
                    .and_then(|at| items.get(at).copied())
            }
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_decode_both_escapes() {
        assert_eq!(
            tokens("/a~1b/%7Bid%7D/m~0n"),
            Some(vec!["a/b".into(), "{id}".into(), "m~n".into()])
        );
        assert_eq!(tokens(""), Some(vec![]));
        assert_eq!(tokens("/"), Some(vec![String::new()]));
        for bad in ["a", "/~2", "/~", "/%4", "/%zz", "/%ff"] {
            assert_eq!(tokens(bad), None, "{bad}");
        }
    }
}
