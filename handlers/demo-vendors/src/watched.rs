//! A value that one can wait on.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

/// A value that many change, and that one can wait on. Clones are the same.
#[derive(Debug)]
pub struct Watched<T>(Arc<Inner<T>>);

#[derive(Debug)]
struct Inner<T> {
    value: Mutex<T>,
    changed: watch::Sender<()>,
}

impl<T> Clone for Watched<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Default> Default for Watched<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> Watched<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Arc::new(Inner {
            value: Mutex::new(value),
            changed: watch::Sender::new(()),
        }))
    }

    /// Looks at it.
    pub fn look<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.0.value.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn change<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        let result = change(&mut self.0.value.lock().unwrap_or_else(PoisonError::into_inner));
        self.0.changed.send_replace(());
        result
    }

    /// Waits until there is something to be seen. It waits forever if that never is.
    pub async fn until<R>(&self, mut look: impl FnMut(&T) -> Option<R>) -> R {
        let mut changes = self.0.changed.subscribe();
        loop {
            changes.mark_unchanged();
            if let Some(seen) = self.look(&mut look) {
                return seen;
            }
            // The sender lives as long as the value, which is borrowed.
            if changes.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}
