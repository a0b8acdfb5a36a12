//! How much waits in the outbox, for gauges.

use std::sync::atomic::{AtomicUsize, Ordering};

/// What a relay has seen last. It looks all the time where a table has no stream, so a gauge costs no call of the table.
#[derive(Debug, Default)]
pub struct Backlog {
    due: AtomicUsize,
    dead: AtomicUsize,
}

impl Backlog {
    /// Messages that wait for a delivery now, those that are being delivered included. At most 1,000 of each of the index's partitions
    /// are looked at.
    pub fn due(&self) -> usize {
        self.due.load(Ordering::Relaxed)
    }

    /// Messages that were given up, 1,000 at most.
    pub fn dead(&self) -> usize {
        self.dead.load(Ordering::Relaxed)
    }

    pub(super) fn saw_due(&self, messages: usize) {
        self.due.store(messages, Ordering::Relaxed);
    }

    pub(super) fn saw_dead(&self, messages: usize) {
        self.dead.store(messages, Ordering::Relaxed);
    }
}
