//! handlers
pub mod auth;
pub mod config;
pub mod quests;
pub mod table;
pub mod telemetry;
pub mod text;
pub mod users;
pub mod wallet;
