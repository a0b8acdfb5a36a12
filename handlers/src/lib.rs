//! The hand-written side of CivicForge: rules, stores, adapters, and the server that puts them together.

pub mod app;
pub mod auth;
#[cfg(feature = "server")]
pub mod backup;
#[cfg(feature = "server")]
pub mod commands;
pub mod config;
#[cfg(feature = "server")]
mod connections;
#[cfg(feature = "lambda")]
pub mod function;
#[cfg(feature = "lambda")]
pub mod functions;
pub mod health;
pub mod inquiries;
pub mod mail;
pub mod media;
pub mod members;
#[cfg(all(feature = "server", unix))]
mod operator_socket;
pub mod properties;
pub mod quests;
#[cfg(feature = "server")]
pub mod serve;
pub mod sync;
pub mod tasks;
pub mod users;
pub mod vendors;
#[cfg(feature = "server")]
pub mod wire;
