//! The keys of members.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::key::dated;
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

/// The item of something that was done to an account.
pub fn audit_keys(user: Uuid, audit: Uuid, at: DateTime<Utc>) -> Keys {
    let sk = format!("AUDIT#{}", dated(at, audit));
    Keys::new("AUDIT", Key::new(format!("USER#{user}"), sk))
}
