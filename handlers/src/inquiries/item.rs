//! The inquiry as it is kept, and what its parties read of it.

use chrono::{DateTime, Utc};
use civicforge_api::types::{self, InquiryStatus};
use civicforge_kernel::table::{Item, Keys, StoreError, attr, stamp, to_item};
use civicforge_runtime::conditional::ETag;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keys;
use super::rules::{InquiryState, Transition};

/// An inquiry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Inquiry {
    /// Its id.
    pub inquiry_id: Uuid,
    /// What it is about.
    pub property_id: Uuid,
    /// Its title when the inquiry was sent.
    pub property_title: String,
    /// Whose property it is.
    pub owner_id: Uuid,
    /// Who asks.
    pub inquirer_id: Uuid,
    /// Plain text of several lines.
    pub message: String,
    /// Plain text of several lines.
    #[serde(default)]
    pub reply: Option<String>,
    /// Where it is in its life.
    pub status: InquiryStatus,
    /// When it was sent.
    #[serde(with = "stamp")]
    pub created_at: DateTime<Utc>,
    /// When the owner last answered.
    #[serde(with = "stamp::option", default)]
    pub responded_at: Option<DateTime<Utc>>,
    /// When it was closed.
    #[serde(with = "stamp::option", default)]
    pub closed_at: Option<DateTime<Utc>>,
    /// When it last changed.
    #[serde(with = "stamp")]
    pub updated_at: DateTime<Utc>,
    /// How often it was changed, from 1.
    pub version: u64,
}

/// The attributes that a change may touch. Everything else is as it was created.
pub const CHANGING: [&str; 6] = [
    "reply",
    "status",
    "respondedAt",
    "closedAt",
    attr::UPDATED_AT,
    attr::VERSION,
];

impl Inquiry {
    /// Its keys.
    pub fn keys(&self) -> Keys {
        keys::keys(
            self.inquiry_id,
            self.property_id,
            self.inquirer_id,
            self.created_at,
        )
    }

    /// Its item.
    ///
    /// # Errors
    ///
    /// It has no form in the table.
    pub fn item(&self) -> Result<Item, StoreError> {
        to_item(self, &self.keys())
    }

    /// The entity tag, which is another one after every change.
    pub fn etag(&self) -> ETag {
        ETag::new(self.version)
    }

    /// What the rules know of it.
    pub fn state(&self) -> InquiryState<'_> {
        InquiryState {
            status: self.status,
            owner: self.owner_id,
            inquirer: self.inquirer_id,
            reply: self.reply.as_deref(),
        }
    }

    /// The inquiry after a transition; the reply counts where it is answered.
    #[must_use]
    pub fn after(&self, transition: Transition, reply: Option<&str>, now: DateTime<Utc>) -> Self {
        let mut after = Self {
            updated_at: now,
            version: self.version.saturating_add(1),
            ..self.clone()
        };
        match transition {
            Transition::Responded => {
                after.status = InquiryStatus::Responded;
                after.reply = reply.map(str::to_owned);
                after.responded_at = Some(now);
            }
            Transition::Closed => {
                after.status = InquiryStatus::Closed;
                after.closed_at = Some(now);
            }
        }
        after
    }
}

impl From<Inquiry> for types::Inquiry {
    fn from(inquiry: Inquiry) -> Self {
        Self {
            inquiry_id: inquiry.inquiry_id.into(),
            property_id: inquiry.property_id.into(),
            property_title: inquiry.property_title,
            owner_id: inquiry.owner_id.into(),
            inquirer_id: inquiry.inquirer_id.into(),
            message: inquiry.message,
            reply: inquiry.reply,
            status: inquiry.status,
            created_at: inquiry.created_at,
            responded_at: inquiry.responded_at,
            closed_at: inquiry.closed_at,
            updated_at: inquiry.updated_at,
            version: i64::try_from(inquiry.version).unwrap_or(i64::MAX),
        }
    }
}
