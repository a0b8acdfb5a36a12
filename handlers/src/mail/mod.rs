//! Mails to members: about their accounts, and about what happens to what is theirs.
//!
//! What happens is told by messages of the outbox, as to everybody else ([`deliver`]). Mails about accounts are asked for by messages that
//! are for mail alone ([`crate::auth::mails`]). All others go to addresses that are known to be the member's own, and each member may
//! switch them off, also by a link that needs no login.

pub mod addresses;
pub mod deliver;
pub mod feedback;
mod operations;
pub mod templates;

use civicforge_kernel::keys::CurrentKeys;
use civicforge_kernel::table::Table;
use civicforge_kernel::telemetry::Counted;

/// What is counted of mails.
pub const COUNTED: [Counted; 3] = [
    ("mails.sent", "Mails that were taken for delivery"),
    (
        "mails.refused",
        "Mails whose address was refused, or has refused mails before",
    ),
    (
        "mails.unsubscribed",
        "Members who have switched mails off by the link in one",
    ),
];

/// Which mails members get, and what that needs.
#[derive(Debug)]
pub struct Notifications {
    /// Where members are.
    pub table: Table,
    /// What links in mails are made and read with.
    pub keys: CurrentKeys,
}
