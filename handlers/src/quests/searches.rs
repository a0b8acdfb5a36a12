//! How many searches run at once.
//!
//! A search reads and compares hundreds of quests for one page, so a few of them are as much work as many other requests. The
//! others must not wait for them: only so many run at a time in a process, the next one waits a moment, and then it is told
//! to come again.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::failure::Failure;

/// The turns of searches. Cheap to clone; clones share them.
#[derive(Debug, Clone)]
pub struct Searches(Arc<Semaphore>);

impl Searches {
    /// How many run at once.
    pub const AT_ONCE: usize = 2;

    /// How long a search waits for its turn.
    const PATIENCE: Duration = Duration::from_secs(1);

    /// A turn, which ends when it is dropped.
    ///
    /// # Errors
    ///
    /// Too many searches run: 503 with `Retry-After`.
    pub async fn turn(&self) -> Result<OwnedSemaphorePermit, Failure> {
        let turn = Arc::clone(&self.0).acquire_owned();
        match tokio::time::timeout(Self::PATIENCE, turn).await {
            Ok(Ok(turn)) => Ok(turn),
            // It is never closed.
            Ok(Err(_)) | Err(_) => Err(Failure::overloaded(
                "Too many searches are running at the moment.",
            )),
        }
    }
}

impl Default for Searches {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(Self::AT_ONCE)))
    }
}
