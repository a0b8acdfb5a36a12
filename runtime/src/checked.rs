//! What generated types need beside [`Decode`]: values that are checked when they are made, and defaults.

use std::fmt;

use serde::ser::{Error, SerializeMap};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::decode::{Decode, DecodeError, ObjectMembers};
use crate::json::Node;
use crate::multipart::File;
use crate::schema::{Direction, Schema};
use crate::violation::{Violation, Violations};

/// A text that is none of the values of an `enum`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownValue;

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("none of the values that the contract lists")
    }
}

impl std::error::Error for UnknownValue {}

/// A value that breaks the rules of its schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidationError {
    violations: Vec<Violation>,
}

impl ValidationError {
    /// Holds a value against rules.
    ///
    /// # Errors
    ///
    /// Every rule that the value breaks.
    pub fn check<T: Serialize>(value: &T, schema: &Schema) -> Result<(), ValidationError> {
        let mut violations = Violations::new();
        match serde_json::to_value(value) {
            Ok(json) => {
                schema.validate(
                    &Node::from_value(&json),
                    Direction::Response,
                    &mut violations,
                );
            }
            Err(_) => violations.add(&crate::path::Path::Root, "type", "has no JSON form"),
        }
        Self::none_of(violations)
    }

    /// Holds a file against rules. Lengths are in bytes.
    ///
    /// # Errors
    ///
    /// Every rule that the file breaks.
    pub fn check_file(file: &File, schema: &Schema) -> Result<(), ValidationError> {
        let mut violations = Violations::new();
        let node = Node::File(Box::new(file.clone()));
        schema.validate(&node, Direction::Response, &mut violations);
        Self::none_of(violations)
    }

    fn none_of(violations: Violations) -> Result<(), ValidationError> {
        if violations.is_empty() {
            Ok(())
        } else {
            Err(ValidationError {
                violations: violations.into_vec(),
            })
        }
    }

    /// Which rules.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

impl fmt::Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.violations.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            let pointer = violation
                .pointer
                .as_deref()
                .filter(|pointer| !pointer.is_empty());
            let place = pointer
                .map(|pointer| format!("{pointer}: "))
                .unwrap_or_default();
            write!(f, "{separator}{place}{}", violation.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for ValidationError {}

/// Writes an object with the discriminator that tells which alternative it is.
///
/// # Errors
///
/// The content is no object, or the serializer's.
pub fn tagged<T: Serialize, S: Serializer>(
    property: &'static str,
    tag: &'static str,
    content: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match serde_json::to_value(content).map_err(S::Error::custom)? {
        Value::Object(members) => {
            let mut object = serializer.serialize_map(Some(members.len() + 1))?;
            object.serialize_entry(property, tag)?;
            for (name, value) in members.iter().filter(|(name, _)| *name != property) {
                object.serialize_entry(name, value)?;
            }
            object.end()
        }
        _ => Err(S::Error::custom("what has a discriminator is an object")),
    }
}

/// A default that has no plain Rust form: the contract's own JSON.
pub(crate) fn default<T: Decode>(json: &str) -> Result<T, DecodeError> {
    // The generator writes only JSON that it has read.
    let node =
        Node::parse(json.as_bytes()).map_err(|_| DecodeError::new("a default that is JSON"))?;
    T::decode(&node)
}

impl ObjectMembers<'_, '_> {
    /// A member that stands for this JSON where it is absent.
    ///
    /// # Errors
    ///
    /// The member's value, or that of `json`, is not a `T`.
    pub fn optional_or<T: Decode>(&self, name: &str, json: &str) -> Result<T, DecodeError> {
        match self.optional(name)? {
            Some(value) => Ok(value),
            None => default(json),
        }
    }
}

/// Implements `serde::Deserialize` for generated types, through [`Decode`].
///
/// It reads what was written before, from a table or a file, and checks what a type can hold, not the contract's rules: a
/// rule that became stricter must not make old data unreadable. Requests do not come this way.
#[macro_export]
macro_rules! deserialize_decoded {
    ($($ty:ty),* $(,)?) => {$(
        impl<'de> serde::Deserialize<'de> for $ty {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let node = <$crate::json::Node<'de> as serde::Deserialize<'de>>::deserialize(deserializer)?;
                $crate::decode::Decode::decode(&node).map_err(serde::de::Error::custom)
            }
        }
    )*};
}
