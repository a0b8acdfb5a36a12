//! How long tokens are good for.

use chrono::TimeDelta;

/// How long the two tokens of a session are good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenLifetimes {
    /// An access token, which nothing revokes before.
    pub access: TimeDelta,
    /// A refresh token, from its last use on.
    pub refresh: TimeDelta,
}

impl Default for TokenLifetimes {
    fn default() -> Self {
        Self {
            access: TimeDelta::minutes(30),
            refresh: TimeDelta::days(7),
        }
    }
}
