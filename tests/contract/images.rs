//! Images of properties: announced, sent, ordered and removed, and what is refused on the way.

use civicforge_testing::TestMember;
use civicforge_testing::images::{draft, png};
use serde_json::{Value, json};

use crate::harness::Suite;
use crate::properties::{list, path};
use crate::transport::{Host, Transport};
use crate::world::violates;

pub fn cases(suite: &mut Suite) {
    suite.each("images::from_an_announcement_to_an_order", from_one_to_many);
    suite.each("images::announcements_are_held_to_their_rules", drafts);
    suite.each("images::others_cannot_change_them", foreign);
    suite.each("images::repeated_announcements_are_of_one_image", replay);
    suite.each("images::changes_of_what_has_changed", conditional);
}

/// A property of somebody, and her.
async fn world(host: &Host) -> (TestMember, Value) {
    let ada = host.app.register_seller("ada").await;
    let property = list(host, &ada, json!({})).await;
    (ada, property)
}

pub fn images(property: &Value) -> String {
    format!("{}/images", path(property))
}

fn image(property: &Value, image: &Value) -> String {
    let id = image["imageId"].as_str().expect("an image");
    format!("{}/{id}", images(property))
}

async fn announce(host: &Host, owner: &TestMember, property: &Value) -> Value {
    let call = host.post(images(property)).member(owner);
    let reply = call.json(&draft(&png(8, 6), "image/png")).send().await;
    assert_eq!(reply.status, 201, "{reply:?}");
    reply.json()
}

/// An image that can be shown.
pub async fn ready(host: &Host, owner: &TestMember, property: &Value) -> Value {
    let upload = announce(host, owner, property).await;
    host.app.upload(property, &upload, png(8, 6)).await;
    host.app.render().await;
    let complete = format!("{}/complete", image(property, &upload));
    let reply = host.post(complete).member(owner).send().await;
    assert_eq!(reply.json()["status"], "ready", "{reply:?}");
    reply.json()["image"].clone()
}

async fn from_one_to_many(transport: Transport) {
    let host = transport.host().await;
    let (ada, property) = world(&host).await;
    let upload = announce(&host, &ada, &property).await;
    let complete = || {
        let call = host.post(format!("{}/complete", image(&property, &upload)));
        call.member(&ada).send()
    };
    assert_eq!(
        complete().await.problem(),
        (409, "image_missing".to_owned())
    );
    host.app.upload(&property, &upload, png(8, 6)).await;
    assert_eq!(complete().await.json()["status"], "processing");
    host.app.render().await;
    let first = complete().await.json();
    assert_eq!(first["status"], "ready");
    let first = first["image"].clone();
    assert_eq!((&first["width"], &first["height"]), (&json!(8), &json!(6)));
    let second = ready(&host, &ada, &property).await;
    let shown = || async { host.get(path(&property)).send().await.json()["images"].clone() };
    assert_eq!(shown().await, json!([first, second]));

    let order = |order: Value| {
        let call = host.put(format!("{}/order", images(&property)));
        call.member(&ada).json(&json!({"imageIds": order})).send()
    };
    let (one, two) = (&first["imageId"], &second["imageId"]);
    let reply = order(json!([two, one])).await;
    assert_eq!(reply.json()["images"], json!([second, first]), "{reply:?}");
    assert_eq!(shown().await, json!([second, first]));
    let listed = host.get("/api/v1/properties").send().await.json();
    assert_eq!(listed["items"][0]["thumbnailUrl"], second["thumbnailUrl"]);
    // The same again changes nothing.
    let again = order(json!([two, one])).await;
    assert_eq!(again.header("etag"), reply.header("etag"));
    for wrong in [
        json!([one]),
        json!([]),
        json!([one, two, property["propertyId"]]),
    ] {
        let reply = order(wrong).await;
        assert_eq!(reply.problem(), (409, "images_changed".to_owned()));
    }
    violates(&order(json!([one, one])).await, "body", "/imageIds");

    let gone = host.delete(image(&property, &second)).member(&ada);
    assert_eq!(gone.send().await.status, 204);
    assert_eq!(shown().await, json!([first]));
    let html = json!({"imageId": second["imageId"]});
    for call in [
        host.delete(image(&property, &html)),
        host.post(format!("{}/complete", image(&property, &html))),
    ] {
        let reply = call.member(&ada).send().await;
        assert_eq!(reply.problem(), (404, "not_found".to_owned()));
    }

    let broken = announce(&host, &ada, &property).await;
    host.app
        .upload(&property, &broken, b"<html>".to_vec())
        .await;
    host.app.render().await;
    let complete = format!("{}/complete", image(&property, &broken));
    let refused = host.post(complete).member(&ada).send().await.json();
    assert_eq!(refused["status"], "refused");
    assert!(refused["problem"].is_string(), "{refused}");
    // The words of a property change without its images.
    let changed =
        crate::properties::change(&host, &ada, &property, json!({"title": "Another title"}));
    assert_eq!(changed.await.json()["images"], json!([first]));
    while host
        .app
        .storage
        .uploaded()
        .await
        .is_ok_and(|left| !left.is_empty())
    {
        host.app.render().await;
    }
    let many = (0..28).map(|_| announce(&host, &ada, &property));
    futures::future::join_all(many).await;
    let call = host.post(images(&property)).member(&ada);
    let call = call.json(&draft(&png(8, 6), "image/png"));
    // The one that was refused makes room, and no other does.
    assert_eq!(call.clone().send().await.status, 201);
    let reply = call.send().await;
    assert_eq!(reply.problem(), (409, "too_many_images".to_owned()));
}

async fn drafts(transport: Transport) {
    let host = transport.host().await;
    let (ada, property) = world(&host).await;
    for (change, place) in [
        (json!({"contentType": "image/gif"}), "/contentType"),
        (json!({"contentType": "text/html"}), "/contentType"),
        (json!({"contentLength": 0}), "/contentLength"),
        (json!({"contentLength": -1}), "/contentLength"),
        (json!({"contentLength": 10_485_761}), "/contentLength"),
        (json!({"contentLength": 1.5}), "/contentLength"),
        (json!({"sha256": "abc"}), "/sha256"),
        (json!({"sha256": "x".repeat(44)}), "/sha256"),
        (json!({"alt": "x".repeat(201)}), "/alt"),
        (json!({"alt": "<b>bold</b>"}), "/alt"),
        (json!({"url": "https://evil.example"}), "/url"),
    ] {
        let mut body = draft(b"x", "image/png");
        for (name, value) in change.as_object().expect("members") {
            body[name] = value.clone();
        }
        let call = host.post(images(&property)).member(&ada);
        violates(&call.json(&body).send().await, "body", place);
    }
    let bad = format!("{}/x", images(&property));
    violates(
        &host.delete(bad).member(&ada).send().await,
        "path",
        "imageId",
    );
    let call = host.post(format!("{}/x/complete", images(&property)));
    violates(&call.member(&ada).send().await, "path", "imageId");
    // One that there is not.
    let none = json!({"propertyId": ada.id});
    let of_none = [
        host.post(images(&none)).json(&draft(b"x", "image/png")),
        host.put(format!("{}/order", images(&none)))
            .json(&json!({"imageIds": []})),
    ];
    for call in of_none {
        let reply = call.member(&ada).send().await;
        assert_eq!(reply.problem(), (404, "not_found".to_owned()));
    }
}

async fn foreign(transport: Transport) {
    let host = transport.host().await;
    let (ada, property) = world(&host).await;
    let eve = host.app.register_seller("eve").await;
    let shown = ready(&host, &ada, &property).await;
    let refused = (403, "not_owner".to_owned());
    let order = json!({"imageIds": [shown["imageId"]]});
    for call in [
        host.post(images(&property)).json(&draft(b"x", "image/png")),
        host.post(format!("{}/complete", image(&property, &shown))),
        host.put(format!("{}/order", images(&property)))
            .json(&order),
        host.delete(image(&property, &shown)),
    ] {
        assert_eq!(call.clone().stranger(&eve).send().await.problem(), refused);
        assert_eq!(call.send().await.status, 401);
    }
    // Her own property does not have it.
    let hers = list(&host, &eve, json!({})).await;
    let call = host.delete(image(&hers, &shown)).member(&eve).send();
    assert_eq!(call.await.problem(), (404, "not_found".to_owned()));
    let property = host.get(path(&property)).send().await.json();
    assert_eq!(property["images"], json!([shown]));
}

async fn replay(transport: Transport) {
    let host = transport.host().await;
    let (ada, property) = world(&host).await;
    let call = host.post(images(&property)).member(&ada).key("once");
    let first = call.clone().json(&draft(b"x", "image/png")).send().await;
    let again = call.clone().json(&draft(b"x", "image/png")).send().await;
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.header("idempotency-replayed"), None);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(first.json()["imageId"], again.json()["imageId"]);
    let other = call.json(&draft(b"y", "image/png")).send().await;
    assert_eq!(other.problem(), (422, "idempotency_key_reused".to_owned()));
}

async fn conditional(transport: Transport) {
    let host = transport.host().await;
    let (ada, property) = world(&host).await;
    let tag = host.get(path(&property)).send().await;
    let tag = tag.header("etag").expect("a tag").to_owned();
    let shown = ready(&host, &ada, &property).await;
    let order = json!({"imageIds": [shown["imageId"]]});
    let stale = (412, "precondition_failed".to_owned());
    let put = || {
        host.put(format!("{}/order", images(&property)))
            .member(&ada)
    };
    let call = put().header("if-match", &tag).json(&order);
    assert_eq!(call.send().await.problem(), stale);
    let call = host.delete(image(&property, &shown)).member(&ada);
    assert_eq!(call.header("if-match", &tag).send().await.problem(), stale);
    // What the owner says has not changed since.
    let mut body = civicforge_testing::properties::draft();
    body["status"] = json!("active");
    body["title"] = json!("Another title");
    let change = || {
        host.put(path(&property))
            .member(&ada)
            .header("if-match", &tag)
    };
    let changed = change().json(&body).send().await;
    assert_eq!(changed.status, 200, "{changed:?}");
    body["title"] = json!("A third title");
    assert_eq!(change().json(&body).send().await.problem(), stale);
    let tag = changed.header("etag").expect("a tag").to_owned();
    let call = put().header("if-match", &tag).json(&order);
    assert_eq!(call.send().await.status, 200);
    let call = host.delete(image(&property, &shown)).member(&ada);
    assert_eq!(call.header("if-match", &tag).send().await.status, 204);
}
