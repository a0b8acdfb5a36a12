//! The events of inquiries.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::outbox::{Event, EventType, Message};
use serde::Serialize;
use uuid::Uuid;

use super::item::Inquiry;
use super::rules::Transition;

/// An inquiry, as it is after what has happened to it. What was written in it is for its parties alone.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InquiryEvent {
    #[serde(skip)]
    kind: &'static str,
    /// Its id.
    inquiry_id: Uuid,
    /// What it is about.
    property_id: Uuid,
    /// Where it is in its life: `new`, `responded` or `closed`.
    status: &'static str,
    /// Whose property it is.
    owner_id: Uuid,
    /// Who asks.
    inquirer_id: Uuid,
    /// How often it was changed, from 1.
    version: u64,
}

impl Event for InquiryEvent {
    const VERSION: u32 = 1;

    fn kind(&self) -> &'static str {
        self.kind
    }
}

/// The kind of what tells that an inquiry was sent.
pub const CREATED: &str = "inquiry.created";
/// The kind of what tells that it was answered.
pub const RESPONDED: &str = "inquiry.responded";

/// The kind of what a transition tells.
fn kind(transition: Transition) -> &'static str {
    match transition {
        Transition::Responded => RESPONDED,
        Transition::Closed => "inquiry.closed",
    }
}

/// Every kind, and what has happened then.
pub fn types() -> Vec<EventType> {
    [
        (CREATED, "A member has inquired about a property."),
        (RESPONDED, "The owner has answered an inquiry."),
        (
            "inquiry.closed",
            "A party has closed an inquiry, or its property was deleted.",
        ),
    ]
    .map(|(kind, description)| EventType {
        #[cfg(feature = "server")]
        schema: Some(|| schemars::schema_for!(InquiryEvent).to_value()),
        ..EventType::of::<InquiryEvent>(kind, description)
    })
    .into()
}

/// The message that an inquiry was sent.
///
/// # Errors
///
/// It has no form in JSON.
pub fn created(inquiry: &Inquiry, now: DateTime<Utc>) -> Result<Message, StoreError> {
    Message::of(&event(CREATED, inquiry), now)
}

/// The message that something has happened to an inquiry, which is so now.
///
/// # Errors
///
/// It has no form in JSON.
pub fn moved(
    transition: Transition,
    inquiry: &Inquiry,
    now: DateTime<Utc>,
) -> Result<Message, StoreError> {
    Message::of(&event(kind(transition), inquiry), now)
}

fn event(kind: &'static str, inquiry: &Inquiry) -> InquiryEvent {
    InquiryEvent {
        kind,
        inquiry_id: inquiry.inquiry_id,
        property_id: inquiry.property_id,
        status: inquiry.status.as_str(),
        owner_id: inquiry.owner_id,
        inquirer_id: inquiry.inquirer_id,
        version: inquiry.version,
    }
}
