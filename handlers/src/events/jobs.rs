//! The jobs of quests, when a schedule calls them.

use std::time::Instant;

use serde_json::{Value, json};

use super::{Event, EventError};
use crate::app::CivicForge;
use crate::quests::jobs::{self, LIMIT};

/// The most that one round may be asked for: what a function gets done in its fifteen minutes.
const MOST: usize = 10_000;

pub(super) async fn reprocess_failed_rewards(
    app: &CivicForge,
    payload: &Value,
    until: Instant,
) -> Result<Value, EventError> {
    let limit = limit(Event::ReprocessFailedRewards, payload)?;
    let round = jobs::reprocess_failed_rewards(app, limit, until).await?;
    tracing::info!(?round, "failed rewards were tried again");
    Ok(json!(round))
}

pub(super) async fn expire_quests(
    app: &CivicForge,
    payload: &Value,
    until: Instant,
) -> Result<Value, EventError> {
    let limit = limit(Event::ExpireQuests, payload)?;
    let round = jobs::expire_quests(app, limit, until).await?;
    tracing::info!(?round, "overdue quests were looked for");
    Ok(json!(round))
}

/// How much a round does at most. A schedule may send an event of its own form, in which nothing is said of it.
fn limit(function: Event, payload: &Value) -> Result<usize, EventError> {
    let malformed = |field: &str, problem: String| EventError::Malformed {
        function,
        field: field.to_owned(),
        problem,
    };
    let Value::Object(fields) = payload else {
        return Err(malformed("", "is not an object".to_owned()));
    };
    match fields.get("limit") {
        None => Ok(LIMIT),
        Some(limit) => limit
            .as_u64()
            .and_then(|limit| usize::try_from(limit).ok())
            .filter(|limit| (1..=MOST).contains(limit))
            .ok_or_else(|| malformed("/limit", format!("is not a number from 1 to {MOST}"))),
    }
}
