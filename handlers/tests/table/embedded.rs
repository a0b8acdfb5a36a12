//! The database in this process: its folder, its schema, its clock, and what the SDK sees of it.

use super::support::{key as any_key, number};
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType,
};
use chrono::{TimeDelta, Utc};
use civicforge_handlers::auth;
use civicforge_handlers::users;
use civicforge_kernel::aws::Limits;
use civicforge_kernel::table::embedded::{Embedded, EmbeddedError};
use civicforge_kernel::table::schema::SchemaError;
use civicforge_kernel::table::{StoreError, Transaction, Value, Write, to_item};
use uuid::Uuid;

#[tokio::test]
async fn what_was_written_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("data");
    let users: Vec<_> = (0..20).map(|_| Uuid::now_v7()).collect();
    {
        let embedded = Embedded::open(&place).unwrap();
        let table = embedded.table("test").await.unwrap();
        for (n, user) in users.iter().enumerate() {
            let item = to_item(&serde_json::json!({"n": n}), &users::keys::keys(*user)).unwrap();
            table
                .transact(Transaction::new().with(Write::create(item)))
                .await
                .unwrap();
        }
    }
    let embedded = Embedded::open(&place).unwrap();
    let table = embedded.table("test").await.unwrap();
    for (n, user) in users.iter().enumerate() {
        let item = table.get(&users::keys::key(*user)).await.unwrap().unwrap();
        assert_eq!(number(&item, "n"), i64::try_from(n).unwrap());
    }
}

#[tokio::test]
async fn a_folder_has_one_process() {
    let folder = tempfile::tempdir().unwrap();
    let first = Embedded::open(folder.path()).unwrap();
    let second = Embedded::open(folder.path()).unwrap_err();
    assert!(matches!(second, EmbeddedError::InUse(_)), "{second}");
    drop(first);
    Embedded::open(folder.path()).unwrap();
}

#[test]
fn a_folder_that_can_not_be_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let error = Embedded::open(&file.join("data")).unwrap_err();
    assert!(error.to_string().contains("file/data"), "{error}");

    let broken = folder.path().join("broken");
    std::fs::create_dir(&broken).unwrap();
    std::fs::write(
        broken.join("table.db"),
        "this is not a database, and long enough to show it".repeat(40),
    )
    .unwrap();
    let error = Embedded::open(&broken).unwrap_err();
    assert!(error.to_string().contains("table.db"), "{error}");
}

#[tokio::test]
async fn what_has_expired_is_swept() {
    let embedded = Embedded::in_memory().unwrap();
    let table = embedded.table("test").await.unwrap();
    let now = Utc::now();
    let (old, new) = (Uuid::now_v7(), Uuid::now_v7());
    for (session, expires) in [
        (old, now - TimeDelta::hours(1)),
        (new, now + TimeDelta::hours(1)),
    ] {
        let keys = auth::keys::session_keys(session, Uuid::nil(), now, expires);
        let item = to_item(&serde_json::json!({}), &keys).unwrap();
        table.write(Write::create(item)).await.unwrap();
    }
    assert_eq!(embedded.sweep().await.unwrap(), 1);
    assert_eq!(table.get(&auth::keys::session(old)).await.unwrap(), None);
    assert!(
        table
            .get(&auth::keys::session(new))
            .await
            .unwrap()
            .is_some()
    );
    assert_eq!(embedded.sweep().await.unwrap(), 0);
}

#[tokio::test]
async fn a_table_is_made_once_and_checked_each_time() {
    let embedded = Embedded::in_memory().unwrap();
    let table = embedded.table_through(embedded.http_client(), "test", &Limits::default());
    let missing = table.check_schema().await.unwrap_err();
    assert!(
        matches!(&missing, SchemaError::Store(StoreError::Rejected { code, .. }) if code == "ResourceNotFoundException"),
        "{missing}"
    );
    let outcome = table.get(&users::keys::key(Uuid::nil())).await.unwrap_err();
    assert!(matches!(outcome, StoreError::Rejected { .. }), "{outcome}");
    table.create_if_missing().await.unwrap();
    table.create_if_missing().await.unwrap();
    table.check_schema().await.unwrap();
    table.get(&any_key("any")).await.unwrap();
}

#[tokio::test]
async fn a_table_that_is_something_else_is_refused() {
    let embedded = Embedded::in_memory().unwrap();
    let table = embedded.table_through(embedded.http_client(), "test", &Limits::default());
    let request = table.client().create_table().table_name("test");
    let request = ["PK", "SK"].iter().fold(request, |request, name| {
        request.attribute_definitions(
            AttributeDefinition::builder()
                .attribute_name(*name)
                .attribute_type(ScalarAttributeType::S)
                .build()
                .unwrap(),
        )
    });
    let key = |name, kind| {
        KeySchemaElement::builder()
            .attribute_name(name)
            .key_type(kind)
            .build()
    };
    request
        .key_schema(key("PK", KeyType::Hash).unwrap())
        .key_schema(key("SK", KeyType::Range).unwrap())
        .billing_mode(BillingMode::PayPerRequest)
        .send()
        .await
        .unwrap();
    let error = table.create_if_missing().await.unwrap_err();
    assert!(matches!(error, SchemaError::Differs { .. }), "{error}");
    assert!(error.to_string().contains("GSI1 is missing"), "{error}");
}

#[tokio::test]
async fn errors_reach_the_sdk_as_dynamodb_s_own() {
    let embedded = Embedded::in_memory().unwrap();
    let table = embedded.table("test").await.unwrap();
    let client = table.client();
    let scan = client.scan().table_name("test").send().await.unwrap_err();
    assert_eq!(
        scan.code(),
        Some("ValidationException"),
        "nothing here scans"
    );
    let empty = client
        .get_item()
        .table_name("test")
        .send()
        .await
        .unwrap_err();
    assert_eq!(empty.code(), Some("ValidationException"));
    let wrong = client
        .put_item()
        .table_name("test")
        .item("PK", Value::from(5).into())
        .item("SK", Value::from("x").into())
        .send()
        .await
        .unwrap_err();
    assert_eq!(wrong.code(), Some("ValidationException"));
    let reserved = client
        .update_item()
        .table_name("test")
        .key("PK", Value::from("x").into())
        .key("SK", Value::from("x").into())
        .update_expression("SET status = :v")
        .expression_attribute_values(":v", Value::from("x").into())
        .send()
        .await
        .unwrap_err();
    assert_eq!(reserved.code(), Some("ValidationException"));
}
