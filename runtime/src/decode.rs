//! From a JSON tree that was found valid to a type.
//!
//! Rules are checked before, by [`Schema::validate`](crate::schema::Schema::validate); what is left to refuse here is
//! what a type cannot hold.

mod deserialized;
mod scalars;

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;

use crate::json::Node;
use crate::path::Path;
use crate::schema::{Direction, Schema};
use crate::violation::Violations;

pub use deserialized::deserialize;

/// Something that a JSON tree can be made into.
pub trait Decode: Sized {
    /// Makes it.
    ///
    /// # Errors
    ///
    /// Where the value is, and what was expected there.
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError>;
}

/// A value that the type cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// What the type needs: "a 64-bit integer".
    pub expected: &'static str,
    /// Where, innermost first.
    segments: Vec<Segment>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Key(String),
    Index(usize),
}

impl DecodeError {
    /// Right here.
    pub fn new(expected: &'static str) -> Self {
        DecodeError {
            expected,
            segments: Vec::new(),
        }
    }

    fn in_key(mut self, name: &str) -> Self {
        self.segments.push(Segment::Key(name.to_owned()));
        self
    }

    fn in_index(mut self, index: usize) -> Self {
        self.segments.push(Segment::Index(index));
        self
    }

    /// Calls `then` with the place. Its depth is that of the tree, which the JSON reader has bounded.
    pub fn locate<R>(&self, then: impl FnOnce(&Path<'_>) -> R) -> R {
        fn walk<R>(
            segments: &[Segment],
            path: &Path<'_>,
            then: Box<dyn FnOnce(&Path<'_>) -> R + '_>,
        ) -> R {
            match segments.split_last() {
                None => then(path),
                Some((Segment::Key(name), rest)) => walk(rest, &path.key(name), then),
                Some((Segment::Index(index), rest)) => walk(rest, &path.index(*index), then),
            }
        }
        walk(&self.segments, &Path::Root, Box::new(then))
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.locate(|path| path.to_string());
        write!(f, "expected {} at \"{at}\"", self.expected)
    }
}

impl std::error::Error for DecodeError {}

/// Holds a value of a request against its rules, and makes the type from it. `None` only where a violation was added.
pub fn validate_and_decode<T: Decode>(
    node: &Node<'_>,
    schema: &Schema,
    violations: &mut Violations,
) -> Option<T> {
    let before = violations.len();
    schema.validate(node, Direction::Request, violations);
    if violations.len() > before || violations.is_full() {
        return None;
    }
    match T::decode(node) {
        Ok(value) => Some(value),
        Err(mismatch) => {
            let message = format!("must be {}", mismatch.expected);
            mismatch.locate(|at| violations.add(at, "type", message));
            None
        }
    }
}

/// The members of an object, for the generated decoders of structs.
#[derive(Debug, Clone)]
pub struct ObjectMembers<'n, 'a> {
    members: &'n [(Cow<'a, str>, Node<'a>)],
    /// Where the next search begins: behind the last member that was found, because members mostly come in the order
    /// in which the contract, and with it the decoder, names them.
    next: Cell<usize>,
}

impl<'n, 'a> ObjectMembers<'n, 'a> {
    /// Those of this node.
    ///
    /// # Errors
    ///
    /// The node is not an object.
    pub fn of(node: &'n Node<'a>) -> Result<Self, DecodeError> {
        match node {
            Node::Object(members) => Ok(ObjectMembers {
                members,
                next: Cell::new(0),
            }),
            _ => Err(DecodeError::new("an object")),
        }
    }

    fn find(&self, name: &str) -> Option<&'n Node<'a>> {
        let (before, after) = self.members.split_at_checked(self.next.get())?;
        let index = match after.iter().position(|(key, _)| key == name) {
            Some(index) => before.len() + index,
            None => before.iter().position(|(key, _)| key == name)?,
        };
        self.next.set(index + 1);
        self.members.get(index).map(|(_, value)| value)
    }

    /// A member that must be there.
    ///
    /// # Errors
    ///
    /// The member is missing, or its value is not a `T`.
    pub fn required<T: Decode>(&self, name: &str) -> Result<T, DecodeError> {
        match self.find(name) {
            Some(node) => T::decode(node).map_err(|error| error.in_key(name)),
            None => Err(DecodeError::new("a value").in_key(name)),
        }
    }

    /// A member that may be absent.
    ///
    /// # Errors
    ///
    /// The member's value is not a `T`.
    pub fn optional<T: Decode>(&self, name: &str) -> Result<Option<T>, DecodeError> {
        self.find(name)
            .map(|node| T::decode(node).map_err(|error| error.in_key(name)))
            .transpose()
    }

    /// The members that are not among these.
    ///
    /// # Errors
    ///
    /// The value of a member is not a `T`.
    pub fn others<T: Decode>(&self, known: &[&str]) -> Result<BTreeMap<String, T>, DecodeError> {
        self.members
            .iter()
            .filter(|(name, _)| !known.contains(&name.as_ref()))
            .map(|(name, value)| {
                let value = T::decode(value).map_err(|error| error.in_key(name))?;
                Ok((name.to_string(), value))
            })
            .collect()
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        let Node::Array(items) = node else {
            return Err(DecodeError::new("an array"));
        };
        items
            .iter()
            .enumerate()
            .map(|(index, item)| T::decode(item).map_err(|error| error.in_index(index)))
            .collect()
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        ObjectMembers::of(node)?.others(&[])
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        T::decode(node).map(Box::new)
    }
}

/// A file is a string, if it is UTF-8.
impl Decode for serde_json::Value {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        match node {
            Node::File(file) => match file.text() {
                Some(text) => Ok(text.into()),
                None => Err(DecodeError::new("a text in UTF-8")),
            },
            // A file can be a member, or an item of a member.
            Node::Array(_) => Vec::decode(node).map(serde_json::Value::Array),
            Node::Object(_) => serde_json::Map::decode(node).map(serde_json::Value::Object),
            node => Ok(node.to_value()),
        }
    }
}

impl Decode for serde_json::Map<String, serde_json::Value> {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        let Node::Object(members) = node else {
            return Err(DecodeError::new("an object"));
        };
        members
            .iter()
            .map(|(name, value)| {
                let value =
                    Decode::decode(value).map_err(|error: DecodeError| error.in_key(name))?;
                Ok((name.to_string(), value))
            })
            .collect()
    }
}
