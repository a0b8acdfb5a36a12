//! What the access log says of a path that leads nowhere.
//!
//! A caller may have put anything into it: a token, an address, a password. So a segment is written only where it is a word, or a version such
//! as `v1`, which is enough to see a mistyped path; in the place of any other there is a `*`. A path that leads to an operation is
//! never written: its template is.

/// The most characters of a word.
const WORD: usize = 24;
/// The most segments.
const SEGMENTS: usize = 6;

/// The path as it may be written: at most some 150 bytes of ASCII, without what a caller may want to be kept secret.
pub(crate) fn shown(path: &str) -> String {
    let mut out = String::new();
    let mut segments = path.strip_prefix('/').unwrap_or(path).split('/');
    for segment in segments.by_ref().take(SEGMENTS) {
        out.push('/');
        out.push_str(match is_telling(segment) {
            true => segment,
            false => "*",
        });
    }
    if segments.next().is_some() {
        out.push_str("/…");
    }
    out
}

fn is_telling(segment: &str) -> bool {
    let version = segment.strip_prefix('v').unwrap_or_default();
    let is_version =
        (1..=2).contains(&version.len()) && version.bytes().all(|b| b.is_ascii_digit());
    let of_word = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'.' | b'_');
    // An operation's name or a file's may have a capital in it; text that is random has many.
    let capitals = segment.bytes().filter(u8::is_ascii_uppercase).count();
    let of_word = |byte: u8| of_word(byte) || byte.is_ascii_uppercase() && capitals <= 2;
    is_version || segment.len() <= WORD && segment.bytes().all(of_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_path_is_seen() {
        for path in [
            "/",
            "/favicon.ico",
            "/api/v1/quest",
            "/api/v12/quests/",
            "/.well-known/openid-configuration",
            "/api/v1/listQuests",
        ] {
            assert_eq!(shown(path), path);
        }
    }

    #[test]
    fn what_may_be_secret_is_not_written() {
        let jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";
        for secret in [
            jwt,
            "ada@example.org",
            "ada%40example.org",
            "4-Quiet-Gardens",
            "AbCdEfGhIjKl",
            "0199c3f4-7a4e-7bbb-8000-0123456789ab",
            "dGhpc2lzYXRva2Vu",
            "abcdefghijklmnopqrstuvwxyz",
            "v123",
            "ü",
        ] {
            assert_eq!(shown(&format!("/api/{secret}/x")), "/api/*/x", "{secret}");
        }
    }

    #[test]
    fn it_has_a_bound() {
        let long = "/abcdefghijklmnopqrstuvwx".repeat(1000);
        assert!(shown(&long).len() <= SEGMENTS * (WORD + 1) + "/…".len());
        assert!(shown(&long).ends_with("/…"));
    }
}
