//! What cases start from: quests at every stage, and members with a part in them.

use civicforge_testing::{Reply, TestMember};
use serde_json::{Value, json};

use crate::transport::{Call, Host};

/// The path of quests.
pub const QUESTS: &str = "/api/v1/quests";

/// The path of one's own account.
pub const ME: &str = "/api/v1/users/me";

/// A quest to post.
pub fn draft() -> Value {
    json!({
        "title": "Chairs to the garden",
        "description": "Carry the chairs from the cellar to the garden.",
    })
}

/// The body that an action on a quest takes, if it takes one.
pub fn body(verb: &str) -> Option<Value> {
    match verb {
        "submit" => Some(json!({"submissionText": "All chairs are in the garden."})),
        "attest" => Some(json!({"notes": "Well done."})),
        "dispute" => Some(json!({"reason": "Half of the chairs are still in the cellar."})),
        "resolve" => Some(json!({"outcome": "complete"})),
        _ => None,
    }
}

/// A quest's path.
pub fn path(quest: &str) -> String {
    format!("{QUESTS}/{quest}")
}

/// An action on a quest, to be sent by a member.
pub fn action<'h>(host: &'h Host, quest: &str, verb: &str) -> Call<'h> {
    let call = host.post(format!("{QUESTS}/{quest}/{verb}"));
    match body(verb) {
        Some(body) => call.json(&body),
        None => call,
    }
}

/// An action that must be allowed; the quest afterwards.
pub async fn does(host: &Host, member: &TestMember, quest: &str, verb: &str) -> Value {
    let reply = action(host, quest, verb).member(member).send().await;
    assert_eq!(reply.status, 200, "{verb}: {reply:?}");
    reply.json()
}

/// The id of the quest in an answer.
pub fn id(reply: &Reply) -> String {
    let body = reply.json();
    body["questId"].as_str().expect("a quest").to_owned()
}

/// A quest of this creator that nobody has claimed.
pub async fn open(host: &Host, creator: &TestMember) -> String {
    let reply = host
        .post(QUESTS)
        .member(creator)
        .json(&draft())
        .send()
        .await;
    assert_eq!(reply.status, 201, "{reply:?}");
    id(&reply)
}

/// One that this performer has claimed.
pub async fn claimed(host: &Host, creator: &TestMember, performer: &TestMember) -> String {
    let quest = open(host, creator).await;
    does(host, performer, &quest, "claim").await;
    quest
}

/// One whose work is handed in.
pub async fn submitted(host: &Host, creator: &TestMember, performer: &TestMember) -> String {
    let quest = claimed(host, creator, performer).await;
    does(host, performer, &quest, "submit").await;
    quest
}

/// One that is disputed.
pub async fn disputed(host: &Host, creator: &TestMember, performer: &TestMember) -> String {
    let quest = submitted(host, creator, performer).await;
    does(host, creator, &quest, "dispute").await;
    quest
}

/// A member's own account.
pub async fn account(host: &Host, member: &TestMember) -> Value {
    let reply = host.get(ME).member(member).send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()
}

/// Part, place and rule of each violation.
pub fn violations(reply: &Reply) -> Vec<(String, String, String)> {
    let body = reply.json();
    let all = body["violations"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    all.iter()
        .map(|violation| {
            let place = violation.get("pointer").or(violation.get("name"));
            let place = place.map(&text).unwrap_or_default();
            (text(&violation["in"]), place, text(&violation["rule"]))
        })
        .collect()
}

/// That an answer is a 400 with a violation at this place.
#[track_caller]
pub fn violates(reply: &Reply, part: &str, place: &str) {
    assert_eq!(
        reply.problem(),
        (400, "invalid_request".to_owned()),
        "{reply:?}"
    );
    let all = violations(reply);
    assert!(
        all.iter()
            .any(|(actual, at, _)| actual == part && at == place),
        "no violation in {part} at `{place}`: {all:?}"
    );
}

/// The items of a page.
#[track_caller]
pub fn items(reply: &Reply) -> Vec<Value> {
    assert_eq!(reply.status, 200, "{reply:?}");
    let items = reply.json()["items"].as_array().cloned();
    items.expect("items")
}

/// The items of all pages of a list of two each. The path has a query, to which something can be added.
pub async fn every(host: &Host, path: &str, member: Option<&TestMember>) -> Vec<Value> {
    let (mut found, mut next) = (Vec::new(), String::new());
    loop {
        let call = host.get(format!("{path}limit=2{next}"));
        let call = match member {
            Some(member) => call.member(member),
            None => call,
        };
        let reply = call.send().await;
        found.extend(items(&reply));
        match reply.json()["nextPageToken"].as_str() {
            Some(token) => next = format!("&pageToken={token}"),
            None => return found,
        }
    }
}
