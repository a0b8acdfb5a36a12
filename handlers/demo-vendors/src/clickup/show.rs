//! Tasks as the API shows them.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::fields;
use super::model::TaskRecord;
use super::state::State;

impl State {
    pub(super) fn show_status(&self, task: &TaskRecord) -> Value {
        let list = self.setup.lists.get(&task.list);
        let status = list.and_then(|list| list.statuses.get(task.status));
        json!({
            "id": format!("p900_{}", task.status),
            "status": status.map(|status| status.name),
            "color": "#87909e",
            "orderindex": task.status,
            "type": status.map(|status| status.kind),
        })
    }

    /// A task as the API shows it.
    pub fn show(&self, id: &str) -> Option<Value> {
        let task = self.tasks.get(id)?;
        let list = self.setup.lists.get(&task.list)?;
        let millis = |time: DateTime<Utc>| time.timestamp_millis().to_string();
        let fields: Vec<_> = list
            .fields
            .iter()
            .map(|field| {
                let mut field = field.clone();
                if let Some(value) = task.fields.get(&fields::id(&field)) {
                    field["value"] = value.clone();
                }
                field
            })
            .collect();
        let people: Vec<_> = task
            .assignees
            .iter()
            .map(|&id| self.show_member(id))
            .collect();
        let folder =
            json!({ "id": "900300100", "name": "Facilities", "hidden": false, "access": true });
        Some(json!({
            "id": task.id,
            "custom_id": null,
            "custom_item_id": 0,
            "name": task.name,
            "text_content": task.description,
            "description": task.description,
            "status": self.show_status(task),
            "orderindex": "48210734.00000000000000000000000000000000",
            "date_created": millis(task.created),
            "date_updated": millis(task.updated),
            "date_closed": task.closed.map(millis),
            "date_done": task.closed.map(millis),
            "archived": task.archived,
            "creator": self.show_member(task.creator),
            "assignees": people,
            "group_assignees": [],
            "watchers": [],
            "checklists": [],
            "tags": [],
            "parent": task.parent,
            "top_level_parent": task.parent,
            "priority": show_priority(task.priority),
            "due_date": null,
            "start_date": null,
            "points": null,
            "time_estimate": null,
            "time_spent": 0,
            "custom_fields": fields,
            "dependencies": [],
            "linked_tasks": [],
            "locations": [],
            "team_id": self.setup.team,
            "url": format!("https://app.clickup.com/t/{}", task.id),
            "sharing": { "public": false, "public_share_expires_on": null, "token": null },
            "permission_level": "create",
            "list": { "id": task.list, "name": list.name, "access": true },
            "project": folder,
            "folder": folder,
            "space": { "id": list.space },
        }))
    }
}

pub(super) fn show_priority(number: Option<u8>) -> Value {
    let name = match number {
        Some(1) => "urgent",
        Some(2) => "high",
        Some(3) => "normal",
        Some(_) => "low",
        None => return Value::Null,
    };
    let number = number.map(|number| number.to_string());
    json!({ "id": number, "priority": name, "color": "#f8ae00", "orderindex": number })
}
