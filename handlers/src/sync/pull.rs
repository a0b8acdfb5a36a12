//! Reading all of ClickUp's lists: when they are first published, and to mend what webhooks have missed.
//!
//! It goes on beside live traffic: each task is followed as an event would have it, so what is older than what is known changes nothing.
//! A task that is changed while pages are read moves to the front, and is met twice. It may be stopped anywhere and begun again.

use std::collections::HashSet;
use std::fmt;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use civicforge_kernel::table::StoreError;

use super::clickup::FromClickUp;
use crate::tasks::follow::{Followed, Rule};
use crate::tasks::item;
use crate::tasks::mapping::ClickUpMapping;
use crate::tasks::rules::TaskStatus;
use crate::vendors::VendorError;
use crate::vendors::clickup::{ClickUp, Task, TaskQuery};

/// What webhooks tell of within so long is not counted as missed.
const LATE: TimeDelta = TimeDelta::minutes(2);

/// Why it has stopped. What was done before stays done.
#[derive(Debug, thiserror::Error)]
pub enum PullError {
    /// ClickUp.
    #[error("ClickUp: {0}")]
    Vendor(#[from] VendorError),
    /// The table.
    #[error("the table cannot be used: {0}")]
    Store(#[from] StoreError),
    /// The time is over.
    #[error("there was no time left after {} tasks", .0.read)]
    OutOfTime(Pulled),
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
    /// Those of the three that webhooks should have told of before.
    pub missed: usize,
    /// Tasks that have another shape than the documented one.
    pub unreadable: usize,
    /// Lists that ClickUp does not have, or not for this token.
    pub lists_gone: usize,
}

/// Where tasks are read, and what they become so here.
pub struct Pull<'a> {
    /// What follows them.
    pub from: &'a FromClickUp,
    /// The way to ClickUp.
    pub click_up: &'a ClickUp,
    /// The lists.
    pub by: &'a ClickUpMapping,
    /// When nothing more is begun; none where it may take as long as it takes.
    pub until: Option<Instant>,
}

impl fmt::Debug for Pull<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pull").finish_non_exhaustive()
    }
}

impl Pull<'_> {
    /// Has every task of the mapping's lists be here as it is in ClickUp. `progress` is told after each page.
    ///
    /// # Errors
    ///
    /// ClickUp or the table fails, or the time is over.
    pub async fn all(&self, mut progress: impl FnMut(&str, &Pulled)) -> Result<Pulled, PullError> {
        let mut pulled = Pulled::default();
        let mut seen = HashSet::new();
        for list in &self.by.lists {
            let list = &list.list;
            let progress = |pulled: &Pulled| progress(list, pulled);
            self.list(list, None, &mut pulled, &mut seen, progress)
                .await?;
        }
        let unseen = |task: item::Task| {
            let id = task.click_up.map(|known| known.id);
            id.filter(|id| !seen.contains(id))
        };
        for id in self.from.tasks.all(&TaskStatus::ALL, unseen).await? {
            self.check_time(&pulled)?;
            match self.click_up.task(&id).await {
                Ok(task) => self.take(&task, &mut pulled).await?,
                Err(VendorError::Gone(_)) => {
                    if self.from.tasks.forget(&id).await? {
                        pulled.gone += 1;
                        pulled.missed += 1;
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(pulled)
    }

    /// The same for those tasks that were changed there since then. Those that are gone are not found so.
    ///
    /// # Errors
    ///
    /// ClickUp or the table fails, or the time is over.
    pub async fn changed_since(&self, since: DateTime<Utc>) -> Result<Pulled, PullError> {
        let (mut pulled, mut seen) = Default::default();
        for list in &self.by.lists {
            let list = &list.list;
            self.list(list, Some(since), &mut pulled, &mut seen, |_| {})
                .await?;
        }
        Ok(pulled)
    }

    async fn list(
        &self,
        list: &str,
        updated_after: Option<DateTime<Utc>>,
        pulled: &mut Pulled,
        seen: &mut HashSet<String>,
        mut progress: impl FnMut(&Pulled),
    ) -> Result<(), PullError> {
        for page in 0.. {
            self.check_time(pulled)?;
            let query = TaskQuery {
                updated_after,
                include_closed: true,
                subtasks: false,
                page,
            };
            let found = match self.click_up.tasks(list, &query).await {
                Ok(found) => found,
                // The others are there still.
                Err(VendorError::Gone(said)) => {
                    tracing::error!(list, %said, "a list of the mapping is not in ClickUp");
                    pulled.lists_gone += 1;
                    return Ok(());
                }
                Err(error) => return Err(error.into()),
            };
            for one in found.unreadable {
                tracing::warn!(clickUpId = one.id, why = one.why, "a task cannot be read");
                pulled.unreadable += 1;
                seen.extend(one.id);
            }
            for task in found.tasks {
                self.take(&task, pulled).await?;
                pulled.read += 1;
                seen.insert(task.id);
            }
            progress(pulled);
            if !found.has_more {
                break;
            }
        }
        Ok(())
    }

    async fn take(&self, task: &Task, pulled: &mut Pulled) -> Result<(), StoreError> {
        match self.from.take(task, Rule::Merge).await? {
            Followed::Created(_) => pulled.created += 1,
            Followed::Updated(_) => pulled.changed += 1,
            Followed::Unchanged => return Ok(()),
        }
        let now = self.from.tasks.clock.now();
        if now.signed_duration_since(task.date_updated) > LATE {
            pulled.missed += 1;
        }
        Ok(())
    }

    fn check_time(&self, pulled: &Pulled) -> Result<(), PullError> {
        match self.until {
            Some(until) if Instant::now() >= until => Err(PullError::OutOfTime(*pulled)),
            _ => Ok(()),
        }
    }
}
