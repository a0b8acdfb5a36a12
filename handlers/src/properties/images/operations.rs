//! What an owner does with the images of a property.

use std::time::Duration;

use civicforge_api::properties::{
    CompleteImageUploadError, CreateImageUploadError, CreateImageUploadRequest,
    CreateImageUploadResponse, DeleteImageError, DeleteImageRequest, ReorderImagesError,
    ReorderImagesRequest,
};
use civicforge_api::types::{ImageDraft, ImageState, ImageUpload};
use civicforge_kernel::aws::objects::Announced;
use civicforge_kernel::failure::Failure;
use civicforge_kernel::idempotency::{IdempotencyGuard, key_reused};
use civicforge_kernel::refusal::refused;
use civicforge_kernel::table::idempotency::{Outcome, StoredResponse};
use civicforge_kernel::table::key::id_at;
use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_kernel::table::{StoreError, Transaction};
use civicforge_kernel::text::{TextRule, Texts};
use civicforge_runtime::context::Context;
use civicforge_runtime::error::{Listed, OperationError};
use civicforge_runtime::status::NotFound;
use http::StatusCode;
use uuid::Uuid;

use super::item::{Image, State};
use super::keys;
use super::remove::Removed;
use super::rules::{self, ImageRefusal};
use crate::members::Member;
use crate::properties::item::Property;
use crate::properties::{Properties, store};

/// How long a URL is good for.
const LIFETIME: Duration = Duration::from_secs(15 * 60);

const ALT: TextRule = TextRule::line("alt", 0, 200);

/// The 404 of an image.
fn no_image() -> NotFound {
    NotFound::default().detail("There is no such image.")
}

impl<O: Listed> From<ImageRefusal> for OperationError<O> {
    fn from(refusal: ImageRefusal) -> Self {
        refused(&refusal)
    }
}

impl Properties {
    /// Announce an image, once per key, and say where its file goes.
    pub(in crate::properties) async fn announce_image(
        &self,
        context: &Context,
        member: &Member,
        request: CreateImageUploadRequest,
    ) -> Result<CreateImageUploadResponse, CreateImageUploadError> {
        let now = self.clock.stamp();
        let (property, draft) = (*request.property_id, request.body);
        let guard =
            IdempotencyGuard::of_member(context, member.user_id, request.idempotency_key, now);
        if let Some(stored) = guard.kept(&self.table).await? {
            return self
                .announced_before(member, property, &draft, &stored)
                .await;
        }
        let mut texts = Texts::default();
        let alt = texts.apply(ALT, &draft.alt);
        let alt = texts.finish(alt)?;
        let image = Image::announced(id_at(now), alt, now);
        // Before anything is written: what cannot be uploaded is not announced.
        let upload = self.upload(property, image.image_id, &draft).await?;
        let kept = guard.keep_instead(StatusCode::CREATED, image.image_id.to_string());
        let round = || async {
            let before = self.owned(member, property).await?;
            let images = rules::announce(&before.images, image.clone(), now)?;
            let after = before.with_images(images, now);
            let transaction = self.new_images(&before, &after).await?;
            match kept.transact(&self.table, transaction).await {
                Ok(outcome) => Ok(Revision::Done(outcome)),
                Err(error) => {
                    Ok::<_, CreateImageUploadError>(Revision::of(Err(error), Outcome::Applied)?)
                }
            }
        };
        let outcome = revise(round).await;
        if outcome.is_err()
            && let Some(stored) = guard.kept(&self.table).await?
        {
            return self
                .announced_before(member, property, &draft, &stored)
                .await;
        }
        match outcome? {
            Outcome::Applied => {
                context.touch("propertyId", property);
                context.touch("imageId", image.image_id);
                Ok(CreateImageUploadResponse {
                    idempotency_replayed: None,
                    body: upload,
                })
            }
            Outcome::Replay(stored) => {
                self.announced_before(member, property, &draft, &stored)
                    .await
            }
            Outcome::KeyReused => Err(key_reused().into()),
        }
    }

    /// Answers an announcement that has happened, with another URL for the same image.
    async fn announced_before(
        &self,
        member: &Member,
        property: Uuid,
        draft: &ImageDraft,
        stored: &StoredResponse,
    ) -> Result<CreateImageUploadResponse, CreateImageUploadError> {
        let corrupt = || StoreError::corrupt("the record of an image", "its body is not an id");
        let image = Uuid::try_parse(&stored.body).map_err(|_| corrupt())?;
        let property = self.owned(member, property).await?;
        found(&property, image)?;
        Ok(CreateImageUploadResponse {
            idempotency_replayed: Some(true),
            body: self.upload(property.property_id, image, draft).await?,
        })
    }

    /// Where the file goes of an image, and until when.
    async fn upload(
        &self,
        property: Uuid,
        image: Uuid,
        draft: &ImageDraft,
    ) -> Result<ImageUpload, Failure> {
        let file = Announced {
            content_type: draft.content_type.as_str(),
            content_length: u64::try_from(draft.content_length).unwrap_or_default(),
            sha256: &draft.sha256,
        };
        let key = keys::upload(property, image);
        let uploads = self.media.uploads()?;
        let presigned = uploads.presigned_put(&key, file, LIFETIME).await?;
        let headers = presigned.headers.into_iter();
        Ok(ImageUpload {
            image_id: image.into(),
            url: presigned.url,
            headers: headers
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            expires_at: presigned.expires_at,
        })
    }

    /// How far an image is whose file was sent.
    pub(in crate::properties) async fn image_sent(
        &self,
        member: &Member,
        property: Uuid,
        image: Uuid,
    ) -> Result<ImageState, CompleteImageUploadError> {
        let before = self.owned(member, property).await?;
        let entry = found(&before, image)?;
        if entry.state != State::Announced {
            return Ok(entry.told(property, &self.media));
        }
        let upload = keys::upload(property, image);
        let arrived = self.media.uploads()?.length(&upload).await;
        if arrived.map_err(Failure::from)?.is_some() {
            self.media.tell(&upload);
            return Ok(entry.told(property, &self.media));
        }
        // Its file may have been made into an image, and removed, since the property was read.
        let now = self.owned(member, property).await?;
        match found(&now, image)? {
            entry if entry.state == State::Announced => Err(ImageRefusal::Missing.into()),
            entry => Ok(entry.told(property, &self.media)),
        }
    }

    /// Remove an image.
    pub(in crate::properties) async fn remove_image(
        &self,
        member: &Member,
        request: DeleteImageRequest,
    ) -> Result<(), DeleteImageError> {
        let (property, image) = (*request.property_id, *request.image_id);
        let round = || async {
            let now = self.clock.stamp();
            let before = self.owned(member, property).await?;
            before.is_at(request.if_match.as_deref())?;
            let images = rules::without(&before.images, image).ok_or_else(no_image)?;
            let after = before.with_images(images, now);
            let transaction = self.new_images(&before, &after).await?;
            let outcome = self.table.transact(transaction).await;
            Ok::<_, DeleteImageError>(Revision::of(outcome, ())?)
        };
        revise(round).await
    }

    /// Have the images be in another order. The property is given as it is then.
    pub(in crate::properties) async fn order_images(
        &self,
        member: &Member,
        request: ReorderImagesRequest,
    ) -> Result<Property, ReorderImagesError> {
        let property = *request.property_id;
        let order: Vec<Uuid> = request.body.image_ids.iter().map(|id| **id).collect();
        let round = || async {
            let now = self.clock.stamp();
            let before = self.owned(member, property).await?;
            before.is_at(request.if_match.as_deref())?;
            let images = rules::ordered(&before.images, &order)?;
            if images == before.images {
                return Ok(Revision::Done(before));
            }
            let after = before.with_images(images, now);
            let transaction = self.new_images(&before, &after).await?;
            let outcome = self.table.transact(transaction).await;
            Ok::<_, ReorderImagesError>(Revision::of(outcome, after)?)
        };
        revise(round).await
    }

    /// What is written so that a property has other images, if it is as it was read. The files of those that it had and has no more are
    /// removed.
    pub(super) async fn new_images(
        &self,
        before: &Property,
        after: &Property,
    ) -> Result<Transaction, StoreError> {
        let shards = self.shards.now().await?.writers;
        let mut transaction = store::update(before, after, shards, self.table.outbox())?;
        if let Some(removed) = Removed::of(before, &after.images, after.updated_at) {
            transaction.push(removed.keep()?);
        }
        Ok(transaction)
    }
}

/// An image of a property.
fn found(property: &Property, image: Uuid) -> Result<&Image, NotFound> {
    property.image(image).ok_or_else(no_image)
}
