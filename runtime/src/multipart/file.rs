//! Files in a body.

use std::fmt;

use bytes::Bytes;
use serde::ser::Error;
use serde::{Serialize, Serializer};

use crate::decode::{Decode, DecodeError};
use crate::json::Node;

/// The content of a part, with what the part says of it (`format: binary` in a `multipart/form-data` body).
///
/// In JSON it is a string: the content as UTF-8. Content that is not UTF-8 cannot be written as JSON.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// The content. It shares the memory of the request's body.
    pub bytes: Bytes,
    /// The `filename` of the part, as it was sent. It is for people, and must not be used as a path: it can have `/` and `..` in it.
    pub file_name: Option<String>,
    /// The `Content-Type` of the part, as it was sent. Nothing has compared it with the content.
    pub content_type: Option<String>,
}

impl File {
    /// A file of these bytes, of which nothing more is known.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        File {
            bytes: bytes.into(),
            file_name: None,
            content_type: None,
        }
    }

    /// The content, if it is UTF-8.
    pub fn text(&self) -> Option<&str> {
        str::from_utf8(&self.bytes).ok()
    }
}

/// Shows how long the content is, and not the content itself.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("bytes", &self.bytes.len())
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish()
    }
}

impl Serialize for File {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.text() {
            Some(text) => serializer.serialize_str(text),
            None => Err(S::Error::custom("the file is not UTF-8")),
        }
    }
}

impl Decode for File {
    fn decode(node: &Node<'_>) -> Result<Self, DecodeError> {
        match node {
            Node::File(file) => Ok(File::clone(file)),
            Node::String(text) | Node::Text(text) => {
                Ok(File::new(Bytes::copy_from_slice(text.as_bytes())))
            }
            _ => Err(DecodeError::new("a file")),
        }
    }
}
