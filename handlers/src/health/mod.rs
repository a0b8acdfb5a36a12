//! Whether the server runs, and whether it can do its work.

#[cfg(feature = "server")]
pub mod command;
mod operations;
mod readiness;

pub use readiness::{ExpectedKeys, MAX_AGE, ReadinessChecks, WriteCheck};
pub(crate) use readiness::{PresentKeys, Readiness};
