//! Inquiries: what members ask the owners of properties.

mod erase;
pub mod events;
mod export;
pub mod item;
pub mod jobs;
pub mod keys;
mod operations;
pub mod rules;
pub mod store;
mod text;

use std::fmt;

use civicforge_kernel::clock::Clock;
use civicforge_kernel::keys::CurrentKeys;
use civicforge_kernel::table::Table;
use civicforge_kernel::telemetry::Counted;

/// What is counted of inquiries.
pub const COUNTED: [Counted; 4] = [
    ("inquiries.closed", "Inquiries closed, by whomever"),
    ("inquiries.created", "Inquiries sent"),
    (
        "inquiries.damaged",
        "Deleted properties whose inquiries cannot be closed, because something of it cannot be read",
    ),
    ("inquiries.responded", "Inquiries answered"),
];

/// Inquiries, and what they need.
pub struct Inquiries {
    /// Where they are.
    pub table: Table,
    /// What page tokens are made with.
    pub keys: CurrentKeys,
    /// Tells the time.
    pub clock: Clock,
}

impl fmt::Debug for Inquiries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inquiries").finish_non_exhaustive()
    }
}
