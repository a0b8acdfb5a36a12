//! `pattern`: an ECMA-262 regular expression.
//!
//! OpenAPI 3.0 means edition 5.1, which has no `u` flag; the runtime compiles with `u`, as JSON Schema asks for, so
//! that a character is a code point. The flag also refuses what browsers let pass without it: escapes that are
//! not needed (`\-`, `\_`, `\@`), and brackets that stand for themselves. Those are rewritten to mean the same.

/// A pattern longer, or nested deeper, than this is refused before it is compiled: compilers of patterns recurse.
const LONGEST: usize = 4096;
const DEEPEST: usize = 50;

/// The largest count in a quantifier: each repetition can take memory in the compiled program.
const MOST_REPEATED: usize = 65_536;

/// The pattern as the runtime takes it.
pub(super) fn compile(pattern: &str) -> Result<String, String> {
    bounds(pattern)?;
    let error = match regress::Regex::with_flags(pattern, "u") {
        Ok(_) => return Ok(pattern.to_owned()),
        Err(error) => error,
    };
    let strict = strict(pattern);
    match regress::Regex::with_flags(strict.as_str(), "u") {
        Ok(_) => Ok(strict),
        Err(_) => Err(error.text),
    }
}

/// Whether a pattern from [`compile`] is found in a text.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    regress::Regex::with_flags(pattern, "u").is_ok_and(|pattern| pattern.find(text).is_some())
}

fn bounds(pattern: &str) -> Result<(), String> {
    if pattern.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    let mut depth = 0_usize;
    let mut repeated = 1_usize;
    let mut number = 0_usize;
    for byte in pattern.bytes() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            b'0'..=b'9' => {
                number = number
                    .saturating_mul(10)
                    .saturating_add(usize::from(byte - b'0'))
            }
            b'}' => repeated = repeated.saturating_mul(number.max(1)),
            _ => {}
        }
        if !byte.is_ascii_digit() {
            number = 0;
        }
        if depth > DEEPEST {
            return Err(format!("its groups nest deeper than {DEEPEST} levels"));
        }
    }
    // Counts multiply only where they nest, but to be sure they are looked at as if they always did; a pattern
    // without nested groups is not meant.
    if pattern.contains(")") && repeated > MOST_REPEATED * MOST_REPEATED {
        return Err("its counts multiply beyond what can be compiled".to_owned());
    }
    Ok(())
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
        assert_eq!(compile(r"^[\w\-]+\@x\-y$").as_deref(), Ok(r"^[\w\-]+@x-y$"));
        assert_eq!(compile(r"^{a}$").as_deref(), Ok(r"^\{a\}$"));
        assert_eq!(compile(r"^a{2,3}]").as_deref(), Ok(r"^a{2,3}\]"));
        assert_eq!(compile(r"^(?!x)\d+$").as_deref(), Ok(r"^(?!x)\d+$"));
        for bad in ["(", "[", "a**", r"\", "(?<n>a)(?<n>b)"] {
            assert!(compile(bad).is_err(), "{bad}");
        }
        assert!(compile(&"(".repeat(3000)).is_err());
    }
}
