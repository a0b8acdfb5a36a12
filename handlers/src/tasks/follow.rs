//! Following ClickUp: what is seen there becomes so here.
//!
//! Events say only that something has changed. The task is read then, so what comes twice, late or in another order makes no difference:
//! of two readings that one counts whose task was changed later.
//!
//! **Who is right.** ClickUp is, but for a command of a volunteer that is not there yet: while ClickUp's status is as it was when it was
//! read or written last, the command stands, and will get there. If the status has changed meanwhile, the command counts for nothing, and
//! the volunteer is told. A change of ours that comes back as an event finds everything as it is, and does nothing.

use chrono::{DateTime, Utc};
use civicforge_api::types::{ShopId, TaskUrgency};
use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_kernel::table::{StoreError, Transaction, Write, from_item, to_item};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Tasks;
use super::events::{self, Elsewhere};
use super::item::{InClickUp, Task};
use super::rules::TaskStatus;
use super::{keys, shops, store};

/// A task as it was read in ClickUp, in our words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its id there.
    pub id: String,
    /// Where people see it.
    pub url: String,
    /// One line of plain text.
    pub title: String,
    /// Plain text of several lines.
    pub description: Option<String>,
    /// Its shop.
    pub shop: ShopId,
    /// Where it is in its life.
    pub status: TaskStatus,
    /// How soon it should be done.
    pub urgency: TaskUrgency,
    /// What kind of problem it is; none where ClickUp has no field for it.
    pub problem_type: Option<Option<String>>,
    /// Whether it is a major repair; none where ClickUp has no field for it.
    pub major_repair: Option<bool>,
    /// The task here that it was created for, as its description says.
    pub origin: Option<Uuid>,
    /// Who has it there.
    pub assignee: Option<String>,
    /// When it was created there.
    pub created_at: DateTime<Utc>,
    /// When it was changed there.
    pub updated_at: DateTime<Utc>,
}

/// Who is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// ClickUp, but for a command that is not there yet.
    Merge,
    /// ClickUp, whatever was commanded: it has refused the command.
    ClickUp,
}

/// What has become of what was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// The task is new here.
    Created(Uuid),
    /// It is different here than it was.
    Updated(Uuid),
    /// It is as it was, or something newer was seen before.
    Unchanged,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pointer {
    task_id: Uuid,
}

/// The notice of a volunteer whose command counts for nothing.
const OVERRULED: &str = "The task was changed in ClickUp before your last change got there, and ClickUp's change counts.";

impl Task {
    /// The task after something was seen in ClickUp, and what that is. Nothing, if it is as it was.
    fn merged(&self, seen: &Seen, now: DateTime<Utc>, rule: Rule) -> (Self, Option<Elsewhere>) {
        let known = self.click_up.as_ref();
        let pushed = known.map_or(0, |known| known.pushed_version);
        let is_pending = self.version > pushed;
        let stands = is_pending
            && rule == Rule::Merge
            && known.is_none_or(|known| known.status == seen.status);
        let mut after = Self {
            title: seen.title.clone(),
            description: seen.description.clone(),
            shop: seen.shop.clone(),
            urgency: seen.urgency,
            problem_type: match &seen.problem_type {
                Some(problem_type) => problem_type.clone(),
                None => self.problem_type.clone(),
            },
            major_repair: seen.major_repair.unwrap_or(self.major_repair),
            deleted_at: None,
            ..self.clone()
        };
        if !stands {
            after.go_to(seen, now);
        }
        let is_overruled = is_pending && !stands && after.status != self.status;
        if is_overruled {
            after.notice = Some(OVERRULED.to_owned());
        }
        let url = seen.url.clone();
        let is_different = after != *self || known.is_none_or(|known| known.url != url);
        if is_different {
            after.version = self.version.saturating_add(1);
            after.updated_at = now;
        }
        // What comes from there need not go there, nor what is so there already.
        let pushed_version = match stands && after.status != seen.status {
            true => pushed,
            false => after.version,
        };
        after.click_up = Some(InClickUp {
            id: seen.id.clone(),
            url,
            status: seen.status,
            updated_at: seen.updated_at,
            pushed_version,
        });
        let what = match (is_different, is_overruled) {
            (_, true) => Some(Elsewhere::Overruled),
            (true, false) => Some(Elsewhere::Updated),
            (false, false) => None,
        };
        (after, what)
    }

    /// Takes ClickUp's status, and what comes with it.
    fn go_to(&mut self, seen: &Seen, now: DateTime<Utc>) {
        match seen.status {
            TaskStatus::Open => {
                self.volunteer_id = None;
                self.claimed_at = None;
                self.completed_at = None;
            }
            TaskStatus::InProgress => self.completed_at = None,
            TaskStatus::Done if self.status != TaskStatus::Done => self.completed_at = Some(now),
            TaskStatus::Done => {}
        }
        self.volunteer_name = match self.volunteer_id {
            Some(_) => None,
            None if seen.status == TaskStatus::Open => None,
            None => seen.assignee.clone(),
        };
        self.status = seen.status;
    }
}

impl Tasks {
    /// Has a task be what was seen of it in ClickUp.
    ///
    /// # Errors
    ///
    /// The table fails, or the task is damaged.
    pub async fn follow(&self, seen: &Seen, rule: Rule) -> Result<Followed, StoreError> {
        revise(|| self.try_follow(seen, rule)).await
    }

    async fn try_follow(&self, seen: &Seen, rule: Rule) -> Result<Revision<Followed>, StoreError> {
        let before = match self.in_click_up(&seen.id).await? {
            Some(before) => before,
            None => match self.created_for(seen).await? {
                Some(before) => before,
                None => return self.begin(seen).await,
            },
        };
        let known = before.click_up.as_ref();
        if known.is_some_and(|known| known.updated_at > seen.updated_at) {
            return Ok(Revision::Done(Followed::Unchanged));
        }
        let now = self.clock.stamp();
        let (mut after, what) = before.merged(seen, now, rule);
        if after == before {
            return Ok(Revision::Done(Followed::Unchanged));
        }
        after.revision = before.revision.saturating_add(1);
        self.written(&before, &after, what, now).await
    }

    /// The task of ClickUp with this id, also where it was deleted.
    ///
    /// # Errors
    ///
    /// The table cannot be read, or the task is damaged or gone.
    pub async fn in_click_up(&self, id: &str) -> Result<Option<Task>, StoreError> {
        let pointer = self.table.get(&keys::click_up(id)).await?;
        let Some(pointer) = pointer.map(from_item::<Pointer>).transpose()? else {
            return Ok(None);
        };
        let key = keys::key(pointer.task_id);
        let task: Option<Task> = self.table.get_as(&key).await?;
        let gone = || StoreError::corrupt(keys::click_up(id), "its task is gone");
        task.ok_or_else(gone).map(Some)
    }

    /// The task here that one in ClickUp was created for, if it has no other one there.
    async fn created_for(&self, seen: &Seen) -> Result<Option<Task>, StoreError> {
        let Some(origin) = seen.origin else {
            return Ok(None);
        };
        let task: Option<Task> = self.table.get_as(&keys::key(origin)).await?;
        Ok(task.filter(|task| task.click_up.is_none()))
    }

    /// A task was pushed to ClickUp at a version, and has this status there since.
    ///
    /// # Errors
    ///
    /// The table fails, or the task is damaged.
    pub async fn pushed(
        &self,
        task: Uuid,
        version: u64,
        status: TaskStatus,
        updated_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let pushed = |before: &Task| {
            let known = before.click_up.as_ref()?;
            let click_up = InClickUp {
                status,
                updated_at: known.updated_at.max(updated_at),
                pushed_version: known.pushed_version.max(version),
                ..known.clone()
            };
            Some(Task {
                click_up: Some(click_up),
                ..before.clone()
            })
        };
        self.change(task, pushed, |_, _| Ok(None)).await
    }

    /// A task that was not known.
    async fn begin(&self, seen: &Seen) -> Result<Revision<Followed>, StoreError> {
        let now = self.clock.stamp();
        // A clock elsewhere may be ahead.
        let created = civicforge_kernel::table::stamp::truncate(seen.created_at.min(now));
        let task = Task {
            description: seen.description.clone(),
            status: seen.status,
            urgency: seen.urgency,
            problem_type: seen.problem_type.clone().flatten(),
            major_repair: seen.major_repair.unwrap_or_default(),
            volunteer_name: match seen.status {
                TaskStatus::Open => None,
                TaskStatus::InProgress | TaskStatus::Done => seen.assignee.clone(),
            },
            click_up: Some(InClickUp {
                id: seen.id.clone(),
                url: seen.url.clone(),
                status: seen.status,
                updated_at: seen.updated_at,
                pushed_version: 1,
            }),
            completed_at: (seen.status == TaskStatus::Done).then_some(now),
            updated_at: now,
            ..Task::new(seen.title.clone(), seen.shop.clone(), created)
        };
        let shards = self.shards.now().await?.writers;
        let mut transaction = Transaction::new();
        transaction.push(link(&seen.id, task.task_id)?);
        transaction.push(Write::create(task.item(shards)?));
        transaction.push(store::history(&task, None, None)?);
        if let Some(count) = shops::counted(&task.shop, task.task_id, None, Some(task.status)) {
            transaction.push(count);
        }
        let message = events::elsewhere(Elsewhere::Created, &task, now)?;
        transaction.push(message.send(self.table.outbox())?);
        let written = self.table.transact(transaction).await;
        Revision::of(written, Followed::Created(task.task_id))
    }

    /// Takes a task out of everything that can be seen, because it was deleted in ClickUp, or is in no list that is published. Whether
    /// it was there.
    ///
    /// # Errors
    ///
    /// The table fails, or the task is damaged.
    pub async fn forget(&self, click_up_id: &str) -> Result<bool, StoreError> {
        let round = || async {
            let found = self.in_click_up(click_up_id).await?;
            let Some(before) = found.filter(|task| task.deleted_at.is_none()) else {
                return Ok(Revision::Done(Followed::Unchanged));
            };
            let now = self.clock.stamp();
            let version = before.version.saturating_add(1);
            let click_up = before.click_up.clone().map(|known| InClickUp {
                pushed_version: version,
                ..known
            });
            let after = Task {
                deleted_at: Some(now),
                volunteer_id: None,
                updated_at: now,
                version,
                revision: before.revision.saturating_add(1),
                click_up,
                ..before.clone()
            };
            self.written(&before, &after, Some(Elsewhere::Deleted), now)
                .await
        };
        let followed = revise(round).await?;
        Ok(followed != Followed::Unchanged)
    }

    /// Writes what has changed, and everything that follows it.
    async fn written(
        &self,
        before: &Task,
        after: &Task,
        what: Option<Elsewhere>,
        now: DateTime<Utc>,
    ) -> Result<Revision<Followed>, StoreError> {
        let shards = self.shards.now().await?.writers;
        let mut transaction = Transaction::new();
        transaction.push(before.becoming(after, shards)?);
        if let (None, Some(known)) = (&before.click_up, &after.click_up) {
            transaction.push(link(&known.id, after.task_id)?);
        }
        if let Some(user) = before.volunteer_id.filter(|_| after.volunteer_id.is_none()) {
            transaction.push(Write::delete(keys::claimed(user, before.task_id)));
        }
        for count in counts(before, after) {
            transaction.push(count);
        }
        if let Some(what) = what {
            transaction.push(store::history(after, Some(before.status), None)?);
            let message = events::elsewhere(what, after, now)?;
            transaction.push(message.send(self.table.outbox())?);
        }
        let followed = match what {
            Some(_) => Followed::Updated(after.task_id),
            None => Followed::Unchanged,
        };
        Revision::of(self.table.transact(transaction).await, followed)
    }
}

/// What a change does to the numbers of open tasks, also where it takes a task to another shop.
fn counts(before: &Task, after: &Task) -> Vec<Write> {
    let status = |task: &Task| task.deleted_at.is_none().then_some(task.status);
    let (from, to) = (status(before), status(after));
    match before.shop == after.shop {
        true => shops::counted(&after.shop, after.task_id, from, to)
            .into_iter()
            .collect(),
        false => [
            shops::counted(&before.shop, before.task_id, from, None),
            shops::counted(&after.shop, after.task_id, None, to),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

/// Says which task is that of ClickUp with this id. It fails where that is said already.
pub(super) fn link(click_up_id: &str, task_id: Uuid) -> Result<Write, StoreError> {
    let item = to_item(&Pointer { task_id }, &keys::click_up_keys(click_up_id))?;
    Ok(Write::create(item))
}
