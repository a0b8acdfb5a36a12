//! The texts of an account. User names and telephone numbers have patterns in the contract that leave nothing to clean.

use civicforge_kernel::text::TextRule;
use unicode_normalization::UnicodeNormalization;

/// The name of a member.
pub const NAME: TextRule = TextRule::line("name", 1, 100);

/// The e-mail address to store for what was sent.
pub fn email(sent: &str) -> String {
    sent.trim().nfc().collect()
}

/// The form of an e-mail address that is compared: trimmed, in lower case.
pub fn normal_email(address: &str) -> String {
    address.trim().to_lowercase()
}
