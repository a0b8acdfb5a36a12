//! Whether this process can do its work, found out at a bounded cost however often it is asked.
//!
//! - **The table answers**: one strongly consistent read of its configuration, which also renews the copy that requests use.
//!   Never a call of the control plane: its limits are the whole account's.
//! - **The table takes writes.** The embedded table is written to, because a disk that is full or was mounted read-only
//!   answers reads as ever, and a write costs nothing there; the free space is looked at too, because the log of a
//!   SQLite database is used again from its start, so a small write may pass where a larger one fails. DynamoDB charges for
//!   writes, so there the outcome of the last real write counts: only after one that failed is a small item written, at
//!   most every ten seconds, until a write succeeds.
//! - **The keys that this process should have** are there. Where they come from is not asked: keys in memory sign as
//!   well after their file is gone.
//!
//! An outcome holds for [`MAX_AGE`], good or bad, and all who ask in the meantime share it.

use std::path::PathBuf;
use std::time::Duration;

use civicforge_kernel::table::{CurrentShards, StoreError, Table};
use tokio::sync::Mutex;
use tokio::time::Instant;

/// How long an outcome holds.
pub const MAX_AGE: Duration = Duration::from_secs(1);

/// How long all checks together may take, and as long the reading of keys before them. Load balancers ask often and
/// give up soon.
pub(super) const TIMEOUT: Duration = Duration::from_secs(2);

/// The least time between two writes to a table that charges for them.
const PROBE_EVERY: Duration = Duration::from_secs(10);

/// With less free space the embedded table is not ready, in bytes.
#[cfg(feature = "server")]
const MIN_FREE: u64 = 1024 * 1024;

/// How it is known whether the table takes writes.
#[derive(Debug, Clone, Default)]
pub enum WriteCheck {
    /// By the last real write; by one of its own after that has failed.
    #[default]
    AfterFailure,
    /// By a write of its own each time, and by the free space where the table is in a folder.
    Always(Option<PathBuf>),
}

/// Which keys a process must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedKeys {
    /// Those that sign access tokens.
    pub signing_keys: bool,
    /// The secret that authenticates page tokens.
    pub secret: bool,
}

impl ExpectedKeys {
    /// What a process needs that serves every operation.
    pub const ALL: Self = Self {
        signing_keys: true,
        secret: true,
    };
}

/// What is checked, and how.
#[derive(Debug, Clone)]
pub struct ReadinessChecks {
    /// How it is known whether the table takes writes.
    pub writes: WriteCheck,
    /// Which keys must be there.
    pub keys: ExpectedKeys,
    /// How long an outcome holds.
    pub max_age: Duration,
    /// How long all checks together may take.
    pub timeout: Duration,
}

impl ReadinessChecks {
    /// Those of a process that should have these keys, on a table that is not its own.
    pub fn of(keys: ExpectedKeys) -> Self {
        Self {
            writes: WriteCheck::default(),
            keys,
            max_age: MAX_AGE,
            timeout: TIMEOUT,
        }
    }
}

/// The names of what is up, or of what is down.
pub(crate) type Outcome = Result<Vec<&'static str>, Vec<&'static str>>;

/// Asks, and remembers for a while.
#[derive(Debug)]
pub(crate) struct Readiness {
    checks: ReadinessChecks,
    last: Mutex<Last>,
}

#[derive(Debug, Default)]
struct Last {
    /// The outcome, and when it was asked for.
    outcome: Option<(Instant, Outcome)>,
    /// When a write was last tried, and whether it succeeded.
    probe: Option<(Instant, bool)>,
}

/// The keys that a process has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PresentKeys {
    pub signing_keys: bool,
    pub secret: bool,
}

impl Readiness {
    pub(crate) fn new(checks: ReadinessChecks) -> Self {
        Self {
            checks,
            last: Mutex::default(),
        }
    }

    /// What is up or down, as it was at most the checks' age ago. Only one caller at a time looks; one that is canceled leaves
    /// it to the next.
    pub(crate) async fn check(
        &self,
        table: &Table,
        shards: &CurrentShards,
        present: PresentKeys,
    ) -> Outcome {
        let asked = Instant::now();
        let mut last = self.last.lock().await;
        if let Some((at, outcome)) = &last.outcome
            && (*at >= asked || at.elapsed() < self.checks.max_age)
        {
            return outcome.clone();
        }
        let at = Instant::now();
        let outcome = self.look(&mut last, table, shards, present).await;
        last.outcome = Some((at, outcome.clone()));
        outcome
    }

    async fn look(
        &self,
        last: &mut Last,
        table: &Table,
        shards: &CurrentShards,
        present: PresentKeys,
    ) -> Outcome {
        let (mut up, mut down) = (Vec::new(), Vec::new());
        let mut note = |name, problem: Option<String>| match problem {
            None => up.push(name),
            Some(problem) => {
                // Why it is down is for the log: anybody may ask.
                tracing::warn!(component = name, problem, "not ready");
                down.push(name);
            }
        };
        let answers = tokio::time::timeout(self.checks.timeout, async {
            shards.read_now().await?;
            self.writes(last, table).await
        });
        note(
            "table",
            match answers.await {
                Ok(Ok(())) => None,
                Ok(Err(error)) => Some(error.to_string()),
                Err(_) => Some("no answer in time".to_owned()),
            },
        );
        #[cfg(feature = "server")]
        if let WriteCheck::Always(Some(folder)) = &self.checks.writes {
            note("disk", disk_problem(folder));
        }
        let expected = self.checks.keys;
        for (name, is_expected, is_present) in [
            ("signingKeys", expected.signing_keys, present.signing_keys),
            ("secret", expected.secret, present.secret),
        ] {
            if is_expected || is_present {
                note(name, (!is_present).then(|| "it is missing".to_owned()));
            }
        }
        if down.is_empty() { Ok(up) } else { Err(down) }
    }

    /// Whether the table takes writes.
    async fn writes(&self, last: &mut Last, table: &Table) -> Result<(), StoreError> {
        if let WriteCheck::AfterFailure = self.checks.writes {
            if !table.write_failed_last() {
                return Ok(());
            }
            if let Some((at, succeeded)) = last.probe
                && at.elapsed() < PROBE_EVERY
            {
                return match succeeded {
                    true => Ok(()),
                    false => Err(StoreError::unavailable("PutItem", "the last write failed")),
                };
            }
        }
        // Until it has ended it counts as failed: the caller may give up on it.
        last.probe = Some((Instant::now(), false));
        let outcome = table.probe_write().await;
        last.probe = Some((Instant::now(), outcome.is_ok()));
        outcome
    }
}

/// What is wrong with the file system of a folder, if something is.
#[cfg(feature = "server")]
fn disk_problem(folder: &std::path::Path) -> Option<String> {
    match rustix::fs::statvfs(folder) {
        Ok(found) => {
            let free = found.f_bavail.saturating_mul(found.f_frsize);
            (free < MIN_FREE).then(|| format!("{free} bytes are free, of {MIN_FREE} at least"))
        }
        Err(error) => Some(error.to_string()),
    }
}
