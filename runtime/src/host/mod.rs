//! What hosts a [`Service`](crate::service::Service).
//!
//! A host adapter turns what its host gives it into an `http::Request`, and an `http::Response` into what its host takes. It decides
//! nothing.

#[cfg(feature = "dropshot")]
pub mod dropshot;
#[cfg(feature = "lambda")]
pub mod lambda;
#[cfg(feature = "tower")]
pub mod tower;
