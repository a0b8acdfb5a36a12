//! What other systems know as a member whose account was closed.

use std::time::Instant;

use civicforge_kernel::table::StoreError;
use futures::future::BoxFuture;
use uuid::Uuid;

use super::Sync;
use super::neon::refresh;
use crate::members::ErasesMembers;
use crate::tasks::volunteers::Volunteer;

impl ErasesMembers for Sync {
    /// The accounts of Neon CRM are nobody's any more. It is to be done before the member is no volunteer, which says which they are.
    fn erase(&self, member: Uuid, _: Instant) -> BoxFuture<'_, Result<bool, StoreError>> {
        Box::pin(async move {
            if let Some(volunteer) = Volunteer::find(&self.table, member).await? {
                refresh::forget(&self.table, member, volunteer.accounts.keys()).await?;
            }
            Ok(true)
        })
    }
}
