//! The events of members.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::outbox::{Event, EventType, Message};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The kind of what tells that an address is known to be the member's own.
pub const EMAIL_VERIFIED: &str = "member.emailVerified";
/// The kind of what tells that an account was closed.
pub const CLOSED: &str = "member.closed";

/// A member.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MemberEvent {
    /// What has happened.
    #[serde(skip)]
    kind: &'static str,
    /// The member's id.
    pub user_id: Uuid,
}

impl Event for MemberEvent {
    const VERSION: u32 = 1;

    fn kind(&self) -> &'static str {
        self.kind
    }
}

/// Every kind, and what has happened then.
pub fn types() -> Vec<EventType> {
    let event = |kind, what| EventType {
        #[cfg(feature = "server")]
        schema: Some(|| schemars::schema_for!(MemberEvent).to_value()),
        ..EventType::of::<MemberEvent>(kind, what)
    };
    vec![
        event(
            EMAIL_VERIFIED,
            "It is known that a member's e-mail address is the member's own.",
        ),
        event(
            CLOSED,
            "An account is closed. Whatever is known of its member elsewhere should be forgotten.",
        ),
    ]
}

/// The message that a member's address is known to be the member's own.
///
/// # Errors
///
/// It has no form in JSON.
pub fn email_verified(user_id: Uuid, now: DateTime<Utc>) -> Result<Message, StoreError> {
    message(EMAIL_VERIFIED, user_id, now)
}

/// The message that a member's account is closed.
///
/// # Errors
///
/// It has no form in JSON.
pub fn closed(user_id: Uuid, now: DateTime<Utc>) -> Result<Message, StoreError> {
    message(CLOSED, user_id, now)
}

fn message(kind: &'static str, user_id: Uuid, now: DateTime<Utc>) -> Result<Message, StoreError> {
    Message::of(&MemberEvent { kind, user_id }, now)
}
