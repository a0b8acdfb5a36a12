//! The events of properties.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::outbox::{Event, EventType, Message};
use serde::Serialize;
use uuid::Uuid;

use super::item::Property;

/// A property, as it is after what has happened to it.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "server", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PropertyEvent<'a> {
    #[serde(skip)]
    kind: &'static str,
    /// Its id.
    property_id: Uuid,
    /// Its title.
    title: &'a str,
    /// Where it is on its way to a buyer: `active`, `pending` or `sold`.
    status: &'static str,
    /// Its price in minor units of the currency.
    price_minor: i64,
    /// The currency's code.
    currency: &'a str,
    /// Who has listed it.
    owner_id: Uuid,
    /// How often it was changed, from 1.
    version: u64,
}

impl Event for PropertyEvent<'_> {
    const VERSION: u32 = 1;

    fn kind(&self) -> &'static str {
        self.kind
    }
}

/// What has happened to a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// It was listed.
    Listed,
    /// What its owner says of it has changed, or its images.
    Updated,
    /// Its owner has deleted it.
    Deleted,
}

impl Happened {
    const ALL: [Self; 3] = [Self::Listed, Self::Updated, Self::Deleted];

    fn kind(self) -> (&'static str, &'static str) {
        match self {
            Self::Listed => ("property.listed", "A member has listed a property."),
            Self::Updated => (
                "property.updated",
                "A property has changed: what its owner says of it, or its images.",
            ),
            Self::Deleted => ("property.deleted", "Its owner has deleted a property."),
        }
    }
}

/// Every kind, and what has happened then.
pub fn types() -> Vec<EventType> {
    let kinds = Happened::ALL.map(Happened::kind);
    kinds
        .map(|(kind, description)| EventType {
            #[cfg(feature = "server")]
            schema: Some(|| schemars::schema_for!(PropertyEvent<'static>).to_value()),
            ..EventType::of::<PropertyEvent<'_>>(kind, description)
        })
        .into()
}

/// The message that something has happened to a property, which is so now.
///
/// # Errors
///
/// It has no form in JSON.
pub fn message(
    happened: Happened,
    property: &Property,
    now: DateTime<Utc>,
) -> Result<Message, StoreError> {
    let event = PropertyEvent {
        kind: happened.kind().0,
        property_id: property.property_id,
        title: &property.details.title,
        status: property.status.as_str(),
        price_minor: *property.details.price_minor,
        currency: &property.details.currency,
        owner_id: property.owner_id,
        version: property.version,
    };
    Message::of(&event, now)
}
