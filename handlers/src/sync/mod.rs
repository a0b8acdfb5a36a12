//! What keeps tasks in sync with other systems: what comes in from them, and what goes out to them.
//!
//! A webhook is taken with one write, which is both the record that makes a repetition harmless and the work to do: a message for a
//! destination of the outbox, which the relay delivers like any other. Nothing waits for a vendor but a worker.

pub mod clickup;
pub mod connect;
pub mod discourse;
mod erase;
pub mod intake;
pub mod neon;
mod operations;
pub mod pull;
pub mod push;
pub mod reconcile;
pub mod reconciled;
pub mod slack;
pub mod state;
mod status;
mod told;
pub mod vendors;
pub mod webhooks;

use std::fmt;

use civicforge_kernel::clock::Clock;
use civicforge_kernel::table::Table;
use civicforge_kernel::telemetry::Counted;

/// What is counted of what comes in.
pub const COUNTED: [Counted; 5] = [
    ("sync.received", "Events of other systems"),
    (
        "sync.repeated",
        "Events of other systems that had come before",
    ),
    (
        "sync.unreadable",
        "Events of other systems whose shape is not the documented one",
    ),
    (
        "sync.missed",
        "Changes in other systems that no event has told of",
    ),
    (
        "sync.webhooks.suspended",
        "Webhooks that were found to send nothing any more",
    ),
];

/// What keeps tasks in sync, and what it needs to take in what comes.
pub struct Sync {
    /// Where it is written down.
    pub table: Table,
    /// Tells the time.
    pub clock: Clock,
}

impl fmt::Debug for Sync {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sync").finish_non_exhaustive()
    }
}
