//! Where people talk about a task elsewhere. It is said once, and stays.

use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::revise::{Revision, revise};
use uuid::Uuid;

use super::Tasks;
use super::item::{CHANGING, InClickUp, Task};
use super::keys;

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
        after.revision = self.revision.saturating_add(1);
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
        let round = || async {
            let before: Option<Task> = self.table.get_as(&keys::key(task)).await?;
            let before = before.filter(|task| task.deleted_at.is_none());
            let linked = before.and_then(|before| Some((before.linked(link.clone())?, before)));
            let Some((mut after, before)) = linked else {
                return Ok(Revision::Done(()));
            };
            if after.version != before.version {
                after.updated_at = self.clock.stamp();
            }
            let shards = self.shards.now().await?.writers;
            let update = before.update();
            let update = update.difference(before.item(shards)?, after.item(shards)?, &CHANGING);
            Ok::<_, StoreError>(match self.table.write_if(update).await? {
                true => Revision::Done(()),
                false => Revision::Stale,
            })
        };
        revise(round).await
    }
}
