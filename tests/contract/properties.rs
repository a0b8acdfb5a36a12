//! Properties: listed, found, changed and deleted, and what is refused on the way.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use civicforge_testing::properties::draft;
use civicforge_testing::{Reply, TestMember};
use serde_json::{Value, json};

use crate::harness::Suite;
use crate::transport::{Host, Transport};
use crate::world::{ME, every, items, violates, violations};

pub const PROPERTIES: &str = "/api/v1/properties";
const MINE: &str = "/api/v1/users/me/properties";

pub fn cases(suite: &mut Suite) {
    suite.each("properties::from_a_listing_to_a_sale", from_listing_to_sale);
    suite.each("properties::drafts_are_held_to_their_rules", drafts);
    suite.each("properties::who_may_list_one", sellers);
    suite.each("properties::others_cannot_change_them", foreign);
    suite.each("properties::searches", searches);
    suite.each("properties::searches_are_held_to_their_rules", bad_searches);
    suite.each("properties::pages_of_a_list_and_their_tokens", pages);
    suite.each("properties::repeated_drafts_are_answered_alike", replay);
    suite.each("properties::changes_of_what_has_changed", conditional);
    suite.each("properties::text_in_any_script", scripts);
}

fn with(mut body: Value, change: &Value) -> Value {
    for (name, value) in change.as_object().expect("members") {
        body[name] = value.clone();
    }
    body
}

pub async fn list(host: &Host, member: &TestMember, change: Value) -> Value {
    let body = with(draft(), &change);
    let call = host.post(PROPERTIES).member(member);
    let reply = call.json(&body).send().await;
    assert_eq!(reply.status, 201, "{reply:?}");
    reply.json()
}

pub fn path(property: &Value) -> String {
    let id = property["propertyId"].as_str().expect("a property");
    format!("{PROPERTIES}/{id}")
}

/// The property as its owner would send it, with a change.
fn update(property: &Value, change: &Value) -> Value {
    let mut body = property.clone();
    for name in [
        "propertyId",
        "ownerId",
        "images",
        "createdAt",
        "updatedAt",
        "version",
    ] {
        body.as_object_mut().expect("members").remove(name);
    }
    with(body, change)
}

pub async fn change(host: &Host, owner: &TestMember, property: &Value, change: Value) -> Reply {
    let call = host.put(path(property)).member(owner);
    call.json(&update(property, &change)).send().await
}

async fn found(host: &Host, query: &str) -> Vec<String> {
    let reply = host.get(format!("{PROPERTIES}?{query}")).send().await;
    assert_eq!(reply.header("cache-control"), Some("public, max-age=5"));
    ids(&items(&reply))
}

fn ids(properties: &[Value]) -> Vec<String> {
    let id = |one: &Value| one["propertyId"].as_str().expect("an id").to_owned();
    properties.iter().map(id).collect()
}

async fn from_listing_to_sale(transport: Transport) {
    let host = transport.host().await;
    let ada = host.app.register_seller("ada").await;
    let everything = json!({
        "title": "  Craftsman   house with a garden ",
        "description": "<p>Built in <em>1923</em>.</p><script>alert(1)</script>",
        "latitude": 39.7817,
        "longitude": -89.6501,
        "features": ["Garden", " Fireplace "],
    });
    let body = with(draft(), &everything);
    let reply = host.post(PROPERTIES).member(&ada).json(&body).send().await;
    assert_eq!(reply.status, 201, "{reply:?}");
    let property = reply.json();
    assert_eq!(reply.header("location"), Some(path(&property).as_str()));
    for (name, value) in [
        ("title", json!("Craftsman house with a garden")),
        ("description", json!("<p>Built in <em>1923</em>.</p>")),
        ("features", json!(["Garden", "Fireplace"])),
        ("latitude", json!(39.7817)),
        ("bathrooms", json!(1.5)),
        ("status", json!("active")),
        ("ownerId", json!(ada.id)),
        ("version", json!(1)),
    ] {
        assert_eq!(property[name], value, "{name}");
    }
    // Anyone reads it.
    assert_eq!(host.get(path(&property)).send().await.json(), property);
    let summary = &items(&host.get(PROPERTIES).send().await)[0];
    for name in summary.as_object().expect("members").keys() {
        assert_eq!(summary[name], property[name], "{name}");
    }
    assert_eq!(summary.get("description"), None);
    assert_eq!(summary.get("ownerId"), None);

    host.advance(TimeDelta::minutes(1));
    let pending = change(&host, &ada, &property, json!({"status": "pending"})).await;
    assert_eq!(pending.status, 200, "{pending:?}");
    let pending = pending.json();
    assert_eq!(
        (&pending["status"], &pending["version"]),
        (&json!("pending"), &json!(2))
    );
    assert_eq!(pending["createdAt"], property["createdAt"]);
    assert_ne!(pending["updatedAt"], property["updatedAt"]);
    assert!(found(&host, "").await.is_empty());
    assert_eq!(found(&host, "status=pending").await.len(), 1);
    let same = change(&host, &ada, &pending, json!({})).await.json();
    assert_eq!(same, pending, "nothing has changed");
    // What is optional and left out is gone.
    let mut bare = update(&pending, &json!({"status": "sold"}));
    for name in ["latitude", "longitude", "features"] {
        bare.as_object_mut().expect("members").remove(name);
    }
    let put = host.put(path(&property)).member(&ada).json(&bare);
    let sold = put.send().await.json();
    assert_eq!(
        (sold.get("latitude"), &sold["features"]),
        (None, &json!([]))
    );
    for status in ["active", "pending"] {
        let reply = change(&host, &ada, &sold, json!({"status": status})).await;
        assert_eq!(reply.problem(), (409, "property_sold".to_owned()));
    }
    let reply = change(&host, &ada, &sold, json!({"title": "It was a house"})).await;
    assert_eq!(reply.json()["title"], "It was a house");
    assert_eq!(
        ids(&items(&host.get(MINE).member(&ada).send().await)),
        ids(&[sold])
    );

    let gone = host.delete(path(&property)).member(&ada).send().await;
    assert_eq!(gone.status, 204, "{gone:?}");
    for call in [host.get(path(&property)), host.delete(path(&property))] {
        let reply = call.member(&ada).send().await;
        assert_eq!(reply.problem(), (404, "not_found".to_owned()));
    }
    let reply = change(&host, &ada, &pending, json!({})).await;
    assert_eq!(reply.problem(), (404, "not_found".to_owned()));
    for query in ["status=sold", "status=sold&city=springfield&sort=priceAsc"] {
        assert!(found(&host, query).await.is_empty(), "{query}");
    }
    assert!(items(&host.get(MINE).member(&ada).send().await).is_empty());
}

async fn drafts(transport: Transport) {
    let host = transport.host().await;
    let ada = host.app.register_seller("ada").await;
    let property = list(&host, &ada, json!({})).await;
    let many: Vec<_> = (0..51).map(|n| n.to_string()).collect();
    for (change, place) in [
        (json!({"title": "four"}), "/title"),
        (
            json!({"title": "  \u{200b}\u{200b}\u{200b}\u{200b}\u{200b}x "}),
            "/title",
        ),
        (json!({"title": "<b>bold house</b>"}), "/title"),
        (json!({"description": "x".repeat(5001)}), "/description"),
        (json!({"priceMinor": 0}), "/priceMinor"),
        (json!({"priceMinor": -1}), "/priceMinor"),
        (json!({"priceMinor": 1e15}), "/priceMinor"),
        (
            json!({"priceMinor": 9_223_372_036_854_775_807_i64}),
            "/priceMinor",
        ),
        (json!({"priceMinor": 1.5}), "/priceMinor"),
        (json!({"currency": "usd"}), "/currency"),
        (json!({"currency": "ZZZ"}), "/currency"),
        (json!({"currency": "XAU"}), "/currency"),
        (json!({"bathrooms": 1.25}), "/bathrooms"),
        (json!({"bathrooms": -0.5}), "/bathrooms"),
        (json!({"bedrooms": -1}), "/bedrooms"),
        (json!({"squareFeet": 0}), "/squareFeet"),
        (json!({"city": " "}), "/city"),
        (json!({"latitude": 90.5, "longitude": 0}), "/latitude"),
        (json!({"latitude": 1}), "/longitude"),
        (json!({"longitude": 1}), "/latitude"),
        (json!({"features": many}), "/features"),
        (json!({"features": ["Garden", "Garden"]}), "/features"),
        (json!({"features": ["Garden", " Garden"]}), "/features/1"),
        (json!({"features": ["Garden", " "]}), "/features/1"),
        (json!({"ownerId": ada.id}), "/ownerId"),
        (json!({"images": []}), "/images"),
    ] {
        let body = with(draft(), &change);
        let reply = host.post(PROPERTIES).member(&ada).json(&body).send().await;
        violates(&reply, "body", place);
        let reply = self::change(&host, &ada, &property, change).await;
        violates(&reply, "body", place);
    }
    // Everything that is wrong is said at once.
    let wrong = json!({"currency": "ZZZ", "latitude": 1, "city": " ", "features": [" "]});
    let body = with(draft(), &wrong);
    let reply = host.post(PROPERTIES).member(&ada).json(&body).send().await;
    let places: BTreeSet<_> = violations(&reply)
        .into_iter()
        .map(|(_, at, _)| at)
        .collect();
    assert!(places.len() >= 4, "{places:?}");
    assert_eq!(host.get(path(&property)).send().await.json(), property);
}

async fn sellers(transport: Transport) {
    let host = transport.host().await;
    let ada = host.member("ada").await;
    let post = || host.post(PROPERTIES).member(&ada).json(&draft()).send();
    assert_eq!(post().await.problem(), (403, "not_seller".to_owned()));
    for (kind, status) in [("agent", 201), ("seller", 201), ("buyer", 403)] {
        let update = json!({"name": "Ada", "userType": kind});
        let reply = host.put(ME).member(&ada).json(&update).send().await;
        assert_eq!(reply.status, 200);
        assert_eq!(post().await.status, status, "{kind}");
    }
    // Whoever is no seller any more still owns what was listed.
    let mine = items(&host.get(MINE).member(&ada).send().await);
    assert_eq!(mine.len(), 2);
    let reply = host.delete(path(&mine[0])).member(&ada).send().await;
    assert_eq!(reply.status, 204);
    assert_eq!(
        host.post(PROPERTIES).json(&draft()).send().await.status,
        401
    );
}

async fn foreign(transport: Transport) {
    let host = transport.host().await;
    let (ada, eve) = (
        host.app.register_seller("ada").await,
        host.app.register_seller("eve").await,
    );
    let property = list(&host, &ada, json!({})).await;
    let refused = (403, "not_owner".to_owned());
    let body = update(&property, &json!({"title": "Mine all along"}));
    for tag in ["\"1\"", "\"0\""] {
        // Whoever does not own it learns nothing of its version.
        let put = host
            .put(path(&property))
            .stranger(&eve)
            .header("if-match", tag);
        assert_eq!(put.json(&body).send().await.problem(), refused);
        let delete = host.delete(path(&property)).stranger(&eve);
        assert_eq!(
            delete.header("if-match", tag).send().await.problem(),
            refused
        );
    }
    assert_eq!(host.get(path(&property)).send().await.json(), property);
    list(&host, &eve, json!({})).await;
    let hers = items(&host.get(MINE).stranger(&eve).send().await);
    assert_eq!(hers.len(), 1);
    assert_ne!(ids(&hers), ids(&[property]));
    // A draft makes nobody else its owner.
    let forged = with(draft(), &json!({"ownerId": ada.id}));
    let reply = host
        .post(PROPERTIES)
        .stranger(&eve)
        .json(&forged)
        .send()
        .await;
    violates(&reply, "body", "/ownerId");
}

async fn searches(transport: Transport) {
    let host = transport.host().await;
    let ada = host.app.register_seller("ada").await;
    let mut made = Vec::new();
    for change in [
        json!({"title": "House A", "priceMinor": 300, "bedrooms": 2}),
        json!({"title": "House B", "priceMinor": 100, "city": "Chicago", "bedrooms": 4}),
        json!({"title": "House C", "priceMinor": 200, "state": "MA", "address": "1 Garden Road"}),
        json!({"title": "House D", "priceMinor": 200, "currency": "EUR"}),
        json!({"title": "House E", "priceMinor": 400, "zipCode": "60601"}),
    ] {
        host.advance(TimeDelta::seconds(1));
        made.push(list(&host, &ada, change).await);
    }
    let sold = change(&host, &ada, &made[4], json!({"status": "sold"})).await;
    assert_eq!(sold.status, 200);
    let all = ids(&made);
    let names = |found: Vec<String>| -> String {
        let at = |id: &String| {
            all.iter()
                .position(|other| other == id)
                .expect("one of them")
        };
        found
            .iter()
            .map(|id| char::from(b'A' + u8::try_from(at(id)).expect("few")))
            .collect()
    };
    for (query, expected) in [
        ("", "DCBA"),
        ("status=sold", "E"),
        ("status=pending", ""),
        ("city=Springfield", "DCA"),
        ("city=%20springFIELD%20", "DCA"),
        ("city=Chicago&state=il", "B"),
        ("city=Chicago&state=MA", ""),
        ("state=IL", "DBA"),
        ("state=il&city=springfield", "DA"),
        ("currency=EUR", "D"),
        ("sort=priceAsc", "BCA"),
        ("sort=priceDesc", "ACB"),
        ("sort=priceAsc&currency=EUR", "D"),
        ("sort=priceAsc&city=springfield", "CA"),
        ("sort=priceDesc&state=IL", "AB"),
        ("minPrice=200", "CA"),
        ("maxPrice=200", "CB"),
        ("minPrice=200&maxPrice=200", "C"),
        ("minPrice=200&maxPrice=200&currency=EUR", "D"),
        ("sort=priceDesc&minPrice=101&maxPrice=300", "AC"),
        ("sort=priceAsc&maxPrice=99", ""),
        ("minBedrooms=3", "DCB"),
        ("minBedrooms=4&sort=priceAsc", "B"),
        ("search=garden", "C"),
        ("search=HOUSE%20b", "B"),
        ("search=60601&status=sold", "E"),
        ("search=chicago", "B"),
        ("search=1923", ""),
    ] {
        assert_eq!(names(found(&host, query).await), expected, "{query}");
    }
    // It is where its price, status and place say, and nowhere else.
    let moved = json!({"priceMinor": 50, "city": "Chicago", "status": "pending"});
    assert_eq!(change(&host, &ada, &made[0], moved).await.status, 200);
    for (query, expected) in [
        ("", "DCB"),
        ("sort=priceAsc", "BC"),
        ("status=pending", "A"),
        ("status=pending&city=chicago&sort=priceAsc&maxPrice=50", "A"),
        ("status=pending&city=springfield", ""),
        ("city=springfield&sort=priceDesc", "C"),
    ] {
        assert_eq!(names(found(&host, query).await), expected, "{query}");
    }
}

async fn bad_searches(transport: Transport) {
    let host = transport.host().await;
    for (query, name) in [
        ("minPrice=2&maxPrice=1", "maxPrice"),
        ("minPrice=0", "minPrice"),
        ("minPrice=-5", "minPrice"),
        ("maxPrice=1000000000000000", "maxPrice"),
        ("maxPrice=1.5", "maxPrice"),
        ("currency=ZZZ", "currency"),
        ("currency=usd", "currency"),
        ("status=Active", "status"),
        ("sort=price", "sort"),
        ("minBedrooms=-1", "minBedrooms"),
        ("search=", "search"),
        ("limit=101", "limit"),
    ] {
        let reply = host.get(format!("{PROPERTIES}?{query}")).send().await;
        violates(&reply, "query", name);
    }
    let reply = host.get(format!("{PROPERTIES}?pageToken=x")).send().await;
    assert_eq!(reply.problem(), (400, "invalid_page_token".to_owned()));
}

async fn pages(transport: Transport) {
    let host = transport.host().await;
    let (ada, eve) = (
        host.app.register_seller("ada").await,
        host.app.register_seller("eve").await,
    );
    let mut made = BTreeSet::new();
    for n in 0..7 {
        let change = json!({"priceMinor": 100 + n % 3, "bedrooms": n});
        made.extend(ids(&[list(&host, &ada, change).await]));
    }
    for (path, member, count) in [
        (format!("{PROPERTIES}?"), None, 7),
        (format!("{PROPERTIES}?sort=priceAsc&"), None, 7),
        (
            format!("{PROPERTIES}?sort=priceDesc&city=springfield&"),
            None,
            7,
        ),
        (format!("{PROPERTIES}?minBedrooms=4&"), None, 3),
        (format!("{MINE}?"), Some(&ada), 7),
    ] {
        let found = ids(&every(&host, &path, member).await);
        let distinct: BTreeSet<_> = found.iter().cloned().collect();
        assert_eq!((found.len(), distinct.len()), (count, count), "{path}");
        assert!(distinct.is_subset(&made));
    }
    // A token is for its query, and for its member.
    let refused = (400, "invalid_page_token".to_owned());
    let token = async |path: &str| {
        let reply = host.get(path).member(&ada).send().await;
        reply.json()["nextPageToken"]
            .as_str()
            .expect("a token")
            .to_owned()
    };
    let public = token(&format!("{PROPERTIES}?limit=2")).await;
    for query in [
        "sort=priceAsc",
        "city=springfield",
        "minBedrooms=1",
        "status=sold",
        "minPrice=1",
    ] {
        let path = format!("{PROPERTIES}?{query}&limit=2&pageToken={public}");
        assert_eq!(host.get(path).send().await.problem(), refused, "{query}");
    }
    let path = format!("{PROPERTIES}?limit=2&pageToken={public}");
    assert_eq!(host.get(path).stranger(&eve).send().await.status, 200);
    let own = token(&format!("{MINE}?limit=2")).await;
    let path = format!("{MINE}?limit=2&pageToken={own}");
    assert_eq!(
        host.get(path).stranger(&eve).send().await.problem(),
        refused
    );
}

async fn replay(transport: Transport) {
    let host = transport.host().await;
    let ada = host.app.register_seller("ada").await;
    let call = host.post(PROPERTIES).member(&ada).key("k");
    crate::replay::twice(call.clone().json(&draft())).await;
    let other = with(draft(), &json!({"bedrooms": 4}));
    let reply = call.json(&other).send().await;
    assert_eq!(reply.problem(), (422, "idempotency_key_reused".to_owned()));
    assert_eq!(items(&host.get(MINE).member(&ada).send().await).len(), 1);
}

async fn conditional(transport: Transport) {
    let host = transport.host().await;
    let ada = host.app.register_seller("ada").await;
    let property = list(&host, &ada, json!({})).await;
    let read = || {
        host.get(path(&property))
            .header("if-none-match", "\"1\"")
            .send()
    };
    assert_eq!((read().await.status, read().await.body.len()), (304, 0));
    let put = |tag: &str, title: &str| {
        let body = update(&property, &json!({"title": title}));
        let call = host
            .put(path(&property))
            .member(&ada)
            .header("if-match", tag);
        call.json(&body).send()
    };
    let failed = (412, "precondition_failed".to_owned());
    assert_eq!(put("\"0\"", "House two").await.problem(), failed);
    let reply = put("\"1\"", "House two").await;
    assert_eq!((reply.status, reply.header("etag")), (200, Some("\"2\"")));
    assert_eq!(put("\"1\"", "House three").await.problem(), failed);
    assert_eq!(put("*", "House three").await.status, 200);
    assert_eq!(read().await.status, 200);
    let delete = |tag: &str| {
        let call = host.delete(path(&property)).member(&ada);
        call.header("if-match", tag).send()
    };
    assert_eq!(delete("\"1\"").await.problem(), failed);
    assert_eq!(delete("\"3\"").await.status, 204);
}

async fn scripts(transport: Transport) {
    let host = transport.host().await;
    let ada = host.app.register_seller("ada").await;
    let features: Vec<_> = (0..50).map(|n| format!("🏡 {n} 園")).collect();
    let body = json!({
        "title": "家と庭園 و حديقة",
        "city": "São  Paulo",
        "state": "Ελλάς",
        "address": "Straße des 17. Juni 135",
        "features": features,
    });
    let property = list(&host, &ada, body).await;
    assert_eq!(property["city"], "São Paulo");
    assert_eq!(property["features"].as_array().expect("features").len(), 50);
    for query in [
        "city=s%C3%83o%20paulo",
        "city=Sa%CC%83o%20Paulo",
        "state=%CE%95%CE%9B%CE%9B%CE%86%CE%A3",
        "search=%E5%BA%AD%E5%9C%92",
        "search=STRA%C3%9FE",
    ] {
        assert_eq!(found(&host, query).await.len(), 1, "{query}");
    }
    // No name of a place reaches another list.
    for city in ["active", "springfield%23", "%23", "..%2F.."] {
        assert!(found(&host, &format!("city={city}")).await.is_empty());
    }
}
