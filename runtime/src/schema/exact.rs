//! Exact arithmetic on JSON numbers.
//!
//! A number that was read is an `i64`, a `u64` or an `f64`, and a limit in a contract may be any of them. Casting one to
//! another loses digits (2^53 + 1 is not a float), so that a value beyond a limit would pass; nothing here casts
//! unless it is exact.

use std::cmp::Ordering;
use std::fmt::{self, Write};

use super::Number;

/// 2^127: the first float that an `i128` cannot hold.
const TWO_TO_127: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;

impl Number {
    /// The value that was read.
    pub(crate) fn of(number: &serde_json::Number) -> Number {
        if let Some(value) = number.as_i64() {
            Number::Integer(value.into())
        } else if let Some(value) = number.as_u64() {
            Number::Integer(value.into())
        } else {
            // A JSON number is finite, so there is always one.
            Number::Float(number.as_f64().unwrap_or(f64::NAN))
        }
    }

    /// The same number, as an integer wherever it is one and 128 bits hold it.
    fn normal(self) -> Number {
        match self {
            Number::Float(value)
                if value.fract() == 0.0 && (-TWO_TO_127..TWO_TO_127).contains(&value) =>
            {
                Number::Integer(value as i128)
            }
            other => other,
        }
    }

    /// The integer that it is.
    pub(crate) fn as_integer(self) -> Option<i128> {
        match self.normal() {
            Number::Integer(value) => Some(value),
            Number::Float(_) => None,
        }
    }

    /// Whether it has no fraction.
    pub(crate) fn is_whole(self) -> bool {
        match self {
            Number::Integer(_) => true,
            Number::Float(value) => value.fract() == 0.0,
        }
    }

    /// Which of two is greater.
    pub(crate) fn compare(self, other: Number) -> Ordering {
        match (self.normal(), other.normal()) {
            (Number::Integer(left), Number::Integer(right)) => left.cmp(&right),
            (Number::Float(left), Number::Float(right)) => left.total_cmp(&right),
            (Number::Integer(left), Number::Float(right)) => compare_mixed(left, right),
            (Number::Float(left), Number::Integer(right)) => compare_mixed(right, left).reverse(),
        }
    }

    /// Whether two are the same number: `1` and `1.0` are.
    pub(crate) fn equals(self, other: Number) -> bool {
        self.compare(other) == Ordering::Equal
    }

    /// What equal numbers have in common, to hash.
    pub(crate) fn hash_key(self) -> u128 {
        match self.normal() {
            Number::Integer(value) => value as u128,
            Number::Float(value) => value.to_bits().into(),
        }
    }

    /// `multipleOf`. A fraction is the decimal number that it is written as (0.3 is a multiple of 0.1), because that is
    /// what the author of a contract and the author of a request both wrote.
    pub(crate) fn is_multiple_of(self, divisor: Number) -> bool {
        match (self.normal(), divisor.normal()) {
            (Number::Integer(0), _) => true,
            // Not a rule: the generator refuses it.
            (_, Number::Integer(..=0)) => true,
            (Number::Integer(value), Number::Integer(divisor)) => value % divisor == 0,
            (Number::Float(value), Number::Integer(divisor)) => {
                value.fract() == 0.0 && float_is_multiple(value, divisor.unsigned_abs())
            }
            (Number::Float(value), Number::Float(divisor)) if divisor.fract() == 0.0 => {
                value % divisor == 0.0
            }
            _ => match (Decimal::of(self), Decimal::of(divisor)) {
                (Some(value), Some(divisor)) => value.is_multiple_of(divisor),
                _ => false,
            },
        }
    }
}

/// How a contract would write it.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Integer(value) => value.fmt(f),
            Number::Float(value) => write!(f, "{value:?}"),
        }
    }
}

/// The float has a fraction, or is beyond 128 bits: it is never equal to the integer.
fn compare_mixed(integer: i128, float: f64) -> Ordering {
    if float >= TWO_TO_127 {
        Ordering::Less
    } else if float < -TWO_TO_127 {
        Ordering::Greater
    } else if integer <= float.floor() as i128 {
        Ordering::Less
    } else {
        Ordering::Greater
    }
}

/// Whether a whole float beyond 128 bits is a multiple: it is `mantissa * 2^exponent`, exactly.
fn float_is_multiple(value: f64, divisor: u128) -> bool {
    let bits = value.to_bits();
    let mantissa = (bits & ((1 << 52) - 1)) | (1 << 52);
    let exponent = ((bits >> 52) & 0x7ff).saturating_sub(1075);
    let mut rest = u128::from(mantissa) % divisor;
    for _ in 0..exponent {
        rest = double(rest, divisor);
    }
    rest == 0
}

/// `2 * rest`, modulo a divisor of at most 127 bits that `rest` is below.
fn double(rest: u128, divisor: u128) -> u128 {
    (rest * 2) % divisor
}

/// `digits * 10^exponent`.
#[derive(Debug, Clone, Copy)]
struct Decimal {
    digits: u128,
    exponent: i32,
}

impl Decimal {
    /// Its sign does not matter to a divisor.
    fn of(number: Number) -> Option<Decimal> {
        match number {
            Number::Integer(value) => Some(Decimal {
                digits: value.unsigned_abs(),
                exponent: 0,
            }),
            Number::Float(value) => Decimal::shortest(value.abs()),
        }
    }

    /// The shortest decimal that reads back as this float, at most 17 digits.
    fn shortest(value: f64) -> Option<Decimal> {
        let mut text = Text::default();
        write!(text, "{value:e}").ok()?;
        let (mantissa, exponent) = text.as_str().split_once('e')?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut digits: u128 = 0;
        for byte in whole.bytes().chain(fraction.bytes()) {
            digits = digits * 10 + u128::from(byte.checked_sub(b'0')?);
        }
        let places = i32::try_from(fraction.len()).ok()?;
        Some(Decimal {
            digits,
            exponent: exponent.parse::<i32>().ok()? - places,
        })
    }

    fn is_multiple_of(self, divisor: Decimal) -> bool {
        if self.digits == 0 || divisor.digits == 0 {
            return true;
        }
        let places = self.exponent - divisor.exponent;
        if places >= 0 {
            // Floats span fewer than 700 places.
            let mut rest = self.digits % divisor.digits;
            for _ in 0..places {
                let twice = double(rest, divisor.digits);
                let eightfold = double(double(twice, divisor.digits), divisor.digits);
                rest = (eightfold + twice) % divisor.digits;
            }
            rest == 0
        } else {
            10_u128
                .checked_pow(places.unsigned_abs())
                .and_then(|scale| divisor.digits.checked_mul(scale))
                // Where that is beyond 128 bits, it is beyond the digits of any value.
                .is_some_and(|divisor| self.digits.is_multiple_of(divisor))
        }
    }
}

/// Room for one float in scientific notation, so that nothing is allocated.
#[derive(Default)]
struct Text {
    bytes: [u8; 32],
    length: usize,
}

impl Text {
    fn as_str(&self) -> &str {
        str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

impl Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        let room = self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Number::{Float, Integer};

    #[test]
    fn compares_without_losing_digits() {
        for (left, right, expected) in [
            (Integer(1), Float(1.0), Ordering::Equal),
            (Integer(0), Float(-0.0), Ordering::Equal),
            (Float(0.0), Float(-0.0), Ordering::Equal),
            (Integer(1), Float(1.5), Ordering::Less),
            (Integer(2), Float(1.5), Ordering::Greater),
            (Integer(-1), Float(-1.5), Ordering::Greater),
            (Integer(-2), Float(-1.5), Ordering::Less),
            (
                Integer((1 << 53) + 1),
                Float(9_007_199_254_740_992.0),
                Ordering::Greater,
            ),
            (
                Integer(i64::MAX.into()),
                Float(9_223_372_036_854_775_808.0),
                Ordering::Less,
            ),
            (Integer(i128::MAX), Float(1e300), Ordering::Less),
            (Integer(i128::MIN), Float(-1e300), Ordering::Greater),
            (Integer(i128::MIN), Float(-TWO_TO_127), Ordering::Equal),
            (Integer(0), Float(5e-324), Ordering::Less),
        ] {
            assert_eq!(left.compare(right), expected, "{left:?} {right:?}");
            assert_eq!(
                right.compare(left),
                expected.reverse(),
                "{right:?} {left:?}"
            );
            assert_eq!(
                left.hash_key() == right.hash_key(),
                expected == Ordering::Equal,
                "{left:?} {right:?}"
            );
        }
    }

    #[test]
    fn divides_as_written() {
        for (value, divisor, expected) in [
            (Integer(6), Integer(3), true),
            (Integer(7), Integer(3), false),
            (Integer(-6), Integer(3), true),
            (Float(6.0), Integer(3), true),
            (Float(6.5), Integer(3), false),
            (Float(0.3), Float(0.1), true),
            (Float(0.35), Float(0.1), false),
            (Float(1.1), Float(0.1), true),
            (Float(4.02), Float(0.01), true),
            (Float(19.99), Float(0.01), true),
            (Float(19.999), Float(0.01), false),
            (Float(-0.3), Float(0.1), true),
            (Integer(3), Float(1.5), true),
            (Integer(4), Float(1.5), false),
            (Integer(0), Float(0.1), true),
            (Float(-0.0), Float(0.1), true),
            (Float(1e-8), Float(1e-8), true),
            (Float(1e-9), Float(1e-8), false),
            (Float(1e308), Float(0.1), true),
            (Float(5e-324), Float(1e300), false),
            (Float(1e300), Float(5e-324), true),
            (Integer((1 << 53) + 1), Integer(2), false),
            (Integer(9_007_199_254_740_993), Float(0.5), true),
            (Float(1e300), Integer(2), true),
            (Float(1e300), Integer(7), false),
            (Float(1e300), Integer(i128::MAX), false),
            (Integer(i128::MIN), Integer(2), true),
            (Integer(5), Integer(0), true),
            (Integer(5), Float(1e300), false),
            (Float(1e300), Float(1e299), true),
        ] {
            assert_eq!(value.is_multiple_of(divisor), expected, "{value} {divisor}");
        }
    }
}
