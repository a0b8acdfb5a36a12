//! The intermediate representation between the parsed contract and the emitted code.
//!
//! Lowering decides everything that needs a decision (names, references, directions, recursion, what a
//! schema is represented as), so that an emitter only prints. Nothing in here points back into the
//! OpenAPI document, except for pointers that say where a thing came from.
//!
//! A JSON Schema becomes two things:
//!
//! * a [`Type`]: what Rust code holds once a value was accepted, and
//! * a [`Schema`]: every rule that a value must satisfy before it is accepted.
//!
//! They are separate because a Rust type cannot express most rules (`multipleOf`, `not`, `uniqueItems`), and
//! because one exact rule engine is easier to trust than rules that are spread over conversions. A schema that
//! has no natural Rust type is held as [`Type::Any`] and loses no rule by it.

mod operation;
mod schema;
mod security;
mod status;
mod types;

use serde_json::Value;

pub use operation::{
    Body, Encoding, FormField, Header, Location, Media, Method, Nested, Operation, Outcome,
    Parameter, ParameterShape, PartEncoding, PartField, PartKind, Payload, Response, Selector,
    Status, Style, Tag,
};
pub use schema::{AdditionalRule, Format, JsonType, Property, Schema, SchemaDef, SchemaRef};
pub use security::{Refusal, SchemeKind, SchemeUse, Security, SecurityScheme};
pub use status::{KNOWN_CODES, StatusName, status_name};
pub use types::{Additional, Direction, EnumValue, Field, Presence, Shape, Type, TypeDef, Variant};

/// A whole contract, lowered.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// Named types, ordered by name. [`TypeId`] indexes this list.
    pub types: Vec<TypeDef>,
    /// Named rules, ordered by name. [`SchemaId`] indexes this list.
    pub schemas: Vec<SchemaDef>,
    /// The codes of problems that operations list, beside the usual code of each status, ordered by name.
    pub codes: Vec<ProblemCode>,
    /// The bodies that the service makes of its own failures, in the order of the operations. [`ErrorBodyId`] indexes this
    /// list.
    pub error_bodies: Vec<ErrorBody>,
    /// The security schemes that at least one operation uses, ordered by name. [`SchemeId`] indexes this list.
    pub security_schemes: Vec<SecurityScheme>,
    /// Operations by their first tag, in the order of the document's `tags`, then by name.
    pub tags: Vec<Tag>,
    /// The document with every file inlined (external references moved under `components`), as it is published.
    pub document: Value,
    /// The path of the runtime in what is written, where it is not the usual one.
    pub runtime: Option<String>,
}

/// A code of problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemCode {
    /// As it is sent.
    pub code: String,
    /// Unique UpperCamelCase name of its type.
    pub name: String,
}

/// A body that the service makes of its own failures, where operations declare another one than a problem.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorBody {
    /// Unique snake_case name of the method that makes it.
    pub method_name: String,
    /// What it is.
    pub media: Media,
    /// The ids of the operations that have errors with it.
    pub operations: Vec<String>,
}

/// Index into [`Model::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// Index into [`Model::schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub usize);

/// Index into [`Model::error_bodies`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ErrorBodyId(pub usize);

/// Index into [`Model::security_schemes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemeId(pub usize);

/// What the contract says about a thing in prose.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Docs {
    /// One line: an operation's `summary`, a schema's `title`.
    pub summary: Option<String>,
    /// CommonMark.
    pub description: Option<String>,
    /// Whether the contract marks it as deprecated.
    pub deprecated: bool,
}
