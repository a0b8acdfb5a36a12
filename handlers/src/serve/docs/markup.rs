//! The little Markdown that the contract's descriptions are written in, as HTML: headings, lists, tables, paragraphs, `code`
//! and **strong**. Everything else is text, and all text is escaped.

/// Text that is safe in elements and in quoted attributes.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c => safe.push(c),
        }
    }
    safe
}

/// A line: escaped, with `code` and **strong**.
pub fn inline(text: &str) -> String {
    let mut html = String::new();
    // Between backticks every second part is code.
    for (index, part) in text.split('`').enumerate() {
        if index % 2 == 1 {
            html.push_str(&format!("<code>{}</code>", escape(part)));
            continue;
        }
        for (index, part) in part.split("**").enumerate() {
            if index % 2 == 1 {
                html.push_str(&format!("<strong>{}</strong>", escape(part)));
            } else {
                html.push_str(&escape(part));
            }
        }
    }
    html
}

/// A description of one or more blocks. Headings start at `level`.
pub fn blocks(text: &str, level: u8) -> String {
    let mut html = String::new();
    for block in text.split("\n\n") {
        let mut lines = block.trim().lines().peekable();
        if let Some(heading) = lines.next_if(|line| line.starts_with("## ")) {
            let heading = inline(heading.trim_start_matches('#').trim());
            html.push_str(&format!("<h{level}>{heading}</h{level}>\n"));
        }
        let rest: Vec<&str> = lines.collect();
        match rest.first() {
            None => {}
            Some(first) if first.starts_with("- ") => html.push_str(&list(&rest)),
            Some(first) if first.starts_with('|') => html.push_str(&table(&rest)),
            Some(_) => html.push_str(&format!("<p>{}</p>\n", inline(&rest.join(" ")))),
        }
    }
    html
}

fn list(lines: &[&str]) -> String {
    let mut items: Vec<String> = Vec::new();
    for line in lines {
        match (line.strip_prefix("- "), items.last_mut()) {
            (Some(item), _) => items.push(item.to_owned()),
            (None, Some(item)) => *item = format!("{item} {}", line.trim()),
            (None, None) => {}
        }
    }
    let items = items
        .iter()
        .map(|item| format!("<li>{}</li>\n", inline(item)));
    format!("<ul>\n{}</ul>\n", items.collect::<String>())
}

fn table(lines: &[&str]) -> String {
    let cells = |line: &str, tag: &str| -> String {
        let cells = line.trim().trim_matches('|').split('|');
        cells
            .map(|cell| format!("<{tag}>{}</{}>", inline(cell.trim()), &tag[..2]))
            .collect()
    };
    let (mut head, mut body) = (String::new(), String::new());
    for (index, line) in lines.iter().enumerate() {
        match index {
            0 => head = cells(line, "th scope=\"col\""),
            // The line of hyphens.
            1 => {}
            _ => body.push_str(&format!("<tr>{}</tr>\n", cells(line, "td"))),
        }
    }
    format!("<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_html_and_text_stays_text() {
        assert_eq!(
            blocks(
                "Say `a<b>` **now** & \"then\".\n\n## Next\n- one\n  more\n- two",
                2
            ),
            "<p>Say <code>a&lt;b&gt;</code> <strong>now</strong> &amp; &quot;then&quot;.</p>\n\
             <h2>Next</h2>\n<ul>\n<li>one more</li>\n<li>two</li>\n</ul>\n"
        );
        assert_eq!(
            blocks("| a | b |\n|---|---|\n| `x` | 1 |", 2),
            "<table>\n<thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead>\n\
             <tbody>\n<tr><td><code>x</code></td><td>1</td></tr>\n</tbody>\n</table>\n"
        );
        assert_eq!(blocks("", 2), "");
    }
}
