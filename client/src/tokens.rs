//! The tokens of a session.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The tokens of a session.
///
/// They can be kept (they implement `Serialize` and `Deserialize`) and are as secret as a password: `Debug` does not
/// show them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Tokens {
    /// What calls are authorized with.
    pub access_token: String,
    /// What the access token is renewed with, once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// When the access token expires, by this machine's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<DateTime<Utc>>,
    /// When the refresh token expires, by this machine's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_expires_at: Option<DateTime<Utc>>,
}

impl Tokens {
    /// Tokens from elsewhere, such as another identity provider. Without a refresh token they are not renewed.
    pub fn new(access_token: impl Into<String>, refresh_token: Option<String>) -> Self {
        Self {
            access_token: access_token.into(),
            refresh_token,
            expires_at: None,
            refresh_expires_at: None,
        }
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("expires_at", &self.expires_at)
            .field("refresh_expires_at", &self.refresh_expires_at)
            .finish_non_exhaustive()
    }
}

/// What is told of changed tokens.
pub(crate) type OnTokens = Box<dyn Fn(Option<&Tokens>) + Send + Sync>;
