//! What becomes of the properties of a member whose account was closed.

use std::time::Instant;

use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_kernel::table::{Index, Key, Query, StoreError};
use futures::future::BoxFuture;
use uuid::Uuid;

use super::item::Property;
use super::{Properties, keys};
use crate::members::ErasesMembers;

impl ErasesMembers for Properties {
    /// They are deleted, whatever their status is. Who deals with inquiries about deleted properties closes those.
    fn erase(&self, member: Uuid, until: Instant) -> BoxFuture<'_, Result<bool, StoreError>> {
        Box::pin(async move {
            let (partition, prefix) = keys::owned_by(member);
            let owned = Query::new(Index::Gsi1, partition).prefix(prefix);
            let mut pages = self.table.pages(owned);
            while let Some(page) = pages.next().await? {
                for key in page.iter().filter_map(Key::of) {
                    if Instant::now() >= until {
                        return Ok(false);
                    }
                    revise(|| self.take_down(&key)).await?;
                }
            }
            Ok(true)
        })
    }
}

impl Properties {
    async fn take_down(&self, property: &Key) -> Result<Revision<()>, StoreError> {
        let property: Option<Property> = self.table.get_as(property).await?;
        match property {
            Some(property) => self.try_delete(&property).await,
            None => Ok(Revision::Done(())),
        }
    }
}
