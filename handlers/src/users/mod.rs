//! Members: their profile, wallet and points.

pub mod account;
pub mod keys;
mod operations;
pub mod parts;
pub mod store;
pub mod text;
pub mod wallet;
