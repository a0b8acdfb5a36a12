//! Where in a value the validator is.

use std::borrow::Cow;
use std::{fmt, iter};

/// A place in a JSON value: a list that lives on the stack, because it is only written down when something is wrong.
#[derive(Debug, Clone, Copy)]
pub enum Path<'a> {
    /// The whole value.
    Root,
    /// A member of an object.
    Key(&'a Path<'a>, &'a str),
    /// An element of an array.
    Index(&'a Path<'a>, usize),
}

impl<'a> Path<'a> {
    /// The member `name` of the object that is here.
    pub fn key(&'a self, name: &'a str) -> Path<'a> {
        Path::Key(self, name)
    }

    /// The element `index` of the array that is here.
    pub fn index(&'a self, index: usize) -> Path<'a> {
        Path::Index(self, index)
    }
}

impl Path<'_> {
    /// The JSON pointer, cut off behind so many bytes. What is cut off is not even read: a name may be as long as the
    /// request, and be part of many places.
    pub fn pointer(&self, limit: usize) -> String {
        let mut pointer = String::new();
        if self.write(&mut pointer, limit).is_err() {
            pointer.push('…');
        }
        pointer
    }

    fn write(&self, pointer: &mut String, limit: usize) -> fmt::Result {
        let (parent, name) = match self {
            Path::Root => return Ok(()),
            Path::Key(parent, name) => (parent, Cow::Borrowed(*name)),
            Path::Index(parent, index) => (parent, Cow::Owned(index.to_string())),
        };
        parent.write(pointer, limit)?;
        for character in iter::once(None).chain(name.chars().map(Some)) {
            let mut buffer = [0; 4];
            let text = match character {
                None => "/",
                Some('~') => "~0",
                Some('/') => "~1",
                Some(other) => &*other.encode_utf8(&mut buffer),
            };
            if pointer.len() + text.len() > limit {
                return Err(fmt::Error);
            }
            pointer.push_str(text);
        }
        Ok(())
    }
}

/// The JSON pointer (RFC 6901).
impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.pointer(usize::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_a_json_pointer() {
        assert_eq!(Path::Root.to_string(), "");
        let items = Path::Root.key("a/b~c");
        assert_eq!(items.index(3).key("").to_string(), "/a~1b~0c/3/");
    }

    #[test]
    fn cuts_off_what_is_too_long() {
        let name = Path::Root.key("é/");
        let item = name.index(10);
        for (limit, expected) in [
            (0, "…"),
            (1, "/…"),
            (2, "/…"),
            (3, "/é…"),
            (4, "/é…"),
            (5, "/é~1…"),
            (6, "/é~1/…"),
            (7, "/é~1/1…"),
            (8, "/é~1/10"),
        ] {
            assert_eq!(item.pointer(limit), expected);
        }
    }
}
