//! Tasks.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::field::{Field, FieldSetting};
use super::{integer, or_default, text};
use crate::vendors::tolerant::{as_text, maybe_text, maybe_time, time};

/// A task, as far as it is used.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Task {
    /// Its id, such as `86e0x0001`.
    #[serde(deserialize_with = "text")]
    pub id: String,
    /// Its title.
    pub name: String,
    /// Its description without markup.
    #[serde(default)]
    pub text_content: Option<String>,
    /// Its description. It may be JSON of the editor.
    #[serde(default)]
    pub description: Option<String>,
    /// Its status.
    pub status: Status,
    /// When it was created.
    #[serde(deserialize_with = "time")]
    pub date_created: DateTime<Utc>,
    /// When it was changed.
    #[serde(deserialize_with = "time")]
    pub date_updated: DateTime<Utc>,
    /// When it was closed.
    #[serde(default, deserialize_with = "maybe_time")]
    pub date_closed: Option<DateTime<Utc>>,
    /// Whether it is archived.
    #[serde(default, deserialize_with = "or_default")]
    pub archived: bool,
    /// Who created it.
    #[serde(default)]
    pub creator: Option<Person>,
    /// Who is to do it.
    #[serde(default, deserialize_with = "or_default")]
    pub assignees: Vec<Person>,
    /// The task that it is a part of.
    #[serde(default, deserialize_with = "maybe_text")]
    pub parent: Option<String>,
    /// From 1, urgent, to 4, low.
    #[serde(default, deserialize_with = "priority")]
    pub priority: Option<u8>,
    /// Its custom fields: all that its list has.
    #[serde(default, deserialize_with = "or_default")]
    pub custom_fields: Vec<Field>,
    /// The list that is its home.
    pub list: Place,
    /// The space of that.
    #[serde(default)]
    pub space: Option<Place>,
    /// The workspace.
    #[serde(default, deserialize_with = "maybe_text")]
    pub team_id: Option<String>,
    /// Where people see it.
    #[serde(default, deserialize_with = "maybe_text")]
    pub url: Option<String>,
}

impl Task {
    /// The custom field of this id.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.custom_fields.iter().find(|field| field.id == id)
    }
}

/// A status of a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Status {
    /// Its name; case does not count.
    #[serde(rename = "status")]
    pub name: String,
    /// `open`, `custom`, `done`, `closed`, or one that is not documented.
    #[serde(rename = "type", default, deserialize_with = "or_default")]
    pub kind: String,
}

/// Where something is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Place {
    /// Its id.
    #[serde(deserialize_with = "text")]
    pub id: String,
}

/// A person, or something that acts like one; -1 is ClickUp's own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Person {
    /// The id.
    #[serde(deserialize_with = "integer")]
    pub id: i64,
    /// The name, which who was only invited does not have.
    #[serde(default)]
    pub username: Option<String>,
    /// The address.
    #[serde(default)]
    pub email: Option<String>,
}

/// Its documented form is an object with texts. What is none of the four is no priority.
fn priority<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<u8>, D::Error> {
    let value = Value::deserialize(from)?;
    let id = match &value {
        Value::Object(priority) => priority.get("id").and_then(as_text),
        other => as_text(other),
    };
    let number = id.and_then(|id| id.parse().ok());
    Ok(number.filter(|number| (1..=4).contains(number)))
}

/// A task to be created.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct NewTask {
    /// Its title.
    pub name: String,
    /// Its description, as plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The name of its status; the list's first one where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// From 1, urgent, to 4, low.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    /// Who is to do it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assignees: Vec<i64>,
    /// Its custom fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub custom_fields: Vec<FieldSetting>,
}

/// Changes of a task. What is none stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TaskChanges {
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The description, as plain text.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "not_empty")]
    pub description: Option<String>,
    /// The name of the status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// From 1, urgent, to 4, low.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    /// Who is to do it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignees: Option<Assignees>,
}

/// Changes of who is to do a task.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Assignees {
    /// Who is to do it too.
    pub add: Vec<i64>,
    /// Who is not any more.
    pub rem: Vec<i64>,
}

/// The empty text is not taken; a space has the description empty.
fn not_empty<S: serde::Serializer>(text: &Option<String>, to: S) -> Result<S::Ok, S::Error> {
    match text.as_deref() {
        Some("") | None => to.serialize_str(" "),
        Some(text) => to.serialize_str(text),
    }
}
