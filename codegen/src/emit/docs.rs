//! The contract's prose as doc comments.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Docs;

const WIDTH: usize = 92;

/// Doc attributes: summary, description, and then these paragraphs. There is always at least one line, since every public
/// item must have one: `otherwise` stands in where the contract says nothing.
pub(super) fn docs(docs: &Docs, otherwise: &str, more: &[String]) -> TokenStream {
    let mut paragraphs: Vec<String> = Vec::new();
    paragraphs.extend(docs.summary.as_deref().map(sentence));
    paragraphs.extend(docs.description.clone());
    paragraphs.retain(|text| !text.trim().is_empty());
    if paragraphs.is_empty() {
        paragraphs.push(otherwise.to_owned());
    }
    paragraphs.extend(more.iter().cloned());
    let lines = lines(&paragraphs.join("\n\n"));
    let deprecated = docs
        .deprecated
        .then(|| quote!(#[doc = ""] #[doc = " Deprecated."]));
    quote!(#(#[doc = #lines])* #deprecated)
}

/// A text as the docs of the file that it stands in.
pub(super) fn inner(text: &str) -> TokenStream {
    let lines = lines(text);
    quote!(#(#![doc = #lines])*)
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    match text.chars().last() {
        Some(last) if last.is_alphanumeric() || matches!(last, ')' | '`' | '"') => {
            format!("{text}.")
        }
        _ => text.to_owned(),
    }
}

/// Whether a character changes the direction in which code after it is shown.
pub(crate) fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// CommonMark, with paragraphs and list items wrapped; code blocks, tables and headings are left as they are.
fn lines(markdown: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut block = Block::None;
    let mut fence: Option<String> = None;
    for line in markdown.lines() {
        let trimmed = line.trim();
        if let Some(open) = &fence {
            out.push(line.trim_end().to_owned());
            if trimmed.starts_with(open.as_str()) {
                fence = None;
            }
            continue;
        }
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            block.flush(&mut out);
            // Without a language, rustdoc would take the block for a Rust test.
            let bare = trimmed.trim_start_matches(['`', '~']).is_empty();
            out.push(if bare {
                format!("{trimmed}text")
            } else {
                trimmed.to_owned()
            });
            fence = Some(trimmed[..3].to_owned());
        } else if trimmed.is_empty() {
            block.flush(&mut out);
            if out.last().is_some_and(|last| !last.is_empty()) {
                out.push(String::new());
            }
        } else if let Some((indent, marker)) = list_item(line) {
            block.flush(&mut out);
            let text = trimmed[marker.len()..].trim_start().to_owned();
            block = Block::Text {
                first: format!("{indent}{marker} "),
                text,
            };
        } else if trimmed.starts_with(['|', '#', '>']) {
            block.flush(&mut out);
            out.push(trimmed.to_owned());
        } else {
            block.push(trimmed);
        }
    }
    block.flush(&mut out);
    if let Some(open) = fence {
        out.push(open);
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out.into_iter()
        .map(|line| {
            // rustc refuses comments with marks that change the direction of what follows.
            let line = line.replace(is_direction_mark, "");
            if line.is_empty() {
                line
            } else {
                format!(" {line}")
            }
        })
        .collect()
}

enum Block {
    None,
    Text { first: String, text: String },
}

impl Block {
    fn push(&mut self, line: &str) {
        match self {
            Block::None => {
                *self = Block::Text {
                    first: String::new(),
                    text: line.to_owned(),
                }
            }
            Block::Text { text, .. } => {
                text.push(' ');
                text.push_str(line);
            }
        }
    }

    fn flush(&mut self, out: &mut Vec<String>) {
        let Block::Text { first, text } = std::mem::replace(self, Block::None) else {
            return;
        };
        let hanging = " ".repeat(first.chars().count());
        let mut line = first;
        let mut empty = true;
        for word in text.split_whitespace() {
            if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
                out.push(std::mem::replace(&mut line, hanging.clone()));
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        out.push(line.trim_end().to_owned());
    }
}

/// The indent and marker of a list item.
fn list_item(line: &str) -> Option<(&str, &str)> {
    let trimmed = line.trim_start();
    let indent = &line[..line.len() - trimmed.len()];
    let marker = match trimmed.as_bytes() {
        [b'-' | b'*' | b'+', b' ', ..] => &trimmed[..1],
        _ => {
            let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
            let rest = &trimmed[digits..];
            if !(1..=9).contains(&digits) || !(rest.starts_with(". ") || rest.starts_with(") ")) {
                return None;
            }
            &trimmed[..=digits]
        }
    };
    // Tabs, and indents that rustdoc would take for code.
    Some((
        if indent.bytes().all(|byte| byte == b' ') && indent.len() <= 8 {
            indent
        } else {
            ""
        },
        marker,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_paragraphs_and_list_items_and_leaves_code_alone() {
        let long = "word ".repeat(40);
        let text = format!("{long}\n\n* {long}\nlazy\n\n```\n  code  here\n```\n| a | b |");
        let lines = lines(&text);
        assert!(
            lines.iter().all(|line| line.len() <= WIDTH + 1),
            "{lines:#?}"
        );
        assert!(lines.iter().any(|line| line.starts_with(" * word")));
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with("   word") && line.ends_with("lazy"))
        );
        assert!(lines.contains(&" ```text".to_owned()));
        assert!(lines.contains(&"   code  here".to_owned()));
    }
}
