//! What the tests of the table share.

use aws_sdk_dynamodb::types::AttributeValue;
use civicforge_handlers::aws::Limits;
use civicforge_handlers::table::embedded::Embedded;
use civicforge_handlers::table::fault::Faults;
use civicforge_handlers::table::{Item, Table};

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
