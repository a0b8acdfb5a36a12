//! Accounts and tokens.

pub mod access_token;
mod authenticate;
pub mod identity;
pub mod issuers;
pub mod jwks_cache;
pub mod keys;
pub mod lockout;
pub mod password;
pub mod password_strength;
pub(crate) mod private_files;
pub mod refresh_token;
pub mod refusal;
pub mod secret;
