//! The table, through its public face.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod capacity;
mod embedded;
mod faults;
mod feed;
mod former_tables;
mod idempotency;
mod keys;
mod outbox;
mod shards;
mod support;
mod writes;
