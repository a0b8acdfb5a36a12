//! A batch of an SQS queue, of which some may fail.
//!
//! What fails is named in the answer and comes again, by itself; what has succeeded does not. For that the function's event
//! source has to say `ReportBatchItemFailures`. What keeps failing goes to the dead-letter queue, which is for the
//! queue to decide and not for us.

use std::fmt;
use std::time::Instant;

use futures::stream::{self, StreamExt};
use serde_json::{Value, json};

use super::{TriggerError, text_at};

/// How many records are handled at a time: one that takes long must not use up the time of all others.
const PARALLEL: usize = 8;

/// One message of a batch.
struct Record<'a> {
    id: &'a str,
    body: &'a str,
}

/// Handles each record's body, and answers with those that failed. None is begun after `until`.
///
/// # Errors
///
/// It is no batch, or a record of it has no id.
pub async fn each<'a, F, Fut, E>(
    function: &'static str,
    payload: &'a Value,
    until: Instant,
    handle: F,
) -> Result<Value, TriggerError>
where
    F: Fn(&'a str) -> Fut,
    Fut: Future<Output = Result<(), E>>,
    E: fmt::Display,
{
    let handle = &handle;
    let one = |record: Record<'a>| async move {
        if Instant::now() >= until {
            tracing::warn!(record = record.id, "there is no time left for this record");
            return Some(record.id);
        }
        match handle(record.body).await {
            Ok(()) => None,
            Err(error) => {
                tracing::warn!(record = record.id, %error, "a record could not be handled");
                Some(record.id)
            }
        }
    };
    let handling: Vec<_> = read(function, payload)?.into_iter().map(one).collect();
    let done: Vec<Option<&str>> = stream::iter(handling)
        .buffer_unordered(PARALLEL)
        .collect()
        .await;
    let failed: Vec<_> = done
        .into_iter()
        .flatten()
        .map(|id| json!({"itemIdentifier": id}))
        .collect();
    Ok(json!({"batchItemFailures": failed}))
}

/// The records. Without their ids nothing could be said of any of them, so one without is an error of the whole batch.
fn read<'a>(function: &'static str, payload: &'a Value) -> Result<Vec<Record<'a>>, TriggerError> {
    let Some(Value::Array(records)) = payload.get("Records") else {
        let problem = "is not an array";
        return Err(TriggerError::malformed(function, "/Records", problem));
    };
    (0..records.len())
        .map(|index| {
            let text = |name: &str| text_at(function, payload, &format!("/Records/{index}/{name}"));
            Ok(Record {
                id: text("messageId")?,
                body: text("body")?,
            })
        })
        .collect()
}

/// The JSON of a record's body.
///
/// # Errors
///
/// It is not JSON.
pub fn json_of(function: &'static str, body: &str) -> Result<Value, TriggerError> {
    serde_json::from_str(body).map_err(|error| {
        // What serde says may repeat what it has read.
        let (line, column) = (error.line(), error.column());
        let problem = format!("is not JSON (line {line}, column {column})");
        TriggerError::malformed(function, "/body", problem)
    })
}
