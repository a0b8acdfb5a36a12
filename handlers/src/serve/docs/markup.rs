//! The contract's descriptions, which are CommonMark, as HTML. HTML in them is shown as text.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// Text that is safe in elements and in quoted attributes.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    // Writing to a string does not fail.
    let _ = pulldown_cmark_escape::escape_html(&mut safe, text);
    safe
}

fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(text, Options::ENABLE_TABLES).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        event => event,
    })
}

/// A description that stands in a line: its paragraphs become one.
pub fn inline(text: &str) -> String {
    let in_line = events(text).filter_map(|event| match event {
        Event::Start(Tag::Paragraph) => None,
        Event::End(TagEnd::Paragraph) => Some(Event::SoftBreak),
        event => Some(event),
    });
    let mut written = String::new();
    html::push_html(&mut written, in_line);
    written.truncate(written.trim_end().len());
    written
}

/// A description of one or more blocks. Its second-level headings become headings of this level, which is 2 to 6.
pub fn blocks(text: &str, level: usize) -> String {
    let shift = |heading: HeadingLevel| {
        let level = (heading as usize + level).saturating_sub(2).clamp(1, 6);
        HeadingLevel::try_from(level).unwrap_or(heading)
    };
    let shifted = events(text).map(|event| match event {
        Event::Start(Tag::Heading {
            level,
            id,
            classes,
            attrs,
        }) => Event::Start(Tag::Heading {
            level: shift(level),
            id,
            classes,
            attrs,
        }),
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(shift(level))),
        event => event,
    });
    let mut written = String::new();
    html::push_html(&mut written, shifted);
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_html_and_html_stays_text() {
        assert_eq!(
            blocks(
                "Say `a<b>` **now** & <i>*then*</i>.\n\n## Next\n- one\n  more\n- two",
                3
            ),
            "<p>Say <code>a&lt;b&gt;</code> <strong>now</strong> &amp; &lt;i&gt;<em>then</em>&lt;/i&gt;.</p>\n\
             <h3>Next</h3>\n<ul>\n<li>one\nmore</li>\n<li>two</li>\n</ul>\n"
        );
        assert_eq!(
            blocks("<script>\nalert(1)\n</script>", 2),
            "&lt;script&gt;\nalert(1)\n&lt;/script&gt;"
        );
        assert!(blocks("| a |\n|---|\n| `x` |", 2).contains("<td><code>x</code></td>"));
        assert_eq!(
            inline("One `a` and\n\n*two*."),
            "One <code>a</code> and\n<em>two</em>."
        );
        assert_eq!((blocks("", 2), inline("")), (String::new(), String::new()));
        assert_eq!(escape("<a href=\"&\">"), "&lt;a href=&quot;&amp;&quot;&gt;");
    }
}
