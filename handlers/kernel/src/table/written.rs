//! What became of the last write, for those who ask whether the table takes writes.

use std::sync::atomic::{AtomicBool, Ordering};

use super::item::to_item;
use super::{StoreError, Table, Write, key};

/// Bytes of the item that is written to find out. More than a page of SQLite, so that the database must find room for it.
const PROBE_BYTES: usize = 8 * 1024;

/// Whether the last write that has ended failed because of the table. Clones of a table share it.
#[derive(Debug, Default)]
pub(super) struct LastWrite(AtomicBool);

impl LastWrite {
    /// Takes note of an outcome. A condition that failed, or another writer who was faster, means that the table works.
    pub(super) fn note<T>(&self, outcome: &Result<T, StoreError>) {
        let failed = match outcome {
            Ok(_) | Err(StoreError::ConditionFailed(_) | StoreError::Contended { .. }) => false,
            Err(StoreError::Unavailable { .. } | StoreError::Rejected { .. }) => true,
            Err(StoreError::Corrupt { .. }) => return,
        };
        self.0.store(failed, Ordering::Relaxed);
    }
}

impl Table {
    /// Whether the last write that has ended failed because of the table, and not of a condition.
    pub fn write_failed_last(&self) -> bool {
        self.last_write.0.load(Ordering::Relaxed)
    }

    /// Writes an item that means nothing, to see whether the table takes writes.
    ///
    /// # Errors
    ///
    /// Those of any write.
    pub async fn probe_write(&self) -> Result<(), StoreError> {
        let probe = serde_json::json!({
            "filler": "-".repeat(PROBE_BYTES),
        });
        let item = to_item(&probe, &key::meta::probe_keys())?;
        self.write(Write::put(item)).await.map(|_| ())
    }
}
