//! That images were removed, whose files are to be removed too.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::{Key, Keys, StoreError, Write, postponed, stamp, to_item};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::item::Image;
use super::keys;
use crate::properties::item::Property;

/// That a property has these images no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Removed {
    /// Of which property.
    pub property_id: Uuid,
    /// The images. The first one stands for all of them: an image is removed once.
    pub images: Vec<Uuid>,
    /// When.
    #[serde(with = "stamp")]
    pub removed_at: DateTime<Utc>,
}

impl Removed {
    /// What a property has no more that has these images, if there is anything.
    pub fn of(before: &Property, images: &[Image], now: DateTime<Utc>) -> Option<Self> {
        let is_gone = |image: &&Image| !images.iter().any(|one| one.image_id == image.image_id);
        let gone = before.images.iter().filter(is_gone);
        let images: Vec<_> = gone.map(|image| image.image_id).collect();
        (!images.is_empty()).then_some(Self {
            property_id: before.property_id,
            images,
            removed_at: now,
        })
    }

    fn keys(&self, due: DateTime<Utc>) -> Keys {
        let first = self.images.first().copied().unwrap_or(self.property_id);
        keys::removed_keys(self.property_id, first, due)
    }

    /// Its place in the table.
    pub(super) fn key(&self) -> Key {
        self.keys(self.removed_at).primary
    }

    /// It is kept until their files are removed.
    ///
    /// # Errors
    ///
    /// It has no form in the table.
    pub fn keep(&self) -> Result<Write, StoreError> {
        Ok(Write::create(to_item(self, &self.keys(self.removed_at))?))
    }

    /// Something is to be done about it at another time.
    pub(super) fn due(&self, at: DateTime<Utc>) -> Write {
        postponed(self.keys(at))
    }
}
