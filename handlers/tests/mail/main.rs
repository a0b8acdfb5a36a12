//! Mails to members.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod accounts;
mod bounces;
mod inquiries;
mod limits;
mod ses;
mod smtp;
