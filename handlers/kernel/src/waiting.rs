//! How many callers wait for something.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A count of those who wait. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Waiting(Arc<AtomicUsize>);

impl Waiting {
    /// How many there are now.
    pub fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    /// Waits for this, and counts as long. A caller that is dropped waits no more.
    pub async fn until<F: Future>(&self, ready: F) -> F::Output {
        let _one = One::more(&self.0);
        ready.await
    }
}

struct One<'a>(&'a AtomicUsize);

impl<'a> One<'a> {
    fn more(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for One<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_is_dropped_or_ready_waits_no_more() {
        let waiting = Waiting::default();
        let mut forever = Box::pin(waiting.until(std::future::pending::<()>()));
        assert!(futures::poll!(&mut forever).is_pending());
        let inside = waiting.clone();
        let count = waiting.until(async move { inside.count() }).await;
        assert_eq!((count, waiting.count()), (2, 1));
        drop(forever);
        assert_eq!(waiting.count(), 0);
    }
}
