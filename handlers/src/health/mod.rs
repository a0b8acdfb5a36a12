//! Whether the server runs, and whether it can do its work.

#[cfg(feature = "server")]
pub mod command;
mod operations;
