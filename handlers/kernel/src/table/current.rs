//! What every request needs of the table and hardly ever changes: a process acts on a copy that is never older than a bound.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::{StoreError, Table};

/// How old a copy may be when it is used.
pub const BOUND: Duration = Duration::from_secs(60);

/// How long a refresh in the background waits after one that failed.
const RETRY: Duration = Duration::from_secs(5);

/// How old a copy may become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freshness {
    /// A copy of this age is not used any more: a caller waits until the table is read.
    pub bound: Duration,
    /// A copy of this age is used, and read anew in the background.
    pub refresh_after: Duration,
}

impl Freshness {
    /// Every use reads the table.
    pub const UNCACHED: Self = Self {
        bound: Duration::ZERO,
        refresh_after: Duration::ZERO,
    };
}

impl Default for Freshness {
    fn default() -> Self {
        Self {
            bound: BOUND,
            refresh_after: BOUND / 2,
        }
    }
}

/// What is read of the table as a whole, and is cheap to copy.
pub trait Shared: Clone + fmt::Debug + Send + Sync + 'static {
    /// What it is, for the log.
    const WHAT: &'static str;

    /// What the table says now.
    fn read(table: &Table) -> impl Future<Output = Result<Self, StoreError>> + Send;
}

/// A copy that is read when it is first needed, and again before it is too old. Clones share it.
pub struct Current<T>(Arc<Inner<T>>);

struct Inner<T> {
    table: Table,
    freshness: Freshness,
    state: Mutex<State<T>>,
    /// Held by the one who reads.
    reading: tokio::sync::Mutex<()>,
}

struct State<T> {
    copy: Option<Copied<T>>,
    /// The last read that failed, if none has succeeded since, and when it ended.
    failure: Option<(Instant, StoreError)>,
    /// Whether a task reads in the background.
    refreshing: bool,
}

#[derive(Clone)]
struct Copied<T> {
    value: T,
    /// When the read began.
    at: Instant,
    wall: SystemTime,
}

impl<T> Copied<T> {
    /// The host of a function may stop its process between two events, and the monotonic clock with it, so the clock on
    /// the wall counts too.
    fn age(&self) -> Duration {
        let wall = self.wall.elapsed().unwrap_or_default();
        self.at.elapsed().max(wall)
    }
}

impl<T> Clone for Current<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> fmt::Debug for Current<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Current");
        shown.field("freshness", &self.0.freshness);
        shown.finish_non_exhaustive()
    }
}

impl<T: Shared> Current<T> {
    /// What this table says, which is asked when it is first needed.
    pub fn new(table: Table, freshness: Freshness) -> Self {
        Self(Arc::new(Inner {
            table,
            freshness,
            state: Mutex::new(State {
                copy: None,
                failure: None,
                refreshing: false,
            }),
            reading: tokio::sync::Mutex::default(),
        }))
    }

    /// How old the copy may become.
    pub fn freshness(&self) -> Freshness {
        self.0.freshness
    }

    /// What the table has said at most [`Freshness::bound`] ago. Safe to cancel.
    ///
    /// # Errors
    ///
    /// Those of reading it, where the copy is too old.
    pub async fn now(&self) -> Result<T, StoreError> {
        let started = Instant::now();
        let Freshness {
            bound,
            refresh_after,
        } = self.0.freshness;
        if let Some(copy) = self.copy().filter(|copy| copy.age() < bound) {
            if copy.age() >= refresh_after {
                self.refresh_in_background();
            }
            return Ok(copy.value);
        }
        let _reading = self.0.reading.lock().await;
        // Somebody else may have read it in the meantime, or tried to.
        let usable = |copy: &Copied<T>| copy.at >= started || copy.age() < bound;
        if let Some(copy) = self.copy().filter(usable) {
            return Ok(copy.value);
        }
        if let Some((at, failure)) = &self.state().failure
            && *at >= started
        {
            return Err(failure.clone());
        }
        self.read().await
    }

    /// Reads the table now, whatever the age of the copy, and keeps what it says.
    ///
    /// # Errors
    ///
    /// Those of reading it.
    pub async fn read_now(&self) -> Result<T, StoreError> {
        let _reading = self.0.reading.lock().await;
        self.read().await
    }

    async fn read(&self) -> Result<T, StoreError> {
        let (at, wall) = (Instant::now(), SystemTime::now());
        let read = T::read(&self.0.table).await;
        let mut state = self.state();
        match read {
            Ok(value) => {
                state.copy = Some(Copied {
                    value: value.clone(),
                    at,
                    wall,
                });
                state.failure = None;
                Ok(value)
            }
            Err(error) => {
                state.failure = Some((Instant::now(), error.clone()));
                Err(error)
            }
        }
    }

    fn refresh_in_background(&self) {
        {
            let mut state = self.state();
            let failed_just_now = state
                .failure
                .as_ref()
                .is_some_and(|(at, _)| at.elapsed() < RETRY);
            if state.refreshing || failed_just_now {
                return;
            }
            state.refreshing = true;
        }
        let this = self.clone();
        tokio::spawn(async move {
            if let Err(error) = this.read_now().await {
                let what = T::WHAT;
                tracing::warn!(%error, "{what} could not be read; what was read last is used until it is too old");
            }
            this.state().refreshing = false;
        });
    }

    fn copy(&self) -> Option<Copied<T>> {
        self.state().copy.clone()
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
