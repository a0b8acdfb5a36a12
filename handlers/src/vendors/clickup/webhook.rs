//! Webhooks of a workspace.

use civicforge_kernel::secret_text::SecretText;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};
use url::Url;

use super::{or_default, text};
use crate::vendors::tolerant::{as_integer, as_text, maybe_text};

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Webhook {
    /// Its id, which its deliveries name.
    #[serde(deserialize_with = "text")]
    pub id: String,
    /// Where it delivers to.
    pub endpoint: String,
    /// The events that it delivers; `*` for all.
    #[serde(default, deserialize_with = "events")]
    pub events: Vec<String>,
    /// The list that it is for, where it is for one.
    #[serde(default, deserialize_with = "maybe_text")]
    pub list_id: Option<String>,
    /// The folder.
    #[serde(default, deserialize_with = "maybe_text")]
    pub folder_id: Option<String>,
    /// The space.
    #[serde(default, deserialize_with = "maybe_text")]
    pub space_id: Option<String>,
    /// The task.
    #[serde(default, deserialize_with = "maybe_text")]
    pub task_id: Option<String>,
    /// How its deliveries go.
    #[serde(default, deserialize_with = "or_default")]
    pub health: Health,
    /// What they are signed with.
    #[serde(default, deserialize_with = "secret")]
    pub secret: Option<SecretText>,
}

/// How the deliveries of a webhook go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Health {
    /// `active`; `failing` once an event was lost; `suspended` after a hundred, or at once by an answer of 401 or 410.
    #[serde(deserialize_with = "or_default")]
    pub status: String,
    /// How many events were lost.
    #[serde(deserialize_with = "or_default")]
    pub fail_count: u32,
}

impl Health {
    /// Whether nothing is delivered any more.
    pub fn is_suspended(&self) -> bool {
        self.status == "suspended"
    }
}

/// What a webhook is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope<'a> {
    /// All of a workspace.
    Team,
    /// A space of it.
    Space(&'a str),
    /// A list of it.
    List(&'a str),
}

impl Webhook {
    /// Whether it is for this.
    pub fn is_for(&self, scope: Scope<'_>) -> bool {
        let places = (self.list_id.as_deref(), self.space_id.as_deref());
        let elsewhere = self.folder_id.is_some() || self.task_id.is_some();
        match (scope, places) {
            _ if elsewhere => false,
            (Scope::Team, (None, None)) => true,
            (Scope::Space(id), (None, Some(space))) => space == id,
            // The narrowest place counts.
            (Scope::List(id), (Some(list), _)) => list == id,
            _ => false,
        }
    }
}

/// A webhook to be created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewWebhook<'a> {
    /// Where it delivers to.
    pub endpoint: &'a Url,
    /// The events that it delivers, such as `taskUpdated`.
    pub events: &'a [&'a str],
    /// What it is for.
    pub scope: Scope<'a>,
}

impl NewWebhook<'_> {
    pub(super) fn body(&self) -> Value {
        let mut body = Map::new();
        body.insert("endpoint".to_owned(), json!(self.endpoint.as_str()));
        body.insert("events".to_owned(), json!(self.events));
        let place = match self.scope {
            Scope::Team => None,
            Scope::Space(id) => Some(("space_id", id)),
            Scope::List(id) => Some(("list_id", id)),
        };
        if let Some((key, id)) = place {
            // It documents numbers.
            let id = Value::from(id);
            let id = as_integer(&id).map_or(id, Value::from);
            body.insert(key.to_owned(), id);
        }
        Value::Object(body)
    }
}

/// A list, or `*`.
fn events<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Array(events) => events.iter().filter_map(as_text).collect(),
        other => as_text(&other).into_iter().collect(),
    })
}

fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<Option<SecretText>, D::Error> {
    Ok(Option::deserialize(from)?.map(SecretText::new))
}
