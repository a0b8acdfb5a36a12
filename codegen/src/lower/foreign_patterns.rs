//! Patterns in the dialects of Java and PCRE, which documents have although OpenAPI means ECMA-262.
//!
//! What ECMA-262 writes otherwise is written so. What it cannot say, or what the dialects do not agree on, stays an error.

/// The POSIX classes (PCRE, "POSIX character classes"), of ASCII.
const POSIX: [(&str, &str); 14] = [
    ("alnum", "0-9A-Za-z"),
    ("alpha", "A-Za-z"),
    ("ascii", r"\x00-\x7f"),
    ("blank", r"\t\x20"),
    ("cntrl", r"\x00-\x1f\x7f"),
    ("digit", "0-9"),
    ("graph", r"\x21-\x7e"),
    ("lower", "a-z"),
    ("print", r"\x20-\x7e"),
    ("punct", r"\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e"),
    ("space", r"\t-\r\x20"),
    ("upper", "A-Z"),
    ("word", "0-9A-Z_a-z"),
    ("xdigit", "0-9A-Fa-f"),
];

/// Java's names of POSIX classes which no property of Unicode has in ECMA-262.
const JAVA: [&str; 9] = [
    "Alnum", "Blank", "Cntrl", "Digit", "Graph", "Print", "Punct", "Space", "XDigit",
];

/// Horizontal white space: `\h`.
const HORIZONTAL: &str = r"\t\x20\xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000";

/// A pattern in ECMA-262, and why it cannot be.
type Translated = Result<String, String>;

/// The pattern in ECMA-262, if something in it is of another dialect. `None`: nothing is.
pub(super) fn translate(pattern: &str) -> Option<Translated> {
    let (flags, rest) = flags(pattern);
    let mut translation = Translation {
        rest: rest.chars().collect(),
        at: 0,
        ignores_case: flags.contains('i'),
        is_foreign: !flags.is_empty(),
        out: String::with_capacity(pattern.len()),
    };
    let body = translation.run();
    translation.is_foreign.then(|| {
        body?;
        Ok(match flags.contains('s') {
            true => format!("(?s:{})", translation.out),
            false => translation.out,
        })
    })
}

/// The flags `i` and `s` at the start of a pattern, and what follows them.
fn flags(pattern: &str) -> (&str, &str) {
    let inside = pattern
        .strip_prefix("(?")
        .and_then(|rest| rest.split_once(')'));
    match inside {
        Some((flags, rest)) if ["i", "s", "is", "si"].contains(&flags) => (flags, rest),
        _ => ("", pattern),
    }
}

struct Translation {
    rest: Vec<char>,
    at: usize,
    ignores_case: bool,
    /// Whether something was not ECMA-262.
    is_foreign: bool,
    out: String,
}

impl Translation {
    fn run(&mut self) -> Result<(), String> {
        while let Some(c) = self.next() {
            match c {
                '\\' => self.escape(false)?,
                '[' => self.class()?,
                '(' => self.group()?,
                '*' | '+' | '?' | '}' if self.peek() == Some('+') && self.ends_quantifier() => {
                    return Err(self.inexact("a possessive quantifier"));
                }
                c if self.ignores_case && c.is_ascii_alphabetic() => {
                    let (lower, upper) = (c.to_ascii_lowercase(), c.to_ascii_uppercase());
                    self.out.push_str(&format!("[{lower}{upper}]"));
                }
                c => self.out.push(c),
            }
        }
        Ok(())
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek();
        self.at += usize::from(c.is_some());
        c
    }

    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    /// Whether the pattern goes on with this text, which is then passed over.
    fn takes(&mut self, text: &str) -> bool {
        let length = text.chars().count();
        let found = self.rest.get(self.at..self.at + length);
        let is_there = found.is_some_and(|found| found.iter().copied().eq(text.chars()));
        self.at += if is_there { length } else { 0 };
        is_there
    }

    /// The text up to this one, both of which are passed over.
    fn until(&mut self, end: &str) -> Option<String> {
        let from = self.at;
        while self.at < self.rest.len() {
            let to = self.at;
            if self.takes(end) {
                return self.rest.get(from..to).map(|text| text.iter().collect());
            }
            self.at += 1;
        }
        self.at = from;
        None
    }

    /// Says why there is no translation.
    fn inexact(&mut self, what: &str) -> String {
        self.is_foreign = true;
        format!("ECMA-262 has nothing for {what}")
    }

    /// Writes something in the place of what was there.
    fn instead(&mut self, text: &str) {
        self.is_foreign = true;
        self.out.push_str(text);
    }

    /// Writes the members of a class, in brackets where it is not in a class itself.
    fn members(&mut self, members: &str, in_class: bool) {
        match in_class {
            true => self.instead(members),
            false => self.instead(&format!("[{members}]")),
        }
    }

    /// The closing brace of `{2,3}` and the like, or a quantifier of one character.
    fn ends_quantifier(&self) -> bool {
        let before = self.rest.get(..self.at - 1).unwrap_or_default();
        match self.rest.get(self.at - 1) {
            Some('}') => {
                let open = before.iter().rposition(|c| *c == '{');
                let count = open.and_then(|open| before.get(open + 1..));
                count.is_some_and(|count| {
                    !count.is_empty() && count.iter().all(|c| c.is_ascii_digit() || *c == ',')
                })
            }
            _ => !before.is_empty(),
        }
    }

    /// After a backslash.
    fn escape(&mut self, in_class: bool) -> Result<(), String> {
        let Some(c) = self.next() else {
            self.out.push('\\');
            return Ok(());
        };
        match c {
            'A' if !in_class => self.instead("^"),
            'z' if !in_class => self.instead("$"),
            'Z' if !in_class => return Err(self.inexact(r"`\Z`, which dialects do not agree on")),
            'G' | 'K' | 'R' | 'X' => return Err(self.inexact(&format!("`\\{c}`"))),
            'h' => self.members(HORIZONTAL, in_class),
            'a' => self.instead(r"\x07"),
            'e' => self.instead(r"\x1b"),
            'Q' => {
                let text = self.until(r"\E").unwrap_or_else(|| {
                    let text = self
                        .rest
                        .get(self.at..)
                        .unwrap_or_default()
                        .iter()
                        .collect();
                    self.at = self.rest.len();
                    text
                });
                let text: String = text.chars().map(literal).collect();
                self.instead(&text);
            }
            '1'..='9' | 'c' | 'k' | 'u' | 'x' if self.ignores_case => {
                return Err(self.inexact(&format!("`(?i)` with `\\{c}`")));
            }
            'x' if self.takes("{") => {
                let digits = self.until("}").unwrap_or_default();
                self.instead(&format!("\\u{{{digits}}}"));
            }
            'p' if self.takes("{") => {
                let name = self.until("}").unwrap_or_default();
                match JAVA
                    .contains(&name.as_str())
                    .then(|| posix(&name))
                    .flatten()
                {
                    Some(members) => self.members(members, in_class),
                    None => self.out.push_str(&format!("\\p{{{name}}}")),
                }
            }
            c => {
                self.out.push('\\');
                self.out.push(c);
            }
        }
        Ok(())
    }

    /// After an opening bracket.
    fn class(&mut self) -> Result<(), String> {
        self.out.push('[');
        if self.takes("^") {
            self.out.push('^');
        }
        // A bracket that comes first stands for itself, in other dialects.
        if self.peek() == Some(']')
            && self
                .rest
                .get(self.at + 1..)
                .is_some_and(|rest| rest.contains(&']'))
        {
            self.at += 1;
            self.instead(r"\]");
        }
        let from = self.out.len();
        while let Some(c) = self.next() {
            match c {
                ']' => {
                    self.out.push(']');
                    return Ok(());
                }
                '\\' => self.escape(true)?,
                '[' if self.peek() == Some(':') => {
                    self.at += 1;
                    let name = self.until(":]");
                    match name.as_deref().map(|name| (name, posix(name))) {
                        Some((_, Some(members))) => self.instead(members),
                        Some((name, None)) if name.starts_with('^') => {
                            return Err(self.inexact(&format!("`[:{name}:]`")));
                        }
                        Some((name, None)) => self.out.push_str(&format!("[:{name}:]")),
                        None => self.out.push_str("[:"),
                    }
                }
                '&' if self.peek() == Some('&') => {
                    return Err(self.inexact("an intersection of classes"));
                }
                c if self.ignores_case && c.is_ascii_alphabetic() => self.letters(c, from)?,
                c => self.out.push(c),
            }
        }
        Ok(())
    }

    /// A letter of a class, or a range of letters, in both cases.
    fn letters(&mut self, first: char, from: usize) -> Result<(), String> {
        // Of a range that began with something else.
        if self.out.len() > from && self.out.ends_with('-') && !self.out.ends_with("\\-") {
            return Err(self.inexact("`(?i)` with a range that ends with a letter"));
        }
        let last = match (self.peek(), self.rest.get(self.at + 1).copied()) {
            (Some('-'), Some(last)) if last != ']' => {
                let same_case = first.is_ascii_uppercase() == last.is_ascii_uppercase();
                if !last.is_ascii_alphabetic() || !same_case {
                    return Err(self.inexact("`(?i)` with a range that is not of letters"));
                }
                self.at += 2;
                Some(last)
            }
            _ => None,
        };
        for case in [char::to_ascii_lowercase, char::to_ascii_uppercase] {
            self.out.push(case(&first));
            if let Some(last) = last {
                self.out.push('-');
                self.out.push(case(&last));
            }
        }
        Ok(())
    }

    /// After an opening parenthesis.
    fn group(&mut self) -> Result<(), String> {
        if self.takes("?P<") {
            self.instead("(?<");
            let name = self.until(">").unwrap_or_default();
            self.out.push_str(&format!("{name}>"));
        } else if self.takes("?P=") {
            let name = self.until(")").unwrap_or_default();
            self.instead(&format!("\\k<{name}>"));
        } else if self.takes("?<=") {
            self.out.push_str("(?<=");
        } else if self.takes("?<!") {
            self.out.push_str("(?<!");
        } else if self.takes("?<") {
            let name = self.until(">").unwrap_or_default();
            self.out.push_str(&format!("(?<{name}>"));
        } else if self.takes("?#") {
            self.is_foreign |= self.until(")").is_some();
        } else if self.takes("?>") {
            return Err(self.inexact("an atomic group"));
        } else {
            self.out.push('(');
        }
        Ok(())
    }
}

/// The members of a POSIX class.
fn posix(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    let mut classes = POSIX.iter();
    classes
        .find(|(known, _)| *known == name)
        .map(|(_, members)| *members)
}

/// A character that stands for itself.
fn literal(c: char) -> String {
    match r"^$\.*+?()[]{}|/-".contains(c) {
        true => format!("\\x{:02x}", u32::from(c)),
        false => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each with texts that it matches, and that it does not.
    #[test]
    fn what_other_dialects_say_is_said_in_ecma_262() {
        for (pattern, expected, matched, unmatched) in [
            (r"\A\d+\z", r"^\d+$", &["12"][..], &["12\n", "a1"][..]),
            (r"^[[:alpha:]_]+$", "^[A-Za-z_]+$", &["aZ_"], &["1", ":"]),
            (
                r"^\p{Alnum}[\p{Punct}]$",
                r"^[0-9A-Za-z][\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]$",
                &["a-", "1]"],
                &["-a", "ä-"],
            ),
            (
                r"^\h[\h]$",
                &format!("^[{HORIZONTAL}][{HORIZONTAL}]$"),
                &["\t ", "\u{a0}\u{3000}"],
                &["\n "],
            ),
            (r"^\Qa.b\E+$", r"^a\x2eb+$", &["a.bb"], &["axb"]),
            (
                r"^\x{1F600}\e\a$",
                r"^\u{1F600}\x1b\x07$",
                &["😀\u{1b}\u{7}"],
                &["x"],
            ),
            (
                r"(?i)^ab[c-e_]\d$",
                r"^[aA][bB][c-eC-E_]\d$",
                &["AbD1", "aB_2"],
                &["af1"],
            ),
            (r"(?s)^a.b$", r"(?s:^a.b$)", &["a\nb"], &["ab"]),
            (r"^(?P<n>a)(?P=n)$", r"^(?<n>a)\k<n>$", &["aa"], &["a"]),
            (r"^a(?#as in ab)b$", "^ab$", &["ab"], &["a"]),
            (r"^[]a]+$", r"^[\]a]+$", &["]a"], &["b"]),
            (
                r"\A(?<!x)(?<=^)a(?!b)\z",
                "^(?<!x)(?<=^)a(?!b)$",
                &["a"],
                &["ab"],
            ),
        ] {
            let translated = translate(pattern);
            assert_eq!(translated, Some(Ok(expected.to_owned())), "{pattern}");
            let compiled = regress::Regex::with_flags(expected, "u").unwrap();
            for text in matched {
                assert!(compiled.find(text).is_some(), "{pattern} {text:?}");
            }
            for text in unmatched {
                assert!(compiled.find(text).is_none(), "{pattern} {text:?}");
            }
        }
    }

    #[test]
    fn what_cannot_be_said_is_an_error() {
        for pattern in [
            r"^a\Z",
            "a++",
            "a{2,3}+",
            "(?>a)",
            "[a&&b]",
            "[[:^alpha:]]",
            r"\R",
            r"(?i)(a)\1",
            "(?i)[!-a]",
            "(?i)[Z-a]",
            r"\G",
        ] {
            assert!(
                translate(pattern).is_some_and(|found| found.is_err()),
                "{pattern}"
            );
        }
    }

    #[test]
    fn ecma_262_stays_as_it_is() {
        for pattern in [
            r"^[\w.+-]+@\w+$",
            r"(?<n>a)\k<n>",
            r"(?<=a)b",
            "(?:a)",
            r"\p{L}\p{Lu}",
            r"[[]",
            "[^[:]",
            r"\x41\u0041",
            "a+?",
            "{}+",
            "(",
            "[",
            r"\",
            "+",
            "}+",
            "",
        ] {
            assert_eq!(translate(pattern), None, "{pattern}");
        }
    }
}
