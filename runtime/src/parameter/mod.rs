//! Parameters: what the contract says of one, and how its text becomes a value.
//!
//! OpenAPI writes the same value in many ways (`style` and `explode`). Each is taken apart into a
//! [`Node`] whose leaves are [`Node::Text`]; from there on a parameter is held against its schema and decoded as a
//! body is.
//!
//! Separators are looked for before percent-encoding is undone: `a%2Cb` is one item with a comma in it, and `%2F` in a
//! path is a slash in the value.

mod form;
mod nested;
mod pairs;
mod percent;
mod raw;
mod style;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::decode::{self, Decode};
use crate::json::Node;
use crate::path::Path;
use crate::schema::{Direction, Schema};
use crate::violation::{Part, Violations};

pub use form::form;
pub use nested::Nested;
pub use raw::RawParameters;

/// Where a parameter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are those of OpenAPI")]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

/// `style`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of OpenAPI")]
pub enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// `style` and `explode`.
    Style {
        /// `style`.
        style: Style,
        /// `explode`.
        explode: bool,
        /// What the text is split into.
        shape: Shape,
    },
    /// `content` with a JSON media type.
    Json,
}

/// What a text is split into before its rules apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One text.
    Scalar,
    /// A list of texts.
    Array,
    /// Texts by name.
    Object {
        /// Names of the properties. `form` with `explode` takes only the keys that are named here.
        properties: &'static [&'static str],
        /// Whether others are allowed: then `form` with `explode` takes every key.
        open: bool,
    },
    /// Values within values. Only `deepObject` has them.
    Nested(&'static Nested),
}

/// What the contract says of a parameter.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// Name on the wire; of a header, in any case.
    pub name: &'static str,
    /// Where it is.
    pub location: Location,
    /// How it is written.
    pub encoding: Encoding,
    /// Whether it must be there.
    pub required: bool,
    /// Its rules.
    pub schema: &'static Schema,
    /// `allowEmptyValue`: an empty value that the rules do not accept counts as absent (`?flag=`).
    pub allow_empty: bool,
    /// What an object that takes every key leaves to others: names, and beginnings that end with `[`.
    pub beside: &'static [&'static str],
}

impl Parameter {
    /// A text in the path.
    pub const fn path(name: &'static str, schema: &'static Schema) -> Self {
        Self::simple(Location::Path, name, schema).required()
    }

    /// A text in the query.
    pub const fn query(name: &'static str, schema: &'static Schema) -> Self {
        Self::form(Location::Query, name, schema)
    }

    /// A text in a header.
    pub const fn header(name: &'static str, schema: &'static Schema) -> Self {
        Self::simple(Location::Header, name, schema)
    }

    /// A text in a cookie.
    pub const fn cookie(name: &'static str, schema: &'static Schema) -> Self {
        Self::form(Location::Cookie, name, schema)
    }

    const fn simple(location: Location, name: &'static str, schema: &'static Schema) -> Self {
        Self::new(location, name, schema).style(Style::Simple, false, Shape::Scalar)
    }

    const fn form(location: Location, name: &'static str, schema: &'static Schema) -> Self {
        Self::new(location, name, schema).style(Style::Form, true, Shape::Scalar)
    }

    const fn new(location: Location, name: &'static str, schema: &'static Schema) -> Self {
        Self {
            name,
            location,
            encoding: Encoding::Json,
            required: false,
            schema,
            allow_empty: false,
            beside: &[],
        }
    }

    /// `required: true`.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Written in another style than its place has by itself, or with more than one text in it.
    pub const fn style(mut self, style: Style, explode: bool, shape: Shape) -> Self {
        self.encoding = Encoding::Style {
            style,
            explode,
            shape,
        };
        self
    }

    /// `content` with a JSON media type.
    pub const fn json(mut self) -> Self {
        self.encoding = Encoding::Json;
        self
    }

    /// `allowEmptyValue: true`.
    pub const fn allow_empty(mut self) -> Self {
        self.allow_empty = true;
        self
    }
}

impl Parameter {
    /// Leaves these names to others.
    pub const fn beside(mut self, names: &'static [&'static str]) -> Self {
        self.beside = names;
        self
    }

    /// Whether a key belongs to something else.
    fn leaves(&self, key: &str) -> bool {
        self.beside
            .iter()
            .any(|name| *name == key || name.ends_with('[') && key.starts_with(name))
    }
}

/// How one property of an `application/x-www-form-urlencoded` body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormField {
    /// Name on the wire.
    pub name: &'static str,
    /// How it is written.
    pub encoding: Encoding,
}

/// Why a text could not be taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ParameterError {
    /// It is not written as it must be.
    Syntax(Cow<'static, str>),
    /// What may be there once is there several times.
    Duplicate,
}

impl ParameterError {
    fn syntax(message: &'static str) -> Self {
        ParameterError::Syntax(Cow::Borrowed(message))
    }

    fn report(self, at: &Path<'_>, violations: &mut Violations) {
        match self {
            ParameterError::Syntax(message) => violations.add(at, "syntax", message),
            ParameterError::Duplicate => {
                violations.add(at, "duplicate", "must not occur more than once")
            }
        }
    }
}

impl Location {
    fn part(self) -> Part {
        match self {
            Location::Path => Part::Path,
            Location::Query => Part::Query,
            Location::Header => Part::Header,
            Location::Cookie => Part::Cookie,
        }
    }
}

impl Parameter {
    /// Its value in this request. `None` where it is absent, or where a violation was added.
    pub fn read<T: Decode>(
        &self,
        raw: &RawParameters<'_>,
        violations: &mut Violations,
    ) -> Option<T> {
        if self.location == Location::Query {
            raw.check_query(violations);
        }
        violations.locate_parameter(self.location.part(), self.name);
        let node = match raw.node(self) {
            Ok(Some(node)) if self.is_as_good_as_absent(&node) => None,
            Ok(node) => node,
            Err(fault) => {
                fault.report(&Path::Root, violations);
                return None;
            }
        };
        match node {
            Some(node) => decode::validate_and_decode(&node, self.schema, violations),
            None if self.required => {
                violations.add(&Path::Root, "required", "is required");
                None
            }
            None => None,
        }
    }

    fn is_as_good_as_absent(&self, node: &Node<'_>) -> bool {
        let is_empty = |node: &Node<'_>| node.as_str().is_some_and(str::is_empty);
        self.allow_empty
            && match node {
                Node::Array(items) => matches!(items.as_slice(), [only] if is_empty(only)),
                node => is_empty(node),
            }
            && !self.schema.is_valid(node, Direction::Request)
    }
}

/// A value that is JSON inside a text.
fn json(text: Cow<'_, str>) -> Result<Node<'_>, ParameterError> {
    let parsed = match text {
        Cow::Borrowed(text) => Node::parse(text.as_bytes()),
        Cow::Owned(text) => Node::parse(text.as_bytes()).map(Node::into_owned),
    };
    parsed.map_err(|error| ParameterError::Syntax(Cow::Owned(error.message)))
}
