//! What is done with properties and inquiries.

use chrono::TimeDelta;
use civicforge_handlers::properties::item::Property;
use civicforge_testing::{TestMember, images, properties};
use serde_json::{Value, json};

use super::super::fill::{TITLE, description};
use super::super::ledger::Ledger;
use super::accounts::member;
use super::{full, soon};

/// From a listing to its end, with inquiries.
pub async fn life_of_a_property(ledger: &mut Ledger, owner: &TestMember, inquirer: &TestMember) {
    const PROPERTIES: &str = "/api/v1/properties";
    const INQUIRIES: &str = "/api/v1/inquiries";
    let app = ledger.app.clone();
    let newest = app.clock.now() - TimeDelta::minutes(1);
    let newest = Property {
        owner_id: owner.id,
        ..properties::property(TITLE, 32_500_000, "Springfield", newest)
    };
    properties::fill(
        &app.app.table,
        ledger.shards,
        properties::like(&newest, 400),
    )
    .await;
    // Before there is a property whose shard is left to chance.
    for (pattern, query) in [
        ("list 20 properties, newest first", ""),
        ("list 20 properties by price", "sort=priceAsc"),
        ("list 20 properties of a state", "state=IL"),
        ("list 20 properties of a city", "city=Springfield"),
        (
            "list 20 properties of a city between two prices",
            "city=Springfield&sort=priceDesc&minPrice=32500100&maxPrice=32501000",
        ),
        ("search properties in vain", "search=nowhere"),
    ] {
        let call = app.get(&format!("{PROPERTIES}?{query}"));
        let (reply, _) = note!(ledger, pattern, "listProperties", 200, call);
        match pattern.contains("in vain") {
            true => assert!(reply.json()["nextPageToken"].is_string()),
            false => full(&reply.json()),
        }
    }
    let mine = app.get("/api/v1/users/me/properties").member(owner);
    let (reply, _) = note!(
        ledger,
        "list 20 properties of one's own",
        "listMyProperties",
        200,
        mine
    );
    full(&reply.json());
    let house = json!({
        "title": TITLE, "description": description(), "priceMinor": 32_500_000, "currency": "USD", "bedrooms": 3, "bathrooms": 1.5,
        "squareFeet": 1640, "address": "12 Elm Street", "city": "Springfield", "state": "IL", "zipCode": "62701",
        "latitude": 39.7817, "longitude": -89.6501, "features": ["Garden", "Fireplace", "Garage"],
    });
    let call = app.post(PROPERTIES).member(owner).key("house").json(&house);
    let (reply, _) = note!(ledger, "list a property", "createProperty", 201, call);
    let path = reply.headers["location"].to_str().unwrap().to_owned();
    note!(
        ledger,
        "read a property",
        "getProperty",
        200,
        app.get(&path)
    );
    let mut update = house.clone();
    update["status"] = json!("active");
    update["description"] = json!("Built in 1923.");
    let put = |body: &Value| app.put(&path).member(owner).json(body);
    let call = put(&update);
    note!(
        ledger,
        "update what lists do not show",
        "updateProperty",
        200,
        call
    );
    update["priceMinor"] = json!(31_900_000);
    let call = put(&update);
    note!(ledger, "update a price", "updateProperty", 200, call);
    let (_, id) = path.rsplit_once('/').unwrap();
    let ask = json!({"propertyId": id, "message": "Can the garden be seen on a Saturday? ".repeat(8).trim()});
    let ask = || app.post(INQUIRIES).member(inquirer).json(&ask);
    let call = ask().key("ask");
    let (reply, _) = note!(ledger, "send an inquiry", "createInquiry", 201, call);
    let inquiry = reply.headers["location"].to_str().unwrap().to_owned();
    for _ in 0..19 {
        assert_eq!(ask().send().await.status, 201);
    }
    let other = member(ledger, "other.with.a.long.name").await;
    let again = json!({"propertyId": id, "message": "Is it still for sale?"});
    let again = app.post(INQUIRIES).member(&other).json(&again);
    assert_eq!(again.send().await.status, 201);
    let read = app.get(&inquiry).member(owner);
    note!(ledger, "read an inquiry", "getInquiry", 200, read);
    let answer =
        json!({"status": "responded", "reply": "Yes, from ten to noon. ".repeat(8).trim()});
    let call = app.put(&inquiry).member(owner).json(&answer);
    note!(ledger, "answer an inquiry", "updateInquiry", 200, call);
    let of_property = format!("role=owner&propertyId={id}");
    for (pattern, who, query) in [
        (
            "list 20 inquiries that one has received",
            owner,
            "role=owner",
        ),
        ("list 20 inquiries about a property", owner, &*of_property),
        (
            "list 20 inquiries that one has sent",
            inquirer,
            "role=inquirer",
        ),
    ] {
        let call = app.get(&format!("{INQUIRIES}?{query}")).member(who);
        let (reply, _) = note!(ledger, pattern, "listInquiries", 200, call);
        assert_eq!(reply.json()["items"].as_array().unwrap().len(), 20);
    }
    life_of_an_image(ledger, owner, &path).await;
    let call = app.delete(&path).member(owner);
    note!(ledger, "delete a property", "deleteProperty", 204, call);
    let event = "closeInquiries";
    let round = app.app.run(event, json!({}), soon()).await.unwrap();
    assert_eq!(round["later"], 1, "{round}");
    ledger.note(
        "close 21 inquiries about a deleted property",
        None,
        Some(event),
    );
    let round = app.app.run(event, json!({}), soon()).await.unwrap();
    assert_eq!(round["later"], 0, "{round}");
    ledger.note("look for deleted properties, none", None, Some(event));
}

/// From an announcement to the end of its files. The property has another image before.
async fn life_of_an_image(ledger: &mut Ledger, owner: &TestMember, path: &str) {
    let app = ledger.app.clone();
    let images = format!("{path}/images");
    let file = images::png(400, 300);
    let draft = images::draft(&file, "image/png");
    let announce = || app.post(&images).member(owner).json(&draft);
    let property = json!({"propertyId": path.rsplit_once('/').map(|(_, id)| id)});
    let before = announce().send().await.json();
    app.upload(&property, &before, file.clone()).await;
    app.render().await;
    let call = announce().key("image");
    let (reply, _) = note!(ledger, "announce an image", "createImageUpload", 201, call);
    let upload = reply.json();
    app.upload(&property, &upload, file).await;
    let (one, two) = (&before["imageId"], &upload["imageId"]);
    let image = format!("{images}/{}", two.as_str().unwrap());
    let complete = format!("{image}/complete");
    let call = app.post(&complete).member(owner);
    note!(
        ledger,
        "ask how far an image is",
        "completeImageUpload",
        200,
        call
    );
    app.render().await;
    ledger.note("make an image of an upload", None, Some("renderImages"));
    let order = format!("{images}/order");
    let order = app.put(&order).member(owner);
    let call = order.json(&json!({"imageIds": [two, one]}));
    note!(ledger, "order images", "reorderImages", 200, call);
    let call = app.delete(&image).member(owner);
    note!(ledger, "delete an image", "deleteImage", 204, call);
    let event = "removeImages";
    let round = async || app.app.run(event, json!({}), soon()).await.unwrap();
    assert_eq!(round().await["later"], 1);
    ledger.note("remove the files of an image", None, Some(event));
    assert_eq!(round().await["later"], 0);
    ledger.note("look for removed images, none", None, Some(event));
}
