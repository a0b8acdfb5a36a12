//! What is stored for what an owner sends.

use civicforge_api::types::{PropertyDraft, PropertyStatus, PropertyUpdate};
use civicforge_kernel::text::{TextRule, Texts};
use civicforge_runtime::status::BadRequest;

use super::item::Details;
use super::money::is_currency;

const TITLE: TextRule = TextRule::line("title", 5, 200);
const DESCRIPTION: TextRule = TextRule::html("description", 0, 5000);
const ADDRESS: TextRule = TextRule::line("address", 1, 200);
const CITY: TextRule = TextRule::line("city", 1, 100);
const STATE: TextRule = TextRule::line("state", 1, 100);
const ZIP_CODE: TextRule = TextRule::line("zipCode", 1, 20);
const FEATURE: TextRule = TextRule::line("features", 1, 100);

/// What is stored for a draft.
///
/// # Errors
///
/// Every rule that the draft breaks.
pub fn details(draft: PropertyDraft) -> Result<Details, BadRequest> {
    let mut texts = Texts::default();
    if !is_currency(&draft.currency) {
        texts.refuse("currency", "currency", "must be a currency of ISO 4217");
    }
    match (draft.latitude, draft.longitude) {
        (Some(_), None) => texts.refuse("longitude", "required", "is required with latitude"),
        (None, Some(_)) => texts.refuse("latitude", "required", "is required with longitude"),
        _ => {}
    }
    let details = Details {
        title: texts.apply(TITLE, &draft.title),
        description: texts.apply(DESCRIPTION, &draft.description),
        price_minor: draft.price_minor,
        currency: draft.currency,
        bedrooms: draft.bedrooms,
        bathrooms: draft.bathrooms,
        square_feet: draft.square_feet,
        address: texts.apply(ADDRESS, &draft.address),
        city: texts.apply(CITY, &draft.city),
        state: texts.apply(STATE, &draft.state),
        zip_code: texts.apply(ZIP_CODE, &draft.zip_code),
        latitude: draft.latitude,
        longitude: draft.longitude,
        features: texts.each(FEATURE, &draft.features),
    };
    texts.finish(details)
}

/// The draft in an update, and the status.
pub fn parts(update: PropertyUpdate) -> (PropertyDraft, PropertyStatus) {
    let draft = PropertyDraft {
        title: update.title,
        description: update.description,
        price_minor: update.price_minor,
        currency: update.currency,
        bedrooms: update.bedrooms,
        bathrooms: update.bathrooms,
        square_feet: update.square_feet,
        address: update.address,
        city: update.city,
        state: update.state,
        zip_code: update.zip_code,
        latitude: update.latitude,
        longitude: update.longitude,
        features: update.features,
    };
    (draft, update.status)
}
