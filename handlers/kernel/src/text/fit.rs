//! Texts of other systems, made to fit: nobody is there who could mend them, so what does not belong is left out, and what is too long
//! is cut off.

use unicode_normalization::UnicodeNormalization;

use super::{collapse, is_invisible, normalize};

/// One line of at most so many characters; empty where nothing of it can be seen.
pub fn line(text: &str, most: usize) -> String {
    let belongs = |c: &char| !c.is_control() || c.is_whitespace();
    let text: String = normalize(text).chars().filter(belongs).collect();
    cut(&collapse(&text), most)
}

/// Plain text of several lines, of at most so many characters; empty where nothing of it can be seen.
pub fn plain(text: &str, most: usize) -> String {
    let belongs = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let text: String = normalize(text).chars().filter(belongs).collect();
    cut(&text, most)
}

fn cut(text: &str, most: usize) -> String {
    let is_direction = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text: String = text.chars().filter(|c| !is_direction(c)).collect();
    if text.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
        return String::new();
    }
    // What is cut in the middle of composed characters may compose to something else.
    let cut: String = text.trim().chars().take(most).nfc().collect();
    cut.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_belong_is_left_out() {
        assert_eq!(line(" a\u{0}\tb\r\nc\u{202e} ", 10), "a b c");
        assert_eq!(plain(" a\u{0}\tb\r\nc\u{2066} ", 10), "a\tb\nc");
        assert_eq!(line("abc def", 4), "abc");
        for nothing in ["", " \n", "\u{200b}", "\u{202e}", "\u{0}"] {
            assert_eq!(
                (line(nothing, 9), plain(nothing, 9)),
                Default::default(),
                "{nothing:?}"
            );
        }
    }
}
