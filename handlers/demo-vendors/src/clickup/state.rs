//! What the workspace holds, and how it is changed.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use indexmap::IndexMap;
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;
use uuid::Uuid;

use super::deliver::Delivery;
use super::event::Happening;
use super::{SERVICE, SPACE, Setup, fields};
use crate::delivering::Delivering;

/// A refusal, as the API has it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{status} {code}: {message}")]
pub struct Refused {
    /// The status.
    pub status: u16,
    /// `ECODE`.
    pub code: &'static str,
    /// `err`.
    pub message: String,
}

impl Refused {
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    /// Of an id of nothing, or of something of another workspace.
    pub(super) fn foreign() -> Self {
        Self::new(401, "OAUTH_027", "Team not authorized")
    }

    /// No source names the code.
    pub(super) fn input(message: impl Into<String>) -> Self {
        Self::new(400, "INPUT_001", message)
    }
}

/// Who belongs to the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The id.
    pub id: i64,
    /// The name; none while the invitation is not accepted.
    pub username: Option<String>,
    /// The address.
    pub email: String,
    /// 1 owner, 2 admin, 3 member, 4 guest.
    pub role: u8,
}

impl Member {
    pub(super) fn show(&self) -> Value {
        let name = self.username.as_deref().unwrap_or(&self.email);
        let initials: String = name
            .split_whitespace()
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_uppercase)
            .take(2)
            .collect();
        json!({
            "id": self.id,
            "username": self.username,
            "color": "#263238",
            "initials": initials,
            "email": self.email,
            "profilePicture": null,
        })
    }
}

/// A status of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Its name.
    pub name: &'static str,
    /// `open`, `custom`, `done` or `closed`.
    pub kind: &'static str,
}

/// A list.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// Its name.
    pub name: String,
    /// The space that it is in.
    pub space: String,
    /// The statuses of its tasks, the first of them that of a new one.
    pub statuses: Vec<Status>,
    /// Definitions of its custom fields, as the API shows them.
    pub fields: Vec<Value>,
}

impl List {
    /// One of problems in shops.
    pub fn of_problems() -> Self {
        let status = |name, kind| Status { name, kind };
        Self {
            name: "Problem Reports".to_owned(),
            space: SPACE.to_owned(),
            statuses: vec![
                status("to do", "open"),
                status("in progress", "custom"),
                status("complete", "closed"),
            ],
            fields: fields::of_problems(),
        }
    }

    fn status(&self, name: &str) -> Option<usize> {
        let is_it = |status: &Status| status.name.eq_ignore_ascii_case(name.trim());
        self.statuses.iter().position(is_it)
    }
}

/// A task.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskRecord {
    /// Its id.
    pub id: String,
    /// Its title.
    pub name: String,
    /// Its description.
    pub description: String,
    /// Its list.
    pub list: String,
    /// Which of the list's statuses it has.
    pub status: usize,
    /// When it was created.
    pub created: DateTime<Utc>,
    /// When it was changed.
    pub updated: DateTime<Utc>,
    /// When it was closed.
    pub closed: Option<DateTime<Utc>>,
    /// Who created it.
    pub creator: i64,
    /// Who is to do it.
    pub assignees: Vec<i64>,
    /// From 1 to 4.
    pub priority: Option<u8>,
    /// Values of its custom fields in the form in which they are read.
    pub fields: BTreeMap<String, Value>,
    /// The task that it is a part of.
    pub parent: Option<String>,
    /// Whether it is archived.
    pub archived: bool,
}

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its id.
    pub id: String,
    /// Who made it.
    pub user: i64,
    /// Where it delivers to.
    pub endpoint: String,
    /// What it delivers; `*` for all.
    pub events: Vec<String>,
    /// The list that it is for.
    pub list: Option<String>,
    /// The space that it is for.
    pub space: Option<String>,
    /// `active`, `failing` or `suspended`.
    pub health: &'static str,
    /// How many events were lost.
    pub fail_count: u32,
    /// What its deliveries are signed with.
    pub secret: String,
}

/// Something that a person does to a task.
#[derive(Debug, Clone, PartialEq)]
pub enum Act<'a> {
    /// It gets another title.
    Rename(&'a str),
    /// It gets another description.
    Describe(&'a str),
    /// It gets another status.
    Status(&'a str),
    /// It gets another priority, from 1 to 4, or none.
    Priority(Option<u8>),
    /// Somebody is to do it.
    Assign(i64),
    /// Somebody is not to do it any more.
    Unassign(i64),
    /// A custom field gets a value, in the form in which it is written; null clears it.
    Field(&'a str, Value),
    /// It moves to another list.
    Move(&'a str),
    /// It is put into the archive, or taken out of it.
    Archive(bool),
    /// It is deleted.
    Delete,
}

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

    fn show_status(&self, task: &TaskRecord) -> Value {
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

    /// Makes a webhook of the body of a request.
    pub(super) fn connect(&mut self, by: i64, body: &Value) -> Result<&Webhook, Refused> {
        let endpoint = endpoint(body)?;
        let id_of = |key: &str| match &body[key] {
            Value::Number(number) => Some(number.to_string()),
            Value::String(text) => Some(text.clone()),
            _ => None,
        };
        let (list, space) = (id_of("list_id"), id_of("space_id"));
        if let Some(list) = &list {
            self.list(list)?;
        }
        let same =
            |one: &Webhook| one.endpoint == endpoint && one.list == list && one.space == space;
        if self.webhooks.iter().any(same) {
            return Err(Refused::new(
                400,
                "OAUTH_171",
                "Webhook configuration already exists",
            ));
        }
        let secret = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        self.webhooks.push(Webhook {
            id: Uuid::new_v4().to_string(),
            user: by,
            endpoint,
            events: events(body)?,
            list,
            space,
            health: "active",
            fail_count: 0,
            secret: secret.to_uppercase(),
        });
        self.webhooks.last().ok_or_else(Refused::foreign)
    }

    /// Changes a webhook by the body of a request.
    pub(super) fn reconnect(
        &mut self,
        by: i64,
        id: &str,
        body: &Value,
    ) -> Result<&Webhook, Refused> {
        let (endpoint, events) = (endpoint(body)?, events(body)?);
        let is_active = match body["status"].as_str() {
            Some("active") => true,
            Some("inactive") => false,
            _ => return Err(Refused::input("Webhook status invalid")),
        };
        let ours = |one: &&mut Webhook| one.id == id && one.user == by;
        let webhook = self.webhooks.iter_mut().find(ours);
        let webhook = webhook.ok_or_else(Refused::foreign)?;
        (webhook.endpoint, webhook.events) = (endpoint, events);
        if is_active {
            (webhook.health, webhook.fail_count) = ("active", 0);
        } else {
            webhook.health = "suspended";
        }
        Ok(webhook)
    }

    pub(super) fn disconnect(&mut self, by: i64, id: &str) -> Result<(), Refused> {
        let before = self.webhooks.len();
        self.webhooks.retain(|one| one.id != id || one.user != by);
        match self.webhooks.len() == before {
            true => Err(Refused::foreign()),
            false => Ok(()),
        }
    }
}

impl List {
    pub(super) fn field(&self, id: &str) -> Result<&Value, Refused> {
        let found = self.fields.iter().find(|field| field["id"] == id);
        // No source names the code.
        found.ok_or_else(|| Refused::new(404, "FIELD_001", "Custom field not found"))
    }
}

fn endpoint(body: &Value) -> Result<String, Refused> {
    let endpoint = body["endpoint"].as_str().unwrap_or_default();
    match endpoint.starts_with("https://") || endpoint.starts_with("http://") {
        true => Ok(endpoint.to_owned()),
        false => Err(Refused::input("Webhook endpoint invalid")),
    }
}

fn events(body: &Value) -> Result<Vec<String>, Refused> {
    let events = match &body["events"] {
        Value::String(event) => vec![event.clone()],
        Value::Array(events) => events
            .iter()
            .filter_map(|event| event.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    };
    match events.is_empty() {
        true => Err(Refused::input("Webhook events invalid")),
        false => Ok(events),
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

fn show_priority(number: Option<u8>) -> Value {
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
