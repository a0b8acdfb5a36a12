//! Tables that another hand has made, or an earlier version: what the code finds out about them, and takes or refuses.

use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType, StreamSpecification, StreamViewType,
};
use civicforge_kernel::aws::Limits;
use civicforge_kernel::table::embedded::Embedded;
use civicforge_kernel::table::{OutboxSource, Table};
use civicforge_testing::TestApp;
use serde_json::json;

/// A table with a stream or without, and with these projections of its indexes.
async fn made(stream: Option<StreamViewType>, gsi1: ProjectionType, gsi2: ProjectionType) -> Table {
    let embedded = Embedded::in_memory().unwrap();
    let table = embedded.table_through(embedded.http_client(), "test", &Limits::default());
    let keys = |pk: &str, sk: &str| {
        [(pk, KeyType::Hash), (sk, KeyType::Range)]
            .map(|(name, kind)| {
                let element = KeySchemaElement::builder();
                element.attribute_name(name).key_type(kind).build().unwrap()
            })
            .to_vec()
    };
    let mut request = table
        .client()
        .create_table()
        .table_name("test")
        .billing_mode(BillingMode::PayPerRequest)
        .set_key_schema(Some(keys("PK", "SK")));
    for name in ["PK", "SK", "GSI1PK", "GSI1SK", "GSI2PK", "GSI2SK"] {
        let attribute = AttributeDefinition::builder().attribute_name(name);
        let attribute = attribute.attribute_type(ScalarAttributeType::S).build();
        request = request.attribute_definitions(attribute.unwrap());
    }
    for (name, projection) in [("GSI1", gsi1), ("GSI2", gsi2)] {
        let index = GlobalSecondaryIndex::builder()
            .index_name(name)
            .set_key_schema(Some(keys(&format!("{name}PK"), &format!("{name}SK"))))
            .projection(Projection::builder().projection_type(projection).build());
        request = request.global_secondary_indexes(index.build().unwrap());
    }
    if let Some(view) = stream {
        let stream = StreamSpecification::builder().stream_enabled(true);
        let stream = stream.stream_view_type(view).build().unwrap();
        request = request.stream_specification(stream);
    }
    request.send().await.unwrap();
    table
}

#[tokio::test]
async fn whether_a_stream_carries_the_messages_is_learned_from_the_table() {
    let (keys, all) = (ProjectionType::KeysOnly, ProjectionType::All);
    for (stream, source) in [
        (None, OutboxSource::Index),
        (Some(StreamViewType::KeysOnly), OutboxSource::Stream),
        (Some(StreamViewType::NewAndOldImages), OutboxSource::Stream),
    ] {
        let table = made(stream, keys.clone(), all.clone()).await;
        assert_eq!(table.check_schema().await.unwrap(), source);
    }
}

#[tokio::test]
async fn an_index_that_has_more_than_is_needed_works_and_one_that_has_less_is_refused() {
    let (keys, all) = (ProjectionType::KeysOnly, ProjectionType::All);
    let table = made(None, all, keys.clone()).await;
    let error = table.check_schema().await.unwrap_err().to_string();
    assert!(
        error.contains("GSI2") && error.contains("KeysOnly"),
        "{error}"
    );

    // As tables were made before the first index had keys alone.
    let table = made(None, ProjectionType::All, ProjectionType::All).await;
    let outbox = table.check_schema().await.unwrap();
    let table = table.with_outbox(outbox);
    let app = TestApp::setup().table(table).start().await;
    let ada = app.register("ada").await;
    let draft = json!({"title": "Chairs", "description": "Carry the chairs to the garden."});
    let call = app.post("/api/v1/quests").member(&ada).json(&draft);
    assert_eq!(call.send().await.status, 201);
    let mine = app.get("/api/v1/users/me/quests?role=creator").member(&ada);
    let mine = mine.send().await.json();
    assert_eq!(mine["items"].as_array().unwrap().len(), 1, "{mine}");
    assert_eq!(mine["items"][0]["title"], "Chairs");
}
