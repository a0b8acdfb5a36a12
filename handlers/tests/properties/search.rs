//! Searches, held against one that looks at every property.

use std::cmp::Reverse;

use chrono::TimeDelta;
use civicforge_api::types::PropertyStatus;
use civicforge_handlers::properties::item::Property;
use civicforge_testing::TestApp;
use civicforge_testing::properties::{fill, property};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use super::support::{PROPERTIES, all, update};

const CITIES: [&str; 4] = ["Springfield", "Chicago", "São Paulo", "Boston"];
const STATES: [&str; 3] = ["IL", "MA", "SP"];
const CURRENCIES: [&str; 2] = ["USD", "EUR"];
const WORDS: [&str; 4] = ["Garden", "Fireplace", "View", "Garage"];

fn some<'a, T>(random: &mut StdRng, of: &'a [T]) -> &'a T {
    of.choose(random).unwrap()
}

/// Few prices and times, so that many properties have the same.
fn random_property(random: &mut StdRng, app: &TestApp) -> Property {
    let created = app.clock.now() - TimeDelta::seconds(random.random_range(0..300));
    let title = format!("House with {}", some(random, &WORDS));
    let city = some(random, &CITIES);
    let mut property = property(&title, random.random_range(1..=40), city, created);
    property.status = *some(random, &PropertyStatus::ALL);
    let details = &mut property.details;
    (*some(random, &STATES)).clone_into(&mut details.state);
    let currency = (*some(random, &CURRENCIES)).to_owned();
    details.currency = currency.try_into().unwrap();
    details.bedrooms = random.random_range(0..5);
    property
}

/// What somebody searches for.
#[derive(Debug, Default)]
struct Query {
    status: Option<PropertyStatus>,
    city: Option<&'static str>,
    state: Option<&'static str>,
    min: Option<i64>,
    max: Option<i64>,
    currency: Option<&'static str>,
    bedrooms: Option<i32>,
    search: Option<&'static str>,
    sort: Option<&'static str>,
}

fn random_query(random: &mut StdRng) -> Query {
    let mut query = Query::default();
    let half = |random: &mut StdRng| random.random_bool(0.4);
    query.status = half(random).then(|| *some(random, &PropertyStatus::ALL));
    query.city = half(random).then(|| *some(random, &CITIES));
    query.state = half(random).then(|| *some(random, &STATES));
    query.min = half(random).then(|| random.random_range(1..=30));
    query.max = half(random).then(|| query.min.unwrap_or(1) + random.random_range(0..20));
    query.currency = half(random).then(|| *some(random, &CURRENCIES));
    query.bedrooms = half(random).then(|| random.random_range(0..5));
    query.search = random.random_bool(0.2).then(|| *some(random, &WORDS));
    query.sort = half(random).then(|| *some(random, &["newest", "priceAsc", "priceDesc"]));
    query
}

impl Query {
    fn path(&self, limit: usize) -> String {
        let mut path = format!("{PROPERTIES}?limit={limit}");
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                let value = value.replace(' ', "%20").replace('ã', "%C3%A3");
                path += &format!("&{name}={value}");
            }
        };
        add("status", self.status.map(|status| status.to_string()));
        // Upper and lower case are alike.
        add("city", self.city.map(str::to_lowercase));
        add("state", self.state.map(str::to_lowercase));
        add("minPrice", self.min.map(|price| price.to_string()));
        add("maxPrice", self.max.map(|price| price.to_string()));
        add("currency", self.currency.map(str::to_owned));
        add(
            "minBedrooms",
            self.bedrooms.map(|number| number.to_string()),
        );
        add("search", self.search.map(str::to_uppercase));
        add("sort", self.sort.map(str::to_owned));
        path
    }

    /// The ids of what it finds, in their order.
    fn of(&self, properties: &[Property]) -> Vec<String> {
        let by_price = matches!(self.sort, Some("priceAsc" | "priceDesc"));
        let is_priced = by_price || self.min.is_some() || self.max.is_some();
        let currency = self.currency.or(is_priced.then_some("USD"));
        let price = |property: &Property| *property.details.price_minor;
        let is_found = |property: &&Property| {
            let details = &property.details;
            property.status == self.status.unwrap_or(PropertyStatus::Active)
                && self.city.is_none_or(|city| details.city == city)
                && self.state.is_none_or(|state| details.state == state)
                && currency.is_none_or(|currency| *details.currency == currency)
                && self.min.is_none_or(|min| price(property) >= min)
                && self.max.is_none_or(|max| price(property) <= max)
                && self.bedrooms.is_none_or(|least| details.bedrooms >= least)
                && self.search.is_none_or(|word| details.title.contains(word))
        };
        let mut found: Vec<_> = properties.iter().filter(is_found).collect();
        match self.sort {
            Some("priceAsc") => found.sort_by_key(|one| (price(one), one.property_id)),
            Some("priceDesc") => found.sort_by_key(|one| Reverse((price(one), one.property_id))),
            _ => found.sort_by_key(|one| Reverse((one.created_at, one.property_id))),
        }
        found
            .iter()
            .map(|one| one.property_id.to_string())
            .collect()
    }
}

fn ids(items: &[Value]) -> Vec<String> {
    let id = |item: &Value| item["propertyId"].as_str().unwrap().to_owned();
    items.iter().map(id).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_searches_find_what_a_look_at_everything_finds() {
    let app = TestApp::setup().shards(3).start().await;
    let mut random = StdRng::seed_from_u64(6);
    let properties: Vec<_> = (0..1_000)
        .map(|_| random_property(&mut random, &app))
        .collect();
    fill(&app.app.table, 3, properties.iter().cloned()).await;
    let mut seen = 0;
    for _ in 0..300 {
        let query = random_query(&mut random);
        let expected = query.of(&properties);
        let path = query.path(
            random
                .random_range(1..=100)
                .max(expected.len() / 3)
                .min(100),
        );
        assert_eq!(ids(&all(&app, None, &path).await), expected, "{query:?}");
        seen += expected.len();
    }
    assert!(seen > 3_000, "{seen}");
}

/// Some are changed and deleted all the time. Every other one is seen once, in its order.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_stays_is_seen_once_while_others_change() {
    let app = TestApp::new().await;
    let ada = app.register_seller("ada").await;
    let mut random = StdRng::seed_from_u64(7);
    let mut properties: Vec<_> = (0..300)
        .map(|_| random_property(&mut random, &app))
        .collect();
    let moving = properties.split_off(240);
    let moving: Vec<_> = { moving }
        .into_iter()
        .map(|property| Property {
            owner_id: ada.id,
            status: PropertyStatus::Active,
            ..property
        })
        .collect();
    let everything = properties.iter().chain(&moving).cloned();
    fill(&app.app.table, 1, everything).await;
    let ids_of_moving: Vec<_> = moving
        .iter()
        .map(|one| one.property_id.to_string())
        .collect();
    let writers = (0..4).map(|n| {
        let (app, ada, moving) = (app.clone(), ada.clone(), moving.clone());
        tokio::spawn(async move {
            let mut random = StdRng::seed_from_u64(n);
            for _ in 0..150 {
                let property = some(&mut random, &moving);
                let path = format!("{PROPERTIES}/{}", property.property_id);
                if random.random_bool(0.05) {
                    app.delete(&path).member(&ada).send().await;
                    continue;
                }
                let change = json!({
                    "priceMinor": random.random_range(1..=40),
                    "city": some(&mut random, &CITIES),
                    "status": some(&mut random, &["active", "pending"]),
                });
                let call = app.put(&path).member(&ada).json(&update(&change));
                let reply = call.send().await;
                assert!([200, 404].contains(&reply.status), "{reply:?}");
            }
        })
    });
    let writers = futures::future::join_all(writers);
    let readers = (10..12).map(|n| {
        let (app, properties, moving) = (app.clone(), properties.clone(), ids_of_moving.clone());
        tokio::spawn(async move {
            let mut random = StdRng::seed_from_u64(n);
            for _ in 0..60 {
                let query = random_query(&mut random);
                let mut found = ids(&all(&app, None, &query.path(7)).await);
                found.retain(|id| !moving.contains(id));
                assert_eq!(found, query.of(&properties), "{query:?}");
            }
        })
    });
    let readers = futures::future::join_all(readers);
    let (written, read) = tokio::join!(writers, readers);
    for outcome in written.into_iter().chain(read) {
        outcome.unwrap();
    }
    // In the end every place in a list is one of what is there.
    let mut left = properties;
    for property in &moving {
        let found = app.app.properties.property(property.property_id).await;
        left.extend(found.unwrap());
    }
    for sort in ["newest", "priceAsc"] {
        for status in PropertyStatus::ALL {
            let query = Query {
                status: Some(status),
                currency: Some("USD"),
                sort: Some(sort),
                ..Query::default()
            };
            let found = ids(&all(&app, None, &query.path(100)).await);
            assert_eq!(found, query.of(&left), "{query:?}");
        }
    }
}
