//! The property as it is kept, what lists keep of it, and what is made of both.

use chrono::{DateTime, Utc};
use civicforge_api::types::{self, CurrencyCode, PriceMinor, PropertyStatus};
use civicforge_kernel::table::checked::checked;
use civicforge_kernel::table::{Item, Keys, Shards, StoreError, attr, stamp, to_item};
use civicforge_kernel::text::search;
use civicforge_runtime::conditional::{ETag, satisfied_by_versions};
use civicforge_runtime::status::PreconditionFailed;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::images::item::Image;
use super::images::keys as files;
use super::keys::{self, Order, Scope};
use crate::media::Media;

/// A property.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Property {
    /// Its id.
    pub property_id: Uuid,
    /// Who has listed it.
    pub owner_id: Uuid,
    /// Where it is on its way to a buyer.
    pub status: PropertyStatus,
    /// What its owner says of it.
    #[serde(flatten)]
    pub details: Details,
    /// When it was listed.
    #[serde(with = "stamp")]
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    #[serde(with = "stamp")]
    pub updated_at: DateTime<Utc>,
    /// How often it was changed, from 1.
    pub version: u64,
    /// The version in which its owner last said something of it. Items of before properties had images do not have it: everything
    /// was a change of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details_version: Option<u64>,
    /// Its images, in the order in which they are shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<Image>,
}

/// What an owner says of a property.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Details {
    /// One line of plain text.
    pub title: String,
    /// Cleaned HTML.
    pub description: String,
    /// In minor units of the currency.
    #[serde(deserialize_with = "checked::<_, i64, _>")]
    pub price_minor: PriceMinor,
    /// Its code.
    #[serde(deserialize_with = "checked::<_, String, _>")]
    pub currency: CurrencyCode,
    /// A number.
    pub bedrooms: i32,
    /// A number; halves count.
    pub bathrooms: f64,
    /// An area.
    pub square_feet: i32,
    /// Street and number. Plain text, as all of the following is.
    pub address: String,
    /// Its city.
    pub city: String,
    /// Its state, province or region.
    pub state: String,
    /// Its zip or postal code.
    pub zip_code: String,
    /// In degrees.
    #[serde(default)]
    pub latitude: Option<f64>,
    /// In degrees.
    #[serde(default)]
    pub longitude: Option<f64>,
    /// What it has, in the order in which that is shown.
    #[serde(default)]
    pub features: Vec<String>,
}

/// What lists keep of a property.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Listing {
    /// Its id.
    pub property_id: Uuid,
    /// One line of plain text.
    pub title: String,
    /// In minor units of the currency.
    #[serde(deserialize_with = "checked::<_, i64, _>")]
    pub price_minor: PriceMinor,
    /// Its code.
    #[serde(deserialize_with = "checked::<_, String, _>")]
    pub currency: CurrencyCode,
    /// A number.
    pub bedrooms: i32,
    /// A number; halves count.
    pub bathrooms: f64,
    /// An area.
    pub square_feet: i32,
    /// Street and number.
    pub address: String,
    /// Its city.
    pub city: String,
    /// Its state, province or region.
    pub state: String,
    /// Its zip or postal code.
    pub zip_code: String,
    /// In degrees.
    #[serde(default)]
    pub latitude: Option<f64>,
    /// In degrees.
    #[serde(default)]
    pub longitude: Option<f64>,
    /// Where it is on its way to a buyer.
    pub status: PropertyStatus,
    /// The image that lists show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_id: Option<Uuid>,
    /// When it was listed.
    #[serde(with = "stamp")]
    pub created_at: DateTime<Utc>,
}

/// The attributes that a change may touch. Everything else is as it was created.
pub const CHANGING: [&str; 19] = [
    "status",
    "title",
    "description",
    "priceMinor",
    "currency",
    "bedrooms",
    "bathrooms",
    "squareFeet",
    "address",
    "city",
    "state",
    "zipCode",
    "latitude",
    "longitude",
    "features",
    "images",
    "detailsVersion",
    attr::UPDATED_AT,
    attr::VERSION,
];

impl Property {
    /// Its keys.
    pub fn keys(&self) -> Keys {
        keys::keys(self.property_id, self.owner_id, self.created_at)
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

    /// The property after its owner has said this of it.
    #[must_use]
    pub fn after(&self, details: Details, status: PropertyStatus, now: DateTime<Utc>) -> Self {
        let version = self.version.saturating_add(1);
        Self {
            status,
            details,
            updated_at: now,
            version,
            details_version: Some(version),
            ..self.clone()
        }
    }

    /// The property with these images.
    #[must_use]
    pub fn with_images(&self, images: Vec<Image>, now: DateTime<Utc>) -> Self {
        Self {
            images,
            updated_at: now,
            version: self.version.saturating_add(1),
            details_version: self.details_version.or(Some(self.version)),
            ..self.clone()
        }
    }

    /// That it is at a version that `If-Match` lets through.
    ///
    /// # Errors
    ///
    /// It has changed.
    pub fn is_at(&self, if_match: Option<&str>) -> Result<(), PreconditionFailed> {
        self.is_between(self.version, if_match)
    }

    /// That nothing that its owner says of it has changed since a version that `If-Match` lets through. Its images may have.
    ///
    /// # Errors
    ///
    /// It has changed.
    pub fn details_are_at(&self, if_match: Option<&str>) -> Result<(), PreconditionFailed> {
        self.is_between(self.details_version.unwrap_or(self.version), if_match)
    }

    fn is_between(&self, first: u64, if_match: Option<&str>) -> Result<(), PreconditionFailed> {
        match if_match.is_some_and(|tags| !satisfied_by_versions(tags, first..=self.version)) {
            true => {
                Err(PreconditionFailed::default()
                    .detail("The property has changed since you read it."))
            }
            false => Ok(()),
        }
    }

    /// An image of it.
    pub fn image(&self, id: Uuid) -> Option<&Image> {
        self.images.iter().find(|image| image.image_id == id)
    }

    /// Its images that can be shown.
    fn ready_images(&self) -> impl Iterator<Item = &Image> {
        self.images.iter().filter(|image| image.is_ready())
    }

    /// What everybody sees of its images.
    fn shown_images(&self, media: &Media) -> Vec<types::PropertyImage> {
        let images = self.images.iter();
        images
            .filter_map(|image| image.shown(self.property_id, media))
            .collect()
    }

    /// Whether everybody sees the same of another state of it.
    pub fn looks_like(&self, other: &Self) -> bool {
        self.ready_images().eq(other.ready_images())
            && self.status == other.status
            && self.details == other.details
    }

    /// The property, as the contract has it.
    pub fn shown(self, media: &Media) -> types::Property {
        let images = self.shown_images(media);
        let details = self.details;
        types::Property {
            property_id: self.property_id.into(),
            title: details.title,
            description: details.description,
            price_minor: details.price_minor,
            currency: details.currency,
            bedrooms: details.bedrooms,
            bathrooms: details.bathrooms,
            square_feet: details.square_feet,
            address: details.address,
            city: details.city,
            state: details.state,
            zip_code: details.zip_code,
            latitude: details.latitude,
            longitude: details.longitude,
            status: self.status,
            owner_id: self.owner_id.into(),
            images,
            features: details.features,
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: i64::try_from(self.version).unwrap_or(i64::MAX),
        }
    }

    /// Its place in every list.
    ///
    /// # Errors
    ///
    /// It has no form in the table.
    pub fn listings(&self, shards: Shards) -> Result<Vec<Item>, StoreError> {
        let listing = Listing::from(self);
        let (city, state) = (
            search::folded(&listing.city),
            search::folded(&listing.state),
        );
        let status = self.status.as_str();
        let mut items = Vec::new();
        for scope in [Scope::All, Scope::State(&state), Scope::City(&city)] {
            for order in [Order::Created, Order::Price(&listing.currency)] {
                let sk = match order {
                    Order::Created => keys::by_created(self.property_id, self.created_at),
                    Order::Price(_) => keys::by_price(self.property_id, *listing.price_minor),
                };
                let keys = keys::listing_keys(self.property_id, status, scope, order, sk, shards);
                items.push(to_item(&listing, &keys)?);
            }
        }
        Ok(items)
    }
}

impl From<&Property> for Listing {
    fn from(property: &Property) -> Self {
        let details = property.details.clone();
        Self {
            property_id: property.property_id,
            title: details.title,
            price_minor: details.price_minor,
            currency: details.currency,
            bedrooms: details.bedrooms,
            bathrooms: details.bathrooms,
            square_feet: details.square_feet,
            address: details.address,
            city: details.city,
            state: details.state,
            zip_code: details.zip_code,
            latitude: details.latitude,
            longitude: details.longitude,
            status: property.status,
            image_id: property.ready_images().next().map(|image| image.image_id),
            created_at: property.created_at,
        }
    }
}

impl Listing {
    /// What lists show, as the contract has it.
    pub fn shown(self, media: &Media) -> types::PropertySummary {
        let listing = self;
        let thumbnail = |image| media.url_of(&files::thumbnail(listing.property_id, image));
        types::PropertySummary {
            thumbnail_url: listing.image_id.map(thumbnail),
            property_id: listing.property_id.into(),
            title: listing.title,
            price_minor: listing.price_minor,
            currency: listing.currency,
            bedrooms: listing.bedrooms,
            bathrooms: listing.bathrooms,
            square_feet: listing.square_feet,
            address: listing.address,
            city: listing.city,
            state: listing.state,
            zip_code: listing.zip_code,
            latitude: listing.latitude,
            longitude: listing.longitude,
            status: listing.status,
            created_at: listing.created_at,
        }
    }
}
