//! The client against a peer that answers from a script, over real connections.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

mod errors;
mod headers;
mod pages;
mod peer;
mod retries;
mod sessions;
