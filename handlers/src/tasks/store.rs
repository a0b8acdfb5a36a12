//! Every change of a task as one transaction, as `docs/data-model.md` lists them.

use chrono::{DateTime, Utc};
use civicforge_kernel::table::feed::Feed;
use civicforge_kernel::table::outbox::Message;
use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_kernel::table::{
    Condition, Index, OutboxSource, Reads, Shards, Slot, StoreError, Transaction, Write, from_item,
    to_item,
};
use serde::Serialize;
use uuid::Uuid;

use super::Tasks;
use super::item::{CHANGING, REVISION, Task};
use super::rules::{TaskStatus, Transition};
use super::volunteers::{self, Volunteer};
use super::{events, keys, shops};

/// A task on its way from one state to the next.
#[derive(Debug, Clone, Copy)]
pub struct TransitionWrite<'a> {
    /// As it was read.
    pub before: &'a Task,
    /// As it is to be.
    pub after: &'a Task,
    /// What happens.
    pub transition: Transition,
    /// Who acts.
    pub by: Uuid,
    /// When.
    pub now: DateTime<Utc>,
    /// Over how many partitions lists are spread.
    pub shards: Shards,
    /// How the table's messages are found.
    pub outbox: OutboxSource,
}

/// A change as a transaction, and where its failures will be told.
#[derive(Debug, Clone)]
pub struct TransitionTransaction {
    /// The writes.
    pub transaction: Transaction,
    /// The task's: fails where it is not as it was read.
    pub task: Slot,
    /// The check that who claims is an active volunteer, where somebody claims.
    pub volunteer: Option<Slot>,
}

/// How a task came to a version of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct History {
    task_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'static str>,
    to: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor_id: Option<Uuid>,
}

impl TransitionWrite<'_> {
    /// The transaction.
    ///
    /// # Errors
    ///
    /// Something has no form in the table.
    pub fn build(&self) -> Result<TransitionTransaction, StoreError> {
        let Self { before, after, .. } = *self;
        let mut transaction = Transaction::new();
        let task = transaction.push(before.becoming(after, self.shards)?);
        if let Some(companion) = self.companion()? {
            transaction.push(companion);
        }
        let volunteer = (self.transition == Transition::Claimed)
            .then(|| transaction.push(volunteers::check_active(self.by, self.now)));
        transaction.push(history(after, Some(before.status), Some(self.by))?);
        let statuses = (Some(before.status), Some(after.status));
        if let Some(count) = shops::counted(&after.shop, after.task_id, statuses.0, statuses.1) {
            transaction.push(count);
        }
        let message = events::moved(self.transition, after, self.by, self.now)?;
        transaction.push(message.send(self.outbox)?);
        Ok(TransitionTransaction {
            transaction,
            task,
            volunteer,
        })
    }

    /// The item that says which member has the task.
    fn companion(&self) -> Result<Option<Write>, StoreError> {
        let task = self.before.task_id;
        Ok(match self.transition {
            Transition::Claimed => {
                let keys = keys::claimed_keys(self.by, task);
                let pointer = serde_json::json!({ "taskId": task });
                Some(Write::put(to_item(&pointer, &keys)?))
            }
            Transition::Released => {
                let had = self.before.volunteer_id;
                had.map(|user| Write::delete(keys::claimed(user, task)))
            }
            Transition::Completed => None,
        })
    }
}

/// A reported problem as a transaction. The slot is that of its shop, which must be there.
///
/// # Errors
///
/// Something has no form in the table.
pub fn report(
    task: &Task,
    shards: Shards,
    outbox: OutboxSource,
) -> Result<(Transaction, Option<Slot>), StoreError> {
    let mut transaction = Transaction::new();
    transaction.push(Write::create(task.item(shards)?));
    transaction.push(history(task, None, task.reporter_id)?);
    let count = shops::counted(&task.shop, task.task_id, None, Some(task.status));
    let shop = count.map(|count| transaction.push(count));
    transaction.push(events::reported(task, task.created_at)?.send(outbox)?);
    Ok((transaction, shop))
}

pub(super) fn history(
    task: &Task,
    from: Option<TaskStatus>,
    by: Option<Uuid>,
) -> Result<Write, StoreError> {
    let history = History {
        task_id: task.task_id,
        from: from.map(TaskStatus::as_str),
        to: task.status.as_str(),
        actor_id: by,
    };
    let keys = keys::history_keys(task.task_id, task.version);
    Ok(Write::create(to_item(&history, &keys)?))
}

impl Task {
    /// The update that makes another one of it, if it is as it was read.
    ///
    /// # Errors
    ///
    /// One of them has no form in the table.
    pub(super) fn becoming(&self, after: &Self, shards: Shards) -> Result<Write, StoreError> {
        let unchanged = Condition::eq(REVISION, self.revision);
        let update = Write::update(keys::key(self.task_id)).when(unchanged);
        Ok(update.difference(self.item(shards)?, after.item(shards)?, &CHANGING))
    }
}

impl Tasks {
    /// A task as it is now; none where it was deleted.
    ///
    /// # Errors
    ///
    /// The table cannot be read, or the task is damaged.
    pub async fn task(&self, task: Uuid) -> Result<Option<Task>, StoreError> {
        let task: Option<Task> = self.table.get_as(&keys::key(task)).await?;
        Ok(task.filter(|task| task.deleted_at.is_none()))
    }

    /// What is wanted of every task of these statuses that is there, whatever number there is of them.
    ///
    /// # Errors
    ///
    /// The table cannot be read, or a task is damaged.
    pub async fn all<T>(
        &self,
        statuses: &[TaskStatus],
        wanted: impl Fn(Task) -> Option<T>,
    ) -> Result<Vec<T>, StoreError> {
        let shards = self.shards.now().await?.readers;
        let statuses = statuses.iter().copied();
        let partitions = statuses.flat_map(|status| keys::feed(status, shards));
        let feed = Feed::new(Index::Gsi2, partitions.collect());
        let (mut all, mut start) = (Vec::new(), None);
        loop {
            let page = feed.page(&self.table, 100, start, |item| Ok(wanted(from_item(item)?)));
            let page = page.await?;
            all.extend(page.items);
            start = page.next;
            if start.is_none() {
                return Ok(all);
            }
        }
    }

    /// Makes another one of a task that says so, whatever others change at the same time, and tells what `tells` says of that.
    ///
    /// # Errors
    ///
    /// The table fails, or the task is damaged.
    pub(super) async fn change(
        &self,
        task: Uuid,
        change: impl Fn(&Task) -> Option<Task>,
        tells: impl Fn(&Task, &Task) -> Result<Option<Message>, StoreError>,
    ) -> Result<(), StoreError> {
        let round = || async {
            let before: Option<Task> = self.table.get_as(&keys::key(task)).await?;
            let after = before.as_ref().and_then(&change);
            let (Some(before), Some(mut after)) = (before, after) else {
                return Ok(Revision::Done(()));
            };
            after.revision = before.revision.saturating_add(1);
            let shards = self.shards.now().await?.writers;
            let update = before.becoming(&after, shards)?;
            let Some(message) = tells(&before, &after)? else {
                return Ok(match self.table.write_if(update).await? {
                    true => Revision::Done(()),
                    false => Revision::Stale,
                });
            };
            let mut transaction = Transaction::new();
            transaction.push(update);
            transaction.push(message.send(self.table.outbox())?);
            Revision::of(self.table.transact(transaction).await, ())
        };
        revise(round).await
    }

    /// A member's transition of a task as a transaction, if the task is as it was read.
    ///
    /// # Errors
    ///
    /// The table cannot be read, or something has no form in it.
    pub async fn transition(
        &self,
        (before, after): (&Task, &Task),
        transition: Transition,
        by: Uuid,
        now: DateTime<Utc>,
    ) -> Result<TransitionTransaction, StoreError> {
        let write = TransitionWrite {
            before,
            after,
            transition,
            by,
            now,
            shards: self.shards.now().await?.writers,
            outbox: self.table.outbox(),
        };
        write.build()
    }

    /// A task, and the volunteer that a member is, as they are now.
    ///
    /// # Errors
    ///
    /// The table cannot be read, or one of them is damaged.
    pub async fn task_for(
        &self,
        task: Uuid,
        member: Uuid,
    ) -> Result<(Option<Task>, Option<Volunteer>), StoreError> {
        let keys = [keys::key(task), keys::volunteer(member)];
        let mut found = self
            .table
            .get_many(&keys, Reads::Consistent)
            .await?
            .into_iter();
        let task: Option<Task> = found.next().flatten().map(from_item).transpose()?;
        let task = task.filter(|task| task.deleted_at.is_none());
        let volunteer = found.next().flatten().map(from_item).transpose()?;
        Ok((task, volunteer))
    }
}
