//! The hand-written side of CivicForge: rules, stores, adapters, and the server that puts them together.

pub mod adapters;
pub mod app;
pub mod auth;
pub mod aws;
#[cfg(feature = "server")]
pub mod backup;
pub mod clock;
#[cfg(feature = "server")]
pub mod commands;
pub mod config;
pub mod events;
pub mod failure;
#[cfg(feature = "lambda")]
pub mod function;
#[cfg(feature = "lambda")]
pub mod functions;
pub mod health;
pub mod keys;
pub mod once;
mod private_files;
pub mod quests;
pub mod routes;
#[cfg(feature = "server")]
pub mod serve;
pub mod table;
pub mod telemetry;
#[cfg(feature = "testing")]
pub mod testing;
pub mod text;
pub mod users;
pub mod waiting;
pub mod wallet;
