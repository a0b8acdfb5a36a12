//! `pattern`: an ECMA-262 regular expression.
//!
//! OpenAPI 3.0 means edition 5.1, which has no `u` flag; the runtime compiles with `u`, as JSON Schema asks for, so
//! that a character is a code point. The flag also refuses what browsers let pass without it: escapes that are
//! not needed (`\-`, `\_`, `\@`), and brackets that stand for themselves. Those are rewritten to mean the same.

use super::foreign_patterns;

/// A pattern longer, or nested deeper, than this is refused before it is compiled: compilers of patterns recurse.
const LONGEST: usize = 4096;
const DEEPEST: usize = 50;

/// How large a pattern may become when its counts are written out: compiled programs can be that large.
const LARGEST: usize = 100_000;

/// A pattern as the runtime takes it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    /// The pattern.
    pub text: String,
    /// Whether it was of another dialect.
    pub is_translated: bool,
}

/// The pattern as the runtime takes it.
pub(super) fn compile(pattern: &str) -> Result<Pattern, String> {
    bounds(pattern)?;
    let compiles = |pattern: &str| regress::Regex::with_flags(pattern, "u");
    let error = match compiles(pattern) {
        Ok(_) => {
            return Ok(Pattern {
                text: pattern.to_owned(),
                is_translated: false,
            });
        }
        Err(error) => error.text,
    };
    let translated = foreign_patterns::translate(pattern).transpose()?;
    let is_translated = translated.is_some();
    let pattern = translated.unwrap_or_else(|| pattern.to_owned());
    let candidates = [strict(&pattern), pattern];
    let text = candidates
        .into_iter()
        .rev()
        .find(|text| compiles(text).is_ok());
    let text = text.ok_or(error)?;
    bounds(&text)?;
    Ok(Pattern {
        text,
        is_translated,
    })
}

/// Whether a pattern from [`compile`] is found in a text.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    regress::Regex::with_flags(pattern, "u").is_ok_and(|pattern| pattern.find(text).is_some())
}

fn bounds(pattern: &str) -> Result<(), String> {
    if pattern.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    let chars: Vec<char> = pattern.chars().collect();
    // For each open group: how large it is without its last part, and how large that is.
    let mut open: Vec<(usize, usize)> = vec![(0, 0)];
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(c) = chars.get(at).copied() {
        at += 1;
        match c {
            '(' => open.push((0, 0)),
            ')' if open.len() > 1 => {
                let (sum, last) = open.pop().unwrap_or_default();
                part(&mut open, sum.saturating_add(last).max(1));
            }
            '{' => {
                if let (Some(length), Some((_, last))) = (quantifier(&chars[at..]), open.last_mut())
                {
                    *last = last.saturating_mul(largest_count(&chars[at..at + length]));
                    at += length;
                }
            }
            '\\' => {
                at += 1;
                part(&mut open, 1);
            }
            '[' => {
                at += class_length(&chars[at..]);
                part(&mut open, 1);
            }
            _ => part(&mut open, 1),
        }
        depth = depth.max(open.len());
    }
    if depth > DEEPEST {
        return Err(format!("its groups nest deeper than {DEEPEST} levels"));
    }
    let size = open.iter().fold(0_usize, |size, (sum, last)| {
        size.saturating_add(*sum).saturating_add(*last)
    });
    if size > LARGEST {
        return Err("it becomes too large when its counts are written out".to_owned());
    }
    Ok(())
}

/// Begins a new part in the innermost group.
fn part(open: &mut [(usize, usize)], size: usize) {
    if let Some((sum, last)) = open.last_mut() {
        *sum = sum.saturating_add(*last);
        *last = size;
    }
}

/// How long a class is, after its `[`.
fn class_length(chars: &[char]) -> usize {
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        at += 1;
        match c {
            '\\' => at += 1,
            ']' => break,
            _ => {}
        }
    }
    at
}

/// The larger number of `2}`, `2,}` or `2,3}`.
fn largest_count(quantifier: &[char]) -> usize {
    let text: String = quantifier.iter().collect();
    let numbers = text.trim_end_matches('}').split(',');
    let count = |number: &str| {
        number
            .parse()
            .unwrap_or(if number.is_empty() { 0 } else { usize::MAX })
    };
    numbers.map(count).max().unwrap_or(1).max(1)
}

/// The same pattern without the liberties that `u` refuses.
fn strict(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut in_class = false;
    let chars: Vec<char> = pattern.chars().collect();
    let mut at = 0;
    while let Some(c) = chars.get(at).copied() {
        at += 1;
        match c {
            '\\' => {
                let Some(next) = chars.get(at).copied() else {
                    out.push(c);
                    break;
                };
                at += 1;
                let needed = next.is_ascii_alphanumeric()
                    || r"^$\.*+?()[]{}|/".contains(next)
                    || (next == '-' && in_class);
                if needed {
                    out.push('\\');
                }
                out.push(next);
            }
            '[' if !in_class => {
                in_class = true;
                out.push(c);
            }
            ']' if in_class => {
                in_class = false;
                out.push(c);
            }
            ']' | '}' => {
                out.push('\\');
                out.push(c);
            }
            '{' if !in_class => match quantifier(&chars[at..]) {
                Some(length) => {
                    out.push(c);
                    out.extend(&chars[at..at + length]);
                    at += length;
                }
                None => out.push_str("\\{"),
            },
            _ => out.push(c),
        }
    }
    out
}

/// The length of `2}`, `2,}` or `2,3}` at the start.
fn quantifier(chars: &[char]) -> Option<usize> {
    let end = chars.iter().position(|c| *c == '}')?;
    let inside: String = chars[..end].iter().collect();
    let (low, high) = inside.split_once(',').unwrap_or((&inside, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    (!low.is_empty() && digits(low) && digits(high)).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn liberties_are_rewritten() {
        for (pattern, expected) in [
            (r"^[\w\-]+\@x\-y$", r"^[\w\-]+@x-y$"),
            (r"^{a}$", r"^\{a\}$"),
            (r"^a{2,3}]", r"^a{2,3}\]"),
            (r"^(?!x)\d+$", r"^(?!x)\d+$"),
        ] {
            let expected = Pattern {
                text: expected.to_owned(),
                is_translated: false,
            };
            assert_eq!(compile(pattern), Ok(expected));
        }
        let translated = compile(r"\A[\w\-]+\@\z");
        let expected = Pattern {
            text: r"^[\w\-]+@$".to_owned(),
            is_translated: true,
        };
        assert_eq!(translated, Ok(expected));
        for bad in ["(", "[", "a**", r"\", "(?<n>a)(?<n>b)"] {
            assert!(compile(bad).is_err(), "{bad}");
        }
        assert!(compile(&"(".repeat(3000)).is_err());
        assert!(compile(&format!("{}a{}", "(".repeat(60), ")".repeat(60))).is_err());
        assert!(compile("(a{300}){300}").is_ok());
        assert!(compile("((a{1000}){1000}){1000}").is_err());
        assert!(compile("(a{99999999999999999999})").is_err());
        assert!(compile("^([0-9a-f]{1,4}:){7}([0-9a-f]{1,4}:){1,7}(:[0-9a-f]{1,4}){1,6}$").is_ok());
    }
}
