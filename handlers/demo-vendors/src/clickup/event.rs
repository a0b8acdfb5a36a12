//! What is told of what has happened. One act is told in several events, which have the same history item.

use serde_json::{Value, json};

use super::state::State;

/// What has happened to a task.
#[derive(Debug)]
pub(super) enum Happening {
    Created {
        status: Value,
    },
    Status {
        before: Value,
        after: Value,
    },
    Priority {
        before: Value,
        after: Value,
    },
    Assigned(Value),
    Unassigned(Value),
    CustomField {
        definition: Value,
        before: Value,
        after: Value,
    },
    Moved {
        before: Value,
        after: Value,
    },
    Field {
        name: &'static str,
        before: Value,
        after: Value,
    },
    Deleted,
}

impl Happening {
    pub(super) fn field(name: &'static str, before: Value, after: Value) -> Self {
        Self::Field {
            name,
            before,
            after,
        }
    }

    /// The events, with their history items where they have any.
    pub(super) fn told(
        self,
        state: &mut State,
        user: &Value,
        date: &str,
        list: &str,
    ) -> Vec<(&'static str, Option<Value>)> {
        let mut item = |field: &str, data: Value| {
            json!({
                "id": state.history_id(),
                "type": 1,
                "date": date,
                "field": field,
                "parent_id": list,
                "data": data,
                "source": null,
                "user": user,
            })
        };
        let between = |mut item: Value, before: Value, after: Value| {
            item["before"] = before;
            item["after"] = after;
            item
        };
        let (special, item) = match self {
            Self::Deleted => return vec![("taskDeleted", None)],
            Self::Created { status } => {
                let none = json!({ "status": null, "color": "#000000", "type": "removed", "orderindex": -1 });
                let made = between(item("task_creation", json!({})), Value::Null, Value::Null);
                let data = json!({ "status_type": status["type"] });
                let first = between(item("status", data), none, status);
                return vec![
                    ("taskCreated", Some(json!([first, made]))),
                    ("taskStatusUpdated", Some(json!([first]))),
                ];
            }
            Self::Status { before, after } => {
                let item = item("status", json!({ "status_type": after["type"] }));
                (Some("taskStatusUpdated"), between(item, before, after))
            }
            Self::Priority { before, after } => {
                let item = between(item("priority", json!({})), before, after);
                (Some("taskPriorityUpdated"), item)
            }
            // These have one of the two keys.
            Self::Assigned(who) => {
                let mut item = item("assignee_add", json!({}));
                item["after"] = who;
                (Some("taskAssigneeUpdated"), item)
            }
            Self::Unassigned(who) => {
                let mut item = item("assignee_rem", json!({}));
                item["before"] = who;
                (Some("taskAssigneeUpdated"), item)
            }
            Self::CustomField {
                definition,
                before,
                after,
            } => {
                let mut item = between(item("custom_field", json!({})), before, after);
                item["custom_field"] = definition;
                (None, item)
            }
            Self::Moved { before, after } => {
                let item = between(item("section_moved", json!({})), before, after);
                (Some("taskMoved"), item)
            }
            Self::Field {
                name,
                before,
                after,
            } => (None, between(item(name, json!({})), before, after)),
        };
        let items = json!([item]);
        let special = special.map(|event| (event, Some(items.clone())));
        let mut told: Vec<_> = special.into_iter().collect();
        told.push(("taskUpdated", Some(items)));
        told
    }
}
