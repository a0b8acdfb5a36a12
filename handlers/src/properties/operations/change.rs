//! What an owner does with a property: read it, decide, and write if it is still as it was read.

use civicforge_api::properties::{DeletePropertyError, UpdatePropertyError, UpdatePropertyRequest};
use civicforge_api::types::PropertyStatus;
use civicforge_kernel::refusal::refused;
use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_kernel::telemetry::metric;
use civicforge_runtime::error::{Declares, Listed, OperationError};
use civicforge_runtime::status::{InternalServerError, NotFound, ServiceUnavailable};
use uuid::Uuid;

use super::no_property;
use crate::members::Member;
use crate::properties::Properties;
use crate::properties::item::Property;
use crate::properties::rules::{self, ChangeRefusal};
use crate::properties::{store, text};

/// What an operation declares that is an owner's.
pub(in crate::properties) trait FindsProperty:
    Listed + Declares<NotFound> + Declares<InternalServerError> + Declares<ServiceUnavailable>
{
}

impl<O> FindsProperty for O where
    O: Listed + Declares<NotFound> + Declares<InternalServerError> + Declares<ServiceUnavailable>
{
}

impl<O: Listed> From<ChangeRefusal> for OperationError<O> {
    fn from(refusal: ChangeRefusal) -> Self {
        refused(&refusal)
    }
}

impl Properties {
    /// Have a property be as its owner says, as a whole. It is given as it is then.
    pub(super) async fn update(
        &self,
        member: &Member,
        request: UpdatePropertyRequest,
    ) -> Result<Property, UpdatePropertyError> {
        let id = *request.property_id;
        let (draft, status) = text::parts(request.body);
        let details = text::details(draft)?;
        let round = || async {
            let now = self.clock.stamp();
            let before = self.owned(member, id).await?;
            before.details_are_at(request.if_match.as_deref())?;
            rules::moved(before.status, status)?;
            if before.details == details && before.status == status {
                return Ok(Revision::Done((before.clone(), before)));
            }
            let after = before.after(details.clone(), status, now);
            let shards = self.shards.now().await?.writers;
            let transaction = store::update(&before, &after, shards, self.table.outbox())?;
            let outcome = self.table.transact(transaction).await;
            Ok::<_, UpdatePropertyError>(Revision::of(outcome, (before, after))?)
        };
        let (before, after) = revise(round).await?;
        if after.status == PropertyStatus::Sold && before.status != PropertyStatus::Sold {
            metric!("properties.sold");
        }
        Ok(after)
    }

    /// Delete a property of its owner.
    pub(super) async fn delete(
        &self,
        member: &Member,
        property: Uuid,
        if_match: Option<&str>,
    ) -> Result<(), DeletePropertyError> {
        let round = || async {
            let before = self.owned(member, property).await?;
            before.is_at(if_match)?;
            Ok(self.try_delete(&before).await?)
        };
        revise(round).await
    }

    /// A property of the member's. Who does not own it learns nothing of its version.
    pub(in crate::properties) async fn owned<O: FindsProperty>(
        &self,
        member: &Member,
        property: Uuid,
    ) -> Result<Property, OperationError<O>> {
        let property = self.property(property).await?.ok_or_else(no_property)?;
        rules::owned(property.owner_id, member.user_id)?;
        Ok(property)
    }
}
