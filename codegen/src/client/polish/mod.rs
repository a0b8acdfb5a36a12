//! From progenitor's output to a module of a crate that has a layer of its own around it.
//!
//! | change | why |
//! |---|---|
//! | P1 [`client`]: no public constructor, no `prelude` | progenitor's constructor panics where TLS cannot be set up; the crate has a builder |
//! | P2 [`calls`]: the `api-version` header is gone | nobody asked for it, and in a browser it costs a preflight |
//! | P3 [`calls`]: `send` fails with `crate::Error` | one error type for callers, whatever the operation |
//! | P4 [`pages`]: `stream` on operations that answer `items` and `nextPageToken` for a `pageToken` | progenitor makes streams of dropshot's names only |
//! | P5 [`enums`]: enums of answers have a variant for values that are not known | a server that learns a new status must not break clients |
//! | P6 [`facts`](super::facts): a table of what the transport has to know about each operation | no operation is named by hand |
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

use syn::parse_quote;

use super::Failure;
use super::facts::{Facts, Operation};

/// Applies all changes.
pub(super) fn polish(file: &mut syn::File, facts: &Facts) -> Result<(), Failure> {
    client::close(file)?;
    let calls = calls::rewrite(file)?;
    pages::add(file, &calls)?;
    enums::open(file, &calls, &facts.errors)?;
    values::ease(file)?;
    secrets::hide(file, &facts.secrets)?;
    file.items.push(table(&facts.operations));
    docs::split(file);
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
