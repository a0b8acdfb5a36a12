//! Where people talk about a task elsewhere. It is said once, and stays.

use civicforge_kernel::table::StoreError;
use uuid::Uuid;

use super::Tasks;
use super::events;
use super::item::{InClickUp, Task};

/// What a task has elsewhere, but for its place in ClickUp.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// The first message about it on Slack: its address.
    Slack(String),
    /// Its topic on Discourse: its address.
    Discourse(String),
    /// Its topic on Discourse, which somebody has to approve.
    HeldTopic,
}

impl Task {
    /// The task with a link. None if it has one.
    fn linked(&self, link: Link) -> Option<Self> {
        let mut after = self.clone();
        match link {
            Link::Slack(url) if self.slack_url.is_none() => after.slack_url = Some(url),
            Link::Discourse(url) if self.discourse_url.is_none() => {
                after.discourse_url = Some(url);
                after.topic_held = false;
            }
            Link::HeldTopic if self.discourse_url.is_none() => after.topic_held = true,
            _ => return None,
        }
        if after == *self {
            return None;
        }
        let is_seen =
            (&after.slack_url, &after.discourse_url) != (&self.slack_url, &self.discourse_url);
        if is_seen {
            after.version = self.version.saturating_add(1);
        }
        // ClickUp is told nothing of it.
        let known = self.click_up.as_ref();
        let told = known.filter(|known| known.pushed_version >= self.version);
        if let Some(known) = told {
            after.click_up = Some(InClickUp {
                pushed_version: after.version,
                ..known.clone()
            });
        }
        Some(after)
    }
}

impl Tasks {
    /// Says where a task is talked about, if that is not said yet and the task is there.
    ///
    /// # Errors
    ///
    /// The table fails, or the task is damaged.
    pub async fn link(&self, task: Uuid, link: Link) -> Result<(), StoreError> {
        let linked = |before: &Task| {
            let mut after = match before.deleted_at {
                None => before.linked(link.clone())?,
                Some(_) => return None,
            };
            if after.version != before.version {
                after.updated_at = self.clock.stamp();
            }
            Some(after)
        };
        let tells = |before: &Task, after: &Task| {
            let is_seen = after.version != before.version;
            let told = is_seen.then(|| events::linked(after, after.updated_at));
            told.transpose()
        };
        self.change(task, linked, tells).await
    }
}
