//! What is kept of a delivery: what the work needs, and of one that cannot be read its shape alone.

use aws_lc_rs::digest::{SHA256, digest};
use chrono::{DateTime, Utc};
use civicforge_kernel::table::outbox::Message;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::vendors::tolerant::as_text;

/// Where ClickUp's events come from: its part in the name of the destination.
pub const CLICK_UP: &str = "clickup";

/// Where Neon's events come from.
pub const NEON: &str = "neon";

/// An event of Neon CRM.
pub const NEON_EVENT: &str = "neon.event";

/// An event of ClickUp.
pub const CLICK_UP_EVENT: &str = "clickup.event";
/// A delivery whose shape is not the documented one.
pub const UNREADABLE: &str = "unreadable";

/// How deep a shape is kept, and how many members of an object.
const DEPTH: usize = 6;
const MEMBERS: usize = 50;

/// What is kept of an event of ClickUp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClickUpEvent {
    /// What has happened, such as `taskUpdated`.
    pub event: String,
    /// The task that it has happened to.
    pub task_id: String,
}

/// What is kept of an event of Neon CRM. It may hold what card holders are called, of which nothing is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NeonEvent {
    /// The accounts that it has happened to.
    pub accounts: Vec<String>,
    /// The membership, where nothing says whose it is.
    pub membership: Option<String>,
}
/// What to do about a delivery.
#[derive(Debug)]
pub enum Received {
    /// Work on it.
    Work(Message),
    /// It cannot be read. Its shape is kept, for somebody to look at.
    Unreadable(Message),
    /// It is about nothing that is kept here.
    Nothing,
}

/// What to do about a delivery of ClickUp.
pub fn click_up(body: &[u8], now: DateTime<Utc>) -> Received {
    #[derive(Deserialize)]
    struct Body {
        event: String,
        webhook_id: String,
        task_id: Option<String>,
        #[serde(default)]
        history_items: Vec<HistoryItem>,
    }
    #[derive(Deserialize)]
    struct HistoryItem {
        id: String,
    }
    let Ok(read) = serde_json::from_slice::<Body>(body) else {
        return unreadable(CLICK_UP, body, now);
    };
    let Some(task_id) = read.task_id else {
        return match read.event.starts_with("task") {
            true => unreadable(CLICK_UP, body, now),
            false => Received::Nothing,
        };
    };
    // Several deliveries of one act have the same item of the history, and one whose act has none is told apart by its body.
    let delivery = match read.history_items.first() {
        Some(item) => format!("{}\n{}\n{}", read.webhook_id, read.event, item.id).into_bytes(),
        None => digest(&SHA256, body).as_ref().to_vec(),
    };
    let payload = json!(ClickUpEvent {
        event: read.event,
        task_id,
    });
    Received::Work(Message::received(
        CLICK_UP,
        CLICK_UP_EVENT,
        &delivery,
        &payload,
        now,
    ))
}

/// A delivery of Neon CRM: what it is known by, if that is in its body, and what to do about it.
pub struct FromNeonApp {
    /// The custom parameter `token`.
    pub token: Option<String>,
    /// What to do.
    pub received: Received,
}

/// What to do about a delivery of Neon CRM, whose body is JSON, or a form with JSON in its field `payload`.
pub fn neon(body: &[u8], is_form: bool, now: DateTime<Utc>) -> FromNeonApp {
    let payload = match is_form {
        false => None,
        true => {
            let mut fields = url::form_urlencoded::parse(body);
            fields.find_map(|(name, value)| (name == "payload").then_some(value))
        }
    };
    let json = payload.as_ref().map_or(body, |payload| payload.as_bytes());
    let mut read: Value = serde_json::from_slice(json).unwrap_or_default();
    let token = read.pointer("/customParameters/token");
    let token = token.and_then(Value::as_str).map(str::to_owned);
    let received = match neon_event(&read) {
        Some(event) if event == NeonEvent::default() => Received::Nothing,
        Some(event) => {
            let delivery = digest(&SHA256, body);
            let delivery = delivery.as_ref();
            Received::Work(Message::received(
                NEON,
                NEON_EVENT,
                delivery,
                &json!(event),
                now,
            ))
        }
        None => {
            // What somebody has called a parameter is not of the vendor's shape.
            if let Some(read) = read.as_object_mut() {
                read.remove("customParameters");
            }
            match read {
                Value::Null => unreadable(NEON, json, now),
                read => unreadable(NEON, read.to_string().as_bytes(), now),
            }
        }
    };
    FromNeonApp { token, received }
}

/// What an event is about, in either of the shapes that it may have; none where it cannot be read. One that is about nothing that
/// is kept here names nothing.
fn neon_event(read: &Value) -> Option<NeonEvent> {
    let trigger = read.get("eventTrigger")?.as_str()?;
    let data = read.get("data")?;
    let at = |path: &str| data.pointer(path).and_then(neon_id);
    let account = |found: Option<String>| {
        let accounts = vec![found?];
        Some(NeonEvent {
            accounts,
            membership: None,
        })
    };
    match trigger {
        "createAccount" | "editAccount" | "updateAccount" => {
            let company = || at("/companyAccount/accountId");
            account(at("/individualAccount/accountId").or_else(company))
        }
        "deleteAccount" => {
            let nested = || at("/individualAccount/accountId");
            account(at("/accountId").or_else(nested))
        }
        "mergedAccount" | "mergeAccount" => Some(NeonEvent {
            accounts: vec![at("/mergedAccountId")?, at("/matchedAccountId")?],
            membership: None,
        }),
        "createMembership" | "updateMembership" | "editMembership" => {
            let legacy = || at("/membershipEnrollment/accountId");
            account(at("/accountId").or_else(legacy))
        }
        "deleteMembership" => {
            let membership = at("/membershipId").or_else(|| at("/id"));
            Some(NeonEvent {
                accounts: Vec::new(),
                membership: Some(membership?),
            })
        }
        _ => Some(NeonEvent::default()),
    }
}

/// An id, as a text or a number.
fn neon_id(value: &Value) -> Option<String> {
    let id = as_text(value)?;
    let is_plain = |id: &String| {
        (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    Some(id).filter(is_plain)
}

fn unreadable(source: &str, body: &[u8], now: DateTime<Utc>) -> Received {
    let shape = match serde_json::from_slice(body) {
        Ok(value) => shape_of(&value, DEPTH),
        Err(_) => json!(format!("{} bytes that are not JSON", body.len())),
    };
    let delivery = digest(&SHA256, body);
    Received::Unreadable(Message::received(
        source,
        UNREADABLE,
        delivery.as_ref(),
        &json!({ "shape": shape }),
        now,
    ))
}

/// The same without its values.
fn shape_of(value: &Value, depth: usize) -> Value {
    match value {
        Value::Null => json!("null"),
        Value::Bool(_) => json!("boolean"),
        Value::Number(_) => json!("number"),
        Value::String(_) => json!("string"),
        Value::Array(_) | Value::Object(_) if depth == 0 => json!("more"),
        Value::Array(items) => match items.first() {
            Some(first) => json!([shape_of(first, depth - 1)]),
            None => json!([]),
        },
        Value::Object(members) => {
            let members = members.iter().take(MEMBERS);
            let shapes = members.map(|(name, value)| {
                let name: String = name.chars().take(64).collect();
                (name, shape_of(value, depth - 1))
            });
            Value::Object(shapes.collect::<Map<_, _>>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn id(body: &Value) -> Option<(Uuid, String)> {
        match click_up(body.to_string().as_bytes(), Utc::now()) {
            Received::Work(message) => Some((message.id, message.payload)),
            Received::Unreadable(_) | Received::Nothing => None,
        }
    }

    #[test]
    fn deliveries_are_told_apart_by_webhook_event_and_item_of_the_history() {
        let event = json!({
            "event": "taskUpdated", "webhook_id": "w1", "task_id": "t1",
            "history_items": [{"id": "2800763136717140857", "user": {"email": "somebody@example.org"}}],
        });
        let (first, payload) = id(&event).unwrap();
        assert_eq!(payload, r#"{"event":"taskUpdated","taskId":"t1"}"#);
        let mut again = event.clone();
        again["history_items"][0]["date"] = json!("1");
        assert_eq!(id(&again).unwrap().0, first, "the same act");
        for (pointer, value) in [
            ("/event", "taskStatusUpdated"),
            ("/webhook_id", "w2"),
            ("/history_items/0/id", "1"),
        ] {
            let mut other = event.clone();
            *other.pointer_mut(pointer).unwrap() = json!(value);
            assert_ne!(id(&other).unwrap().0, first, "{pointer}");
        }
        let deleted = |task| json!({"event": "taskDeleted", "webhook_id": "w1", "task_id": task});
        assert_eq!(id(&deleted("a")), id(&deleted("a")));
        assert_ne!(id(&deleted("a")), id(&deleted("b")));
    }

    #[test]
    fn of_what_cannot_be_read_the_shape_is_kept_and_no_value() {
        for body in [
            r#"{"payload": {"name": "secret", "lists": [{"id": 1}], "x": null}}"#,
            r#"{"event": "taskCreated", "webhook_id": "w"}"#,
            r#"{"event": 1, "webhook_id": "w", "task_id": "secret"}"#,
            "secret",
            "\u{0}",
            "[]",
        ] {
            let Received::Unreadable(message) = click_up(body.as_bytes(), Utc::now()) else {
                panic!("{body}")
            };
            assert!(!message.payload.contains("secret"), "{}", message.payload);
        }
        let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
        let Received::Unreadable(message) = click_up(deep.as_bytes(), Utc::now()) else {
            panic!("deep")
        };
        assert_eq!(message.payload, r#"{"shape":[[[[[["more"]]]]]]}"#);
        let list = json!({"event": "listUpdated", "webhook_id": "w", "list_id": "1"});
        assert!(matches!(
            click_up(list.to_string().as_bytes(), Utc::now()),
            Received::Nothing
        ));
    }
}
