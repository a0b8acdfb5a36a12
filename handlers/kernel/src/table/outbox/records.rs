//! Messages of the outbox, read from records of the table's stream.
//!
//! A pipe for each lane takes the records of the stream that make an item of it and puts each, as it is, on a queue; this reads the
//! queue. Of a record only the item's key is read, which is all that a stream of keys has: the message itself comes from the table,
//! by the write that leases it. That write is also what makes sure that a message is delivered once, however often the stream or
//! the queue repeats itself.

use std::time::Instant;

use super::{Delivery, DeliveryOutcome, Relay};
use crate::table::{Key, StoreError, key};
use crate::trigger::batch::{self, json_of};
use crate::trigger::{TriggerError, text_at};
use serde_json::Value;

/// Why a record comes again.
#[derive(Debug, thiserror::Error)]
enum Undelivered {
    #[error(transparent)]
    Malformed(#[from] TriggerError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("another worker has the message")]
    Held,
    #[error("there is no time left for the message")]
    NotBegun,
}

/// Delivers the messages of a batch, and answers with the records that have to come again.
///
/// # Errors
///
/// It is no batch, or a record of it has no id.
pub async fn deliver<D: Delivery>(
    function: &'static str,
    relay: &Relay<D>,
    payload: &Value,
    until: Instant,
) -> Result<Value, TriggerError> {
    batch::each(function, payload, until, |body| async move {
        let Some(message) = message_of(function, body)? else {
            return Ok(());
        };
        match relay.deliver_by_key(&message, until).await? {
            // One that was not taken waits in the index from now on, or is with the dead.
            DeliveryOutcome::Delivered
            | DeliveryOutcome::Settled
            | DeliveryOutcome::Later
            | DeliveryOutcome::Dead => Ok(()),
            DeliveryOutcome::Held => Err(Undelivered::Held),
            DeliveryOutcome::NotBegun => Err(Undelivered::NotBegun),
        }
    })
    .await
}

/// The key of the new message that a record tells of. Where the pipe's filter lets changes of messages through, they are
/// nothing to deliver.
fn message_of(function: &'static str, body: &str) -> Result<Option<Key>, TriggerError> {
    let record = json_of(function, body)?;
    let text = |field: &str| text_at(function, &record, field);
    let malformed = |field: &str, problem: &str| TriggerError::malformed(function, field, problem);
    match text("/eventName")? {
        "INSERT" => {}
        "MODIFY" | "REMOVE" => return Ok(None),
        _ => return Err(malformed("/eventName", "is not INSERT, MODIFY or REMOVE")),
    }
    let field = "/dynamodb/Keys/PK/S";
    let key = Key::new(text(field)?.to_owned(), text("/dynamodb/Keys/SK/S")?);
    match key::outbox::parse(&key) {
        Some(_) => Ok(Some(key)),
        None => Err(malformed(field, "is not the key of a message")),
    }
}
