//! Accounts, sessions and profiles, as a caller meets them: HTTP requests to the whole server, in-process.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod closing;
mod faults;
mod foreign_tokens;
mod listing;
mod login;
mod passwords;
mod profiles;
mod races;
mod readiness;
mod register;
mod roles;
mod sessions;
mod support;
mod tokens;
