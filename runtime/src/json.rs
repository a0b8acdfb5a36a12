//! JSON text as a tree that borrows from the text.
//!
//! Rules are checked on this tree, and types are made from it. It keeps what a typed decoder throws away and a rule
//! may ask about: the order of members, members that occur twice, and how a number was written.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use crate::multipart::File;

/// A JSON value, or a text that stands for one.
#[derive(Debug, Clone, PartialEq)]
pub enum Node<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number. What an `i64` or a `u64` cannot hold is an `f64`.
    Number(Number),
    /// A string.
    String(Cow<'a, str>),
    /// A text without a type: from a parameter or a form. It is whatever scalar its schema says that it is.
    Text(Cow<'a, str>),
    /// A file: from a part of a `multipart/form-data` body.
    File(Box<File>),
    /// An array.
    Array(Vec<Node<'a>>),
    /// An object: members in the order of the text, also those that occur twice.
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

/// Text that is not JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong, with line and column, and without the text itself.
    pub message: String,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SyntaxError {}

impl<'a> Node<'a> {
    /// Reads one JSON text (RFC 8259): UTF-8, nothing behind it, no lone surrogates, no number beyond an `f64`, at most
    /// 127 levels.
    ///
    /// # Errors
    ///
    /// Where the text stops being JSON, and why.
    pub fn parse(text: &'a [u8]) -> Result<Node<'a>, SyntaxError> {
        let mut deserializer = serde_json::Deserializer::from_slice(text);
        let node = Build
            .deserialize(&mut deserializer)
            .and_then(|node| deserializer.end().map(|()| node))
            .map_err(|error| SyntaxError {
                message: error.to_string(),
            })?;
        Ok(node)
    }

    /// The member `name`; the first where there are several.
    pub fn get(&self, name: &str) -> Option<&Node<'a>> {
        match self {
            Node::Object(members) => members
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// The same value, owned. Of members that occur twice the last stays. Bytes of a file that are not UTF-8 are replaced.
    pub fn to_value(&self) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Node::Null => Value::Null,
            Node::Boolean(value) => Value::Bool(*value),
            Node::Number(value) => Value::Number(value.clone()),
            Node::String(value) | Node::Text(value) => Value::String(value.to_string()),
            Node::File(file) => Value::String(String::from_utf8_lossy(&file.bytes).into_owned()),
            Node::Array(items) => Value::Array(items.iter().map(Node::to_value).collect()),
            Node::Object(members) => Value::Object(
                members
                    .iter()
                    .map(|(name, value)| (name.to_string(), value.to_value()))
                    .collect(),
            ),
        }
    }

    /// The same tree, no longer borrowing.
    pub fn into_owned(self) -> Node<'static> {
        let own = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        match self {
            Node::Null => Node::Null,
            Node::Boolean(value) => Node::Boolean(value),
            Node::Number(value) => Node::Number(value),
            Node::String(value) => Node::String(own(value)),
            Node::Text(value) => Node::Text(own(value)),
            Node::File(file) => Node::File(file),
            Node::Array(items) => Node::Array(items.into_iter().map(Node::into_owned).collect()),
            Node::Object(members) => Node::Object(
                members
                    .into_iter()
                    .map(|(name, value)| (own(name), value.into_owned()))
                    .collect(),
            ),
        }
    }

    /// The tree of a value that is already there.
    pub fn from_value(value: &'a serde_json::Value) -> Node<'a> {
        use serde_json::Value;
        match value {
            Value::Null => Node::Null,
            Value::Bool(value) => Node::Boolean(*value),
            Value::Number(value) => Node::Number(value.clone()),
            Value::String(value) => Node::String(Cow::Borrowed(value)),
            Value::Array(items) => Node::Array(items.iter().map(Node::from_value).collect()),
            Value::Object(members) => Node::Object(
                members
                    .iter()
                    .map(|(name, value)| (Cow::Borrowed(name.as_str()), Node::from_value(value)))
                    .collect(),
            ),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Node<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Build.deserialize(deserializer)
    }
}

struct Build;

impl<'de> DeserializeSeed<'de> for Build {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Build {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Node<'de>, E> {
        Number::from_f64(value)
            .map(Node::Number)
            .ok_or_else(|| E::custom("a number that is not finite"))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::String(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node<'de>, E> {
        Ok(Node::String(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Build)? {
            list.push(item);
        }
        Ok(Node::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node<'de>, A::Error> {
        let mut list = Vec::new();
        while let Some(name) = members.next_key_seed(Key)? {
            list.push((name, members.next_value_seed(Build)?));
        }
        Ok(Node::Object(list))
    }
}

struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(value.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borrows_strings_without_escapes() {
        let node = Node::parse(br#"{"a":"b","c":"\u00e9"}"#).unwrap();
        let Node::Object(members) = node else {
            panic!("not an object")
        };
        assert!(matches!(
            &members[0],
            (Cow::Borrowed("a"), Node::String(Cow::Borrowed("b")))
        ));
        assert!(matches!(&members[1].1, Node::String(Cow::Owned(text)) if text == "é"));
    }

    #[test]
    fn keeps_members_that_occur_twice() {
        let node = Node::parse(br#"{"a":1,"a":2}"#).unwrap();
        assert!(matches!(node, Node::Object(members) if members.len() == 2));
    }

    #[test]
    fn refuses_what_is_not_json_and_says_where() {
        for text in [
            &b""[..],
            b"{",
            b"NaN",
            b"1e400",
            b"\"\\ud800\"",
            b"\"\xff\"",
            b"1 2",
            b"{\"a\":1,}",
            b"\xef\xbb\xbf1",
            b"\"\x00\"",
        ] {
            let error = Node::parse(text).unwrap_err();
            assert!(error.message.contains("line 1 column"), "{text:?}: {error}");
        }
        let deep = "[".repeat(100_000);
        assert!(
            Node::parse(deep.as_bytes())
                .unwrap_err()
                .message
                .contains("recursion limit")
        );
    }
}
