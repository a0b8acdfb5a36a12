//! What happens without a request: sign-ups in the identity provider, schedules, and messages on their way out.
//!
//! Each event is a function of its own on AWS, and [`run`] is what that function does; the loop around it, and all that
//! is Lambda's, is in the runtime. The local server does the same work in its own process (`serve::jobs`).
//!
//! | event | payload | answer |
//! |---|---|---|
//! | [`Event::CreateUser`] | Cognito's PostConfirmation event; or an SQS batch of such events | the event as it came; or the batch's failures |
//! | [`Event::ReprocessFailedRewards`], [`Event::ExpireQuests`] | anything that is an object; `limit` bounds the round | what the round did |
//! | [`Event::DeliverOutbox`] | an SQS batch of records of the table's stream, of which only the keys are read | the batch's failures |
//!
//! All of them may be run twice, at once, or cut off anywhere: every effect is one conditional write or transaction.

mod batch;
mod create_user;
mod deliver_outbox;
mod jobs;

use std::fmt;
use std::time::{Duration, Instant};

use civicforge_kernel::aws::queue::QueueError;
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::outbox::{Relay, RelayLimits, ToLog};
use serde_json::Value;

use crate::app::CivicForge;

pub use deliver_outbox::deliver;

/// Kinds of events; each is a function on AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Somebody has signed up with the identity provider.
    CreateUser,
    /// It is time to give rewards that could not be given.
    ReprocessFailedRewards,
    /// It is time to expire what is overdue.
    ExpireQuests,
    /// Messages of the outbox are to be delivered.
    DeliverOutbox,
}

impl Event {
    /// Every kind.
    pub const ALL: [Self; 4] = [
        Self::CreateUser,
        Self::ReprocessFailedRewards,
        Self::ExpireQuests,
        Self::DeliverOutbox,
    ];

    /// The name of its function.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CreateUser => "createUser",
            Self::ReprocessFailedRewards => "reprocessFailedRewards",
            Self::ExpireQuests => "expireQuests",
            Self::DeliverOutbox => "deliverOutbox",
        }
    }

    /// The kind whose function has this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.name() == name)
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Why an event was not handled.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// It is something else than what the function is for.
    #[error("this is no event for {function}: `{field}` {problem}")]
    Malformed {
        /// Which function.
        function: Event,
        /// The field, as a JSON pointer.
        field: String,
        /// What is wrong with it. It does not repeat the value, which may be a member's.
        problem: String,
    },
    /// The table.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Somebody who has signed up is neither a member nor on the queue of those who are to be.
    #[error("a sign-up is lost unless it is sent again: {0}")]
    Lost(String),
}

impl From<QueueError> for EventError {
    fn from(error: QueueError) -> Self {
        Self::Lost(error.to_string())
    }
}

/// Handles an event. Nothing is begun shortly before the deadline; what is left comes again.
pub async fn run(
    app: &CivicForge,
    event: Event,
    payload: Value,
    deadline: Instant,
) -> Result<Value, EventError> {
    let until = shortly_before(deadline);
    match event {
        Event::CreateUser => create_user::run(app, payload, until).await,
        Event::ReprocessFailedRewards => jobs::reprocess_failed_rewards(app, &payload, until).await,
        Event::ExpireQuests => jobs::expire_quests(app, &payload, until).await,
        Event::DeliverOutbox => {
            let relay = Relay::new(app.table.clone(), ToLog, RelayLimits::behind_a_queue());
            deliver(&relay.with_clock(app.clock.clone()), &payload, until).await
        }
    }
}

/// A quarter of the time, and no more than five seconds, is kept for what was begun before: a write, an answer.
fn shortly_before(deadline: Instant) -> Instant {
    let left = deadline.saturating_duration_since(Instant::now());
    let kept = (left / 4).min(Duration::from_secs(5));
    deadline.checked_sub(kept).unwrap_or(deadline)
}

/// The text at a place of a payload.
fn text_at<'a>(function: Event, payload: &'a Value, field: &str) -> Result<&'a str, EventError> {
    let malformed = |problem: &str| EventError::Malformed {
        function,
        field: field.to_owned(),
        problem: problem.to_owned(),
    };
    match payload.pointer(field) {
        None | Some(Value::Null) => Err(malformed("is missing")),
        Some(Value::String(text)) if text.is_empty() => Err(malformed("is empty")),
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(malformed("is not a string")),
    }
}
