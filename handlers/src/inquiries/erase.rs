//! What becomes of the inquiries of a member whose account was closed.

use std::time::Instant;

use civicforge_kernel::table::{Index, Key, Query, StoreError};
use futures::future::BoxFuture;
use uuid::Uuid;

use super::{Inquiries, keys};
use crate::members::ErasesMembers;

impl ErasesMembers for Inquiries {
    /// Those that the member has sent are closed, and stay with the owners who have received them. Those that the member has received are closed
    /// because their properties are deleted.
    fn erase(&self, member: Uuid, until: Instant) -> BoxFuture<'_, Result<bool, StoreError>> {
        Box::pin(async move {
            let (partition, prefix) = keys::sent_by(member);
            let sent = Query::new(Index::Gsi2, partition).prefix(prefix);
            let mut pages = self.table.pages(sent);
            while let Some(page) = pages.next().await? {
                let sent: Vec<_> = page.iter().filter_map(Key::of).collect();
                for some in sent.chunks(super::jobs::AT_ONCE) {
                    if !self.close_these(some, until).await? {
                        return Ok(false);
                    }
                }
            }
            Ok(true)
        })
    }
}
