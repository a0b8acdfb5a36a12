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

/// The longest name of a module, so that its file has fewer than 80 characters.
const LONGEST: usize = 76;

/// The module of something with this name in snake_case. One that is long is cut off between words, and ends with what tells it from
/// others with the same beginning.
pub(super) fn module_name(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    // FNV-1a, which is the same everywhere and always.
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let room = LONGEST - 9;
    let start = name.get(..room).unwrap_or(name);
    let start = start.rsplit_once('_').map_or(start, |(start, _)| start);
    format!("{start}_{:08x}", hash & 0xffff_ffff)
}

/// The module of the type with this name.
pub(super) fn module_of_type(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 8);
    for c in name.chars() {
        if c.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    match snake.as_str() {
        // Their files would be others, or they stand beside it for something else.
        "crate" | "mod" | "self" | "super" | "rt" | "schemas" | "core" | "serde" | "std" => {
            format!("{snake}_")
        }
        "gen" => "r#gen".to_owned(),
        _ if syn::parse_str::<Ident>(&snake).is_ok() => module_name(&snake),
        _ => format!("r#{snake}"),
    }
}

/// `quest_id` as `QUEST_ID`.
pub(super) fn constant(name: &str) -> Ident {
    ident(&file(name).to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_have_short_names() {
        assert_eq!(module_name("list_quests"), "list_quests");
        let long = "word_".repeat(40);
        let other = format!("{long}x");
        for name in [
            module_name(&long),
            module_name(&other),
            module_name(&"x".repeat(10_000)),
        ] {
            assert!(name.len() <= LONGEST, "{name}");
        }
        assert_ne!(module_name(&long), module_name(&other));
        for (name, expected) in [
            ("QuestStatus", "quest_status"),
            ("Type", "r#type"),
            ("Mod", "mod_"),
            ("Rt", "rt_"),
            ("N3dModel", "n3d_model"),
        ] {
            assert_eq!(module_of_type(name), expected);
        }
    }

    #[test]
    fn never_panics() {
        assert_eq!(ident("r#type").to_string(), "r#type");
        for name in ["", "1a", "type", "r#self", "r#", "a b", "é-"] {
            assert_eq!(ident(name).to_string(), "__not_an_identifier", "{name}");
        }
    }
}
