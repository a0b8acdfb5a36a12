//! Properties as they are in the table.

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_api::types::PropertyStatus;
use civicforge_handlers::properties::item::{Details, Property};
use civicforge_kernel::table::key::id_at;
use civicforge_kernel::table::{Shards, Table};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{TestApp, TestMember, put_items};

/// A property to list.
pub fn draft() -> Value {
    json!({
        "title": "Craftsman house with a garden",
        "description": "Built in 1923.",
        "priceMinor": 32_500_000,
        "currency": "USD",
        "bedrooms": 3,
        "bathrooms": 1.5,
        "squareFeet": 1640,
        "address": "12 Elm Street",
        "city": "Springfield",
        "state": "IL",
        "zipCode": "62701",
    })
}

/// A property for sale, listed at a time.
pub fn property(title: &str, price: i64, city: &str, created: DateTime<Utc>) -> Property {
    Property {
        property_id: id_at(created),
        owner_id: Uuid::nil(),
        status: PropertyStatus::Active,
        details: Details {
            title: title.to_owned(),
            description: "Built in 1923.".to_owned(),
            price_minor: price.try_into().expect("a price"),
            currency: "USD".to_owned().try_into().expect("a code"),
            bedrooms: 3,
            bathrooms: 1.5,
            square_feet: 1640,
            address: "12 Elm Street".to_owned(),
            city: city.to_owned(),
            state: "IL".to_owned(),
            zip_code: "62701".to_owned(),
            latitude: Some(39.7817),
            longitude: Some(-89.6501),
            features: Vec::new(),
        },
        created_at: created,
        updated_at: created,
        version: 1,
        details_version: None,
        images: Vec::new(),
    }
}

/// So many properties like one, a second apart, the newest at its time, going round the shards. Every tenth is in its city, with a price
/// that is higher by one each time; the others are elsewhere.
pub fn like(newest: &Property, count: usize) -> impl Iterator<Item = Property> {
    (0..count).map(move |n| {
        let age = i64::try_from(n).expect("a count");
        let created = newest.created_at - TimeDelta::seconds(age);
        // The shard follows from the last bytes of the id.
        let mut id = *id_at(created).as_bytes();
        id[14..].copy_from_slice(&u16::try_from(n % 64).expect("a byte").to_be_bytes());
        let mut property = Property {
            property_id: Uuid::from_bytes(id),
            created_at: created,
            updated_at: created,
            ..newest.clone()
        };
        let price = newest.details.price_minor.into_inner() + age;
        property.details.price_minor = price.try_into().expect("a price");
        if n % 10 != 0 {
            property.details.city = format!("Elsewhere {}", n % 10);
            property.details.state = format!("S{}", n % 3);
        }
        property
    })
}

/// Puts properties into the table, with their places in lists.
pub async fn fill(table: &Table, shards: u16, properties: impl Iterator<Item = Property>) {
    let shards = Shards::new(shards);
    let items = properties.flat_map(|property| {
        let listings = property.listings(shards).expect("items");
        std::iter::once(property.item()).chain(listings.into_iter().map(Ok))
    });
    put_items(table, items).await;
}

impl TestApp {
    /// Opens an account for a member who may list properties.
    pub async fn register_seller(&self, name: &str) -> TestMember {
        let member = self.register(name).await;
        let update = json!({"name": name, "userType": "seller"});
        let call = self.put("/api/v1/users/me").member(&member);
        let reply = call.json(&update).send().await;
        assert_eq!(reply.status, 200, "{reply:?}");
        member
    }
}
