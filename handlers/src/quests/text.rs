//! The texts of quests: what is stored for what was sent.

use chrono::{DateTime, Datelike, Utc};
use civicforge_api::types::QuestDraft;
use civicforge_kernel::table::stamp;
use civicforge_kernel::text::{TextRule, Texts};
use civicforge_runtime::status::BadRequest;

const TITLE: TextRule = TextRule::line("title", 5, 200);
const DESCRIPTION: TextRule = TextRule::html("description", 20, 2000);
const SUBMISSION: TextRule = TextRule::html("submissionText", 10, 2000);
const REASON: TextRule = TextRule::html("reason", 20, 1000);
const NOTES: TextRule = TextRule::html("notes", 0, 500);

/// The title, description and expiry to store for a draft.
///
/// # Errors
///
/// Every rule that the draft breaks.
pub fn draft(
    draft: &QuestDraft,
    now: DateTime<Utc>,
) -> Result<(String, String, Option<DateTime<Utc>>), BadRequest> {
    let mut texts = Texts::default();
    let title = texts.apply(TITLE, &draft.title);
    let description = texts.apply(DESCRIPTION, &draft.description);
    let expires_at = draft.expires_at.map(stamp::truncate);
    if let Some(at) = expires_at {
        if at <= now {
            texts.refuse("expiresAt", "future", "must be in the future");
        } else if at.year() > 9999 {
            // The offset can carry the last hours of 9999 into a year that the table's keys have no room for.
            let message = "must be before the year 10000 in UTC";
            texts.refuse("expiresAt", "maximum", message);
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

#[cfg(test)]
mod tests {
    use super::*;

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
