//! The keys of properties, and of their places in lists.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::key::{IndexKey, dated};
use civicforge_kernel::table::{Key, Keys, Shards, stamp};
use uuid::Uuid;

/// The property.
pub fn key(property: Uuid) -> Key {
    Key::new(format!("PROPERTY#{property}"), "DETAILS")
}

/// The property's item.
pub fn keys(property: Uuid, owner: Uuid, created: DateTime<Utc>) -> Keys {
    Keys::new("PROPERTY", key(property)).gsi1(IndexKey {
        pk: format!("USER#{owner}"),
        sk: format!("PROPERTY#{}#{property}", stamp::format(created)),
    })
}

/// The GSI1 partition of what a member made, and the prefix of the properties in it.
pub fn owned_by(user: Uuid) -> (String, &'static str) {
    (format!("USER#{user}"), "PROPERTY#")
}

/// Of which properties a list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope<'a> {
    /// Of all.
    All,
    /// Of those in a state, in its [folded](civicforge_kernel::text::search::folded) form.
    State(&'a str),
    /// Of those in a city, in its folded form.
    City(&'a str),
}

/// How a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order<'a> {
    /// By when they were listed.
    Created,
    /// By price, of those with a price in this currency.
    Price(&'a str),
}

/// The place of a property in one of the lists.
pub fn listing(property: Uuid, scope: Scope<'_>, order: Order<'_>) -> Key {
    let sk = match (scope, order) {
        (Scope::All, Order::Created) => "LISTING#ALL",
        (Scope::State(_), Order::Created) => "LISTING#STATE",
        (Scope::City(_), Order::Created) => "LISTING#CITY",
        (Scope::All, Order::Price(_)) => "LISTING#ALL#PRICE",
        (Scope::State(_), Order::Price(_)) => "LISTING#STATE#PRICE",
        (Scope::City(_), Order::Price(_)) => "LISTING#CITY#PRICE",
    };
    Key::new(format!("PROPERTY#{property}"), sk)
}

/// The places of a property in all lists.
pub fn listings(property: Uuid) -> impl Iterator<Item = Key> {
    let scopes = [Scope::All, Scope::State(""), Scope::City("")];
    let orders = [Order::Created, Order::Price("")];
    let all = scopes
        .into_iter()
        .flat_map(move |scope| orders.map(|order| (scope, order)));
    all.map(move |(scope, order)| listing(property, scope, order))
}

/// The item of one.
pub fn listing_keys(
    property: Uuid,
    status: &str,
    scope: Scope<'_>,
    order: Order<'_>,
    sk: String,
    shards: Shards,
) -> Keys {
    let name = list_name(status, scope, order);
    let pk = match scope {
        Scope::All => shards.partition(&name, property),
        // What is written in one city or state is little enough for one partition.
        Scope::State(_) | Scope::City(_) => name,
    };
    Keys::new("LISTING", listing(property, scope, order)).gsi2(IndexKey { pk, sk })
}

/// The GSI2 partitions of a list.
pub fn list(status: &str, scope: Scope<'_>, order: Order<'_>, shards: Shards) -> Vec<String> {
    let name = list_name(status, scope, order);
    match scope {
        Scope::All => shards.partitions(&name),
        Scope::State(_) | Scope::City(_) => vec![name],
    }
}

/// What comes from a user is last, so that it cannot imitate another list.
fn list_name(status: &str, scope: Scope<'_>, order: Order<'_>) -> String {
    match (scope, order) {
        (Scope::All, Order::Created) => format!("LISTED#{status}"),
        (Scope::State(state), Order::Created) => format!("LISTED#STATE#{status}#{state}"),
        (Scope::City(city), Order::Created) => format!("LISTED#CITY#{status}#{city}"),
        (Scope::All, Order::Price(currency)) => format!("PRICED#{status}#{currency}"),
        (Scope::State(state), Order::Price(currency)) => {
            format!("PRICED#STATE#{status}#{currency}#{state}")
        }
        (Scope::City(city), Order::Price(currency)) => {
            format!("PRICED#CITY#{status}#{currency}#{city}")
        }
    }
}

/// The sort key by when it was listed.
pub fn by_created(property: Uuid, created: DateTime<Utc>) -> String {
    dated(created, property)
}

/// The sort key by price; of what has the same price, by when it was listed.
pub fn by_price(property: Uuid, price: i64) -> String {
    format!("{price:015}#{property}")
}

/// The bounds of sort keys by price, both included.
pub fn prices(least: i64, most: i64) -> (String, String) {
    // Sorts behind every id.
    (format!("{least:015}"), format!("{most:015}#~"))
}

/// That a property was deleted.
pub fn deleted(property: Uuid) -> Key {
    Key::new(format!("PROPERTY#{property}"), "DELETED")
}

/// The item of that, due for those who have to do with the property.
pub fn deleted_keys(property: Uuid, due: DateTime<Utc>) -> Keys {
    Keys::new("PROPERTY_DELETED", deleted(property)).gsi2(IndexKey {
        pk: DELETED.to_owned(),
        sk: dated(due, property),
    })
}

/// The GSI2 partition of deleted properties; its sort key starts with when something is to be done about one.
pub const DELETED: &str = "PROPERTY#DELETED";

/// The GSI2 partition of those about which nothing can be done, because the item is damaged.
pub const DELETED_DAMAGED: &str = "PROPERTY#DELETED_DAMAGED";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_lists_have_one_partition_whatever_places_are_called() {
        let names = ["0", "active", "USD", "STATE", "active#0", "#"];
        let mut partitions = BTreeSet::new();
        for status in ["active", "pending", "sold"] {
            for order in [Order::Created, Order::Price("USD"), Order::Price("EUR")] {
                let places = names.map(|name| [Scope::State(name), Scope::City(name)]);
                let scopes = places.into_iter().flatten().chain([Scope::All]);
                for scope in scopes {
                    for partition in list(status, scope, order, Shards::new(2)) {
                        assert!(partitions.insert(partition.clone()), "{partition}");
                    }
                }
            }
        }
    }

    #[test]
    fn prices_sort_as_numbers_and_bounds_hold_all_between() {
        let id = Uuid::max();
        let (from, to) = prices(99, 1_000);
        for (price, is_in) in [
            (98, false),
            (99, true),
            (100, true),
            (1_000, true),
            (1_001, false),
        ] {
            for id in [Uuid::nil(), id] {
                let key = by_price(id, price);
                assert_eq!(
                    (from.as_str()..=to.as_str()).contains(&key.as_str()),
                    is_in,
                    "{key}"
                );
            }
        }
    }
}
