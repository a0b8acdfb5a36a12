//! Titles and texts by the rules that a forum has by default.

/// The longest title.
const TITLE: usize = 255;
/// The shortest one.
const SHORTEST: usize = 15;
/// The longest word in a title.
const WORD: usize = 30;
/// The longest text of somebody in a post, which has other words too.
const QUOTED: usize = 30_000;

/// A title of what somebody wrote, with a mark that no other title has. Of a mark that is too long for a word, it has the end.
pub fn title(text: &str, mark: &str) -> String {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        // Of pictures one is allowed; we have none.
        let plain = |&c: &char| !c.is_control() && !is_picture(c);
        let word: Vec<_> = word.chars().filter(plain).collect();
        words.extend(
            word.chunks(WORD)
                .map(|part| part.iter().collect::<String>()),
        );
    }
    let mut text = words.join(" ");
    // Shouting is refused.
    if !text.chars().any(char::is_lowercase) {
        text = text.to_lowercase();
    }
    // With its brackets it is a word too.
    let skipped = (mark.chars().count() + 2).saturating_sub(WORD);
    let mark: String = mark.chars().skip(skipped).collect();
    let mark = format!(" ({mark})");
    let most = TITLE.saturating_sub(mark.chars().count());
    if text.chars().count() > most {
        text = text.chars().take(most.saturating_sub(1)).collect();
        text.push('…');
    }
    if text.chars().count() + mark.chars().count() < SHORTEST {
        text.insert_str(0, "About the task ");
    }
    text.push_str(&mark);
    text
}

fn is_picture(c: char) -> bool {
    matches!(u32::from(c), 0x2600..=0x27BF | 0xFE00..=0xFE0F | 0x1F000..)
}

/// Markdown that shows what somebody wrote as it is, and calls nobody.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    let (mut left, mut is_first) = (QUOTED, true);
    for c in text.chars() {
        let plain = c.to_string();
        let part = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            // With a space of no width after it, it names nobody.
            '@' => "@\u{200b}",
            '\\' => "\\\\",
            '`' => "\\`",
            '*' => "\\*",
            '_' => "\\_",
            '[' => "\\[",
            ']' => "\\]",
            '~' => "\\~",
            '|' => "\\|",
            // Marks of a list or a heading.
            '#' if is_first => "\\#",
            '-' if is_first => "\\-",
            '+' if is_first => "\\+",
            '=' if is_first => "\\=",
            // Four of them would begin code.
            ' ' | '\t' if is_first => continue,
            '\n' => "\n",
            c if c.is_control() => " ",
            _ => &plain,
        };
        let length = part.chars().count();
        if length > left {
            quoted.push('…');
            break;
        }
        left -= length;
        quoted.push_str(part);
        is_first = c == '\n';
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_keeps_the_rules_of_a_forum() {
        let mark = "86e0x0001";
        for text in [
            "",
            "a",
            "SAW IS BROKEN",
            "😀😀 saw",
            &"x".repeat(400),
            "a\u{0}\nb",
        ] {
            let title = title(text, mark);
            let length = title.chars().count();
            assert!((SHORTEST..=TITLE).contains(&length), "{title}");
            let words = title.split(' ');
            assert!(
                words
                    .map(|word| word.chars().count())
                    .all(|word| word <= WORD),
                "{title}"
            );
            assert!(title.ends_with("(86e0x0001)"), "{title}");
            assert!(title.chars().any(char::is_lowercase) && !title.chars().any(is_picture));
        }
        assert_eq!(
            title("Band saw  is loose", mark),
            "Band saw is loose (86e0x0001)"
        );
        let long = title("Saw", "0197a3c0-0000-7000-8000-00000000000a");
        assert_eq!(long, "Saw (-0000-7000-8000-00000000000a)");
    }

    #[test]
    fn what_somebody_wrote_is_shown_as_it_is() {
        let text = "# @here <b>&amp; [a](b)\n   - `x`\n@river";
        let quoted = quoted(text);
        assert_eq!(
            quoted,
            "\\# @\u{200b}here &lt;b&gt;&amp;amp; \\[a\\](b)\n\\- \\`x\\`\n@\u{200b}river"
        );
        for text in ["a", "&"] {
            assert!(super::quoted(&text.repeat(99_999)).chars().count() <= QUOTED + 1);
        }
    }
}
