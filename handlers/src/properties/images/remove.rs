//! That images were removed, whose files are to be removed too.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::{Key, StoreError, Write, postponed, stamp, to_item};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keys;
use crate::properties::item::Property;

/// That images of a property were removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Removed {
    /// Of which property.
    pub property_id: Uuid,
    /// What was removed: an image, or the property.
    pub what: Uuid,
    /// The images.
    pub images: Vec<Uuid>,
    /// When.
    #[serde(with = "stamp")]
    pub removed_at: DateTime<Utc>,
}

impl Removed {
    /// One image.
    pub fn one(property: Uuid, image: Uuid, now: DateTime<Utc>) -> Self {
        Self {
            property_id: property,
            what: image,
            images: vec![image],
            removed_at: now,
        }
    }

    /// All images of a property, if it has any.
    pub fn all(property: &Property, now: DateTime<Utc>) -> Option<Self> {
        let images: Vec<_> = property.images.iter().map(|image| image.image_id).collect();
        (!images.is_empty()).then_some(Self {
            property_id: property.property_id,
            what: property.property_id,
            images,
            removed_at: now,
        })
    }

    /// Its place in the table.
    pub fn key(&self) -> Key {
        keys::removed(self.property_id, self.what)
    }

    /// It is kept until their files are removed.
    ///
    /// # Errors
    ///
    /// It has no form in the table.
    pub fn keep(&self) -> Result<Write, StoreError> {
        let keys = keys::removed_keys(self.property_id, self.what, self.removed_at);
        Ok(Write::create(to_item(self, &keys)?))
    }

    /// Something is to be done about it at another time.
    pub(super) fn due(&self, at: DateTime<Utc>) -> Write {
        postponed(keys::removed_keys(self.property_id, self.what, at))
    }
}
