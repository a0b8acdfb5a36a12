//! Properties and inquiries, through the service in this process.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod closing;
mod concurrency;
mod images;
mod search;
mod support;
