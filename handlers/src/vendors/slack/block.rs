//! Blocks of a message, within the bounds that Slack has for them, and texts in which nothing of what people wrote is a command.

use serde_json::{Value, json};
use url::Url;

/// How many blocks a message may have.
const BLOCKS: usize = 50;
/// How many characters all of them may have. It is documented for none, and refused from somewhere above this.
const ALL: usize = 9000;
const SECTION: usize = 3000;
const HEADER: usize = 150;
const BUTTON: usize = 75;
const URL: usize = 3000;

/// A block of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    json: Value,
    characters: usize,
}

impl Block {
    /// A title.
    pub fn header(text: &str) -> Self {
        let text = escaped(text, HEADER);
        let characters = text.chars().count();
        let text = json!({ "type": "plain_text", "text": text, "emoji": false });
        Self {
            json: json!({ "type": "header", "text": text }),
            characters,
        }
    }

    /// A paragraph as somebody wrote it, without any markup.
    pub fn plain(text: &str) -> Self {
        let text = escaped(text, SECTION);
        let characters = text.chars().count();
        let text = json!({ "type": "plain_text", "text": text, "emoji": false });
        Self {
            json: json!({ "type": "section", "text": text }),
            characters,
        }
    }

    /// A paragraph.
    pub fn section(markup: Markup) -> Self {
        let characters = markup.characters();
        Self {
            json: json!({ "type": "section", "text": markup.json() }),
            characters,
        }
    }

    /// A line in small print.
    pub fn context(markup: Markup) -> Self {
        let characters = markup.characters();
        Self {
            json: json!({ "type": "context", "elements": [markup.json()] }),
            characters,
        }
    }

    /// A button that opens a page. None where the address is too long for one.
    pub fn button(label: &str, url: &Url) -> Option<Self> {
        if url.as_str().chars().count() > URL {
            return None;
        }
        let label = escaped(label, BUTTON);
        let characters = label.chars().count() + url.as_str().chars().count();
        let text = json!({ "type": "plain_text", "text": label, "emoji": false });
        let button = json!({ "type": "button", "text": text, "url": url.as_str() });
        Some(Self {
            json: json!({ "type": "actions", "elements": [button] }),
            characters,
        })
    }
}

/// As many blocks as a message may have.
pub(super) fn bounded(blocks: impl IntoIterator<Item = Block>) -> Vec<Value> {
    let mut left = ALL;
    let fit = blocks.into_iter().take(BLOCKS).take_while(|block| {
        let fits = block.characters <= left;
        left = left.saturating_sub(block.characters);
        fits
    });
    fit.map(|block| block.json).collect()
}

/// A text with markup. A part that does not fit as a whole is cut, or left out where it is a link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// With words of ours, which may have markup.
    #[must_use]
    pub fn ours(mut self, markup: &'static str) -> Self {
        if markup.chars().count() <= self.left() {
            self.0.push_str(markup);
        }
        self
    }

    /// With what somebody wrote.
    #[must_use]
    pub fn theirs(mut self, text: &str) -> Self {
        let text = escaped(text, self.left());
        self.0.push_str(&text);
        self
    }

    /// With a link.
    #[must_use]
    pub fn link(mut self, label: &str, url: &Url) -> Self {
        // What would end it.
        let url = url.as_str().replace('|', "%7C");
        let label = escaped(label, BUTTON).replace('|', "¦");
        let link = format!("<{}|{label}>", escaped(&url, URL));
        if link.chars().count() <= self.left() {
            self.0.push_str(&link);
        }
        self
    }

    fn characters(&self) -> usize {
        self.0.chars().count()
    }

    fn left(&self) -> usize {
        SECTION.saturating_sub(self.characters())
    }

    fn json(&self) -> Value {
        json!({ "type": "mrkdwn", "text": self.0, "verbatim": true })
    }
}

/// A text in which nothing is a command, in so many characters. An escape is never cut.
pub fn escaped(text: &str, most: usize) -> String {
    let part = |c: char| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '\n' | '\t' => c.to_string(),
        c if c.is_control() => " ".to_owned(),
        c => c.to_string(),
    };
    let whole: usize = text.chars().map(|c| part(c).chars().count()).sum();
    if whole <= most {
        return text.chars().map(part).collect();
    }
    let mut left = most.saturating_sub(1);
    let mut cut = String::new();
    for part in text.chars().map(part) {
        let length = part.chars().count();
        if length > left {
            break;
        }
        left -= length;
        cut.push_str(&part);
    }
    if most > 0 {
        cut.push('…');
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_no_command() {
        let evil = "<!channel> & <https://a.example|b> <@U1>";
        let safe = "&lt;!channel&gt; &amp; &lt;https://a.example|b&gt; &lt;@U1&gt;";
        assert_eq!(escaped(evil, 100), safe);
        assert_eq!(
            Markup::default().ours("*a* ").theirs(evil).0,
            format!("*a* {safe}")
        );
        let url = "https://a.example/?b=1&c=|>".parse().unwrap();
        let link = Markup::default().link("x|y>", &url).0;
        assert_eq!(link, "<https://a.example/?b=1&amp;c=%7C%3E|x¦y&gt;>");
    }

    #[test]
    fn a_text_is_cut_between_its_characters() {
        assert_eq!(escaped("ab&", 7), "ab&amp;");
        assert_eq!(escaped("ab&", 6), "ab…");
        assert_eq!(escaped("é😀é", 2), "é…");
        assert_eq!(escaped("ab", 0), "");
        assert_eq!(escaped("a\u{0}\nb", 9), "a \nb");
    }

    #[test]
    fn blocks_keep_within_the_bounds() {
        let long = "<".repeat(5000);
        let count = |block: &Block| block.json["text"]["text"].as_str().unwrap().chars().count();
        assert!(count(&Block::plain(&long)) <= SECTION);
        assert!(count(&Block::section(Markup::default().theirs(&long).theirs("a"))) <= SECTION);
        assert!(count(&Block::header(&long)) <= HEADER);
        let one = || Block::plain(&long);
        assert_eq!(bounded([one(), one(), one(), one()]).len(), 3);
        let many = (0..80).map(|_| Block::plain("a"));
        assert_eq!(bounded(many).len(), BLOCKS);
        let url = format!("https://a.example/{}", "b".repeat(3000));
        assert_eq!(Block::button("open", &url.parse().unwrap()), None);
    }
}
