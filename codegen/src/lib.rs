//! From an OpenAPI 3.0 document to a Rust server: parse → [`model`] → emit.

pub mod diagnostic;
pub mod emit;
pub mod model;
pub mod parse;
pub mod source;
