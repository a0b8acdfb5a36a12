//! The tasks of a member, for a copy of everything.

use civicforge_api::types;
use civicforge_kernel::lists::{everything, pointer};
use civicforge_kernel::table::{Index, Item, Query, StoreError};
use futures::future::BoxFuture;
use uuid::Uuid;

use super::item::Task;
use super::volunteers::Volunteer;
use super::{Tasks, keys};
use crate::members::{Exported, ExportsMembers, exported};

impl ExportsMembers for Tasks {
    /// Those that the member has, and whether the member is a volunteer.
    fn export(&self, member: Uuid) -> BoxFuture<'_, Result<Vec<Exported>, StoreError>> {
        Box::pin(async move {
            let (partition, prefix) = keys::claimed_by(member);
            let claimed = Query::new(Index::Main, partition).prefix(prefix);
            let place = |entry: &Item| pointer(entry, "taskId").map(keys::key);
            let claimed: Vec<Task> = everything(&self.table, claimed, place).await?;
            let claimed = claimed.into_iter().map(types::Task::from);
            let volunteer = Volunteer::find(&self.table, member).await?;
            Ok(vec![
                exported("tasks", claimed)?,
                exported("volunteer", volunteer)?,
            ])
        })
    }
}
