//! Quests, through the service in this process.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod audit;
mod concurrency;
mod expiry;
mod faults;
mod foreign;
mod idempotency;
mod lifecycle;
mod lists;
mod posting;
mod refusals;
mod rewards;
mod shards;
mod signatures;
mod support;
mod telemetry;
