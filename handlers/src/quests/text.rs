//! The texts of quests: what is stored for what was sent, and every violation of one request at once.
//!
//! The contract's own rules (lengths and patterns of what was sent) have been checked before; these are the same limits for
//! what is left after cleaning.

use chrono::{DateTime, Datelike, Utc};
use civicforge_api::types::QuestDraft;
use civicforge_kernel::table::stamp;
use civicforge_kernel::text::TextRule;
use civicforge_runtime::path::Path;
use civicforge_runtime::status::BadRequest;
use civicforge_runtime::violation::Violations;
use unicode_normalization::UnicodeNormalization;

const TITLE: TextRule = TextRule::line("title", 5, 200);
const DESCRIPTION: TextRule = TextRule::html("description", 20, 2000);
const SUBMISSION: TextRule = TextRule::html("submissionText", 10, 2000);
const REASON: TextRule = TextRule::html("reason", 20, 1000);
const NOTES: TextRule = TextRule::html("notes", 0, 500);

/// Applies rules to the members of a body, and collects what they find.
#[derive(Debug, Default)]
pub struct Texts {
    violations: Violations,
}

impl Texts {
    fn apply(&mut self, rule: TextRule, sent: &str) -> String {
        let found = match rule.apply(sent) {
            // The contract's limit is for the HTML too, and answers are held against it; the rule counts what is visible.
            Ok(text) if text.chars().count() > rule.max => {
                let message = format!("must have at most {} characters when cleaned", rule.max);
                (rule.field, "maxLength", message)
            }
            Ok(text) => return text,
            Err(found) => (found.field, found.rule, found.message),
        };
        let (field, rule, message) = found;
        let at = Path::Root;
        self.violations.add(&at.key(field), rule, message);
        String::new()
    }

    /// An optional text of which nothing is left counts as absent.
    fn optional(&mut self, rule: TextRule, sent: Option<&str>) -> Option<String> {
        let text = self.apply(rule, sent?);
        (!visible(&text).trim().is_empty()).then_some(text)
    }

    fn finish<T>(self, value: T) -> Result<T, BadRequest> {
        if self.violations.is_empty() {
            return Ok(value);
        }
        Err(BadRequest::default()
            .detail("The request breaks rules of the contract.")
            .violations(self.violations))
    }
}

/// What a draft comes to: title, description and date.
pub fn draft(
    draft: &QuestDraft,
    now: DateTime<Utc>,
) -> Result<(String, String, Option<DateTime<Utc>>), BadRequest> {
    let mut texts = Texts::default();
    let title = texts.apply(TITLE, &draft.title);
    let description = texts.apply(DESCRIPTION, &draft.description);
    let expires_at = draft.expires_at.map(stamp::truncate);
    if let Some(at) = expires_at {
        let place = Path::Root;
        if at <= now {
            let message = "must be in the future";
            texts
                .violations
                .add(&place.key("expiresAt"), "future", message);
        } else if at.year() > 9999 {
            // The offset can carry the last hours of 9999 into a year that the table's keys have no room for.
            let message = "must be before the year 10000 in UTC";
            texts
                .violations
                .add(&place.key("expiresAt"), "maximum", message);
        }
    }
    texts.finish((title, description, expires_at))
}

/// What is handed in.
pub fn submission(sent: &str) -> Result<String, BadRequest> {
    one(SUBMISSION, sent)
}

/// Why a quest is disputed.
pub fn reason(sent: &str) -> Result<String, BadRequest> {
    one(REASON, sent)
}

/// A few optional words.
pub fn notes(sent: Option<&str>) -> Result<Option<String>, BadRequest> {
    let mut texts = Texts::default();
    let notes = texts.optional(NOTES, sent);
    texts.finish(notes)
}

fn one(rule: TextRule, sent: &str) -> Result<String, BadRequest> {
    let mut texts = Texts::default();
    let text = texts.apply(rule, sent);
    texts.finish(text)
}

/// A text to search for, or none where nothing is left of it.
pub fn needle(search: &str) -> Option<String> {
    let folded = fold(search.trim());
    (!folded.is_empty()).then_some(folded)
}

/// Whether a title or description contains a [`needle`]. The description is HTML as the cleaner leaves it.
pub fn contains(needle: &str, title: &str, description: &str) -> bool {
    fold(title).contains(needle) || fold(&visible(description)).contains(needle)
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
fn visible(html: &str) -> String {
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

    #[test]
    fn what_is_stored_keeps_to_the_limit_with_its_markup() {
        let words = |n| "&".repeat(n);
        assert_eq!(submission(&words(400)).map(|text| text.len()), Ok(2000));
        assert!(submission(&words(401)).is_err());
        let link = "<a href=\"https://example.org\">x</a>";
        assert!(
            notes(Some(&link.repeat(8))).is_err(),
            "the cleaner adds to a link"
        );
    }

    #[test]
    fn optional_text_of_which_nothing_is_left_is_absent() {
        for sent in [
            "",
            "  ",
            "<script>alert(1)</script>",
            "<p> </p>",
            "<b>&nbsp;</b>",
        ] {
            assert_eq!(notes(Some(sent)), Ok(None), "{sent}");
        }
        assert_eq!(notes(Some(" <b>x</b> ")), Ok(Some("<b>x</b>".to_owned())));
        assert_eq!(notes(None), Ok(None));
    }
}
