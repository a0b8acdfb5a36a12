//! The keys of members.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::key::{IndexKey, dated};
use civicforge_kernel::table::{Key, Keys};
use uuid::Uuid;

/// The member.
pub fn key(user: Uuid) -> Key {
    Key::new(format!("USER#{user}"), "PROFILE")
}

/// The member's item.
pub fn keys(user: Uuid) -> Keys {
    Keys::new("USER", key(user))
}

/// That the account was closed, and is to be erased.
pub fn closed(user: Uuid) -> Key {
    Key::new(format!("USER#{user}"), "CLOSED")
}

/// The item of that, in the list of those that are to be erased at this time.
pub fn closed_keys(user: Uuid, due: DateTime<Utc>) -> Keys {
    Keys::new("ACCOUNT_CLOSED", closed(user)).gsi2(IndexKey {
        pk: CLOSED.to_owned(),
        sk: dated(due, user),
    })
}

/// The GSI2 partition of accounts that are to be erased.
pub const CLOSED: &str = "ACCOUNTS#CLOSED";
/// The GSI2 partition of those that cannot be, because something of them is damaged.
pub const CLOSED_DAMAGED: &str = "ACCOUNTS#CLOSED_DAMAGED";

/// The records of what was done to an account.
pub fn audits_of(user: Uuid) -> (String, &'static str) {
    (format!("USER#{user}"), "AUDIT#")
}

/// The item of something that was done to an account.
pub fn audit_keys(user: Uuid, audit: Uuid, at: DateTime<Utc>) -> Keys {
    let sk = format!("AUDIT#{}", dated(at, audit));
    Keys::new("AUDIT", Key::new(format!("USER#{user}"), sk))
}
