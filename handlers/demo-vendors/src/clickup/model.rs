//! What there is in a workspace, and what people do there.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{SPACE, fields};

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

    pub(super) fn status(&self, name: &str) -> Option<usize> {
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

impl List {
    pub(super) fn field(&self, id: &str) -> Result<&Value, Refused> {
        let found = self.fields.iter().find(|field| field["id"] == id);
        // No source names the code.
        found.ok_or_else(|| Refused::new(404, "FIELD_001", "Custom field not found"))
    }
}
