//! The hand-written side of CivicForge: rules, stores, adapters, and the server that puts them together.

pub mod app;
pub mod auth;
pub mod config;
pub mod failure;
pub mod quests;
pub mod table;
pub mod telemetry;
pub mod text;
pub mod users;
pub mod wallet;
