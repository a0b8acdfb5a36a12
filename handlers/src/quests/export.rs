//! The quests of a member, for a copy of everything.

use civicforge_api::types;
use civicforge_kernel::lists::{everything, pointer};
use civicforge_kernel::table::{Index, Item, Key, Query, StoreError};
use futures::future::BoxFuture;
use uuid::Uuid;

use super::item::Quest;
use super::{Quests, keys};
use crate::members::{Exported, ExportsMembers, exported};

impl ExportsMembers for Quests {
    /// Those that the member has posted, and those that the member performs or has performed.
    fn export(&self, member: Uuid) -> BoxFuture<'_, Result<Vec<Exported>, StoreError>> {
        Box::pin(async move {
            let (partition, prefix) = keys::created_by(member);
            let posted = Query::new(Index::Gsi1, partition).prefix(prefix);
            let posted: Vec<Quest> = everything(&self.table, posted, Key::of).await?;
            let (partition, prefix) = keys::performed_by(member);
            let performed = Query::new(Index::Main, partition).prefix(prefix);
            let place = |entry: &Item| pointer(entry, "questId").map(keys::key);
            let performed: Vec<Quest> = everything(&self.table, performed, place).await?;
            Ok(vec![
                exported("questsPosted", posted.into_iter().map(types::Quest::from))?,
                exported(
                    "questsPerformed",
                    performed.into_iter().map(types::Quest::from),
                )?,
            ])
        })
    }
}
