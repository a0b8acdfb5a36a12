//! Listing a property.

use civicforge_api::codes;
use civicforge_api::properties::{CreatePropertyError, CreatePropertyResponse};
use civicforge_api::types::{PropertyDraft, PropertyStatus};
use civicforge_kernel::idempotency::IdempotencyGuard;
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::key::id_at;
use civicforge_kernel::telemetry::metric;
use civicforge_runtime::context::Context;
use civicforge_runtime::status::Forbidden;

use crate::members::{Member, no_account};
use crate::properties::Properties;
use crate::properties::item::Property;
use crate::properties::{store, text};

impl Properties {
    /// List a property of a seller or agent, once per key.
    pub(super) async fn create(
        &self,
        context: &Context,
        member: &Member,
        key: Option<String>,
        draft: PropertyDraft,
    ) -> Result<CreatePropertyResponse, CreatePropertyError> {
        let now = self.clock.stamp();
        let guard = IdempotencyGuard::of_member(context, member.user_id, key, now);
        guard.replay(&self.table).await?;
        let property = Property {
            property_id: id_at(now),
            owner_id: member.user_id,
            status: PropertyStatus::Active,
            details: text::details(draft)?,
            created_at: now,
            updated_at: now,
            version: 1,
            details_version: None,
            images: Vec::new(),
        };
        let shards = self.shards.now().await?.writers;
        let (transaction, owner) = store::create(&property, shards, self.table.outbox())?;
        let response = || CreatePropertyResponse {
            location: format!("/api/v1/properties/{}", property.property_id),
            etag: property.etag().to_string(),
            idempotency_replayed: None,
            body: property.clone().shown(&self.media),
        };
        let kept = guard.keep(response)?;
        let failed = match kept.transact(&self.table, transaction).await {
            Ok(outcome) => {
                outcome.first()?;
                context.touch("propertyId", property.property_id);
                metric!("properties.created");
                return Ok(response());
            }
            Err(StoreError::ConditionFailed(failed)) => failed,
            Err(error) => return Err(error.into()),
        };
        guard.replay(&self.table).await?;
        match failed.at(owner) {
            Some(found) if found.item.is_some() => Err(Forbidden::new(codes::NotSeller)
                .detail("Only sellers and agents can list properties.")
                .into()),
            Some(_) => Err(no_account().into()),
            None => Err(StoreError::ConditionFailed(failed).into()),
        }
    }
}
