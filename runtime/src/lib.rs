//! What a server that `civicforge-codegen` wrote stands on.
//!
//! Generated code holds data: types, rules, descriptors of operations. Everything that *does* something (route, read,
//! decode, validate, authenticate, answer) is here, once, and knows nothing of any particular contract.

pub mod decode;
pub mod json;
pub mod path;
mod scalar;
pub mod schema;
pub mod values;
pub mod violation;
