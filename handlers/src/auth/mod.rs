//! Accounts and tokens.

pub mod access_token;
mod authenticate;
pub mod identity;
pub mod issuers;
mod jwks;
pub mod jwks_cache;
pub mod keys;
pub mod lockout;
mod logout;
mod operations;
pub mod password;
pub mod password_strength;
pub mod refresh_token;
pub mod refusal;
mod register;
pub mod store;
mod tokens;
