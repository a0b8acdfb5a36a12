//! What has become of a call that did not go well.

use std::fmt;
use std::time::Duration;

/// How much of a vendor's message is kept, in characters.
const MESSAGE: usize = 300;

/// Why a call gave nothing, by what the caller does about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VendorError {
    /// Nothing was done, or doing it again does no harm: try later.
    #[error("not now: {why}")]
    Later {
        /// What happened.
        why: String,
        /// How long the vendor asks to be left alone.
        after: Option<Duration>,
    },
    /// What it is about does not exist, or is not ours to see.
    #[error("gone, or not ours: {0}")]
    Gone(Said),
    /// It will never work like this.
    #[error("refused: {0}")]
    Refused(Said),
    /// The vendor does not take our credentials, or they lack a right. Nothing will work until somebody has looked at it.
    #[error("the credentials were refused: {0}")]
    Credentials(Said),
    /// The answer has a shape that is not the documented one. The text has none of its values.
    #[error("an answer that cannot be read: {0}")]
    Unreadable(String),
    /// It may have been done: find out before doing it again.
    #[error("it may have been done, or not: {0}")]
    Doubtful(String),
}

impl VendorError {
    pub(super) fn later(why: impl Into<String>) -> Self {
        Self::Later {
            why: why.into(),
            after: None,
        }
    }
}

/// What a vendor has said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The status of the answer.
    pub status: u16,
    /// The vendor's own code of the error.
    pub code: Option<String>,
    /// Its message: one line, cut to some length.
    pub message: String,
}

impl Said {
    pub(super) fn new(status: u16, code: Option<&str>, message: &str) -> Self {
        Self {
            status,
            code: code.map(str::to_owned),
            message: message.to_owned(),
        }
    }

    /// The same without this text in it, on one line, and cut to some length.
    pub(super) fn without(self, secret: &str) -> Self {
        let clean = |text: String| match secret {
            "" => short(&text),
            secret => short(&text.replace(secret, "[redacted]")),
        };
        Self {
            code: self.code.map(clean),
            message: clean(self.message),
            ..self
        }
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        if let Some(code) = &self.code {
            write!(f, " {code}")?;
        }
        match self.message.as_str() {
            "" => Ok(()),
            message => write!(f, ": {message}"),
        }
    }
}

/// One line of a text, cut to some length.
fn short(text: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let mut short: String = text.trim().chars().take(MESSAGE).map(plain).collect();
    if text.trim().chars().nth(MESSAGE).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_one_short_line() {
        let said = Said::new(400, Some("A\n1"), &format!(" a\r\nb{}", "é".repeat(400)));
        let said = said.without("");
        assert_eq!(said.code.as_deref(), Some("A 1"));
        assert_eq!(said.message.chars().count(), MESSAGE + 1);
        assert!(said.message.starts_with("a  bé") && said.message.ends_with('…'));
        assert_eq!(Said::new(503, None, "").to_string(), "503");
    }

    #[test]
    fn a_secret_is_no_part_of_a_message_even_where_the_cut_is_in_it() {
        let message = format!("{}the-secret", "a".repeat(MESSAGE - 5));
        let said = Said::new(401, None, &message).without("the-secret");
        assert!(!said.message.contains("the-s"), "{said}");
    }
}
