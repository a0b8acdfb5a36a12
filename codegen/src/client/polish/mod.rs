//! From progenitor's output to a module that people read.
//!
//! | change | why |
//! |---|---|
//! | P1 [`client`]: no constructor that makes a `reqwest::Client`, no `prelude`; with a layer, no public one | it panics where TLS cannot be set up; a layer has a builder |
//! | P2 [`calls`]: the `api-version` header is gone | nobody asked for it, and in a browser it costs a preflight |
//! | P3 [`calls`], with a layer: `send` fails with `crate::Error` | one error type for callers, whatever the operation |
//! | P4 [`pages`], with a layer: `stream` on operations that answer `items` and `nextPageToken` for a `pageToken` | progenitor makes streams of dropshot's names only |
//! | P5 [`enums`]: enums of answers have a variant for values that are not known | a server that learns a new status must not break clients |
//! | P6 [`facts`](super::facts), with a layer: a table of what the transport has to know about each operation | no operation is named by hand |
//! | P7 [`secrets`]: `Debug` does not show the fields of types with passwords | it ends in logs |
//! | P8 [`values`]: ids are `Copy` and keys of maps, and ids and enums can be handed on by reference | `.status(&quest.status)` |
//! | P9 [`docs`]: each line of prose is a line, and code without a language is text | diffs that can be reviewed, and no tests of the contract's prose |
//!
//! What progenitor writes is looked at as syntax. Where it is not as expected, there is a failure and no half-done file.

mod calls;
mod client;
mod docs;
mod enums;
mod pages;
mod secrets;
mod syntax;
mod values;

use std::collections::HashSet;

use syn::parse_quote;

use super::facts::{Facts, Operation};
use super::{Failure, Layer};

/// Applies all changes.
pub(super) fn polish(file: &mut syn::File, facts: &Facts, layer: Layer) -> Result<(), Failure> {
    client::close(file, layer)?;
    let calls = calls::rewrite(file, layer)?;
    if layer == Layer::Crate {
        pages::add(file, &calls)?;
    }
    let errors = types_of(file, &facts.errors)?;
    enums::open(file, &calls, &errors)?;
    values::ease(file)?;
    let secrets = types_of(file, &facts.secrets)?;
    secrets::hide(file, &secrets)?;
    if layer == Layer::Crate {
        file.items.push(table(&facts.operations));
    }
    docs::split(file);
    unique(&file.items)
}

/// The types of schemas. typify keeps the letters and digits of their names, and changes the case.
fn types_of(file: &mut syn::File, schemas: &[String]) -> Result<Vec<String>, Failure> {
    let letters = |name: &str| -> String {
        let letters = name.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let schemas: HashSet<String> = schemas.iter().map(|name| letters(name)).collect();
    let items = syntax::module(&mut file.items, "types")?;
    let names = items.iter().filter_map(|item| match item {
        syn::Item::Struct(item) => Some(item.ident.to_string()),
        syn::Item::Enum(item) => Some(item.ident.to_string()),
        syn::Item::Type(item) => Some(item.ident.to_string()),
        _ => None,
    });
    Ok(names
        .filter(|name| schemas.contains(&letters(name)))
        .collect())
}

/// typify gives several types one name where schemas are called alike; the code does not compile.
fn unique(items: &[syn::Item]) -> Result<(), Failure> {
    let mut seen = HashSet::new();
    for item in items {
        let name = match item {
            syn::Item::Struct(item) => &item.ident,
            syn::Item::Enum(item) => &item.ident,
            syn::Item::Type(item) => &item.ident,
            syn::Item::Mod(item) => {
                let inner = item.content.as_ref().map(|(_, items)| items.as_slice());
                unique(inner.unwrap_or_default())?;
                continue;
            }
            _ => continue,
        };
        if !seen.insert(name.to_string()) {
            return Err(syntax::unexpected(format!("there are two types `{name}`")));
        }
    }
    Ok(())
}

fn table(operations: &[Operation]) -> syn::Item {
    let arms = operations.iter().map(|operation| -> syn::Arm {
        let Operation {
            name,
            authorized,
            idempotency_key,
        } = operation;
        parse_quote! {
            #name => crate::transport::Operation {
                authorized: #authorized,
                idempotency_key: #idempotency_key,
            },
        }
    });
    parse_quote! {
        /// What the contract says about an operation that its request does not show.
        pub(crate) fn operation(name: &str) -> crate::transport::Operation {
            match name {
                #(#arms)*
                _ => crate::transport::Operation { authorized: false, idempotency_key: false },
            }
        }
    }
}
