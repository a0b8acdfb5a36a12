//! Messages of the outbox that the table's stream tells of.
//!
//! A pipe takes the records of the stream that make an `OUTBOX` item and puts each, as it is, on a queue; this reads the
//! queue. Of a record only the message's id is believed: the message itself is read from the table by the write that takes
//! it, which is also what makes sure that it is delivered once, however often the stream or the queue repeats itself.

use std::time::Instant;

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::batch::{self, json_of};
use super::{Event, EventError, text_at};
use crate::table::StoreError;
use crate::table::outbox::{Delivery, Handled, Relay};

/// Why a record comes again.
#[derive(Debug, thiserror::Error)]
enum Undelivered {
    #[error(transparent)]
    Malformed(#[from] EventError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("another worker has the message")]
    Held,
    #[error("the message was not taken")]
    Later,
    #[error("the message will never be taken")]
    Dead,
}

/// Delivers what a batch tells of, and answers with the records that have to come again.
pub async fn deliver<D: Delivery>(
    relay: &Relay<D>,
    payload: &Value,
    now: DateTime<Utc>,
    until: Instant,
) -> Result<Value, EventError> {
    batch::each(Event::DeliverOutbox, payload, until, |body| async move {
        let Some(message) = message_of(body)? else {
            return Ok(());
        };
        match relay.hand_over(message, now, until).await? {
            Handled::Delivered | Handled::Settled => Ok(()),
            Handled::Held => Err(Undelivered::Held),
            Handled::Later => Err(Undelivered::Later),
            Handled::Dead => Err(Undelivered::Dead),
        }
    })
    .await
}

/// The id of the new message that a record tells of. Where the pipe's filter lets changes of messages through, they are
/// nothing to deliver.
fn message_of(body: &str) -> Result<Option<Uuid>, EventError> {
    const FUNCTION: Event = Event::DeliverOutbox;
    let record = json_of(FUNCTION, body)?;
    let text = |field: &str| text_at(FUNCTION, &record, field);
    let malformed = |field: &str, problem: &str| EventError::Malformed {
        function: FUNCTION,
        field: field.to_owned(),
        problem: problem.to_owned(),
    };
    match text("/eventName")? {
        "INSERT" => {}
        "MODIFY" | "REMOVE" => return Ok(None),
        _ => return Err(malformed("/eventName", "is not INSERT, MODIFY or REMOVE")),
    }
    if text("/dynamodb/NewImage/entityType/S")? != "OUTBOX" {
        return Err(malformed(
            "/dynamodb/NewImage/entityType/S",
            "is not OUTBOX",
        ));
    }
    let field = "/dynamodb/NewImage/messageId/S";
    let id = Uuid::try_parse(text(field)?).map_err(|_| malformed(field, "is not a UUID"))?;
    Ok(Some(id))
}
