//! P7: prose.

use syn::visit_mut::VisitMut;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, parse_quote};

pub(super) fn split(file: &mut syn::File) {
    Lines.visit_file_mut(file);
}

struct Lines;

impl VisitMut for Lines {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let mut lines = Vec::new();
        for attribute in attributes.drain(..) {
            match prose(&attribute) {
                Some(text) => {
                    // All lines move alike: their indentation against each other has a meaning.
                    let pad = if text.starts_with([' ', '\n']) {
                        ""
                    } else {
                        " "
                    };
                    lines.extend(text.lines().map(|line| -> Attribute {
                        let line = match line.trim_end() {
                            "" => String::new(),
                            line => format!("{pad}{line}"),
                        };
                        parse_quote! { #[doc = #line] }
                    }));
                }
                None => lines.push(attribute),
            }
        }
        *attributes = lines;
    }
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
