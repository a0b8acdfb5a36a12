//! What titles and posts may be, where a forum has left the rules as they come.

use std::collections::HashSet;

/// A title as it is kept: one space between words, no marks at its end, a capital first.
pub(super) fn cleaned(title: &str) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = title.trim_end_matches(['.', '!', '?']);
    let mut rest = title.chars();
    let first = rest.next().into_iter().flat_map(char::to_uppercase);
    first.chain(rest.as_str().chars()).collect()
}

pub(super) fn title(title: &str) -> Vec<String> {
    let mut errors = Vec::new();
    let length = title.chars().count();
    if length < 15 {
        errors.push("Title is too short (minimum is 15 characters)".to_owned());
    }
    if length > 255 {
        errors.push("Title is too long (maximum is 255 characters)".to_owned());
    }
    let has_lower = title.chars().any(char::is_lowercase);
    let has_upper = title.chars().any(char::is_uppercase);
    if distinct(title) < 10 || (has_upper && !has_lower) {
        errors.push("Title seems unclear, is it a complete sentence?".to_owned());
    }
    if title.split(' ').any(|word| word.chars().count() > 30) {
        errors.push("Title has words that are too long".to_owned());
    }
    let pictures = title.chars().filter(|&c| u32::from(c) >= 0x1F300);
    if pictures.count() > 1 {
        errors.push("Title can't have more than one emoji".to_owned());
    }
    errors
}

pub(super) fn post(raw: &str) -> Vec<String> {
    let mut errors = Vec::new();
    let length = raw.chars().count();
    if length < 20 {
        errors.push("Body is too short (minimum is 20 characters)".to_owned());
    }
    if length > 32_000 {
        errors.push("Body is limited to 32000 characters".to_owned());
    }
    if distinct(raw) < 7 {
        errors.push("Body seems unclear, is it a complete sentence?".to_owned());
    }
    errors
}

fn distinct(text: &str) -> usize {
    text.chars().collect::<HashSet<_>>().len()
}

pub(super) fn is_external_id(id: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    (1..=50).contains(&id.len()) && id.chars().all(known)
}

pub(super) fn slug(title: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { ' ' };
    let title: String = title.to_lowercase().chars().map(plain).collect();
    let slug = title.split_whitespace().collect::<Vec<_>>().join("-");
    if slug.is_empty() {
        "topic".to_owned()
    } else {
        slug
    }
}
