//! What values must satisfy: JSON Schema, resolved.

use serde_json::{Number, Value};

use super::SchemaId;

/// Rules by name.
#[derive(Debug, Clone, PartialEq)]
pub struct SchemaDef {
    /// Unique SCREAMING_SNAKE_CASE Rust name.
    pub name: String,
    /// JSON pointer into the document.
    pub pointer: String,
    /// The rules.
    pub schema: Schema,
}

/// Rules in place, or by name.
#[derive(Debug, Clone, PartialEq)]
pub enum SchemaRef {
    /// A rule set of [`Model::schemas`](super::Model::schemas).
    Named(SchemaId),
    /// Rules that are used once.
    Inline(Box<Schema>),
}

/// `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of JSON Schema")]
pub enum JsonType {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// The formats that are enforced. Any other `format` is a note to the reader, and is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(
    missing_docs,
    reason = "the names are those of the OpenAPI and JSON Schema format registries"
)]
pub enum Format {
    Int32,
    Int64,
    Uint64,
    Float,
    Double,
    Uuid,
    Date,
    DateTime,
    Email,
    Uri,
    UriReference,
    Ipv4,
    Ipv6,
    Hostname,
    Byte,
    Password,
}

/// Every rule of an OpenAPI 3.0 Schema Object. The default accepts anything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Schema {
    /// `type`.
    pub json_type: Option<JsonType>,
    /// `nullable`. `null` then satisfies the whole schema.
    pub nullable: bool,
    /// `format`.
    pub format: Option<Format>,
    /// `enum`.
    pub enumeration: Option<Vec<Value>>,
    /// `minimum`, and whether it is exclusive.
    pub minimum: Option<(Number, bool)>,
    /// `maximum`, and whether it is exclusive.
    pub maximum: Option<(Number, bool)>,
    /// `multipleOf`.
    pub multiple_of: Option<Number>,
    /// `minLength`, in Unicode code points.
    pub min_length: Option<u64>,
    /// `maxLength`, in Unicode code points.
    pub max_length: Option<u64>,
    /// `pattern`: an ECMA-262 regular expression that compiles.
    pub pattern: Option<String>,
    /// `items`.
    pub items: Option<SchemaRef>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `properties`, in the order of the contract.
    pub properties: Vec<Property>,
    /// `required`, in the order of the contract.
    pub required: Vec<String>,
    /// `additionalProperties`.
    pub additional: AdditionalRule,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// `allOf`.
    pub all_of: Vec<SchemaRef>,
    /// `anyOf`.
    pub any_of: Vec<SchemaRef>,
    /// `oneOf`.
    pub one_of: Vec<SchemaRef>,
    /// `not`.
    pub not: Option<SchemaRef>,
    /// `discriminator`: the property, and for each of its values the index of the alternative in `one_of` or `any_of`.
    pub discriminator: Option<(String, Vec<(String, usize)>)>,
}

/// A property's rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// Name on the wire.
    pub name: String,
    /// Rules of its value.
    pub schema: SchemaRef,
    /// Not allowed in requests, and not required there.
    pub read_only: bool,
    /// Not allowed in responses, and not required there.
    pub write_only: bool,
}

/// `additionalProperties`.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum AdditionalRule {
    /// `true`, or not said.
    #[default]
    Allowed,
    /// `false`.
    Denied,
    /// A schema.
    Schema(SchemaRef),
}
