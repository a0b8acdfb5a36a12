//! The clients of the vendors, each against a server that does what the vendor does, and what it does not.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod clickup;
mod clickup_webhooks;
mod discourse;
mod endpoint;
mod neon;
mod slack;
mod support;
mod trouble;
