//! `civicforge serve` as its users start and stop it: the real program, a real port, a real data folder.
#![cfg(unix)]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod backup;
mod clickup;
mod create_table;
mod credentials;
mod demo;
mod health;
mod images;
mod keys;
mod log;
mod member;
mod metrics;
mod neon;
mod operator_socket;
pub mod process;
mod readiness;
mod refusals;
mod restarts;
mod settings;
mod shards;
mod sign_ups;
mod stopping;
mod subscriptions;
mod traces;
