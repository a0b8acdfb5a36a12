//! Members: their profile, wallet and points.

pub mod admin;
pub mod audit;
pub mod events;
pub mod item;
pub mod jobs;
pub mod keys;
mod lists;
mod operations;
pub mod parts;
pub mod store;
pub mod text;
pub mod wallet;

use std::fmt;
use std::sync::Arc;

use civicforge_kernel::keys::CurrentKeys;
use civicforge_kernel::table::Table;
use civicforge_kernel::telemetry::Counted;

use crate::members::Addresses;

/// What is counted of accounts.
pub const COUNTED: [Counted; 3] = [
    (
        "accounts.closed",
        "Accounts that were closed by their members",
    ),
    (
        "accounts.damaged",
        "Closed accounts that cannot be erased, because something of them cannot be read",
    ),
    ("accounts.erased", "Closed accounts that were erased"),
];

/// Members, and what they need.
pub struct Users {
    /// Where they are.
    pub table: Table,
    /// What page tokens are made with.
    pub keys: CurrentKeys,
    /// Whose an e-mail address is.
    pub addresses: Arc<dyn Addresses>,
}

impl fmt::Debug for Users {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Users").finish_non_exhaustive()
    }
}
