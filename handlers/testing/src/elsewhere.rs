//! A table outside of this process, so that the same tests can be held against another implementation of DynamoDB.
//!
//! `CIVICFORGE_TEST_DYNAMODB_ENDPOINT` says where it is, such as `http://127.0.0.1:4566`, and each server of a test gets a table
//! of its own there. With `CIVICFORGE_TEST_TABLE` all of them get that one, which another hand has made (a stack, say): it is
//! checked and then emptied for each, so tests must run one after the other. Region and credentials are in the environment,
//! as they are for a server.

use aws_sdk_dynamodb::types::{DeleteRequest, WriteRequest};
use civicforge_kernel::aws::{self, Endpoint, Limits, Trust};
use civicforge_kernel::table::{Key, Table};
use uuid::Uuid;

const ENDPOINT: &str = "CIVICFORGE_TEST_DYNAMODB_ENDPOINT";
const TABLE: &str = "CIVICFORGE_TEST_TABLE";

/// How the names of tables begin that are made there.
const PREFIX: &str = "elsewhere-";

/// DynamoDB takes no more in one call.
const BATCH: usize = 25;

/// Whether all tests share one table.
pub fn shares_a_table() -> bool {
    variable(ENDPOINT).is_some() && variable(TABLE).is_some()
}

/// An empty table there; `None` where the environment names no place.
pub(super) async fn table() -> Option<Table> {
    let place = Endpoint {
        region: None,
        endpoint: Some(variable(ENDPOINT)?.parse().expect("a URL")),
    };
    let way = aws::connect(&place, Trust::System, &Limits::default());
    let way = way.expect("a region and credentials");
    let Some(name) = variable(TABLE) else {
        let table = Table::new(&way, format!("{PREFIX}{}", Uuid::now_v7()));
        let outbox = table.create_if_missing().await.expect("a new table");
        return Some(table.with_outbox(outbox));
    };
    let table = Table::new(&way, name);
    let outbox = table
        .check_schema()
        .await
        .expect("the table that the code expects");
    empty(&table).await;
    Some(table.with_outbox(outbox))
}

/// Where a table is, if it is one of those that [`table`] gives.
pub(super) fn place_of(table: &Table) -> Option<String> {
    let name = table.name();
    let is_elsewhere = name.starts_with(PREFIX) || variable(TABLE).as_deref() == Some(name);
    variable(ENDPOINT).filter(|_| is_elsewhere)
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

async fn empty(table: &Table) {
    let mut pages = table
        .client()
        .scan()
        .table_name(table.name())
        .projection_expression("PK, SK")
        .consistent_read(true)
        .into_paginator()
        .items()
        .send();
    let mut keys = Vec::new();
    while let Some(item) = pages.next().await {
        let key = Key::of(&item.expect("an item")).expect("a key");
        let delete = DeleteRequest::builder().set_key(Some(key.into_item()));
        let delete = delete.build().expect("a request");
        keys.push(WriteRequest::builder().delete_request(delete).build());
    }
    for batch in keys.chunks(BATCH) {
        let call = table.client().batch_write_item();
        let answer = call
            .request_items(table.name(), batch.to_vec())
            .send()
            .await;
        let left = answer.expect("a batch").unprocessed_items;
        assert!(left.is_none_or(|left| left.is_empty()), "it is throttled");
    }
}
