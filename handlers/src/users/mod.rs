//! Members: their profile, wallet and points.

pub mod admin;
pub mod audit;
pub mod events;
pub mod item;
pub mod jobs;
pub mod keys;
mod operations;
pub mod parts;
pub mod store;
pub mod text;
pub mod wallet;

use civicforge_kernel::table::Table;
use civicforge_kernel::telemetry::Counted;

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
#[derive(Debug)]
pub struct Users {
    /// Where they are.
    pub table: Table,
}
