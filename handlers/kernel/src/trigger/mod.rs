//! What calls a function beside requests: what can be wrong with it, and batches of queues.

pub mod batch;

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::aws::queue::QueueError;
use crate::table::StoreError;

/// Why an event was not handled.
#[derive(Debug, thiserror::Error)]
pub enum TriggerError {
    /// It is something else than what the function is for.
    #[error("this is no event for {function}: `{field}` {problem}")]
    Malformed {
        /// The function's name.
        function: &'static str,
        /// The field, as a JSON pointer.
        field: String,
        /// What is wrong with it. It does not repeat the value, which may be a member's.
        problem: String,
    },
    /// Nothing is done by a function of this name.
    #[error("there is nothing that a function {0} does")]
    Unknown(String),
    /// The table.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The event is neither handled nor on a queue.
    #[error("an event is lost unless it is sent again: {0}")]
    Lost(String),
}

impl TriggerError {
    /// A field that is not what the function is for.
    pub fn malformed(
        function: &'static str,
        field: impl Into<String>,
        problem: impl Into<String>,
    ) -> Self {
        Self::Malformed {
            function,
            field: field.into(),
            problem: problem.into(),
        }
    }
}

impl From<QueueError> for TriggerError {
    fn from(error: QueueError) -> Self {
        Self::Lost(error.to_string())
    }
}

/// Until when something may be begun for an event that must be handled by this time: a quarter of what is left, and no more
/// than five seconds, is kept for what was begun before.
pub fn shortly_before(deadline: Instant) -> Instant {
    let left = deadline.saturating_duration_since(Instant::now());
    let kept = (left / 4).min(Duration::from_secs(5));
    deadline.checked_sub(kept).unwrap_or(deadline)
}

/// The text at a place of a payload.
///
/// # Errors
///
/// It is not there, is empty, or is no string.
pub fn text_at<'a>(
    function: &'static str,
    payload: &'a Value,
    field: &str,
) -> Result<&'a str, TriggerError> {
    let malformed = |problem: &str| TriggerError::malformed(function, field, problem);
    match payload.pointer(field) {
        None | Some(Value::Null) => Err(malformed("is missing")),
        Some(Value::String(text)) if text.is_empty() => Err(malformed("is empty")),
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(malformed("is not a string")),
    }
}
