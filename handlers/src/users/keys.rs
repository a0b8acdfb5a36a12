//! The keys of members.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::key::{IndexKey, dated};
use civicforge_kernel::table::{Key, Keys};
use civicforge_kernel::text::search;
use uuid::Uuid;

/// The member.
pub fn key(user: Uuid) -> Key {
    Key::new(format!("USER#{user}"), "PROFILE")
}

/// The member's item.
pub fn keys(user: Uuid) -> Keys {
    Keys::new("USER", key(user))
}

/// The account in the list of all.
pub fn listed(user: Uuid) -> Key {
    Key::new(format!("USER#{user}"), "LISTED")
}

/// The item of that, where accounts with this name are. The list is one partition: an account takes far longer to open than to write
/// down, so more than a partition takes are never opened at once.
pub fn listed_keys(user: Uuid, name: &str) -> Keys {
    Keys::new("USER_LISTED", listed(user)).gsi2(IndexKey {
        pk: LISTED.to_owned(),
        sk: format!("{}#{user}", search::folded(name)),
    })
}

/// The GSI2 partition of all accounts, by name.
pub const LISTED: &str = "USERS";

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
