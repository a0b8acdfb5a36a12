//! The texts of one request, and every violation of them at once.
//!
//! The contract's own rules (lengths and patterns of what was sent) have been checked before; these are the same limits for
//! what is left after cleaning.

use civicforge_runtime::path::Path;
use civicforge_runtime::status::BadRequest;
use civicforge_runtime::violation::Violations;

use super::TextRule;
use super::search::visible;

/// Applies rules to the members of a body, and collects what they find.
#[derive(Debug, Default)]
pub struct Texts {
    violations: Violations,
}

impl Texts {
    /// The text to store for what was sent; empty where that breaks the rule.
    pub fn apply(&mut self, rule: TextRule, sent: &str) -> String {
        match rule.apply(sent) {
            // The contract's limit is for the HTML too, and answers are held against it; the rule counts what is visible.
            Ok(text) if text.chars().count() > rule.max => {
                let message = format!("must have at most {} characters when cleaned", rule.max);
                self.refuse(rule.field, "maxLength", message);
            }
            Ok(text) => return text,
            Err(found) => self.refuse(found.field, found.rule, found.message),
        }
        String::new()
    }

    /// The same for an optional text. One of which nothing is left counts as absent.
    pub fn optional(&mut self, rule: TextRule, sent: Option<&str>) -> Option<String> {
        let text = self.apply(rule, sent?);
        (!visible(&text).trim().is_empty()).then_some(text)
    }

    /// The texts of an array, none of which may be there twice.
    pub fn each(&mut self, rule: TextRule, sent: &[String]) -> Vec<String> {
        let mut texts: Vec<String> = Vec::with_capacity(sent.len());
        for (index, one) in sent.iter().enumerate() {
            let (broken, message) = match rule.apply(one) {
                Ok(text) if texts.contains(&text) => ("uniqueItems", "is there before".to_owned()),
                Ok(text) => {
                    texts.push(text);
                    continue;
                }
                Err(found) => (found.rule, found.message),
            };
            let at = Path::Root;
            let at = at.key(rule.field);
            self.violations.add(&at.index(index), broken, message);
        }
        texts
    }

    /// Adds what something else than a text breaks.
    pub fn refuse(&mut self, field: &str, rule: &'static str, message: impl Into<String>) {
        let at = Path::Root;
        self.violations.add(&at.key(field), rule, message.into());
    }

    /// What was made of the body.
    ///
    /// # Errors
    ///
    /// The 400 that lists every violation, if there is one.
    pub fn finish<T>(self, value: T) -> Result<T, BadRequest> {
        if self.violations.is_empty() {
            return Ok(value);
        }
        Err(BadRequest::default()
            .detail("The request breaks rules of the contract.")
            .violations(self.violations))
    }
}
