//! Mails as files: what there is on a machine that sends none.

use std::path::PathBuf;
use std::sync::Arc;

use civicforge_kernel::private_files::{self, FileError};
use lettre::Message;
use uuid::Uuid;

use super::MailError;

/// A folder that mails are put into, one file each.
#[derive(Clone)]
pub struct Folder {
    path: PathBuf,
    /// Deleted with what is in it, where nothing is to be left.
    _temporary: Option<Arc<tempfile::TempDir>>,
}

impl Folder {
    /// This folder, which is made for the owner alone where it is not there.
    ///
    /// # Errors
    ///
    /// It cannot be made.
    pub fn open(path: PathBuf) -> Result<Self, FileError> {
        private_files::create_folder(&path)?;
        let _temporary = None;
        Ok(Self { path, _temporary })
    }

    /// A folder that is gone with the process.
    ///
    /// # Errors
    ///
    /// It cannot be made.
    pub fn temporary() -> std::io::Result<Self> {
        let folder = private_files::temporary_folder(&std::env::temp_dir())?;
        Ok(Self {
            path: folder.path().to_owned(),
            _temporary: Some(Arc::new(folder)),
        })
    }

    /// Where it is.
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// Keeps a mail, for the owner alone. One that is there already stays.
    pub(super) async fn keep(&self, id: Uuid, mail: &Message) -> Result<(), MailError> {
        let path = self.path.join(format!("{id}.eml"));
        let content = mail.formatted();
        let shown = path.display().to_string();
        let keeping =
            tokio::task::spawn_blocking(move || private_files::create_new(&path, &content));
        let kept = keeping.await;
        let kept = kept.map_err(|error| MailError::Later(error.to_string()))?;
        kept.map_err(|error| MailError::Later(error.to_string()))?;
        tracing::info!(file = shown, "mail written");
        Ok(())
    }
}
