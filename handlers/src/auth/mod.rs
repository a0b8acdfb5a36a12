//! Accounts and tokens.

pub mod access_token;
pub mod issuers;
pub mod jwks_cache;
pub mod keys;
pub mod lockout;
pub mod password;
pub mod password_strength;
mod private_files;
pub mod refresh_token;
pub mod secret;
