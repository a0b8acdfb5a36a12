//! What becomes of the tasks of a member whose account was closed.

use std::time::Instant;

use civicforge_kernel::lists::pointer;
use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_kernel::table::{Index, Query, StoreError, Write};
use futures::future::BoxFuture;
use uuid::Uuid;

use super::rules::Command;
use super::{Tasks, keys};
use crate::members::ErasesMembers;

impl ErasesMembers for Tasks {
    /// Tasks that the member has are given back, and the member is no volunteer any more. What was reported or done stays.
    fn erase(&self, member: Uuid, until: Instant) -> BoxFuture<'_, Result<bool, StoreError>> {
        Box::pin(async move {
            let (partition, prefix) = keys::claimed_by(member);
            let claimed = Query::new(Index::Main, partition).prefix(prefix);
            let mut pages = self.table.pages(claimed);
            while let Some(page) = pages.next().await? {
                for task in page.iter().filter_map(|entry| pointer(entry, "taskId")) {
                    if Instant::now() >= until {
                        return Ok(false);
                    }
                    revise(|| self.give_back(member, task)).await?;
                }
            }
            self.table
                .write(Write::delete(keys::volunteer(member)))
                .await?;
            Ok(true)
        })
    }
}

impl Tasks {
    async fn give_back(&self, member: Uuid, task: Uuid) -> Result<Revision<()>, StoreError> {
        let Some(before) = self.task(task).await? else {
            return Ok(Revision::Done(()));
        };
        let Ok(transition) = before.decide(Command::Release, member, false) else {
            return Ok(Revision::Done(()));
        };
        let now = self.clock.stamp();
        let after = before.after(transition, member, now);
        let built = self.transition((&before, &after), transition, member, now);
        Revision::of(self.table.transact(built.await?.transaction).await, ())
    }
}
