//! Whether the server runs, and whether it can do its work.

#[cfg(feature = "server")]
pub mod command;
mod operations;
mod readiness;

pub use readiness::{ExpectedKeys, MAX_AGE, ReadinessChecks, WriteCheck};
use readiness::{PresentKeys, Readiness, TIMEOUT};

use civicforge_kernel::keys::{CurrentKeys, KeyName};
use civicforge_kernel::table::{CurrentShards, Table};

/// Whether the process can do its work, and what that depends on.
#[derive(Debug)]
pub struct Health {
    table: Table,
    shards: CurrentShards,
    keys: CurrentKeys,
    readiness: Readiness,
}

impl Health {
    /// The health of a process that works with these.
    pub fn new(
        table: Table,
        shards: CurrentShards,
        keys: CurrentKeys,
        checks: ReadinessChecks,
    ) -> Self {
        Self {
            table,
            shards,
            keys,
            readiness: Readiness::new(checks),
        }
    }

    /// What is up, or what is down.
    async fn ready(&self) -> Result<Vec<&'static str>, Vec<&'static str>> {
        // Those that were not needed before are read now. Why one cannot be is in the log.
        let reading = async {
            let signing = self.keys.having(KeyName::Signing);
            let secret = self.keys.having(KeyName::Secret);
            let _ = futures::join!(signing, secret);
        };
        let _ = tokio::time::timeout(TIMEOUT, reading).await;
        let keys = self.keys.now();
        let present = PresentKeys {
            signing_keys: keys.has(KeyName::Signing),
            secret: keys.has(KeyName::Secret),
        };
        self.readiness
            .check(&self.table, &self.shards, present)
            .await
    }
}
