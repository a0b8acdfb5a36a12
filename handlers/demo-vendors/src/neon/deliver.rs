//! Deliveries of webhooks: once, unsigned, and never again.

use std::time::Duration;

use bytes::Bytes;
use chrono::{FixedOffset, SecondsFormat, Utc};
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedReceiver;

use super::state::{State, Webhook};
use crate::delivering;
use crate::watched::Watched;

/// A delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The webhook.
    pub webhook: Webhook,
    /// What the header `Content-Type` says.
    pub content_type: &'static str,
    /// The body.
    pub body: Bytes,
    /// The status that was answered: 0 for none in time. None while it was not delivered.
    pub answer: Option<u16>,
}

impl Delivery {
    pub(super) fn new(webhook: &Webhook, organization: &str, data: &Value) -> Self {
        // Six hours west.
        let zone = FixedOffset::west_opt(6 * 3600);
        let now = Utc::now();
        let now = match zone {
            Some(zone) => now
                .with_timezone(&zone)
                .to_rfc3339_opts(SecondsFormat::Millis, false),
            None => now.to_rfc3339(),
        };
        let body = json!({
            "eventTrigger": webhook.trigger,
            "eventTimestamp": now,
            "organizationId": organization,
            "data": data,
            "customParameters": webhook.parameters,
        })
        .to_string();
        let (content_type, body) = match webhook.is_form {
            false => ("application/json", body),
            true => {
                let mut form = form_urlencoded::Serializer::new(String::new());
                form.append_pair("payload", &body);
                ("application/x-www-form-urlencoded", form.finish())
            }
        };
        Self {
            webhook: webhook.clone(),
            content_type,
            body: Bytes::from(body),
            answer: None,
        }
    }
}

/// Delivers what comes, one after the other.
pub(super) async fn run(
    state: Watched<State>,
    mut queue: UnboundedReceiver<usize>,
    answer: Duration,
) {
    let Some(client) = delivering::client(answer) else {
        return;
    };
    while let Some(index) = queue.recv().await {
        let delivery = state.look(|state| state.deliveries.get(index).cloned());
        let mut status = 0;
        if let Some(delivery) = delivery {
            let mut request = client
                .post(&delivery.webhook.url)
                .header("content-type", delivery.content_type)
                .body(delivery.body);
            if let Some((user, password)) = &delivery.webhook.basic {
                request = request.basic_auth(user, Some(password));
            }
            let sent = request.send().await;
            status = sent.map_or(0, |response| response.status().as_u16());
        }
        state.change(|state| {
            state.pending = state.pending.saturating_sub(1);
            if let Some(delivery) = state.deliveries.get_mut(index) {
                delivery.answer = Some(status);
            }
        });
    }
}
