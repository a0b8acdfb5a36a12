//! Currencies.

use iso_currency::Currency;

/// Whether there is a currency of this code in ISO 4217 in which something can have a price: metals, and codes for tests, have none.
pub fn is_currency(code: &str) -> bool {
    Currency::from_code(code).is_some_and(|currency| currency.exponent().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_minor_units_is_a_currency() {
        for code in ["USD", "EUR", "JPY", "KWD"] {
            assert!(is_currency(code), "{code}");
        }
        for code in ["XXX", "XTS", "XAU", "ZZZ", "usd", ""] {
            assert!(!is_currency(code), "{code}");
        }
    }
}
