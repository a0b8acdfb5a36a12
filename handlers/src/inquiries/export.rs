//! The inquiries of a member, for a copy of everything.

use civicforge_api::types;
use civicforge_kernel::lists::everything;
use civicforge_kernel::table::{Index, Item, Key, Query, StoreError};
use futures::future::BoxFuture;
use uuid::Uuid;

use super::item::Inquiry;
use super::{Inquiries, keys};
use crate::members::{Exported, ExportsMembers, exported};

impl ExportsMembers for Inquiries {
    /// Those that the member has sent, and those about the member's properties.
    fn export(&self, member: Uuid) -> BoxFuture<'_, Result<Vec<Exported>, StoreError>> {
        Box::pin(async move {
            // An entry of either list is in the partition of its inquiry.
            let place = |entry: &Item| Key::of(entry).map(|key| keys::details(key.pk));
            let (partition, prefix) = keys::sent_by(member);
            let sent = Query::new(Index::Gsi2, partition).prefix(prefix);
            let sent: Vec<Inquiry> = everything(&self.table, sent, place).await?;
            let (partition, prefix) = keys::received_by(member);
            let received = Query::new(Index::Gsi1, partition).prefix(prefix);
            let received: Vec<Inquiry> = everything(&self.table, received, place).await?;
            Ok(vec![
                exported("inquiriesSent", sent.into_iter().map(types::Inquiry::from))?,
                exported(
                    "inquiriesReceived",
                    received.into_iter().map(types::Inquiry::from),
                )?,
            ])
        })
    }
}
