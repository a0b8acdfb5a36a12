//! Files of images that were removed are removed.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use civicforge_kernel::aws::objects::ObjectError;
use civicforge_kernel::jobs::{Bounds, DueItems, Job, Round, SKIPPED};
use civicforge_kernel::table::item::Item;
use civicforge_kernel::table::{StoreError, Write, from_item};
use civicforge_kernel::telemetry::metric;
use uuid::Uuid;

use super::keys;
use super::remove::Removed;
use crate::properties::Properties;

/// After so long nothing is made any more of a file that was there when the image was removed: longer than that takes.
const SETTLED: TimeDelta = TimeDelta::minutes(5);

/// Their files are gone.
const REMOVED: &str = "removed";
/// They are looked for once more.
const LATER: &str = "later";

/// The job.
pub fn job(properties: &Arc<Properties>) -> Job {
    let properties = properties.clone();
    let what = "files of removed images";
    Job::new(
        "removeImages",
        what,
        Duration::from_secs(60),
        move |bounds| {
            let properties = properties.clone();
            async move { properties.remove_images(bounds).await }
        },
    )
}

impl Properties {
    /// Removes the files of images that were removed: at once, and again when nothing can be made of an upload any more.
    ///
    /// # Errors
    ///
    /// The index cannot be read.
    pub async fn remove_images(&self, bounds: Bounds) -> Result<Round, StoreError> {
        let due = DueItems {
            table: &self.table,
            partitions: vec![keys::REMOVED.to_owned()],
            aside: keys::REMOVED_DAMAGED,
            damaged: || metric!("images.damaged"),
        };
        let round = Round::new(&[REMOVED, LATER]);
        let remove = |item| self.remove_all(item);
        due.each(self.clock.stamp(), bounds, round, remove).await
    }

    async fn remove_all(&self, item: Item) -> Result<&'static str, StoreError> {
        let removed: Removed = from_item(item)?;
        for image in &removed.images {
            if let Err(error) = self.remove_files(removed.property_id, *image).await {
                tracing::warn!(%error, %image, "files of an image could not be removed");
                return Ok(SKIPPED);
            }
        }
        let settled = removed.removed_at + SETTLED;
        if self.clock.now() < settled {
            self.table.write_if(removed.due(settled)).await?;
            return Ok(LATER);
        }
        self.table.write(Write::delete(removed.key())).await?;
        Ok(REMOVED)
    }

    /// Removes what there is of an image.
    pub(super) async fn remove_files(
        &self,
        property: Uuid,
        image: Uuid,
    ) -> Result<(), ObjectError> {
        if let Some(uploads) = &self.media.uploads {
            uploads.delete(&keys::upload(property, image)).await?;
        }
        if let Some(images) = &self.media.images {
            images.delete(&keys::web(property, image)).await?;
            images.delete(&keys::thumbnail(property, image)).await?;
        }
        Ok(())
    }
}
