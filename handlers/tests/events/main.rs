//! What happens without a request, through the function that a Lambda function calls.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod event_bus;
mod jobs;
mod outbox;
mod sign_up;
mod support;
mod webhooks;
