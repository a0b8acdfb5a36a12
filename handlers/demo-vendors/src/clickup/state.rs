//! What the workspace holds, and how it is changed.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use indexmap::IndexMap;
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::deliver::Delivery;
use super::event::Happening;
use super::model::{Act, List, Member, Refused, TaskRecord, Webhook};
use super::show::show_priority;
use super::{SERVICE, Setup, fields};
use crate::delivering::Delivering;

/// All that a workspace holds.
#[derive(Debug)]
pub struct State {
    /// The workspace, as it began. Lists and members can be added.
    pub setup: Setup,
    /// The tasks, by their ids, in the order in which they were created.
    pub tasks: IndexMap<String, TaskRecord>,
    /// The webhooks.
    pub webhooks: Vec<Webhook>,
    /// What was delivered, or was to be.
    pub deliveries: Vec<Delivery>,
    pub(super) delivering: Delivering,
    pub(super) clock_ahead: TimeDelta,
    pub(super) answers_404: bool,
    /// How many deliveries are under way.
    pub(super) pending: usize,
    queue: UnboundedSender<usize>,
    last: DateTime<Utc>,
    next_task: u32,
    next_history: u64,
    /// The minute, and how many requests there were in it.
    minute: (i64, u32),
}

impl State {
    pub(super) fn new(setup: Setup, queue: UnboundedSender<usize>) -> Self {
        Self {
            setup,
            tasks: IndexMap::new(),
            webhooks: Vec::new(),
            deliveries: Vec::new(),
            delivering: Delivering::Once,
            clock_ahead: TimeDelta::zero(),
            answers_404: false,
            pending: 0,
            queue,
            last: DateTime::UNIX_EPOCH,
            next_task: 1,
            // Beyond what a double holds exactly.
            next_history: 4_100_000_000_000_000_001,
            minute: (0, 0),
        }
    }

    /// What time it is here.
    pub fn now(&self) -> DateTime<Utc> {
        Utc::now() + self.clock_ahead
    }

    /// The time of a change, which no other one has.
    fn tick(&mut self) -> DateTime<Utc> {
        let now = self.now().timestamp_millis();
        let next = now.max(self.last.timestamp_millis() + 1);
        self.last = DateTime::from_timestamp_millis(next).unwrap_or(self.last);
        self.last
    }

    pub(super) fn history_id(&mut self) -> String {
        self.next_history += 1;
        self.next_history.to_string()
    }

    /// Another request of this minute: what is left, and when the next one begins, in seconds. None is left where it is too many.
    pub(super) fn count(&mut self) -> (Option<u32>, i64) {
        let minute = self.now().timestamp() / 60;
        if self.minute.0 != minute {
            self.minute = (minute, 0);
        }
        self.minute.1 += 1;
        let left = self.setup.requests.checked_sub(self.minute.1);
        (left, (minute + 1) * 60)
    }

    pub(super) fn member(&self, id: i64) -> Option<&Member> {
        self.setup.members.iter().find(|member| member.id == id)
    }

    pub(super) fn show_member(&self, id: i64) -> Value {
        self.member(id).map_or(json!({ "id": id }), Member::show)
    }

    pub(super) fn list(&self, id: &str) -> Result<&List, Refused> {
        self.setup.lists.get(id).ok_or_else(Refused::foreign)
    }

    pub(super) fn no_task(&self) -> Refused {
        match self.answers_404 {
            true => Refused::new(404, "ITEM_013", "Task not found"),
            false => Refused::foreign(),
        }
    }

    fn found(&self, id: &str) -> Result<&TaskRecord, Refused> {
        self.tasks.get(id).ok_or_else(|| self.no_task())
    }

    fn found_mut(&mut self, id: &str) -> Result<&mut TaskRecord, Refused> {
        let refused = self.no_task();
        self.tasks.get_mut(id).ok_or(refused)
    }

    /// Creates a task of the body of a request.
    pub(super) fn create(
        &mut self,
        by: i64,
        list_id: &str,
        body: &Value,
    ) -> Result<String, Refused> {
        let list = self.list(list_id)?;
        let name = body["name"].as_str().map(str::trim).unwrap_or_default();
        if name.is_empty() {
            return Err(Refused::input("Task name invalid"));
        }
        let status = match &body["status"] {
            Value::Null => 0,
            status => status
                .as_str()
                .and_then(|name| list.status(name))
                .ok_or_else(|| Refused::new(400, "CRTSK_001", "Status does not exist"))?,
        };
        let mut assignees = Vec::new();
        match &body["assignees"] {
            Value::Null => {}
            Value::Array(ids) => {
                for id in ids {
                    let id = id.as_i64().filter(|&id| self.member(id).is_some());
                    assignees.push(id.ok_or_else(|| Refused::input("Assignee invalid"))?);
                }
            }
            // Unlike for a change.
            _ => return Err(Refused::input("Assignees invalid")),
        }
        let mut values = BTreeMap::new();
        for set in body["custom_fields"].as_array().into_iter().flatten() {
            let field = list.field(set["id"].as_str().unwrap_or_default())?;
            if let Some(value) = fields::stored(field, &set["value"], None, self)? {
                values.insert(fields::id(field), value);
            }
        }
        let priority = priority(&body["priority"])?;
        let parent = body["parent"].as_str().map(str::to_owned);
        if let Some(parent) = &parent
            && self.found(parent)?.list != list_id
        {
            return Err(Refused::new(400, "ITEM_137", "Parent not child of list"));
        }
        let is_closed = list
            .statuses
            .get(status)
            .is_some_and(|status| status.kind == "closed");
        let now = self.tick();
        let id = format!("86e0x{:04}", self.next_task);
        self.next_task += 1;
        let task = TaskRecord {
            id: id.clone(),
            name: name.to_owned(),
            description: body["description"].as_str().unwrap_or_default().to_owned(),
            list: list_id.to_owned(),
            status,
            created: now,
            updated: now,
            closed: is_closed.then_some(now),
            creator: by,
            assignees,
            priority,
            fields: values,
            parent,
            archived: false,
        };
        let after = self.show_status(&task);
        self.tasks.insert(id.clone(), task);
        self.tell(by, &id, list_id, Happening::Created { status: after });
        Ok(id)
    }

    /// Does something to a task.
    pub(super) fn act(&mut self, by: i64, id: &str, act: Act<'_>) -> Result<(), Refused> {
        let task = self.found(id)?.clone();
        let list = self.list(&task.list)?.clone();
        let mut changed = task.clone();
        let happening = match act {
            Act::Delete => {
                self.tasks.shift_remove(id);
                self.tell(by, id, &task.list, Happening::Deleted);
                return Ok(());
            }
            Act::Rename(name) => {
                changed.name = name.to_owned();
                Happening::field("name", json!(task.name), json!(name))
            }
            Act::Describe(text) => {
                changed.description = text.to_owned();
                let delta = |text: &str| json!({ "ops": [{ "insert": format!("{text}\n") }] });
                let [before, after] = [delta(&task.description), delta(text)];
                Happening::field(
                    "content",
                    json!(before.to_string()),
                    json!(after.to_string()),
                )
            }
            Act::Status(name) => {
                let status = list.status(name);
                changed.status =
                    status.ok_or_else(|| Refused::new(400, "ITEM_114", "Status does not exist"))?;
                let is_closed = list.statuses[changed.status].kind == "closed";
                changed.closed = is_closed.then_some(task.updated);
                Happening::Status {
                    before: self.show_status(&task),
                    after: self.show_status(&changed),
                }
            }
            Act::Priority(number) => {
                changed.priority = number;
                let [before, after] = [show_priority(task.priority), show_priority(number)];
                Happening::Priority { before, after }
            }
            Act::Assign(who) => {
                if self.member(who).is_none() {
                    return Err(Refused::input("Assignee invalid"));
                }
                if !task.assignees.contains(&who) {
                    changed.assignees.push(who);
                }
                Happening::Assigned(self.show_member(who))
            }
            Act::Unassign(who) => {
                changed.assignees.retain(|&one| one != who);
                Happening::Unassigned(self.show_member(who))
            }
            Act::Field(field_id, value) => {
                let field = list.field(field_id)?;
                let before = task.fields.get(field_id);
                let stored = fields::stored(field, &value, before, self)?;
                match &stored {
                    Some(value) => changed.fields.insert(field_id.to_owned(), value.clone()),
                    None => changed.fields.remove(field_id),
                };
                let mut definition = field.clone();
                definition["values_set"] = Value::Null;
                definition["userid"] = json!(SERVICE.to_string());
                definition["team_id"] = json!(self.setup.team);
                for key in ["deleted", "pinned", "required_on_subtasks"] {
                    definition[key] = json!(false);
                }
                for key in ["deleted_by", "linked_subcategory"] {
                    definition[key] = Value::Null;
                }
                Happening::CustomField {
                    definition,
                    before: fields::told(field, before),
                    after: fields::told(field, stored.as_ref()),
                }
            }
            Act::Move(to) => {
                let target = self.list(to)?;
                let name = list.statuses[task.status].name;
                changed.status = target.status(name).unwrap_or_default();
                changed.list = to.to_owned();
                let place = |id: &str, list: &List| json!({ "id": id, "name": list.name });
                let [before, after] = [place(&task.list, &list), place(to, target)];
                Happening::Moved { before, after }
            }
            Act::Archive(archived) => {
                changed.archived = archived;
                Happening::field("archived", json!(task.archived), json!(archived))
            }
        };
        // What changes nothing is told to nobody.
        if changed == task {
            return Ok(());
        }
        changed.updated = self.tick();
        changed.closed = changed
            .closed
            .map(|_| task.closed.unwrap_or(changed.updated));
        let list = changed.list.clone();
        *self.found_mut(id)? = changed;
        self.tell(by, id, &list, happening);
        Ok(())
    }

    fn tell(&mut self, by: i64, task: &str, list: &str, happening: Happening) {
        let user = self.show_member(by);
        let date = self.last.timestamp_millis().to_string();
        let space = self.list(list).map(|list| list.space.clone());
        let space = space.unwrap_or_default();
        let told = happening.told(self, &user, &date, list);
        for (event, items) in told {
            let takes = |webhook: &&Webhook| {
                let is_here = match (&webhook.list, &webhook.space) {
                    (Some(id), _) => id == list,
                    (None, Some(id)) => *id == space,
                    (None, None) => true,
                };
                let is_asked = webhook.events.iter().any(|one| one == "*" || one == event);
                is_here && is_asked && webhook.health != "suspended"
            };
            let webhooks: Vec<_> = self.webhooks.iter().filter(takes).cloned().collect();
            for webhook in webhooks {
                let delivery = Delivery::new(&webhook, event, items.as_ref(), task);
                for _ in 0..self.delivering.times() {
                    let index = self.deliveries.len();
                    self.deliveries.push(delivery.clone());
                    // A server that is being stopped delivers nothing more.
                    if self.delivering != Delivering::Held && self.queue.send(index).is_ok() {
                        self.pending += 1;
                    }
                }
            }
        }
    }
}

pub(super) fn priority(value: &Value) -> Result<Option<u8>, Refused> {
    match value {
        Value::Null => Ok(None),
        value => {
            let number = value.as_u64().and_then(|number| u8::try_from(number).ok());
            let number = number.filter(|number| (1..=4).contains(number));
            number
                .map(Some)
                .ok_or_else(|| Refused::input("Priority invalid"))
        }
    }
}
