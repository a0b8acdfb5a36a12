//! The texts of an account, and the 400 that lists what is wrong with them.
//!
//! The contract's own rules (lengths and patterns of what was sent) have been checked before; these are the same limits for
//! what is left after cleaning. User names and telephone numbers have patterns that leave nothing to clean.

use civicforge_kernel::text::TextRule;
use civicforge_runtime::path::Path;
use civicforge_runtime::status::BadRequest;
use civicforge_runtime::violation::Violations;
use unicode_normalization::UnicodeNormalization;

const NAME: TextRule = TextRule::line("name", 1, 100);

/// The name to store for what was sent; what is wrong with it is added to the violations.
pub fn name(sent: &str, violations: &mut Violations) -> String {
    NAME.apply(sent).unwrap_or_else(|found| {
        violations.add(&Path::Root.key(found.field), found.rule, found.message);
        String::new()
    })
}

/// The e-mail address to store for what was sent.
pub fn email(sent: &str) -> String {
    sent.trim().nfc().collect()
}

/// The form of an e-mail address that is compared: trimmed, in lower case.
pub fn normal_email(address: &str) -> String {
    address.trim().to_lowercase()
}

/// The 400 that lists what is wrong with a body.
pub fn invalid(violations: Violations) -> BadRequest {
    BadRequest::default()
        .detail("The request breaks rules of the contract.")
        .violations(violations)
}
