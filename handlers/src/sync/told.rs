//! What the destinations that tell other systems of tasks have in common.

use std::sync::Arc;

use civicforge_kernel::table::outbox::{DeliveryError, Message};
use serde::Deserialize;
use url::Url;
use uuid::Uuid;

use super::clickup::FromClickUp;
use crate::tasks::item::Task;
use crate::tasks::mapping::Mapping;

/// What a message is about.
pub(super) struct Told {
    /// The task, as it is now.
    pub task: Task,
    /// What the other systems' things are here.
    pub mapping: Arc<Mapping>,
}

/// Reads what a message is about. Nothing, where the task is gone or nothing is kept in sync any more.
pub(super) async fn read(
    from: &FromClickUp,
    message: &Message,
) -> Result<Option<Told>, DeliveryError> {
    let id = task_id(message)?;
    let Some(mapping) = from.mapping().await? else {
        return Ok(None);
    };
    let task = from.tasks.task(id).await?;
    Ok(task.map(|task| Told { task, mapping }))
}

/// Which task a message is about.
fn task_id(message: &Message) -> Result<Uuid, DeliveryError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Payload {
        task_id: Uuid,
    }
    let read: Result<Payload, _> = serde_json::from_str(&message.payload);
    let read =
        read.map_err(|error| DeliveryError::Never(format!("the message is damaged: {error}")))?;
    Ok(read.task_id)
}

/// What people call the task's shop.
pub(super) fn shop<'a>(task: &'a Task, mapping: &'a Mapping) -> &'a str {
    let shop = mapping.shops.get(task.shop.as_str());
    shop.map_or(task.shop.as_str(), |shop| shop.name.as_str())
}

/// Where the task is in ClickUp.
pub(super) fn url(task: &Task) -> Option<Url> {
    let known = task.click_up.as_ref();
    known.and_then(|known| known.url.parse().ok())
}
