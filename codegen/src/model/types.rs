//! How values are held in Rust.

use serde_json::Value;

use super::{Docs, SchemaId, SchemaRef, TypeId};

/// How a value is held in Rust.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// Any JSON value.
    Any,
    /// Any JSON object.
    FreeObject,
    /// `boolean`.
    Boolean,
    /// `integer` of `format: int32`.
    Int32,
    /// Any other `integer`.
    Int64,
    /// `integer` of `format: uint64`.
    Uint64,
    /// `number` of `format: float`.
    Float,
    /// Any other `number`.
    Double,
    /// `string` without a type of its own.
    String,
    /// `string` of `format: password`: never shown by `Debug`, cleared on drop.
    Password,
    /// `string` of `format: uuid`.
    Uuid,
    /// `string` of `format: date`.
    Date,
    /// `string` of `format: date-time`.
    DateTime,
    /// `string` of `format: ipv4`.
    Ipv4,
    /// `string` of `format: ipv6`.
    Ipv6,
    /// `string` of `format: byte`, decoded.
    Base64,
    /// A type that the output does not define, by its path.
    External(String),
    /// `string` of `format: binary` that is a part of a `multipart/form-data` body.
    File,
    /// `array`.
    Array(Box<Type>),
    /// `object` with only `additionalProperties: {schema}`.
    Map(Box<Type>),
    /// A type of [`Model::types`](super::Model::types).
    Named(TypeId),
    /// The same on the heap, where a type contains itself.
    Boxed(Box<Type>),
    /// A value or `null`.
    Nullable(Box<Type>),
}

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the client.
    Request,
    /// From the server.
    Response,
}

/// A named Rust type.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// Unique UpperCamelCase Rust name.
    pub name: String,
    /// The component schema that it is, for `schemars` and the docs; an inline schema has none.
    pub component: Option<String>,
    /// JSON pointer into the document.
    pub pointer: String,
    /// Prose.
    pub docs: Docs,
    /// The paths of what it derives beside what a type of its shape derives anyway.
    pub derives: Vec<String>,
    /// What it is.
    pub shape: Shape,
    /// The rules of its values.
    pub schema: SchemaId,
    /// Which rules hold for `readOnly` and `writeOnly` members. A schema without such members has one type for both.
    pub direction: Direction,
}

/// What a named type is.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// `object` with properties.
    Struct {
        /// In the order of the contract.
        fields: Vec<Field>,
        /// What must hold for the fields that are there only then ([`Field::alternatives`]).
        alternatives: Vec<SchemaRef>,
        /// Where `additionalProperties` is `true` or a schema: the type of the others' values. Without the keyword,
        /// other properties are allowed and dropped.
        additional: Option<Additional>,
    },
    /// `enum` of strings or of integers.
    Enum {
        /// Whether the values are integers.
        integers: bool,
        /// In the order of the contract.
        values: Vec<EnumValue>,
    },
    /// `oneOf` or `anyOf`.
    Union {
        /// In the order of the contract.
        variants: Vec<Variant>,
        /// The property that tells the variants apart.
        discriminator: Option<String>,
        /// Whether a request may lack that property, because it is `readOnly`; then the variant is the first one whose rules hold.
        may_be_untold: bool,
    },
    /// A component that is a scalar, an array or a map.
    Newtype {
        /// What it holds.
        inner: Type,
    },
}

/// The map that holds the properties that a struct does not name.
#[derive(Debug, Clone, PartialEq)]
pub struct Additional {
    /// Rust name of the field, unique in its struct.
    pub field: String,
    /// Type of the values.
    pub ty: Type,
}

/// A property.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Name on the wire.
    pub json_name: String,
    /// Unique snake_case Rust name, raw (`r#type`) where it must be.
    pub name: String,
    /// Type of a value that is there.
    pub ty: Type,
    /// Whether it may be absent.
    pub presence: Presence,
    /// Where the property is of alternatives alone: which of them. It is absent where none of them holds, and never
    /// [`Presence::Required`].
    pub alternatives: Vec<usize>,
    /// Prose.
    pub docs: Docs,
}

/// Whether something may be absent.
#[derive(Debug, Clone, PartialEq)]
pub enum Presence {
    /// It is always there.
    Required,
    /// It may be absent.
    Optional,
    /// Where it is absent, this value stands for it. Lowering has checked it against the schema.
    Default(Value),
}

/// One value of an `enum`.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumValue {
    /// Unique UpperCamelCase Rust name.
    pub name: String,
    /// A string or an integer.
    pub value: Value,
    /// Prose, where the value is a schema of its own.
    pub docs: Docs,
}

/// One alternative of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Unique UpperCamelCase Rust name.
    pub name: String,
    /// What it holds.
    pub ty: Type,
    /// What a value must satisfy to be this alternative.
    pub schema: SchemaRef,
    /// The discriminator's values that mean this variant (mapping keys, else the component's name). Several only where the variant's
    /// type holds the value.
    pub tags: Vec<String>,
}
