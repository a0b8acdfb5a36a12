//! What the tests of properties share.

use civicforge_testing::properties::draft;
use civicforge_testing::{Reply, TestApp, TestMember};
use serde_json::{Value, json};

pub const PROPERTIES: &str = "/api/v1/properties";
pub const INQUIRIES: &str = "/api/v1/inquiries";

/// The path of a property that a member lists.
pub async fn listed(app: &TestApp, owner: &TestMember) -> String {
    let call = app.post(PROPERTIES).member(owner).json(&draft());
    let reply = call.send().await;
    assert_eq!(reply.status, 201, "{reply:?}");
    reply.header("location").unwrap().to_owned()
}

pub fn update(change: &Value) -> Value {
    let mut body = draft();
    body["status"] = json!("active");
    for (name, value) in change.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

pub async fn ask(app: &TestApp, member: &TestMember, property: &str) -> Reply {
    let (_, id) = property.rsplit_once('/').unwrap();
    let draft = json!({"propertyId": id, "message": "Can it be seen on a Saturday?"});
    app.post(INQUIRIES).member(member).json(&draft).send().await
}

/// All items of a list, page by page.
pub async fn all(app: &TestApp, member: Option<&TestMember>, path: &str) -> Vec<Value> {
    let (mut items, mut token) = (Vec::new(), String::new());
    for _ in 0..2_000 {
        let call = app.get(&format!("{path}{token}"));
        let call = match member {
            Some(member) => call.member(member),
            None => call,
        };
        let reply = call.send().await;
        assert_eq!(reply.status, 200, "{path}: {reply:?}");
        let body = reply.json();
        items.extend(body["items"].as_array().unwrap().iter().cloned());
        match body["nextPageToken"].as_str() {
            Some(next) => token = format!("&pageToken={next}"),
            None => return items,
        }
    }
    panic!("the list has no end")
}
