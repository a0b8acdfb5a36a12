//! From an OpenAPI 3.0 document to a Rust server: parse → [`model`] → emit.

pub mod model;
