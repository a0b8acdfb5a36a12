//! The tokens that mails carry: 256 random bits, for one purpose, once, for a while.

use aws_lc_rs::{digest, rand};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::auth::refresh_token::RandomnessError;

/// What a token is for. One for something else is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Purpose {
    /// To show that the address is the member's.
    VerifyEmail,
    /// To set another password.
    ResetPassword,
}

impl Purpose {
    /// How long a token is good for.
    pub fn lifetime(self) -> TimeDelta {
        match self {
            Self::VerifyEmail => TimeDelta::hours(24),
            Self::ResetPassword => TimeDelta::hours(1),
        }
    }
}

/// A token as the mail has it. It cannot get into a log.
pub struct MailToken(Zeroizing<String>);

impl MailToken {
    /// A fresh one: 43 letters, digits, `-` and `_`.
    ///
    /// # Errors
    ///
    /// The operating system has no random bytes.
    pub fn draw() -> Result<Self, RandomnessError> {
        let mut secret = Zeroizing::new([0; 32]);
        rand::fill(secret.as_mut()).map_err(|_| RandomnessError)?;
        Ok(Self(Zeroizing::new(
            URL_SAFE_NO_PAD.encode(secret.as_ref()),
        )))
    }

    /// Its text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// By what a token is found: its SHA-256, which will do for what cannot be guessed.
pub fn hash(token: &str) -> String {
    hex::encode(digest::digest(&digest::SHA256, token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_long_and_never_the_same() {
        let [one, other] = [MailToken::draw().unwrap(), MailToken::draw().unwrap()];
        assert_eq!(one.expose().len(), 43);
        assert_ne!(one.expose(), other.expose());
        assert_eq!(hash(one.expose()), hash(one.expose()));
        assert!(!hash(one.expose()).contains(one.expose()));
    }
}
