//! Text that members write, made fit to be stored: normalized, trimmed, cleaned, measured.
//!
//! Two people who type the same name must store the same bytes, markup must not carry scripts to
//! other members' browsers, and `minLength` must not be met with white space or invisible
//! characters. So the order is: NFC, line ends, control characters, HTML, trim, and only then the
//! lengths, in characters of what a reader sees.
//!
//! What is refused and what is repaired: a control character other than a line end or tab is
//! refused, because no keyboard makes it and dropping it silently changes what was signed or
//! hashed. Direction overrides are refused in single lines, where they serve to disguise names.
//! Markup that is not allowed is removed, because people paste from word processors.

mod collect;
pub mod fit;
pub mod search;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use unicode_normalization::UnicodeNormalization;

pub use collect::Texts;

/// How often markup may hide in markup (`&lt;b&gt;` inside of `<i>`) in a plain line.
const MAX_UNWRAPPINGS: usize = 4;

/// Cleaned HTML may have this many times the characters of its visible text's limit: room for tags
/// and entities (`&quot;` has six), not for a link of megabytes in an item of the table.
const MARKUP_FACTOR: usize = 6;

/// What kind of text a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// One line of plain text, such as a name or a title. Any markup is removed; runs of white
    /// space become one space.
    Line,
    /// Plain text of several lines, kept verbatim; the reader's program must escape it.
    Plain,
    /// HTML with a few harmless elements.
    Html,
}

/// The rule for one field.
#[derive(Clone, Copy, Debug)]
pub struct TextRule {
    /// The field's name in the contract, or a JSON pointer; it comes back in a violation.
    pub field: &'static str,
    /// What kind of text it is.
    pub kind: TextKind,
    /// The fewest visible characters.
    pub min: usize,
    /// The most characters.
    pub max: usize,
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextProblem {
    /// Fewer visible characters than the minimum, after cleaning.
    TooShort,
    /// More characters than the maximum, after cleaning.
    TooLong,
    /// Too many tags, or links that are too long, for the text that they mark up.
    TooMuchMarkup,
    /// A control character, or a direction override in a single line.
    ForbiddenCharacter(char),
    /// Markup nested in escaped markup in what should be plain.
    NestedMarkup,
}

/// A text that breaks the rule of its field: one entry of a 400's `violations`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {message}")]
pub struct TextViolation {
    /// The field of the rule.
    pub field: &'static str,
    /// The name of the rule as in JSON Schema: `minLength`, `maxLength` or `pattern`.
    pub rule: &'static str,
    /// Which problem it is, for code.
    pub problem: TextProblem,
    /// The same for people. It does not repeat the text.
    pub message: String,
}

impl TextRule {
    /// A rule for one line of plain text.
    pub const fn line(field: &'static str, min: usize, max: usize) -> Self {
        Self {
            field,
            kind: TextKind::Line,
            min,
            max,
        }
    }

    /// A rule for plain text of several lines.
    pub const fn plain(field: &'static str, min: usize, max: usize) -> Self {
        Self {
            field,
            kind: TextKind::Plain,
            min,
            max,
        }
    }

    /// A rule for HTML.
    pub const fn html(field: &'static str, min: usize, max: usize) -> Self {
        Self {
            field,
            kind: TextKind::Html,
            min,
            max,
        }
    }

    /// The text to store for what was sent. Applying the rule to its own result changes nothing.
    pub fn apply(&self, sent: &str) -> Result<String, TextViolation> {
        let text = normalize(sent);
        if let Some(character) = text.chars().find(|c| self.forbids(*c)) {
            return Err(self.violation(TextProblem::ForbiddenCharacter(character)));
        }
        let (text, visible) = match self.kind {
            TextKind::Line => {
                let line = collapse(&without_markup(text).map_err(|p| self.violation(p))?);
                (line.clone(), line)
            }
            TextKind::Plain => (text.trim().to_owned(), text),
            TextKind::Html if !text.contains(MARKUP) => {
                let html = text.trim().to_owned();
                (html.clone(), html)
            }
            TextKind::Html => {
                // Cleaning parses entities, so characters may appear that were not there before.
                let html = normalize(&CLEANER.clean(&text).to_string())
                    .trim()
                    .to_owned();
                let visible = text_content(&html);
                (html, visible)
            }
        };
        if let Some(character) = visible.chars().find(|c| self.forbids(*c)) {
            return Err(self.violation(TextProblem::ForbiddenCharacter(character)));
        }
        let visible = visible.trim();
        if visible.chars().filter(|c| !is_invisible(*c)).count() < self.min {
            return Err(self.violation(TextProblem::TooShort));
        }
        if visible.chars().count() > self.max {
            return Err(self.violation(TextProblem::TooLong));
        }
        if text.chars().count() > self.max.saturating_mul(MARKUP_FACTOR) {
            return Err(self.violation(TextProblem::TooMuchMarkup));
        }
        Ok(text)
    }

    fn forbids(&self, c: char) -> bool {
        match c {
            // A line end in a single line is white space, and collapses.
            '\n' | '\t' => false,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => self.kind == TextKind::Line,
            c => c.is_control(),
        }
    }

    fn violation(&self, problem: TextProblem) -> TextViolation {
        let (rule, message) = match problem {
            TextProblem::TooShort => (
                "minLength",
                format!("must have at least {} visible characters", self.min),
            ),
            TextProblem::TooLong => (
                "maxLength",
                format!("must have at most {} characters", self.max),
            ),
            TextProblem::TooMuchMarkup => {
                ("maxLength", "has too much markup for its text".to_owned())
            }
            TextProblem::ForbiddenCharacter(c) => (
                "pattern",
                format!("must not contain the character U+{:04X}", u32::from(c)),
            ),
            TextProblem::NestedMarkup => ("pattern", "must be plain text".to_owned()),
        };
        TextViolation {
            field: self.field,
            rule,
            problem,
            message,
        }
    }
}

/// NFC, and one kind of line end.
fn normalize(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    // Most texts are ASCII, which is in NFC.
    match text.is_ascii() {
        true => text,
        false => text.nfc().collect(),
    }
}

/// Every run of Unicode white space as one space, none at the ends.
fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that take no room: a title made of them would be empty to its readers. Joiners count
/// as invisible too, which only matters at the minimum.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{e0000}'..='\u{e0fff}'
    ) || c.is_control()
}

/// What the cleaner removes or writes otherwise. It parses HTML, which is most of the work of a request that has a text; a text with none
/// of these it leaves as it is.
const MARKUP: [char; 4] = ['<', '>', '&', '\u{a0}'];

/// The elements and attributes that members may use.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner
        .tags(HashSet::from([
            "p", "br", "b", "i", "em", "strong", "a", "ul", "ol", "li",
        ]))
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href", "title"]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"));
    cleaner
});

/// Removes every element but keeps its text; scripts and styles go with their content.
static STRIPPER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut stripper = Builder::empty();
    stripper.clean_content_tags(HashSet::from(["script", "style"]));
    stripper
});

/// The text that a browser would show for the HTML.
fn text_content(html: &str) -> String {
    // The serializer escapes these four in text and nothing else; the ampersand must come last.
    STRIPPER
        .clean(html)
        .to_string()
        .replace("&nbsp;", "\u{a0}")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// A plain text as it is, unless it contains markup; then its text content, which may have to be
/// unwrapped again because unescaping can uncover more markup.
fn without_markup(mut text: String) -> Result<String, TextProblem> {
    for _ in 0..MAX_UNWRAPPINGS {
        if !ammonia::is_html(&text) {
            return Ok(text);
        }
        text = text_content(&text);
    }
    if ammonia::is_html(&text) {
        Err(TextProblem::NestedMarkup)
    } else {
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TITLE: TextRule = TextRule::line("title", 5, 20);
    const NOTES: TextRule = TextRule::plain("notes", 0, 20);
    const DESCRIPTION: TextRule = TextRule::html("description", 5, 60);

    fn problem(rule: TextRule, text: &str) -> TextProblem {
        rule.apply(text).unwrap_err().problem
    }

    #[test]
    fn lines_are_normalized_trimmed_and_collapsed() {
        assert_eq!(
            TITLE
                .apply("\u{3000} Cafe\u{301}  \n au\u{a0}lait\t")
                .unwrap(),
            "Café au lait"
        );
        assert_eq!(
            TITLE.apply("a < b & c > d").unwrap(),
            "a < b & c > d",
            "no markup, no change"
        );
        assert_eq!(TITLE.apply("I <3 quests").unwrap(), "I <3 quests");
    }

    #[test]
    fn lines_lose_their_markup() {
        assert_eq!(
            TITLE.apply("<b>Clean</b> the park").unwrap(),
            "Clean the park"
        );
        assert_eq!(
            TITLE.apply("Hello<script>alert(1)</script>").unwrap(),
            "Hello"
        );
        assert_eq!(
            problem(TITLE, "<script>alert(1)</script>"),
            TextProblem::TooShort
        );
        assert_eq!(
            TITLE.apply("<i>x</i>&lt;b&gt;hidden&lt;/b&gt;").unwrap(),
            "xhidden"
        );
    }

    #[test]
    fn lengths_are_of_visible_characters() {
        assert_eq!(problem(TITLE, "   a b   "), TextProblem::TooShort);
        assert_eq!(
            problem(TITLE, "\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}\u{200b}"),
            TextProblem::TooShort
        );
        assert_eq!(TITLE.apply("ééééé").unwrap(), "ééééé");
        assert_eq!(TITLE.apply(&"é".repeat(20)).unwrap().chars().count(), 20);
        assert_eq!(problem(TITLE, &"é".repeat(21)), TextProblem::TooLong);
        assert_eq!(
            problem(DESCRIPTION, "<p><b> </b></p><p>abcd</p>"),
            TextProblem::TooShort
        );
        assert_eq!(
            DESCRIPTION.apply("<p>&amp;&lt;&gt;ab</p>").unwrap(),
            "<p>&amp;&lt;&gt;ab</p>"
        );
        let padded = format!(
            "<a href=\"https://example.org/{}\">abcde</a>",
            "x".repeat(400)
        );
        assert_eq!(problem(DESCRIPTION, &padded), TextProblem::TooMuchMarkup);
    }

    #[test]
    fn control_characters_are_refused_and_named() {
        let violation = TITLE.apply("hello\0world").unwrap_err();
        assert_eq!(
            violation.to_string(),
            "title: must not contain the character U+0000"
        );
        assert_eq!((violation.field, violation.rule), ("title", "pattern"));
        assert_eq!(
            problem(TITLE, "invoice\u{202e}fdp.exe"),
            TextProblem::ForbiddenCharacter('\u{202e}')
        );
        assert_eq!(
            problem(NOTES, "a\u{7f}"),
            TextProblem::ForbiddenCharacter('\u{7f}')
        );
        assert_eq!(NOTES.apply("a\r\nb\tc\rd ").unwrap(), "a\nb\tc\nd");
    }

    #[test]
    fn html_keeps_what_is_harmless() {
        for (sent, stored) in [
            (
                "<p>Rake <b>all</b> leaves</p>",
                "<p>Rake <b>all</b> leaves</p>",
            ),
            ("<h1>Rake</h1> leaves", "Rake leaves"),
            ("Rake<br/>leaves", "Rake<br>leaves"),
            ("leaves<script>alert(1)</script>", "leaves"),
            ("leaves<img src=x onerror=alert(1)>", "leaves"),
            ("<p onclick=\"x()\" style=\"x\">leaves</p>", "<p>leaves</p>"),
            (
                "<a href=\"javascript:alert(1)\">leaves</a>",
                "<a rel=\"noopener noreferrer nofollow\">leaves</a>",
            ),
            (
                "<a href=\" JaVa\tScript:alert(1)\">leaves</a>",
                "<a rel=\"noopener noreferrer nofollow\">leaves</a>",
            ),
            (
                "<a href=\"//evil.example\">leaves</a>",
                "<a rel=\"noopener noreferrer nofollow\">leaves</a>",
            ),
            (
                "<a href=\"https://example.org\" title=\"t\" target=\"_blank\">leaves</a>",
                "<a href=\"https://example.org\" title=\"t\" rel=\"noopener noreferrer nofollow\">leaves</a>",
            ),
            (
                "<ul><li>Rake</li></ul>leaves<!-- c -->",
                "<ul><li>Rake</li></ul>leaves",
            ),
            (
                "<svg><p><style><b title=\"</style><img src onerror=alert(1)>\">",
                "<p>\"&gt;</p>",
            ),
        ] {
            let rule = TextRule {
                min: 0,
                ..DESCRIPTION
            };
            assert_eq!(rule.apply(sent).unwrap(), stored, "{sent}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn the_cleaner_leaves_a_text_without_markup_as_it_is(text in "([^<>&\u{a0}\\pC]|\n|\t){0,24}") {
            prop_assert_eq!(CLEANER.clean(&text).to_string(), text);
        }

        #[test]
        fn cleaning_twice_changes_nothing(text in "([a-c<>&;/= \"\n]|<b>|</b>|&lt;|&amp;|e\u{301}|<a href=|\\PC){0,24}") {
            for rule in [TITLE, NOTES, DESCRIPTION] {
                let rule = TextRule { min: 0, max: 500, ..rule };
                if let Ok(once) = rule.apply(&text) {
                    prop_assert_eq!(rule.apply(&once).unwrap(), once);
                }
            }
        }
    }
}
