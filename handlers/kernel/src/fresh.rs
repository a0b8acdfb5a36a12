//! What is read again when it has become old.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

/// Something that was read, and when. Clones are the same.
#[derive(Debug)]
pub struct Fresh<T>(Arc<Mutex<Option<(Instant, T)>>>);

impl<T> Default for Fresh<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> Clone for Fresh<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Clone> Fresh<T> {
    /// What was read, if it is not older than this; else it is read now. Those who ask at once share one reading. If it is cancelled,
    /// the next call begins anew.
    ///
    /// # Errors
    ///
    /// Those of the reading, which is then not kept.
    pub async fn within<E>(
        &self,
        age: Duration,
        read: impl AsyncFnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let mut kept = self.0.lock().await;
        if let Some((at, value)) = kept.as_ref()
            && at.elapsed() < age
        {
            return Ok(value.clone());
        }
        let at = Instant::now();
        let value = read().await?;
        *kept = Some((at, value.clone()));
        Ok(value)
    }

    /// Has the next call read, whatever was read before.
    pub async fn forget(&self) {
        *self.0.lock().await = None;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn it_is_read_again_when_it_is_old_and_a_failure_is_not_kept() {
        let (fresh, reads) = (Fresh::default(), AtomicU32::new(0));
        let read = async |fails: bool| {
            let number = reads.fetch_add(1, Ordering::Relaxed);
            if fails { Err(number) } else { Ok(number) }
        };
        let age = Duration::from_secs(30);
        assert_eq!(fresh.within(age, async || read(true).await).await, Err(0));
        assert_eq!(fresh.within(age, async || read(false).await).await, Ok(1));
        tokio::time::advance(Duration::from_secs(29)).await;
        assert_eq!(fresh.within(age, async || read(false).await).await, Ok(1));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(fresh.within(age, async || read(false).await).await, Ok(2));
        fresh.forget().await;
        assert_eq!(fresh.within(age, async || read(false).await).await, Ok(3));
    }
}
