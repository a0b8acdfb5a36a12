//! Which passwords an account may have.
//!
//! The rule, as documented for callers: 8 to 128 characters, not the member's own e-mail address or
//! name, and not easily guessed. "Easily guessed" is what `zxcvbn` estimates at fewer than a
//! million attempts (score 0 or 1): common passwords and their variations, dictionary words with a digit,
//! keyboard walks, dates, repetitions. There is no rule about kinds of characters, which makes
//! passwords worse (NIST SP 800-63B §3.1.1.2). A million attempts is out of an online attacker's reach
//! behind the lock-out, and Argon2id is what an offline one has to get through.
//!
//! Only the first 20 characters are estimated. The estimate's time grows so fast with the length that
//! 100 well-chosen characters take seconds, and more characters never make a password weaker. Even so
//! it can take tens of milliseconds, so callers on async workers go through
//! [`Passwords::hash_new`](super::password::Passwords::hash_new).

use unicode_normalization::UnicodeNormalization;
use zxcvbn::Score;

/// The fewest characters of a password.
pub const MIN_CHARS: usize = 8;

/// The most characters of a password.
pub const MAX_CHARS: usize = 128;

/// How much of a password is estimated.
const ESTIMATED_CHARS: usize = 20;

/// Parts of the e-mail address or name that are shorter than this are no reason to refuse.
const MIN_IDENTITY_CHARS: usize = 4;

/// Why a password is refused. The text is for people; it never contains the password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer than [`MIN_CHARS`] characters.
    #[error("must have at least 8 characters")]
    TooShort,
    /// More than [`MAX_CHARS`] characters.
    #[error("must have at most 128 characters")]
    TooLong,
    /// It is the e-mail address or the name, but for some decoration.
    #[error("must not be made of your e-mail address or name")]
    Identity,
    /// It would be among the first million guesses.
    #[error("is too easy to guess{}", .hint.as_deref().map(|hint| format!(": {hint}")).unwrap_or_default())]
    Guessable {
        /// What makes it easy, in a sentence.
        hint: Option<String>,
    },
}

/// Holds a new password against the rule. `identity` is what an attacker would know of the member:
/// e-mail address, name, user name.
pub fn check_strength(password: &str, identity: &[&str]) -> Result<(), WeakPassword> {
    let password: String = password.nfc().collect();
    match password.chars().count() {
        ..MIN_CHARS => return Err(WeakPassword::TooShort),
        MIN_CHARS..=MAX_CHARS => {}
        _ => return Err(WeakPassword::TooLong),
    }
    let parts = identity_parts(identity);
    if is_mostly_identity(&password, &parts) {
        return Err(WeakPassword::Identity);
    }
    let inputs: Vec<&str> = parts.iter().map(String::as_str).collect();
    let start: String = password.chars().take(ESTIMATED_CHARS).collect();
    let estimate = zxcvbn::zxcvbn(&start, &inputs);
    if estimate.score() < Score::Two {
        let hint = estimate.feedback().and_then(|feedback| feedback.warning());
        return Err(WeakPassword::Guessable {
            hint: hint.map(|warning| warning.to_string()),
        });
    }
    Ok(())
}

/// The whole values, the local part of the e-mail address, and the words of each, in lower case and
/// the longest first.
fn identity_parts(identity: &[&str]) -> Vec<String> {
    let mut parts = Vec::new();
    for value in identity {
        let value = value.nfc().collect::<String>().to_lowercase();
        if let Some((local, _)) = value.split_once('@') {
            parts.push(local.to_owned());
        }
        parts.extend(
            value
                .split(|c: char| !c.is_alphanumeric())
                .map(str::to_owned),
        );
        parts.push(value);
    }
    parts.retain(|part| part.chars().count() >= MIN_IDENTITY_CHARS);
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts.dedup();
    parts
}

/// Whether what remains of the password without the identity is too short to protect anything.
fn is_mostly_identity(password: &str, parts: &[String]) -> bool {
    let mut rest = password.to_lowercase();
    let before = rest.len();
    for part in parts {
        rest = rest.replace(part.as_str(), "");
    }
    rest.len() < before && rest.chars().filter(|c| c.is_alphanumeric()).count() < MIN_CHARS / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: &[&str] = &["ada.lovelace@example.org", "Ada Lovelace"];

    #[test]
    fn lengths_are_counted_in_characters() {
        assert_eq!(check_strength("kV9#q2x", ADA), Err(WeakPassword::TooShort));
        assert_eq!(check_strength("kV9#q2xw", ADA), Ok(()));
        assert_eq!(check_strength("ж駅ñé", ADA), Err(WeakPassword::TooShort));
        let longest: String = ('!'..='~').cycle().step_by(7).take(128).collect();
        assert_eq!(check_strength(&longest, ADA), Ok(()));
        assert_eq!(
            check_strength(&format!("{longest}x"), ADA),
            Err(WeakPassword::TooLong)
        );
    }

    #[test]
    fn common_passwords_and_their_variations_are_refused() {
        for password in [
            "password",
            "Password1",
            "P@ssw0rd",
            "12345678",
            "qwertyuiop",
            "letmein1",
            "aaaaaaaaaa",
            "abcdefgh",
            "iloveyou",
            "19840612",
            "        ",
        ] {
            let refusal = check_strength(password, ADA);
            assert!(
                matches!(refusal, Err(WeakPassword::Guessable { .. })),
                "{password}"
            );
        }
    }

    #[test]
    fn ones_own_name_and_address_are_refused() {
        for password in [
            "ada.lovelace@example.org",
            "Ada Lovelace",
            "lovelace1",
            "LOVELACE!!",
            "1ada.lovelace2",
        ] {
            assert_eq!(
                check_strength(password, ADA),
                Err(WeakPassword::Identity),
                "{password}"
            );
        }
        assert_eq!(check_strength("lovelace under 7 moons", ADA), Ok(()));
    }

    #[test]
    fn phrases_and_random_strings_pass() {
        for password in [
            "correct horse battery staple",
            "SecurePass123!",
            "t7#mKq0Wz",
            "вчера был снег 42",
        ] {
            assert_eq!(check_strength(password, ADA), Ok(()), "{password}");
        }
    }

    #[test]
    fn no_input_panics() {
        for password in [
            "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}",
            "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦",
            "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
        ] {
            let _ = check_strength(password, &["", "@", "ﬁﬁﬁﬁ"]);
        }
    }
}
