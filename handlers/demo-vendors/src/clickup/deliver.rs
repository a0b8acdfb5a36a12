//! Deliveries of webhooks: signed, tried five times, and counted when they are lost.

use std::time::Duration;

use aws_lc_rs::hmac;
use bytes::Bytes;
use reqwest::Client;
use serde_json::{Map, Value, json};
use tokio::sync::mpsc::UnboundedReceiver;

use super::model::Webhook;
use super::state::State;
use crate::delivering;
use crate::watched::Watched;

/// How often one event is tried.
const TRIES: u32 = 5;
/// After so many lost events nothing is delivered any more.
const LOST: u32 = 100;

/// A delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The webhook's id.
    pub webhook: String,
    /// The name of the event.
    pub event: String,
    /// The body, which is what is signed.
    pub body: Bytes,
    /// What `X-Signature` says.
    pub signature: String,
    /// The statuses that were answered; 0 for none in time.
    pub answers: Vec<u16>,
}

impl Delivery {
    pub(super) fn new(webhook: &Webhook, event: &str, items: Option<&Value>, task: &str) -> Self {
        let mut body = Map::new();
        body.insert("event".to_owned(), json!(event));
        if let Some(items) = items {
            body.insert("history_items".to_owned(), items.clone());
        }
        body.insert("task_id".to_owned(), json!(task));
        body.insert("webhook_id".to_owned(), json!(webhook.id));
        let body = Bytes::from(Value::Object(body).to_string());
        Self {
            webhook: webhook.id.clone(),
            event: event.to_owned(),
            signature: signature(&webhook.secret, &body),
            body,
            answers: Vec::new(),
        }
    }
}

/// What `X-Signature` says of a body.
pub fn signature(secret: &str, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    hex::encode(hmac::sign(&key, body))
}

/// Delivers what comes, one after the other.
pub(super) async fn run(
    state: Watched<State>,
    mut queue: UnboundedReceiver<usize>,
    answer: Duration,
    wait: Duration,
) {
    let Some(client) = delivering::client(answer) else {
        return;
    };
    while let Some(index) = queue.recv().await {
        deliver(&state, &client, index, wait).await;
        state.change(|state| state.pending = state.pending.saturating_sub(1));
    }
}

async fn deliver(state: &Watched<State>, client: &Client, index: usize, wait: Duration) {
    for attempt in 1..=TRIES {
        let found = state.look(|state| {
            let delivery = state.deliveries.get(index)?.clone();
            let mut webhooks = state.webhooks.iter();
            let webhook = webhooks.find(|webhook| webhook.id == delivery.webhook)?;
            let is_on = webhook.health != "suspended";
            is_on.then(|| (webhook.endpoint.clone(), delivery))
        });
        // It was deleted or suspended meanwhile.
        let Some((endpoint, delivery)) = found else {
            return;
        };
        let sent = client
            .post(endpoint)
            .header("content-type", "application/json")
            .header("user-agent", "clickup-webhooks")
            .header("x-signature", &delivery.signature)
            .body(delivery.body)
            .send()
            .await;
        let status = sent.map_or(0, |response| response.status().as_u16());
        let is_over = state.change(|state| state.answered(index, status, attempt == TRIES));
        if is_over {
            return;
        }
        tokio::time::sleep(wait * attempt).await;
    }
}

impl State {
    /// Notes an answer, and says whether that was the last try.
    fn answered(&mut self, index: usize, status: u16, is_last: bool) -> bool {
        let Some(delivery) = self.deliveries.get_mut(index) else {
            return true;
        };
        delivery.answers.push(status);
        let mut webhooks = self.webhooks.iter_mut();
        let webhook = webhooks.find(|webhook| webhook.id == delivery.webhook);
        let Some(webhook) = webhook else { return true };
        match status {
            // Whether the count begins anew is not documented.
            200..300 => (webhook.health, webhook.fail_count) = ("active", 0),
            401 | 410 => webhook.health = "suspended",
            _ if is_last => {
                webhook.fail_count += 1;
                let is_off = webhook.fail_count >= LOST;
                webhook.health = if is_off { "suspended" } else { "failing" };
            }
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of the recorded samples.
    #[test]
    fn a_signature_is_that_of_the_vendor() {
        let secret = "EXAMPLESECRETEXAMPLESECRETEXAMPLESECRETEXAMPLESECRETEXAMPLE12345";
        let body = "{\"event\":\"taskDeleted\",\"task_id\":\"86e0x0001\",\"webhook_id\":\"café\"}";
        let signed = "855c34ad9cd3744262cb83765077fb205bcfea927ce6f61c0d2f17e3f5097d2c";
        assert_eq!(signature(secret, body.as_bytes()), signed);
    }
}
