//! The rules of an OpenAPI 3.0 Schema Object, as data.
//!
//! A generated server holds its contract's schemas as `static` items of [`Schema`]: nothing is parsed when it starts, and
//! a schema that is used in two places is one item. [`Schema::validate`] holds a [`Node`](crate::json::Node) against
//! them and reports every violation.

mod array;
mod build;
mod check;
mod combine;
mod duplicates;
mod equality;
mod exact;
pub(crate) mod format;
mod number;
mod object;
mod show;
mod string;
mod text;
mod validate;

use std::sync::OnceLock;

pub use validate::Direction;

use show::{OneOf, Quoted};

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

/// A `format` that is enforced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// An integer of 32 bits, signed.
    Int32,
    /// An integer of 64 bits, signed.
    Int64,
    /// An integer from 0 that 64 bits hold.
    Uint64,
    /// A number that an IEEE 754 binary32 can hold without becoming infinite.
    Float,
    /// A number that an IEEE 754 binary64 can hold: any that was read.
    Double,
    /// RFC 9562, in the hyphenated form.
    Uuid,
    /// RFC 3339 `full-date`.
    Date,
    /// RFC 3339 `date-time`.
    DateTime,
    /// RFC 5321 `Mailbox`, without address literals and quoted local parts.
    Email,
    /// RFC 3986 `URI`.
    Uri,
    /// RFC 3986 `URI-reference`.
    UriReference,
    /// RFC 2673 dotted quad.
    Ipv4,
    /// RFC 4291.
    Ipv6,
    /// RFC 1123.
    Hostname,
    /// RFC 4648 base64 with padding.
    Byte,
    /// No rule; its value is never shown.
    Password,
}

/// A number in a rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// An integer.
    Integer(i128),
    /// Any other number.
    Float(f64),
}

/// `minimum` or `maximum`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    /// The limit.
    pub limit: Number,
    /// Whether the limit itself is outside.
    pub exclusive: bool,
}

/// A JSON value in a rule (`enum`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(&'static str),
    /// An array.
    Array(&'static [Literal]),
    /// An object; names occur once.
    Object(&'static [(&'static str, Literal)]),
}

/// `pattern`: an ECMA-262 regular expression, compiled when it is first used.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<regress::Regex>>,
}

impl Pattern {
    /// The generator has compiled it once, to see that it does.
    pub const fn new(source: &'static str) -> Self {
        Pattern {
            source,
            compiled: OnceLock::new(),
        }
    }

    /// The expression's text.
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// Whether it occurs in the text.
    pub fn is_match(&self, text: &str) -> bool {
        self.compiled
            .get_or_init(|| regress::Regex::with_flags(self.source, "u").ok())
            .as_ref()
            .is_some_and(|regex| regex.find(text).is_some())
    }
}

/// A property's rules.
#[derive(Debug, Clone, Copy)]
pub struct Property {
    /// Name on the wire.
    pub name: &'static str,
    /// Rules of its value.
    pub schema: &'static Schema,
    /// `readOnly`: refused in requests, and not required there.
    pub read_only: bool,
    /// `writeOnly`: refused in responses, and not required there.
    pub write_only: bool,
}

impl Property {
    /// A property without `readOnly` and `writeOnly`.
    pub const fn new(name: &'static str, schema: &'static Schema) -> Self {
        Property {
            name,
            schema,
            read_only: false,
            write_only: false,
        }
    }
}

/// `additionalProperties`.
#[derive(Debug, Clone, Copy)]
pub enum Additional {
    /// `true`, or not said.
    Allowed,
    /// `false`.
    Denied,
    /// A schema.
    Schema(&'static Schema),
}

/// `discriminator`.
#[derive(Debug, Clone, Copy)]
pub struct Discriminator {
    /// The property.
    pub property: &'static str,
    /// For each of its values, the index of the alternative in `one_of` or `any_of`.
    pub mapping: &'static [(&'static str, usize)],
}

/// Every rule of a Schema Object.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// `type`.
    pub json_type: Option<JsonType>,
    /// `nullable`: `null` satisfies the whole schema.
    pub nullable: bool,
    /// `format`.
    pub format: Option<Format>,
    /// `enum`.
    pub enumeration: Option<&'static [Literal]>,
    /// `minimum` and `exclusiveMinimum`.
    pub minimum: Option<Bound>,
    /// `maximum` and `exclusiveMaximum`.
    pub maximum: Option<Bound>,
    /// `multipleOf`.
    pub multiple_of: Option<Number>,
    /// `minLength`, in Unicode code points.
    pub min_length: Option<u64>,
    /// `maxLength`, in Unicode code points.
    pub max_length: Option<u64>,
    /// `pattern`.
    pub pattern: Option<&'static Pattern>,
    /// `items`.
    pub items: Option<&'static Schema>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `properties`.
    pub properties: &'static [Property],
    /// `required`.
    pub required: &'static [&'static str],
    /// `additionalProperties`.
    pub additional: Additional,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// `allOf`.
    pub all_of: &'static [&'static Schema],
    /// `anyOf`.
    pub any_of: &'static [&'static Schema],
    /// `oneOf`.
    pub one_of: &'static [&'static Schema],
    /// `not`.
    pub not: Option<&'static Schema>,
    /// `discriminator`.
    pub discriminator: Option<Discriminator>,
}

impl Schema {
    /// Accepts anything: what other schemas are written as a change of.
    pub const ANY: Schema = Schema {
        json_type: None,
        nullable: false,
        format: None,
        enumeration: None,
        minimum: None,
        maximum: None,
        multiple_of: None,
        min_length: None,
        max_length: None,
        pattern: None,
        items: None,
        min_items: None,
        max_items: None,
        unique_items: false,
        properties: &[],
        required: &[],
        additional: Additional::Allowed,
        min_properties: None,
        max_properties: None,
        all_of: &[],
        any_of: &[],
        one_of: &[],
        not: None,
        discriminator: None,
    };
}
