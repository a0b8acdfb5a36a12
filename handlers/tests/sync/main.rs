//! Keeping tasks in sync with other systems, each of which is a real server on this machine.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod clickup;
mod discourse;
mod neon;
mod neon_webhooks;
mod pull;
mod reconcile;
mod slack;
mod storm;
mod support;
