//! The program that makes images, and who removes them.

use civicforge_testing::images::{draft, png};
use civicforge_testing::properties::draft as property;
use serde_json::{Value, json};

use super::support::{World, failed};

#[tokio::test]
async fn an_uploaded_file_becomes_an_image() {
    let world = World::new().await;
    let app = &world.app;
    let ada = app.register_seller("ada").await;
    let listed = app.post("/api/v1/properties").member(&ada);
    let property = listed.json(&property()).send().await.json();
    let id = property["propertyId"].as_str().unwrap();
    let path = format!("/api/v1/properties/{id}");
    let file = png(640, 480);
    let call = app.post(&format!("{path}/images")).member(&ada);
    let upload = call.json(&draft(&file, "image/png")).send().await.json();
    app.upload(&property, &upload, file).await;

    let function = world.function("renderImages");
    let key = app.storage.uploaded().await.unwrap().remove(0);
    // As EventBridge sends it.
    let event = json!({
        "version": "0", "source": "aws.s3", "detail-type": "Object Created",
        "detail": {"version": "0", "bucket": {"name": "uploads"}, "object": {"key": key, "size": 1}, "reason": "PutObject"},
    });
    for _ in 0..2 {
        let answer = function.invoke(event.to_string()).await;
        answer.unwrap_or_else(|error| panic!("{error}: {:#?}", function.output()));
    }
    assert!(app.storage.uploaded().await.unwrap().is_empty());
    let shown = app.get(&path).send().await.json();
    let image = &shown["images"][0];
    assert_eq!(
        (&image["width"], &image["height"]),
        (&json!(640), &json!(480))
    );
    let got = civicforge_testing::images::client().get(image["url"].as_str().unwrap());
    assert_eq!(got.send().await.unwrap().status(), 200);

    let (error_type, message) = failed(function.invoke("{}").await);
    assert_eq!(error_type, "Event.Malformed", "{message}");
    assert!(message.contains("/detail/object/key"), "{message}");

    let reply = app.delete(&path).member(&ada).send().await;
    assert_eq!(reply.status, 204);
    let remover = world.function("removeImages");
    // Its clock is the one on the wall, and the server's is ahead.
    app.advance(chrono::Utc::now() - app.clock.now());
    let answer = remover.invoke("{}").await.unwrap();
    let round: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(round["damaged"], 0, "{round}");
}

#[tokio::test]
async fn a_file_whose_storage_does_not_answer_is_tried_again() {
    let world = World::new().await;
    let app = &world.app;
    let ada = app.register_seller("ada").await;
    let listed = app.post("/api/v1/properties").member(&ada);
    let property = listed.json(&property()).send().await.json();
    let id = property["propertyId"].as_str().unwrap();
    let call = app.post(&format!("/api/v1/properties/{id}/images"));
    let call = call.member(&ada).json(&draft(b"x", "image/png"));
    let upload = call.send().await.json();
    let image = upload["imageId"].as_str().unwrap();
    let event = json!({"detail": {"object": {"key": format!("images/{id}/{image}")}}});
    app.storage.stop();
    let function = world.function("renderImages");
    // An invocation that fails comes again.
    let (error_type, message) = failed(function.invoke(event.to_string()).await);
    assert_eq!(error_type, "Event.Failed", "{message}");
}
