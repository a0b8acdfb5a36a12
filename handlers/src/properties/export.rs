//! The properties of a member, for a copy of everything.

use civicforge_kernel::lists::everything;
use civicforge_kernel::table::{Index, Key, Query, StoreError};
use futures::future::BoxFuture;
use uuid::Uuid;

use super::item::Property;
use super::{Properties, keys};
use crate::members::{Exported, ExportsMembers, exported};

impl ExportsMembers for Properties {
    /// Those that the member has listed.
    fn export(&self, member: Uuid) -> BoxFuture<'_, Result<Vec<Exported>, StoreError>> {
        Box::pin(async move {
            let (partition, prefix) = keys::owned_by(member);
            let owned = Query::new(Index::Gsi1, partition).prefix(prefix);
            let owned: Vec<Property> = everything(&self.table, owned, Key::of).await?;
            let owned = owned
                .into_iter()
                .map(|property| property.shown(&self.media));
            Ok(vec![exported("properties", owned)?])
        })
    }
}
