//! Names as tokens.

use proc_macro2::{Ident, Span};

/// An identifier, raw where it is written `r#name`. Lowering has made names that are identifiers; should one not be, the
/// code that comes out names it and does not compile, which is better than a generator that panics.
pub(super) fn ident(name: &str) -> Ident {
    if let Some(raw) = name.strip_prefix("r#") {
        if syn::parse_str::<Ident>(name).is_ok() {
            return Ident::new_raw(raw, Span::call_site());
        }
    } else if syn::parse_str::<Ident>(name).is_ok() {
        return Ident::new(name, Span::call_site());
    }
    Ident::new("__not_an_identifier", Span::call_site())
}

/// A module's file name.
pub(super) fn file(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// `quest_id` as `QUEST_ID`.
pub(super) fn constant(name: &str) -> Ident {
    ident(&file(name).to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_panics() {
        assert_eq!(ident("r#type").to_string(), "r#type");
        for name in ["", "1a", "type", "r#self", "r#", "a b", "é-"] {
            assert_eq!(ident(name).to_string(), "__not_an_identifier", "{name}");
        }
    }
}
