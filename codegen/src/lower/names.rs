//! Names of the contract into Rust names: words, case, keywords, and each only once.
//!
//! All of it is deterministic, and a name depends only on the thing's own name and on the ones before it in the
//! document, so that adding to the end of a contract renames nothing.

use std::collections::{HashMap, HashSet};

use super::transliterate::transliterate;

/// Splits a name into words of ASCII letters and digits.
///
/// A word ends where the letters' case says so (`listHTTPServers` → `list`, `HTTP`, `Servers`), and at anything
/// that is not a letter or a digit. A name without any letter or digit gets words for its symbols.
fn words(name: &str) -> Vec<String> {
    let plain = transliterate(name);
    let chars: Vec<char> = plain.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (at, c) in chars.iter().copied().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
        let after = chars.get(at + 1).copied();
        if !c.is_ascii_alphanumeric() {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            let sign = at == 0 && after.is_some_and(|c| c.is_ascii_digit());
            words.extend(
                sign.then(|| symbol(c))
                    .flatten()
                    .filter(|_| "+-".contains(c))
                    .map(str::to_owned),
            );
            continue;
        }
        let starts = c.is_ascii_uppercase()
            && (before.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
                || (before.is_some_and(|b| b.is_ascii_uppercase())
                    && after.is_some_and(|a| a.is_ascii_lowercase())));
        if starts && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        word.push(c);
    }
    words.extend((!word.is_empty()).then_some(word));
    if words.is_empty() {
        words = name
            .chars()
            .take(8)
            .filter_map(symbol)
            .map(str::to_owned)
            .collect();
    }
    if words.is_empty() {
        words.push(if name.is_empty() { "empty" } else { "other" }.to_owned());
    }
    words
}

fn symbol(c: char) -> Option<&'static str> {
    Some(match c {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '?' => "question",
        '#' => "hash",
        '$' => "dollar",
        '@' => "at",
        '^' => "caret",
        '~' => "tilde",
        '_' => "underscore",
        '\'' | '"' => "quote",
        '(' | ')' | '[' | ']' | '{' | '}' => "bracket",
        ' ' => "space",
        _ => return None,
    })
}

/// `UpperCamelCase`; a leading digit gets an `N` in front.
pub fn upper_camel(name: &str) -> String {
    let mut out = String::new();
    for word in words(name) {
        let mut letters = word.chars();
        out.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        out.extend(letters.map(|c| c.to_ascii_lowercase()));
    }
    if out.starts_with(|c: char| c.is_ascii_digit()) {
        format!("N{out}")
    } else {
        out
    }
}

/// A header's name without its case, which means nothing: the words of `ETag` and `X-RateLimit-Limit` end at `-`.
pub fn header_words(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// `snake_case`; a leading digit gets an `n` in front.
pub fn snake(name: &str) -> String {
    let out = words(name)
        .iter()
        .map(|word| word.to_ascii_lowercase())
        .collect::<Vec<_>>()
        .join("_");
    if out.starts_with(|c: char| c.is_ascii_digit()) {
        format!("n{out}")
    } else {
        out
    }
}

/// `SCREAMING_SNAKE_CASE`.
pub fn screaming(name: &str) -> String {
    snake(name).to_ascii_uppercase()
}

/// Keywords of every edition, strict and reserved.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot be written as `r#…`.
const NEVER_RAW: &[&str] = &["crate", "self", "super", "_"];

/// A snake_case name as an identifier: raw where it is a keyword.
pub fn raw(name: &str) -> String {
    if NEVER_RAW.contains(&name) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name) {
        format!("r#{name}")
    } else {
        name.to_owned()
    }
}

/// Type names of the prelude and of the language, which a generated type must not hide.
const PRELUDE: &[&str] = &[
    "Self",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "Vec",
    "Box",
    "String",
    "Default",
    "Clone",
    "Debug",
    "Copy",
    "Send",
    "Sync",
    "From",
    "Into",
    "Iterator",
    "Drop",
    "Fn",
    "FnMut",
    "FnOnce",
    "Eq",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "ToString",
    "ToOwned",
    "AsRef",
    "AsMut",
    "TryFrom",
    "TryInto",
    "Sized",
    "Unpin",
    "Extend",
];

/// Whether a type of this name would hide one that the output writes without a path.
pub fn hides_prelude(name: &str) -> bool {
    PRELUDE.contains(&name)
}

/// Names that are in use in one place.
#[derive(Debug, Default)]
pub struct Names {
    used: HashSet<String>,
    next: HashMap<String, usize>,
}

impl Names {
    /// Type names: those of the prelude are in use.
    pub fn types() -> Self {
        let used = PRELUDE.iter().map(|name| (*name).to_owned()).collect();
        Self {
            used,
            next: HashMap::new(),
        }
    }

    /// Marks a name as in use. `false`: it was.
    pub fn take(&mut self, name: &str) -> bool {
        self.used.insert(name.to_owned())
    }

    /// Marks a name as free again.
    pub fn release(&mut self, name: &str) {
        self.used.remove(name);
    }

    /// Whether a name is in use.
    pub fn has(&self, name: &str) -> bool {
        self.used.contains(name)
    }

    /// The name, or the name with `separator` and the first number from 2 on that is free.
    fn numbered(&mut self, name: String, separator: &str) -> String {
        if self.used.insert(name.clone()) {
            return name;
        }
        let mut number = self.next.get(&name).copied().unwrap_or(2);
        loop {
            let candidate = format!("{name}{separator}{number}");
            number += 1;
            if self.used.insert(candidate.clone()) {
                self.next.insert(name, number);
                return candidate;
            }
        }
    }

    /// A unique type or variant name.
    pub fn camel(&mut self, wanted: &str) -> String {
        let name = upper_camel(wanted);
        let name = if hides_prelude(&name) {
            format!("{name}Type")
        } else {
            name
        };
        self.numbered(name, "")
    }

    /// A unique variant name. A variant may be called as anything but `Self`.
    pub fn variant(&mut self, wanted: &str) -> String {
        let name = upper_camel(wanted);
        self.numbered(
            if name == "Self" {
                "SelfValue".to_owned()
            } else {
                name
            },
            "",
        )
    }

    /// A unique field, method or module name.
    pub fn snake(&mut self, wanted: &str) -> String {
        let name = self.numbered(snake(wanted), "_");
        raw(&name)
    }

    /// A unique constant name.
    pub fn screaming(&mut self, wanted: &str) -> String {
        self.numbered(screaming(wanted), "_")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_follow_case_and_symbols() {
        for (name, camel, lower) in [
            ("getQuestById", "GetQuestById", "get_quest_by_id"),
            ("listHTTPServers", "ListHttpServers", "list_http_servers"),
            ("x-request-id", "XRequestId", "x_request_id"),
            ("3dModel", "N3dModel", "n3d_model"),
            ("+1", "Plus1", "plus_1"),
            ("-1", "Minus1", "minus_1"),
            (">=", "GreaterEqual", "greater_equal"),
            ("", "Empty", "empty"),
            ("Größe", "Groesse", "groesse"),
            ("Привет", "Privet", "privet"),
            ("名前", "U540dU524d", "u540d_u524d"),
            ("a__b", "AB", "a_b"),
        ] {
            assert_eq!(upper_camel(name), camel, "{name}");
            assert_eq!(snake(name), lower, "{name}");
        }
    }

    #[test]
    fn names_are_unique_and_never_keywords() {
        let mut names = Names::default();
        assert_eq!(names.snake("type"), "r#type");
        assert_eq!(names.snake("Type"), "type_2");
        assert_eq!(names.snake("self"), "self_");
        let mut names = Names::types();
        assert_eq!(names.camel("Option"), "OptionType");
        assert_eq!(names.camel("pet"), "Pet");
        assert_eq!(names.camel("Pet"), "Pet2");
        assert_eq!(names.camel("PET"), "Pet3");
    }
}
