//! The keys of members.

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
