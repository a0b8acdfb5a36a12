//! Making images of uploaded files. The program `images` does it when a file has arrived, and a server does it too.

use bytes::Bytes;
use civicforge_images::{ImageError, Rendition, Renditions};
use civicforge_kernel::aws::objects::ObjectError;
use civicforge_kernel::table::StoreError;
use civicforge_kernel::table::revise::{Revision, revise};
use civicforge_kernel::telemetry::metric;
use civicforge_kernel::trigger::{TriggerError, text_at};
use serde_json::Value;
use uuid::Uuid;

use super::item::State;
use super::{keys, rules};
use crate::media::IMAGE;
use crate::properties::Properties;

/// The function that is told of uploads.
pub const FUNCTION: &str = "renderImages";

/// Why no image was made of a file. It is to be tried again.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// This process has no buckets.
    #[error("there are no buckets")]
    NoBuckets,
    /// A bucket.
    #[error(transparent)]
    Object(#[from] ObjectError),
    /// The table.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Properties {
    /// Makes images of the file that an event of EventBridge tells of.
    ///
    /// # Errors
    ///
    /// It is no such event, or it is to be tried again.
    pub async fn render_told(&self, payload: &Value) -> Result<(), TriggerError> {
        let key = text_at(FUNCTION, payload, "/detail/object/key")?;
        self.render(key).await.map_err(|error| match error {
            RenderError::Store(error) => error.into(),
            other => TriggerError::Lost(other.to_string()),
        })
    }

    /// Makes images of an uploaded file, if somebody waits for them, and removes the file. It may be done twice, and at once.
    ///
    /// # Errors
    ///
    /// It is to be tried again: the file is there as before.
    pub async fn render(&self, upload: &str) -> Result<(), RenderError> {
        let (Some(uploads), Some(images)) = (&self.media.uploads, &self.media.images) else {
            return Err(RenderError::NoBuckets);
        };
        let Some((property, image)) = keys::of_upload(upload) else {
            tracing::warn!(upload, "an upload is of no image");
            return Ok(());
        };
        if !self.is_waited_for(property, image).await? {
            return Ok(uploads.delete(upload).await?);
        }
        let Some(file) = uploads.get(upload).await? else {
            return Ok(());
        };
        let state = match rendered(file).await {
            Ok(made) => {
                let (web, thumbnail) =
                    (keys::web(property, image), keys::thumbnail(property, image));
                let Renditions {
                    web: page,
                    thumbnail: list,
                } = made;
                let state = State::Ready {
                    width: page.width,
                    height: page.height,
                };
                for (key, Rendition { jpeg, .. }) in [(web, page), (thumbnail, list)] {
                    images.put(&key, jpeg, IMAGE).await?;
                }
                state
            }
            Err(error) => State::Refused(sentence(&error.to_string())),
        };
        match revise(|| self.judge(property, image, state.clone())).await? {
            true => match state {
                State::Refused(_) => metric!("images.refused"),
                _ => metric!("images.made"),
            },
            // It was removed meanwhile, or another has judged it, who has made the same.
            false if !self.has(property, image).await? => {
                self.remove_files(property, image).await?;
            }
            false => {}
        }
        Ok(uploads.delete(upload).await?)
    }

    async fn is_waited_for(&self, property: Uuid, image: Uuid) -> Result<bool, StoreError> {
        let property = self.property(property).await?;
        let image = property.as_ref().and_then(|property| property.image(image));
        Ok(image.is_some_and(|image| image.state == State::Announced))
    }

    async fn has(&self, property: Uuid, image: Uuid) -> Result<bool, StoreError> {
        let property = self.property(property).await?;
        Ok(property.is_some_and(|property| property.image(image).is_some()))
    }

    /// Whether the property says so now. It says so once.
    async fn judge(
        &self,
        property: Uuid,
        image: Uuid,
        state: State,
    ) -> Result<Revision<bool>, StoreError> {
        let Some(before) = self.property(property).await? else {
            return Ok(Revision::Done(false));
        };
        let Some(images) = rules::judged(&before.images, image, state) else {
            return Ok(Revision::Done(false));
        };
        let after = before.with_images(images, self.clock.stamp());
        let transaction = self.new_images(&before, &after).await?;
        Revision::of(self.table.transact(transaction).await, true)
    }
}

/// It takes a core for a while, and a decoder that panics is one that cannot read the file.
async fn rendered(file: Bytes) -> Result<Renditions, ImageError> {
    let rendering = tokio::task::spawn_blocking(move || civicforge_images::render(&file)).await;
    rendering.unwrap_or_else(|error| {
        tracing::error!(%error, "a decoder has panicked");
        Err(ImageError::Damaged("its decoder failed".to_owned()))
    })
}

/// A message as a sentence.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    let text = format!("{}{}.", first.unwrap_or_default(), letters.as_str());
    civicforge_kernel::text::fit::line(&text, 300)
}
