//! Whether a schema accepts a value: for defaults, at generation time.
//!
//! The runtime has its own, faster one for generated rules. This one reads the contract directly, and is used for
//! the handful of values that the contract itself holds.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::Lowering;
use crate::number::{beside_range, integer, integer_of, is_same};
use crate::parse::schema::{Additional, SchemaView};
use crate::source::NodeId;

/// How many schemas one value is held against before it is let pass: `allOf` over `allOf` can double at each step.
const FUEL: usize = 10_000;

impl Lowering<'_> {
    /// Whether the schema accepts the value.
    pub(super) fn accepts(&self, node: NodeId, value: &Value) -> bool {
        let mut fuel = FUEL;
        self.check(node, value, &mut fuel)
    }

    // Recursion: into smaller values, or along edges that `cycles` has bounded.
    fn check(&self, node: NodeId, value: &Value, fuel: &mut usize) -> bool {
        if *fuel == 0 {
            return true;
        }
        *fuel -= 1;
        let view = self.view(node);
        if value.is_null() && view.data.nullable {
            return true;
        }
        let alternatives = |nodes: &[NodeId], fuel: &mut usize| {
            nodes
                .iter()
                .filter(|node| self.check(**node, value, fuel))
                .count()
        };
        type_accepts(&view, value)
            && view
                .enumeration
                .as_ref()
                .is_none_or(|values| values.iter().any(|known| is_same(known, value)))
            && self.check_by_type(node, &view, value, fuel)
            && view
                .all_of
                .iter()
                .all(|node| self.check(*node, value, fuel))
            && (view.any_of.is_empty() || alternatives(&view.any_of, fuel) > 0)
            && (view.one_of.is_empty() || alternatives(&view.one_of, fuel) == 1)
            && view.not.is_none_or(|node| !self.check(node, value, fuel))
    }

    fn check_by_type(
        &self,
        node: NodeId,
        view: &SchemaView,
        value: &Value,
        fuel: &mut usize,
    ) -> bool {
        match value {
            Value::String(text) => self.check_text(node, view, text),
            Value::Number(number) => check_number(view, number),
            Value::Array(items) => {
                let rules = &view.rules;
                let unique = rules.unique_items != Some(true)
                    || items
                        .iter()
                        .enumerate()
                        .all(|(at, item)| !items[..at].iter().any(|known| is_same(known, item)));
                rules.min_items.is_none_or(|least| items.len() >= least)
                    && rules.max_items.is_none_or(|most| items.len() <= most)
                    && unique
                    && view
                        .items
                        .is_none_or(|node| items.iter().all(|item| self.check(node, item, fuel)))
            }
            Value::Object(map) => {
                let rules = &view.rules;
                rules.min_properties.is_none_or(|least| map.len() >= least)
                    && rules.max_properties.is_none_or(|most| map.len() <= most)
                    && rules.required.iter().all(|name| map.contains_key(name))
                    && map.iter().all(|(name, value)| match view.property(name) {
                        Some(node) => self.check(node, value, fuel),
                        None => match view.additional {
                            Some(Additional::Boolean(allowed)) => allowed,
                            Some(Additional::Schema(node)) => self.check(node, value, fuel),
                            None => true,
                        },
                    })
            }
            Value::Null | Value::Bool(_) => true,
        }
    }

    fn check_text(&self, node: NodeId, view: &SchemaView, text: &str) -> bool {
        let rules = &view.rules;
        let length = text.chars().count();
        rules.min_length.is_none_or(|least| length >= least)
            && rules.max_length.is_none_or(|most| length <= most)
            && self
                .patterns
                .get(&node)
                .is_none_or(|pattern| super::patterns::matches(pattern, text))
            && rules
                .format
                .as_deref()
                .is_none_or(|format| format_accepts(format, text))
    }
}

fn type_accepts(view: &SchemaView, value: &Value) -> bool {
    match view.rules.typ.as_deref() {
        Some("boolean") => value.is_boolean(),
        Some("integer") => integer_of(value).is_some(),
        Some("number") => value.is_number(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => true,
    }
}

fn check_number(view: &SchemaView, number: &Number) -> bool {
    let rules = &view.rules;
    let low = view
        .minimum
        .as_ref()
        .is_none_or(|least| match compare(number, least) {
            Ordering::Less => false,
            Ordering::Equal => rules.exclusive_minimum != Some(true),
            Ordering::Greater => true,
        });
    let high = view
        .maximum
        .as_ref()
        .is_none_or(|most| match compare(number, most) {
            Ordering::Greater => false,
            Ordering::Equal => rules.exclusive_maximum != Some(true),
            Ordering::Less => true,
        });
    let held = beside_range(rules.typ.as_deref(), rules.format.as_deref(), number).is_eq();
    let step = view
        .multiple_of
        .as_ref()
        .and_then(Number::as_f64)
        .filter(|step| *step > 0.0);
    let multiple = match (step, number.as_f64()) {
        (Some(step), Some(n)) => {
            let ratio = n / step;
            (ratio - ratio.round()).abs() < 1e-9
        }
        _ => true,
    };
    low && high && held && multiple
}

/// Compares numbers: integers exactly, others as doubles.
pub(super) fn compare(a: &Number, b: &Number) -> Ordering {
    match (integer(a), integer(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a
            .as_f64()
            .unwrap_or_default()
            .total_cmp(&b.as_f64().unwrap_or_default()),
    }
}

/// The formats that have a Rust type of their own, which a default must be able to become.
fn format_accepts(format: &str, text: &str) -> bool {
    match format {
        "uuid" => {
            text.len() == 36
                && text.char_indices().all(|(at, c)| match at {
                    8 | 13 | 18 | 23 => c == '-',
                    _ => c.is_ascii_hexdigit(),
                })
        }
        "date" => is_date(text),
        "date-time" => {
            text.get(..10).is_some_and(is_date)
                && text
                    .get(10..11)
                    .is_some_and(|t| t.eq_ignore_ascii_case("t"))
                && is_time(&text[11..])
        }
        "ipv4" => text.parse::<std::net::Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<std::net::Ipv6Addr>().is_ok(),
        "byte" => {
            text.len().is_multiple_of(4)
                && text
                    .trim_end_matches('=')
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"+/".contains(&b))
        }
        _ => true,
    }
}

fn numbers(text: &str, separator: char, widths: &[usize]) -> Option<Vec<u32>> {
    let parts: Vec<&str> = text.split(separator).collect();
    let fits = parts.len() == widths.len()
        && parts
            .iter()
            .zip(widths)
            .all(|(part, width)| part.len() == *width && part.bytes().all(|b| b.is_ascii_digit()));
    fits.then(|| parts.iter().filter_map(|part| part.parse().ok()).collect())
}

fn is_date(text: &str) -> bool {
    let Some(&[year, month, day]) = numbers(text, '-', &[4, 2, 2]).as_deref() else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

fn is_time(text: &str) -> bool {
    let clock = text
        .get(..8)
        .and_then(|clock| numbers(clock, ':', &[2, 2, 2]));
    let Some(&[hour, minute, second]) = clock.as_deref() else {
        return false;
    };
    let rest = &text[8..];
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => {
            let after = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if after.len() == fraction.len() {
                return false;
            }
            after
        }
        None => rest,
    };
    let zone = rest.eq_ignore_ascii_case("z")
        || rest
            .strip_prefix(['+', '-'])
            .and_then(|zone| numbers(zone, ':', &[2, 2]))
            .is_some_and(|zone| {
                zone.first().is_some_and(|hour| *hour < 24)
                    && zone.get(1).is_some_and(|minute| *minute < 60)
            });
    hour < 24 && minute < 60 && second <= 60 && zone
}
