//! The program of the Lambda functions, as it is deployed: started by the Runtime API, on a real table.

#![allow(clippy::panic, reason = "a test fails by a panic")]

mod edge;
mod events;
mod failures;
mod images;
mod init;
mod requests;
mod secrets;
mod shards;
mod support;
