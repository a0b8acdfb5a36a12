//! JSON (RFC 8259), with places.
//!
//! JSON is nearly YAML, but only nearly: `"\ud83d\ude00"`, a tab between tokens and a key longer than 1,024
//! characters are JSON that a YAML parser refuses or reads as something else. And this is five times as fast.

use serde_json::Number;

use super::build::{Abort, Builder};
use super::scalar::{Scalar, resolve};
use super::{Data, Position};
use crate::diagnostic::Code;

/// Reads the text into the builder.
pub(super) fn read(text: &str, builder: &mut Builder<'_>) -> Result<(), Abort> {
    Reader {
        builder,
        rest: text,
        line: 1,
        column: 1,
    }
    .run()
}

struct Reader<'a, 'b, 't> {
    builder: &'a mut Builder<'b>,
    rest: &'t str,
    line: u32,
    column: u32,
}

/// Which tokens may come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expect {
    Value,
    ValueOrEnd,
    KeyOrEnd,
    Key,
    CommaOrEnd,
}

impl Reader<'_, '_, '_> {
    fn run(&mut self) -> Result<(), Abort> {
        // Whether each open container is an object.
        let mut open: Vec<bool> = Vec::new();
        let mut expect = Expect::Value;
        loop {
            self.space();
            let place = self.place();
            let Some(c) = self.rest.chars().next() else {
                return self.fail(place, "The text ends in the middle of a value.");
            };
            let ends = matches!(
                expect,
                Expect::ValueOrEnd | Expect::KeyOrEnd | Expect::CommaOrEnd
            );
            match (c, expect) {
                ('}', _) if ends && open.last() == Some(&true) => self.close(&mut open)?,
                (']', _) if ends && open.last() == Some(&false) => self.close(&mut open)?,
                (',', Expect::CommaOrEnd) => {
                    self.step(c);
                    expect = if open.last() == Some(&true) {
                        Expect::Key
                    } else {
                        Expect::Value
                    };
                    continue;
                }
                ('"', Expect::Key | Expect::KeyOrEnd) => {
                    let key = self.string()?;
                    self.builder.key(key, place, false);
                    self.space();
                    if !self.rest.starts_with(':') {
                        return self.fail(self.place(), "A `:` must come after a key.");
                    }
                    self.step(':');
                    expect = Expect::Value;
                    continue;
                }
                ('{', Expect::Value | Expect::ValueOrEnd) => {
                    self.builder.open_map(place)?;
                    self.step(c);
                    open.push(true);
                    expect = Expect::KeyOrEnd;
                    continue;
                }
                ('[', Expect::Value | Expect::ValueOrEnd) => {
                    self.builder.open_list(place)?;
                    self.step(c);
                    open.push(false);
                    expect = Expect::ValueOrEnd;
                    continue;
                }
                (_, Expect::Value | Expect::ValueOrEnd) => {
                    let data = if c == '"' {
                        Data::String(self.string()?)
                    } else {
                        self.word(place)?
                    };
                    self.builder.scalar(place, data)?;
                }
                (_, Expect::Key | Expect::KeyOrEnd) => {
                    return self.fail(place, "A key in double quotes is expected.");
                }
                (_, Expect::CommaOrEnd) => {
                    return self.fail(
                        place,
                        "A comma or the end of the object or list is expected.",
                    );
                }
            }
            if open.is_empty() {
                self.space();
                if !self.rest.is_empty() {
                    return self.fail(self.place(), "There is text after the end of the document.");
                }
                return Ok(());
            }
            expect = Expect::CommaOrEnd;
        }
    }

    fn close(&mut self, open: &mut Vec<bool>) -> Result<(), Abort> {
        self.step(' ');
        open.pop();
        self.builder.close().map(|_| ())
    }

    fn place(&self) -> Position {
        Position {
            file: self.builder.file,
            line: self.line,
            column: self.column,
        }
    }

    fn fail<T>(&mut self, place: Position, message: &str) -> Result<T, Abort> {
        self.builder.problem(place, Code::Syntax, message);
        Err(Abort)
    }

    /// Goes past one character of the same width as `c`.
    fn step(&mut self, c: char) {
        self.rest = self.rest.get(c.len_utf8()..).unwrap_or_default();
        self.column = self.column.saturating_add(1);
    }

    fn space(&mut self) {
        let mut length = 0;
        for byte in self.rest.bytes() {
            match byte {
                b'\n' => {
                    self.line = self.line.saturating_add(1);
                    self.column = 1;
                }
                b' ' | b'\t' | b'\r' => self.column = self.column.saturating_add(1),
                _ => break,
            }
            length += 1;
        }
        self.rest = &self.rest[length..];
    }

    /// `null`, `true`, `false` or a number.
    fn word(&mut self, place: Position) -> Result<Data, Abort> {
        let length = self
            .rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || "+-._".contains(c)))
            .unwrap_or(self.rest.len());
        let word = self.rest[..length].to_owned();
        let data = match word.as_str() {
            "null" => Data::Null,
            "true" => Data::Bool(true),
            "false" => Data::Bool(false),
            _ if is_number(&word) => Data::Number(self.number(&word, place)?),
            "" => return self.fail(place, "A value is expected."),
            _ => {
                let message = format!(
                    "`{}` is not a value.",
                    word.chars().take(40).collect::<String>()
                );
                return self.fail(place, &message);
            }
        };
        self.rest = &self.rest[length..];
        self.column = self
            .column
            .saturating_add(u32::try_from(length).unwrap_or(u32::MAX));
        Ok(data)
    }

    fn number(&mut self, word: &str, place: Position) -> Result<Number, Abort> {
        match resolve(word) {
            Scalar::Number(number) => Ok(number),
            Scalar::Rounded(number) => {
                let message = format!("The integer {word} is wider than 64 bits and is rounded.");
                self.builder.problem(place, Code::NumberPrecision, message);
                Ok(number)
            }
            _ => {
                self.builder.problem(
                    place,
                    Code::NumberRange,
                    format!("The number {word} is too large."),
                );
                Err(Abort)
            }
        }
    }

    /// A string, from its opening quote on.
    fn string(&mut self) -> Result<String, Abort> {
        self.step('"');
        let mut out = String::new();
        loop {
            let place = self.place();
            let Some(c) = self.rest.chars().next() else {
                return self.fail(place, "The text ends in the middle of a string.");
            };
            self.step(c);
            match c {
                '"' => return Ok(out),
                '\\' => out.push(self.escaped(place)?),
                c if c < ' ' => {
                    return self.fail(
                        place,
                        "A control character in a string must be written as an escape.",
                    );
                }
                c => out.push(c),
            }
        }
    }

    fn escaped(&mut self, place: Position) -> Result<char, Abort> {
        let Some(c) = self.rest.chars().next() else {
            return self.fail(place, "The text ends in the middle of a string.");
        };
        self.step(c);
        Ok(match c {
            '"' | '\\' | '/' => c,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = self.unit(place)?;
                let second = if (0xd800..0xdc00).contains(&first) && self.rest.starts_with("\\u") {
                    self.step('\\');
                    self.step('u');
                    Some(self.unit(place)?)
                } else {
                    None
                };
                let mut units = char::decode_utf16([first].into_iter().chain(second));
                match units.next() {
                    Some(Ok(c)) => c,
                    _ => return self.fail(place, "Half of a surrogate pair is not a character."),
                }
            }
            _ => return self.fail(place, "JSON does not have this escape."),
        })
    }

    fn unit(&mut self, place: Position) -> Result<u16, Abort> {
        let digits = self
            .rest
            .get(..4)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        match digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) {
            Some(unit) => {
                self.rest = &self.rest[4..];
                self.column = self.column.saturating_add(4);
                Ok(unit)
            }
            None => self.fail(place, "Four hexadecimal digits must come after `\\u`."),
        }
    }
}

/// The grammar of RFC 8259: no leading `+`, no leading zeros, digits on both sides of the point.
fn is_number(word: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|part| digits(part.strip_prefix(['+', '-']).unwrap_or(part)))
}
