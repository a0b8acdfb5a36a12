//! The time, as an argument: a test can be at any moment that it likes.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::table::stamp;

/// Tells the time. Cheap to clone.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The clock of the machine.
    pub fn system() -> Self {
        Self::new(Utc::now)
    }

    /// A clock that tells this time.
    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// What time it is.
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }

    /// What time it is, as the table keeps it: in whole milliseconds.
    pub fn stamp(&self) -> DateTime<Utc> {
        stamp::truncate(self.now())
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
