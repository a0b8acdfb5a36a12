//! The runtime of servers that `civicforge-codegen` generates.
//!
//! Generated code holds data: types, rules, descriptors of operations. Everything that *does* something (route, read,
//! decode, validate, authenticate, answer) is here, once, and knows nothing of any particular contract.

#![warn(clippy::missing_errors_doc)]

pub mod body;
pub mod call;
pub mod checked;
pub mod codes;
#[cfg(feature = "json-schema")]
pub mod component;
mod compression;
pub mod conditional;
pub mod context;
pub mod cors;
pub mod credentials;
pub mod decode;
pub mod descriptor;
#[doc(hidden)]
pub mod enumeration;
pub mod error;
pub mod host;
pub mod input;
pub mod invocation;
pub mod json;
pub mod limits;
pub mod multipart;
mod negotiate;
pub mod operation;
pub mod parameter;
pub mod path;
pub mod path_form;
pub mod problem;
pub mod request_id;
pub mod response;
pub mod router;
#[doc(hidden)]
pub mod rt;
mod scalar;
pub mod schema;
pub mod scope;
pub mod service;
mod shown_path;
pub mod source;
pub mod span;
pub mod static_file;
pub mod status;
pub mod trace;
pub mod typed;
pub mod values;
pub mod violation;

#[cfg(feature = "json-schema")]
pub use schemars;
