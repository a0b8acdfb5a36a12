//! P9: prose.

use syn::visit_mut::VisitMut;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, parse_quote};

use crate::emit::is_direction_mark;

pub(super) fn split(file: &mut syn::File) {
    Lines.visit_file_mut(file);
}

/// What calls say beside what they send.
const ERRORS: &str =
    "\n\n# Errors\nThe request was not sent, or what came is not a success of the operation.";

struct Lines;

impl VisitMut for Lines {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let mut lines = Vec::new();
        for attribute in attributes.drain(..) {
            match prose(&attribute) {
                Some(mut text) => {
                    if text.starts_with("Sends a `") {
                        text.push_str(ERRORS);
                    }
                    lines.extend(split_text(&text).into_iter().map(|line| {
                        let line: Attribute = parse_quote! { #[doc = #line] };
                        line
                    }));
                }
                None => lines.push(attribute),
            }
        }
        *attributes = lines;
    }
}

fn split_text(text: &str) -> Vec<String> {
    // All lines move alike: their indentation against each other has a meaning.
    let pad = if text.starts_with([' ', '\n']) {
        ""
    } else {
        " "
    };
    let mut is_code = false;
    text.lines()
        .map(|line| {
            // rustc refuses comments with these.
            let line = line.replace(|c| c == '\r' || is_direction_mark(c), "");
            let line = line.trim_end();
            let mut line = match line {
                "" => String::new(),
                line => format!("{pad}{line}"),
            };
            if line.trim_start().starts_with("```") {
                is_code = !is_code;
                // To rustdoc code of no language is Rust, which is to be tested. To the contract it is text.
                if is_code && line.trim() == "```" {
                    line.push_str("text");
                }
            }
            line
        })
        .collect()
}

fn prose(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
