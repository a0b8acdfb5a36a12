//! What the tests of the table share.

use aws_sdk_dynamodb::types::AttributeValue;
use civicforge_kernel::aws::Limits;
use civicforge_kernel::table::embedded::Embedded;
use civicforge_kernel::table::{Item, Key, Table, Value};
use civicforge_testing::fault::Faults;

/// A new table in memory behind a connection that can be made faulty.
pub struct Faulty {
    pub table: Table,
    pub faults: Faults,
}

/// A new table in memory behind a connection that can be made faulty.
pub async fn faulty() -> Faulty {
    let embedded = Embedded::in_memory().unwrap();
    embedded.table("test").await.unwrap();
    let faults = Faults::none();
    let http = faults.wrap(embedded.http_client());
    let table = embedded.table_through(http, "test", &Limits::default());
    Faulty { table, faults }
}

/// A number of an item.
pub fn number(item: &Item, name: &str) -> i64 {
    match item.get(name) {
        Some(AttributeValue::N(number)) => number.parse().unwrap(),
        other => panic!("{name} is {other:?}"),
    }
}

/// The key of a thing of this name.
pub fn key(name: &str) -> Key {
    Key {
        pk: format!("TEST#{name}"),
        sk: "ITEM".to_owned(),
    }
}

/// A thing of this name, counted so often.
pub fn item(name: &str, count: i64) -> Item {
    let key = key(name);
    let attribute = |name: &str, value: Value| (name.to_owned(), value.into());
    Item::from([
        attribute("PK", key.pk.into()),
        attribute("SK", key.sk.into()),
        attribute("count", count.into()),
    ])
}

/// How often it is counted; `None` where it is not there.
pub async fn count(table: &Table, name: &str) -> Option<i64> {
    let item = table.get(&key(name)).await.unwrap();
    item.map(|item| number(&item, "count"))
}
