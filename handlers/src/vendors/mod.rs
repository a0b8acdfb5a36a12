//! Clients of other systems: those that volunteers' tasks live in beside this one, and what sends mails.
//!
//! What they have in common is [`http`]: time-outs, bounds, retries, the breaker, and the judgment of what has become of a call.
//! Each vendor's module says what its API makes of that. Types are tolerant where the vendors are: unknown keys are ignored, and only
//! what is used is read.

pub mod clickup;
pub mod discourse;
mod error;
pub mod http;
pub mod mail;
pub mod neon;
pub mod slack;
pub(crate) mod tolerant;

pub use error::{Said, VendorError};
