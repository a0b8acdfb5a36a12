//! How webhooks are made, changed and deleted.

use serde_json::Value;
use uuid::Uuid;

use super::model::{Refused, Webhook};
use super::state::State;

impl State {
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
