//! What generated code uses, under one short name: it says `rt::Schema` and imports nothing else, so that no name of an OpenAPI
//! document can clash with one of the runtime's. Code written by hand names the modules.

pub use std::collections::BTreeMap;
pub use std::sync::Arc;

pub use bytes::Bytes;
pub use http::{Method, StatusCode};

pub use crate::checked::{ValidationError, tagged};
pub use crate::codes;
pub use crate::context::{Context, Principal};
pub use crate::credentials::{AuthenticationError, Basic, Credentials};
pub use crate::decode::{Decode, DecodeError, ObjectMembers};
pub use crate::descriptor::{Descriptor, RequestBody, Selector};
pub use crate::error::{DeclaresOthers, OperationError, Status};
pub use crate::input::Input;
pub use crate::json::Node;
pub use crate::multipart::{File, PartEncoding, PartField, PartKind};
pub use crate::operation::{Operation, Route};
pub use crate::parameter::{Encoding, FormField, Nested, Parameter, Shape, Style};
pub use crate::problem::{Failure, Problem};
pub use crate::response::{HandlerResponse, IntoResponse};
pub use crate::schema::{Direction, Format, Literal, Number, Pattern, Property, Schema};
pub use crate::typed::Typed;
pub use crate::values::{
    Base64, DateTime, Ipv4Addr, Ipv6Addr, Map, NaiveDate, Nullable, Password, Utc, Uuid, Value,
};
pub use crate::{
    component_schemas, declares, deserialize_decoded, integer_enum, problem_code, string_enum,
};

/// Without the feature `json-schema`, types have no JSON Schema.
#[cfg(not(feature = "json-schema"))]
#[macro_export]
macro_rules! component_schemas {
    ($contract:expr; $($ty:ty => $name:literal),* $(,)?) => {};
}
