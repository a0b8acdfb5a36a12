//! Members: their profile, wallet and points.

pub mod account;
mod operations;
pub mod rules;
pub mod store;
pub mod text;
