//! Where messages of the outbox go: the log, or a bus of EventBridge in its place, and webhooks that were subscribed. A message goes to each
//! that takes its kind.

pub mod address;
pub mod event_bus;
pub mod log;
pub mod subscriptions;
pub mod webhook;

use std::fmt;
use std::sync::Arc;

use futures::future::BoxFuture;
use serde_json::{Value, json};

use crate::table::outbox::{Delivery, DeliveryError, Message};
use crate::table::{StoreError, stamp};
use webhook::Webhooks;

/// Something outside that messages are told to.
pub trait Destination: Send + Sync {
    /// Its name, which no other destination has; without `:`.
    fn name(&self) -> &'static str;

    /// Whether messages of this kind are for it.
    fn takes<'a>(&'a self, kind: &'a str) -> BoxFuture<'a, Result<bool, StoreError>>;

    /// Deliver a message, which may have been delivered before. Cancelled when it takes too long.
    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<(), DeliveryError>>;
}

/// What is told of a message: what has happened, when, and what is to be known of it.
///
/// # Errors
///
/// The payload is not JSON.
fn published(message: &Message) -> Result<Value, serde_json::Error> {
    let data: Value = serde_json::from_str(&message.payload)?;
    Ok(json!({
        "type": message.kind,
        "version": message.version,
        "timestamp": stamp::format(message.created_at),
        "data": data,
    }))
}

/// All destinations of a process. Clones are the same.
#[derive(Clone)]
pub struct Destinations {
    fixed: Vec<Arc<dyn Destination>>,
    webhooks: Webhooks,
}

impl fmt::Debug for Destinations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.fixed.iter().map(|destination| destination.name());
        f.debug_list().entries(names).finish()
    }
}

impl Destinations {
    /// These, and those that were subscribed.
    pub fn new(fixed: Vec<Arc<dyn Destination>>, webhooks: Webhooks) -> Self {
        Self { fixed, webhooks }
    }
}

impl Delivery for Destinations {
    async fn destinations(&self, kind: &str) -> Result<Vec<String>, StoreError> {
        let mut names = Vec::new();
        for one in &self.fixed {
            if one.takes(kind).await? {
                names.push(one.name().to_owned());
            }
        }
        names.extend(self.webhooks.names(kind).await?);
        Ok(names)
    }

    async fn deliver(&self, destination: &str, message: &Message) -> Result<(), DeliveryError> {
        if let Some(id) = destination.strip_prefix(webhook::PREFIX) {
            return self.webhooks.deliver(id, message).await;
        }
        let fixed = self.fixed.iter().find(|one| one.name() == destination);
        match fixed {
            Some(fixed) => fixed.deliver(message).await,
            // Another version of the program, or another process, may have it.
            None => Err(DeliveryError::Later(format!(
                "this process has no destination {destination}"
            ))),
        }
    }
}
