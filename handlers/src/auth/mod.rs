//! Accounts and tokens.

pub mod access_token;
mod authenticate;
pub mod closing;
pub mod credentials;
pub mod identity;
pub mod issuers;
pub mod jwks_cache;
pub mod keys;
pub mod lifetimes;
pub mod lockout;
pub mod mails;
mod operations;
pub mod password;
pub mod password_strength;
pub mod refresh_token;
pub mod refused;
pub mod sign_up;
pub mod store;

use std::fmt;
use std::sync::Arc;

use civicforge_kernel::aws::queue::Queue;
use civicforge_kernel::clock::Clock;
use civicforge_kernel::keys::CurrentKeys;
use civicforge_kernel::table::Table;
use civicforge_kernel::telemetry::Counted;

use crate::media::Media;
use crate::members::ExportsMembers;

use access_token::TokenNames;
use issuers::TokenVerifier;
use lifetimes::TokenLifetimes;
use password::Passwords;
use refused::CurrentRefused;

/// What is counted of accounts and sessions.
pub const COUNTED: [Counted; 10] = [
    (
        "accounts.exported",
        "Copies that members have got of everything about them",
    ),
    ("accounts.registered", "Accounts opened with a password"),
    ("emails.verified", "E-mail addresses verified by a mail"),
    (
        "mails.requested",
        "Mails about accounts that were asked for",
    ),
    ("passwords.changed", "Passwords changed by their members"),
    ("passwords.reset", "Passwords set by a token of a mail"),
    ("sessions.opened", "Logins with a password"),
    ("sessions.refreshed", "Refresh tokens used"),
    ("users.created", "Members made of sign-ups of a user pool"),
    (
        "users.failed",
        "Sign-ups of a user pool that have made no member yet",
    ),
];

/// Accounts and tokens, and what they need.
pub struct Auth {
    /// Where accounts and sessions are.
    pub table: Table,
    /// What tokens are signed and verified with.
    pub keys: CurrentKeys,
    /// Tells the time.
    pub clock: Clock,
    /// Hashes and verifies passwords.
    pub passwords: Passwords,
    /// What access tokens say of issuer and audience.
    pub token_names: TokenNames,
    /// How long tokens are good for.
    pub token_lifetimes: TokenLifetimes,
    /// Whose access tokens are refused before they expire.
    pub refused: CurrentRefused,
    /// Verifies access tokens.
    pub verifier: TokenVerifier,
    /// Where sign-ups go that could not be made members of.
    pub failed_sign_ups: Option<Queue>,
    /// Where copies of everything about a member are put.
    pub media: Media,
    /// Who else has something of members.
    pub exports: Vec<Arc<dyn ExportsMembers>>,
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Auth").finish_non_exhaustive()
    }
}
