//! Searching in texts as readers see them.

use unicode_normalization::UnicodeNormalization;

/// A text to search for, or none where nothing is left of it.
pub fn needle(search: &str) -> Option<String> {
    let folded = fold(search.trim());
    (!folded.is_empty()).then_some(folded)
}

/// The form of a name in which it is found: upper and lower case are alike, and so is all white space.
pub fn folded(name: &str) -> String {
    let words: Vec<_> = name.split_whitespace().collect();
    needle(&words.join(" ")).unwrap_or_default()
}

/// Whether a title or description contains a [`needle`]. The description is HTML as the cleaner leaves it.
pub fn contains(needle: &str, title: &str, description: &str) -> bool {
    is_in(needle, title) || is_in(needle, &visible(description))
}

/// Whether a plain text contains a [`needle`].
pub fn is_in(needle: &str, text: &str) -> bool {
    fold(text).contains(needle)
}

/// The form of a text in which upper and lower case are alike: NFC, then every character in lower case.
fn fold(text: &str) -> String {
    // Most texts are ASCII, which is in NFC, and searching one is a fraction of the work then.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    // Character by character, so that Σ at the end of a word is no other letter than within it.
    text.nfc()
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ς' { 'σ' } else { c })
        .collect()
}

/// The text of cleaned HTML without its tags. A search runs this over hundreds of quests for a page, so it does not parse:
/// the cleaner writes `<` of a text as an entity, so what is between `<` and `>` is a tag.
pub(super) fn visible(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        rest = after_tag(tag);
    }
    text.push_str(rest);
    if !text.contains('&') {
        return text;
    }
    text.replace("&nbsp;", "\u{a0}")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// What follows a tag, whose attributes may hold `>` between quotation marks.
fn after_tag(tag: &str) -> &str {
    let mut quoted = false;
    for (at, c) in tag.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return tag.get(at + 1..).unwrap_or_default(),
            _ => {}
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_see_what_readers_see() {
        let html = r#"Plant <b>Straße</b>n&amp;Bäume<br><a href="https://x.org/?a>b" title="q">ΟΔΟΣ</a> &lt;p&gt;"#;
        for found in [
            "straßen&bäume",
            "STRASSE",
            "οδος",
            "ΟΔΟΣ",
            "<p>",
            " Plant s",
        ] {
            let expected = found != "STRASSE";
            let needle = needle(found).unwrap();
            assert_eq!(contains(&needle, "", html), expected, "{found}");
        }
        for absent in ["href", "x.org", "amp;", "b>"] {
            assert!(
                !contains(&needle(absent).unwrap(), "title", html),
                "{absent}"
            );
        }
        assert!(contains(&needle("CAFE\u{301}").unwrap(), "Ein Café", ""));
        assert_eq!(needle(" \u{3000}"), None);
    }
}
