//! What becomes of the quests of a member whose account was closed.

use std::time::Instant;

use civicforge_kernel::lists::pointer;
use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_kernel::table::{Index, Item, Key, Query, StoreError};
use futures::future::BoxFuture;
use uuid::Uuid;

use super::item::Quest;
use super::rules::CommandKind;
use super::{Quests, keys};
use crate::members::{ErasesMembers, Member};

impl ErasesMembers for Quests {
    /// Quests that nobody has claimed are deleted, and those that the member has claimed are given back. Where something was handed
    /// in, and where somebody else works on a quest, the other party goes on, or an arbiter.
    fn erase(&self, member: Uuid, until: Instant) -> BoxFuture<'_, Result<bool, StoreError>> {
        Box::pin(async move {
            let (partition, prefix) = keys::created_by(member);
            let created = Query::new(Index::Gsi1, partition).prefix(prefix);
            let (partition, prefix) = keys::performed_by(member);
            let performed = Query::new(Index::Main, partition).prefix(prefix);
            let performs = |entry: &Item| pointer(entry, "questId").map(keys::key);
            Ok(self
                .leave_each(member, created, Key::of, CommandKind::Delete, until)
                .await?
                && self
                    .leave_each(member, performed, performs, CommandKind::Unclaim, until)
                    .await?)
        })
    }
}

impl Quests {
    /// Does it to each quest of a list that the member may do it to. Whether there was time for all.
    async fn leave_each(
        &self,
        member: Uuid,
        list: Query,
        place: impl Fn(&Item) -> Option<Key> + Send,
        command: CommandKind,
        until: Instant,
    ) -> Result<bool, StoreError> {
        let mut pages = self.table.pages(list);
        while let Some(page) = pages.next().await? {
            for key in page.iter().filter_map(&place) {
                if Instant::now() >= until {
                    return Ok(false);
                }
                revise(|| self.leave(member, &key, command)).await?;
            }
        }
        Ok(true)
    }

    async fn leave(
        &self,
        member: Uuid,
        quest: &Key,
        command: CommandKind,
    ) -> Result<Revision<()>, StoreError> {
        let before: Option<Quest> = self.table.get_as(quest).await?;
        let now = self.clock.stamp();
        let by = Member::without_session(member);
        let transition = before
            .as_ref()
            .and_then(|before| before.decide(command, &by, now).ok());
        let (Some(before), Some(transition)) = (before, transition) else {
            return Ok(Revision::Done(()));
        };
        let left = self.commit_alone(&before, transition, Some(member), now);
        Ok(left.await?.into_revision(()))
    }
}
