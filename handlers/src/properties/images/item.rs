//! The entry of an image in its property.

use chrono::{DateTime, Utc};
use civicforge_api::types::{ImageState, ImageStatus, PropertyImage};
use civicforge_kernel::table::stamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::keys;
use crate::media::Media;

/// An image of a property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Image {
    /// Its id.
    pub image_id: Uuid,
    /// What can be seen on it. One line of plain text, which may be empty.
    pub alt: String,
    /// When it was announced.
    #[serde(with = "stamp")]
    pub announced_at: DateTime<Utc>,
    /// How far it is.
    pub state: State,
}

/// How far an image is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// A file was announced. It may have arrived.
    Announced,
    /// It can be shown.
    Ready {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// The file is no image that can be shown; why, in words.
    Refused(String),
}

impl Image {
    /// One that is announced now.
    pub fn announced(image_id: Uuid, alt: String, now: DateTime<Utc>) -> Self {
        Self {
            image_id,
            alt,
            announced_at: now,
            state: State::Announced,
        }
    }

    /// Whether it can be shown.
    pub fn is_ready(&self) -> bool {
        matches!(self.state, State::Ready { .. })
    }

    /// What everybody sees of it, if it can be shown.
    pub fn shown(&self, property: Uuid, media: &Media) -> Option<PropertyImage> {
        let State::Ready { width, height } = self.state else {
            return None;
        };
        let pixels = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
        Some(PropertyImage {
            image_id: self.image_id.into(),
            url: media.url_of(&keys::web(property, self.image_id)),
            thumbnail_url: media.url_of(&keys::thumbnail(property, self.image_id)),
            width: pixels(width),
            height: pixels(height),
            alt: self.alt.clone(),
        })
    }

    /// What its owner is told of a file that has arrived.
    pub fn told(&self, property: Uuid, media: &Media) -> ImageState {
        let (status, problem) = match &self.state {
            State::Announced => (ImageStatus::Processing, None),
            State::Ready { .. } => (ImageStatus::Ready, None),
            State::Refused(why) => (ImageStatus::Refused, Some(why.clone())),
        };
        ImageState {
            image_id: self.image_id.into(),
            status,
            image: self.shown(property, media),
            problem,
        }
    }
}
