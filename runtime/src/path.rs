//! Where in a value the validator is.

use std::fmt;

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

/// The JSON pointer (RFC 6901).
impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => Ok(()),
            Path::Key(parent, name) => {
                write!(f, "{parent}/")?;
                let mut rest = *name;
                while let Some(at) = rest.find(['~', '/']) {
                    f.write_str(&rest[..at])?;
                    f.write_str(if rest[at..].starts_with('~') {
                        "~0"
                    } else {
                        "~1"
                    })?;
                    rest = &rest[at + 1..];
                }
                f.write_str(rest)
            }
            Path::Index(parent, index) => write!(f, "{parent}/{index}"),
        }
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
}
