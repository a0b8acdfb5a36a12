//! Reading all of ClickUp's lists: when they are first published, and to mend what webhooks have missed.
//!
//! It goes on beside live traffic: each task is followed as an event would have it, so what is older than what is known changes nothing.
//! A task that is changed while pages are read moves to the front, and is met twice. It may be stopped anywhere and begun again.

use std::collections::HashSet;

use civicforge_kernel::table::feed::Feed;
use civicforge_kernel::table::{Index, StoreError, from_item};

use super::clickup::FromClickUp;
use crate::tasks::follow::{Followed, Rule};
use crate::tasks::item::Task;
use crate::tasks::keys;
use crate::tasks::mapping::ClickUpMapping;
use crate::tasks::rules::TaskStatus;
use crate::vendors::VendorError;
use crate::vendors::clickup::{ClickUp, TaskQuery};

/// Why it has stopped. What was done before stays done.
#[derive(Debug, thiserror::Error)]
pub enum PullError {
    /// ClickUp.
    #[error("ClickUp: {0}")]
    Vendor(#[from] VendorError),
    /// The table.
    #[error("the table cannot be used: {0}")]
    Store(#[from] StoreError),
}

/// What was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pulled {
    /// Tasks that were read in ClickUp.
    pub read: usize,
    /// Tasks that were new here.
    pub created: usize,
    /// Tasks that were otherwise here.
    pub changed: usize,
    /// Tasks that are there no more, or in no list that is published.
    pub gone: usize,
    /// Tasks that have another shape than the documented one.
    pub unreadable: usize,
}

/// Has every task of the mapping's lists be here as it is in ClickUp. `progress` is told after each page.
///
/// # Errors
///
/// ClickUp or the table fails.
pub async fn all(
    from: &FromClickUp,
    click_up: &ClickUp,
    by: &ClickUpMapping,
    mut progress: impl FnMut(&str, &Pulled),
) -> Result<Pulled, PullError> {
    let mut pulled = Pulled::default();
    let mut seen = HashSet::new();
    for list in &by.lists {
        for page in 0.. {
            let query = TaskQuery {
                updated_after: None,
                include_closed: true,
                subtasks: false,
                page,
            };
            let found = click_up.tasks(&list.list, &query).await?;
            for one in found.unreadable {
                tracing::warn!(clickUpId = one.id, why = one.why, "a task cannot be read");
                pulled.unreadable += 1;
                seen.extend(one.id);
            }
            for task in found.tasks {
                pulled.count(from.take(&task, Rule::Merge).await?);
                pulled.read += 1;
                seen.insert(task.id);
            }
            progress(&list.list, &pulled);
            if !found.has_more {
                break;
            }
        }
    }
    for id in missed(from, &seen).await? {
        match click_up.task(&id).await {
            Ok(task) => pulled.count(from.take(&task, Rule::Merge).await?),
            Err(VendorError::Gone(_)) => {
                if from.tasks.forget(&id).await? {
                    pulled.gone += 1;
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(pulled)
}

impl Pulled {
    fn count(&mut self, followed: Followed) {
        match followed {
            Followed::Created(_) => self.created += 1,
            Followed::Updated(_) => self.changed += 1,
            Followed::Unchanged => {}
        }
    }
}

/// The tasks here whose tasks in ClickUp are not among these.
async fn missed(from: &FromClickUp, seen: &HashSet<String>) -> Result<Vec<String>, StoreError> {
    let shards = from.tasks.shards.now().await?.readers;
    let statuses = TaskStatus::ALL.into_iter();
    let partitions = statuses.flat_map(|status| keys::feed(status, shards));
    let feed = Feed::new(Index::Gsi2, partitions.collect());
    let (mut missed, mut start) = (Vec::new(), None);
    loop {
        let page = feed.page(&from.tasks.table, 100, start, |item| {
            let task: Task = from_item(item)?;
            let id = task.click_up.map(|known| known.id);
            Ok(id.filter(|id| !seen.contains(id)))
        });
        let page = page.await?;
        missed.extend(page.items);
        start = page.next;
        if start.is_none() {
            return Ok(missed);
        }
    }
}
