//! Where files of members are: what they upload, and what everybody may see.

use civicforge_kernel::aws::objects::{Bucket, Description};
use civicforge_kernel::failure::Failure;
use tokio::sync::mpsc;

/// What the paths begin with of all that everybody may see.
pub const PUBLIC: &str = "/images/";

/// How long caches may keep what everybody may see. Nothing there changes; but it may be deleted, and then it is not to be shown for long.
pub const CACHE_CONTROL: &str = "public, max-age=86400, immutable";

/// What is said of an image that everybody may see.
pub const IMAGE: Description<'static> = Description {
    content_type: "image/jpeg",
    cache_control: CACHE_CONTROL,
    content_disposition: None,
};

/// What is said of a copy of everything about a member. No cache keeps it, and no browser shows it.
pub const EXPORT: Description<'static> = Description {
    content_type: "application/json",
    cache_control: "no-store",
    content_disposition: Some("attachment; filename=\"civicforge.json\""),
};

/// Where files of members are.
#[derive(Debug, Clone, Default)]
pub struct Media {
    /// The URL of what everybody may see, without a slash at the end.
    pub url: String,
    /// Where members put files; not every function needs it.
    pub uploads: Option<Bucket>,
    /// Where images are put that everybody may see; not every function needs it.
    pub images: Option<Bucket>,
    /// Where copies of everything about a member are put, for a day; not every function needs it.
    pub exports: Option<Bucket>,
    /// Who makes images of uploads, where nothing else tells of them that they have arrived.
    pub told: Option<mpsc::Sender<String>>,
}

impl Media {
    /// Where members put files.
    ///
    /// # Errors
    ///
    /// This process has nothing to do with that.
    pub fn uploads(&self) -> Result<&Bucket, Failure> {
        having(self.uploads.as_ref(), "uploads")
    }

    /// Where copies of everything about a member are put.
    ///
    /// # Errors
    ///
    /// This process has nothing to do with that.
    pub fn exports(&self) -> Result<&Bucket, Failure> {
        having(self.exports.as_ref(), "exports")
    }

    /// Tells what makes images in this process that a file has arrived. If it has too much to do, it is told when somebody asks again.
    pub fn tell(&self, upload: &str) {
        if let Some(told) = &self.told {
            let _ = told.try_send(upload.to_owned());
        }
    }

    /// The URL of a file that everybody may see.
    pub fn url_of(&self, key: &str) -> String {
        format!("{}/{key}", self.url)
    }
}

fn having<'a>(bucket: Option<&'a Bucket>, of: &str) -> Result<&'a Bucket, Failure> {
    bucket.ok_or_else(|| Failure::internal("there is no bucket", of))
}
