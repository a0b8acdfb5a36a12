//! The operations of the contract's tag Properties.

mod change;
mod create;
mod lists;

use civicforge_api::properties::{
    CompleteImageUploadError, CompleteImageUploadRequest, CompleteImageUploadResponse,
    CreateImageUploadError, CreateImageUploadRequest, CreateImageUploadResponse,
    CreatePropertyError, CreatePropertyRequest, CreatePropertyResponse, DeleteImageError,
    DeleteImageRequest, DeleteImageResponse, DeletePropertyError, DeletePropertyRequest,
    DeletePropertyResponse, GetPropertyError, GetPropertyRequest, GetPropertyResponse,
    ListMyPropertiesError, ListMyPropertiesRequest, ListMyPropertiesResponse, ListPropertiesError,
    ListPropertiesRequest, ListPropertiesResponse, PropertiesApi, ReorderImagesError,
    ReorderImagesRequest, ReorderImagesResponse, UpdatePropertyError, UpdatePropertyRequest,
    UpdatePropertyResponse,
};
use civicforge_kernel::lists::PageRequest;
use civicforge_runtime::context::Context;
use civicforge_runtime::status::NotFound;

use super::Properties;
use crate::members::{Authenticated, Member};

/// How long a cache may keep a list that anyone may read.
const LISTS: &str = "public, max-age=5";

/// The 404 of a property.
fn no_property() -> NotFound {
    NotFound::default().detail("There is no such property.")
}

impl PropertiesApi for Authenticated<Properties> {
    async fn list_properties(
        &self,
        _context: &Context,
        request: ListPropertiesRequest,
    ) -> Result<ListPropertiesResponse, ListPropertiesError> {
        Ok(ListPropertiesResponse {
            cache_control: LISTS.to_owned(),
            body: self.found(&request).await?,
        })
    }

    async fn list_my_properties(
        &self,
        _context: &Context,
        principal: Member,
        request: ListMyPropertiesRequest,
    ) -> Result<ListMyPropertiesResponse, ListMyPropertiesError> {
        let page = PageRequest {
            limit: request.limit,
            token: request.page_token.as_deref(),
        };
        let body = self.owned_by(&principal, page).await?;
        Ok(ListMyPropertiesResponse { body })
    }

    async fn get_property(
        &self,
        _context: &Context,
        request: GetPropertyRequest,
    ) -> Result<GetPropertyResponse, GetPropertyError> {
        let property = self.property(*request.property_id).await?;
        let property = property.ok_or_else(no_property)?;
        let tag = property.etag();
        let etag = tag.to_string();
        Ok(match request.if_none_match {
            Some(known) if tag.is_known_to(&known) => GetPropertyResponse::NotModified { etag },
            _ => GetPropertyResponse::Ok {
                etag,
                body: property.shown(&self.media),
            },
        })
    }

    async fn create_property(
        &self,
        context: &Context,
        principal: Member,
        request: CreatePropertyRequest,
    ) -> Result<CreatePropertyResponse, CreatePropertyError> {
        let key = request.idempotency_key;
        self.create(context, &principal, key, request.body).await
    }

    async fn update_property(
        &self,
        context: &Context,
        principal: Member,
        request: UpdatePropertyRequest,
    ) -> Result<UpdatePropertyResponse, UpdatePropertyError> {
        let property = self.update(&principal, request).await?;
        context.touch("propertyId", property.property_id);
        Ok(UpdatePropertyResponse {
            etag: property.etag().to_string(),
            body: property.shown(&self.media),
        })
    }

    async fn delete_property(
        &self,
        context: &Context,
        principal: Member,
        request: DeletePropertyRequest,
    ) -> Result<DeletePropertyResponse, DeletePropertyError> {
        let (id, if_match) = (*request.property_id, request.if_match);
        context.touch("propertyId", id);
        self.delete(&principal, id, if_match.as_deref()).await?;
        Ok(DeletePropertyResponse {})
    }

    async fn create_image_upload(
        &self,
        context: &Context,
        principal: Member,
        request: CreateImageUploadRequest,
    ) -> Result<CreateImageUploadResponse, CreateImageUploadError> {
        self.announce_image(context, &principal, request).await
    }

    async fn complete_image_upload(
        &self,
        _context: &Context,
        principal: Member,
        request: CompleteImageUploadRequest,
    ) -> Result<CompleteImageUploadResponse, CompleteImageUploadError> {
        let (property, image) = (*request.property_id, *request.image_id);
        let body = self.image_sent(&principal, property, image).await?;
        Ok(CompleteImageUploadResponse { body })
    }

    async fn delete_image(
        &self,
        context: &Context,
        principal: Member,
        request: DeleteImageRequest,
    ) -> Result<DeleteImageResponse, DeleteImageError> {
        context.touch("propertyId", *request.property_id);
        context.touch("imageId", *request.image_id);
        self.remove_image(&principal, request).await?;
        Ok(DeleteImageResponse {})
    }

    async fn reorder_images(
        &self,
        context: &Context,
        principal: Member,
        request: ReorderImagesRequest,
    ) -> Result<ReorderImagesResponse, ReorderImagesError> {
        let property = self.order_images(&principal, request).await?;
        context.touch("propertyId", property.property_id);
        Ok(ReorderImagesResponse {
            etag: property.etag().to_string(),
            body: property.shown(&self.media),
        })
    }
}
