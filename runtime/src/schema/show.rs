//! How rules name their values in messages. These are the contract's own words, never what was sent.

use std::fmt;

use super::Literal;

/// More values than this are not listed.
const MANY: usize = 20;

/// The values of an `enum`.
pub(super) struct OneOf<'l>(pub(super) &'l [Literal]);

impl fmt::Display for OneOf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        list(f, self.0, write_literal)
    }
}

/// The values of a discriminator.
pub(super) struct Quoted<'l>(pub(super) &'l [(&'static str, usize)]);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        list(f, self.0, |f, (name, _)| write!(f, "{name:?}"))
    }
}

fn list<T>(
    f: &mut fmt::Formatter<'_>,
    items: &[T],
    mut write: impl FnMut(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    if let [only] = items {
        return write(f, only);
    }
    f.write_str("one of ")?;
    for (index, item) in items.iter().take(MANY).enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        write(f, item)?;
    }
    match items.len().checked_sub(MANY) {
        Some(more @ 1..) => write!(f, " and {more} more"),
        _ => Ok(()),
    }
}

fn write_literal(f: &mut fmt::Formatter<'_>, literal: &Literal) -> fmt::Result {
    match literal {
        Literal::Null => f.write_str("null"),
        Literal::Boolean(value) => write!(f, "{value}"),
        Literal::Number(value) => write!(f, "{value}"),
        Literal::String(value) => write!(f, "{value:?}"),
        Literal::Array(items) => {
            f.write_str("[")?;
            for (index, item) in items.iter().enumerate() {
                f.write_str(if index > 0 { "," } else { "" })?;
                write_literal(f, item)?;
            }
            f.write_str("]")
        }
        Literal::Object(members) => {
            f.write_str("{")?;
            for (index, (name, value)) in members.iter().enumerate() {
                write!(f, "{}{name:?}:", if index > 0 { "," } else { "" })?;
                write_literal(f, value)?;
            }
            f.write_str("}")
        }
    }
}
