//! Bodies of `multipart/form-data` (RFC 7578).
//!
//! The body is in memory, and its parts are slices of it: a file is not copied. `parts` takes the body apart by the grammar of RFC
//! 2046, `disposition` reads the names of a part, and `form` makes an object of the parts, which is then held against its schema
//! and decoded as every other body is.
//!
//! What is ambiguous is refused, because a reader in front of this one may take it for something else: two headers of one name that
//! count, names that are not in `Content-Disposition: form-data`, line ends other than CRLF, a line that only begins with the boundary.
//!
//! # Bounds
//!
//! A body has at most [`MAX_PARTS`] parts, and a part at most [`MAX_HEADER_BYTES`] of headers. The body as a whole is bounded by
//! [`Limits::body_bytes`](crate::limits::Limits::body_bytes). Every byte is looked at a fixed number of times.

mod disposition;
mod file;
mod form;
mod parts;
#[cfg(test)]
mod tests;

pub use file::File;
pub(crate) use form::form;
pub(crate) use parts::{boundary, parts};

/// More parts than this are refused.
pub const MAX_PARTS: usize = 1_000;

/// A part with more bytes of headers than this is refused.
pub const MAX_HEADER_BYTES: usize = 8 * 1024;

/// What the content of a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// A text: UTF-8, which stands for the scalar that its schema says.
    Text,
    /// A JSON text.
    Json,
    /// Bytes, with the file name and the media type that were sent.
    File,
    /// What its own media type says: JSON, or a text. Anything else is a file.
    Any,
}

/// How a property of a `multipart/form-data` body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartEncoding {
    /// What its content is.
    pub kind: PartKind,
    /// Whether it is an array: a part for each item, all of the same name.
    pub is_list: bool,
    /// The media types and ranges that a part may have. None: those that `kind` has by itself.
    pub media_types: &'static [&'static str],
}

impl PartEncoding {
    /// One part of this kind, of the media types that the kind has by itself.
    pub const fn new(kind: PartKind) -> Self {
        PartEncoding {
            kind,
            is_list: false,
            media_types: &[],
        }
    }

    /// A part for each item of an array.
    pub const fn list(mut self) -> Self {
        self.is_list = true;
        self
    }

    /// Parts of these media types only.
    pub const fn of(mut self, media_types: &'static [&'static str]) -> Self {
        self.media_types = media_types;
        self
    }

    /// The media types and ranges that a part may have. None: any.
    fn accepted(&self) -> &'static [&'static str] {
        match (self.media_types, self.kind) {
            ([], PartKind::Text) => &["text/plain"],
            ([], PartKind::Json) => &["application/json"],
            (media_types, _) => media_types,
        }
    }
}

/// A property of a `multipart/form-data` body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartField {
    /// Name on the wire.
    pub name: &'static str,
    /// How it is written.
    pub encoding: PartEncoding,
}
