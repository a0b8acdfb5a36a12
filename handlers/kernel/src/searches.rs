//! How many searches run at once.
//!
//! A search reads and compares hundreds of items for one page, so a few of them are as much work as many other requests. The
//! others must not wait for them: only so many run at a time in a process, the next one waits a moment, and then it is told
//! to come again.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::failure::Failure;
use crate::waiting::Waiting;

/// The turns of searches. Cheap to clone; clones share them.
#[derive(Debug, Clone)]
pub struct Searches {
    permits: Arc<Semaphore>,
    waiting: Waiting,
}

impl Searches {
    /// How many run at once.
    pub const AT_ONCE: usize = 2;

    /// How long a search waits for its turn.
    const QUEUE_TIMEOUT: Duration = Duration::from_secs(1);

    /// How many searches wait for a turn.
    pub fn waiting(&self) -> usize {
        self.waiting.count()
    }

    /// How many turns are free.
    pub fn available(&self) -> usize {
        self.permits.available_permits()
    }

    /// A turn, which ends when it is dropped.
    ///
    /// # Errors
    ///
    /// Too many searches run: 503 with `Retry-After`.
    pub async fn permit(&self) -> Result<OwnedSemaphorePermit, Failure> {
        let permit = self
            .waiting
            .until(Arc::clone(&self.permits).acquire_owned());
        match tokio::time::timeout(Self::QUEUE_TIMEOUT, permit).await {
            Ok(Ok(permit)) => Ok(permit),
            // It is never closed.
            Ok(Err(_)) | Err(_) => Err(Failure::overloaded(
                "Too many searches are running at the moment.",
            )),
        }
    }
}

impl Default for Searches {
    fn default() -> Self {
        Self {
            permits: Arc::new(Semaphore::new(Self::AT_ONCE)),
            waiting: Waiting::default(),
        }
    }
}
