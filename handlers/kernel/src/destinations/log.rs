//! The log as a destination: what there is until somebody subscribes, where there is no bus.

use std::future::ready;

use futures::future::BoxFuture;

use super::Destination;
use crate::table::StoreError;
use crate::table::outbox::{DeliveryError, Message};

/// Writes a line for each message, without what it says.
#[derive(Debug, Clone, Copy)]
pub struct Log {
    /// Whether messages are for it. Where they are not, those that were for it before are still taken.
    pub takes: bool,
}

impl Destination for Log {
    fn name(&self) -> &'static str {
        "log"
    }

    fn takes<'a>(&'a self, _kind: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(ready(Ok(self.takes)))
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<(), DeliveryError>> {
        tracing::info!(id = %message.id, kind = message.kind, "message sent");
        Box::pin(ready(Ok(())))
    }
}
