//! P5: enums that answers contain are open.
//!
//! JSON with a value that the client does not know is read as `Unknown(value)`. Parsing text, which is what a program
//! does with its own input, knows only the values of the contract, so that mistakes are found before a request is sent.

use std::collections::{HashMap, HashSet};

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::{
    Attribute, Block, Expr, Fields, Ident, ImplItem, Item, ItemEnum, Stmt, Type, parse_quote,
};

use super::calls::Call;
use super::syntax::{module, subject, unexpected};
use crate::client::Failure;

/// Names for the variant, in the order in which they are tried.
const NAMES: [&str; 3] = ["Unknown", "Unrecognized", "UnknownValue"];

/// `errors` names the types that errors have beside the types of successes.
pub(super) fn open(file: &mut syn::File, calls: &[Call], errors: &[String]) -> Result<(), Failure> {
    let items = module(&mut file.items, "types")?;
    let answered = answered(items, calls, errors);
    let mut opened: HashMap<String, Ident> = HashMap::new();
    for item in items.iter_mut() {
        if let Item::Enum(item) = item
            && answered.contains(&item.ident.to_string())
            && item
                .variants
                .iter()
                .all(|variant| matches!(variant.fields, Fields::Unit))
        {
            opened.insert(item.ident.to_string(), add_variant(item)?);
        }
    }
    let mut displays = 0;
    for item in items.iter_mut() {
        let Item::Impl(item) = item else { continue };
        let Some((name, Some(implemented))) = subject(item) else {
            continue;
        };
        let Some(variant) = opened.get(&name.to_string()) else {
            continue;
        };
        if implemented != "Display" {
            continue;
        }
        for item in &mut item.items {
            if let ImplItem::Fn(method) = item {
                displays += usize::from(display(&mut method.block, variant));
            }
        }
    }
    if displays == opened.len() {
        Ok(())
    } else {
        Err(unexpected("an enum is not displayed as usual"))
    }
}

fn add_variant(item: &mut ItemEnum) -> Result<Ident, Failure> {
    let taken: HashSet<String> = item
        .variants
        .iter()
        .map(|variant| variant.ident.to_string())
        .collect();
    let name = NAMES
        .into_iter()
        .find(|name| !taken.contains(*name))
        .ok_or_else(|| unexpected(format!("`{}` has no room for a variant", item.ident)))?;
    let name = Ident::new(name, item.ident.span());
    without_derive(&mut item.attrs, "Copy")?;
    item.attrs.push(parse_quote! { #[non_exhaustive] });
    item.variants.push(parse_quote! {
        /// A value that this version of the client does not know.
        #[serde(untagged)]
        #name(::std::string::String)
    });
    Ok(name)
}

/// Removes a trait from what is derived.
pub(super) fn without_derive(attributes: &mut [Attribute], name: &str) -> Result<(), Failure> {
    for attribute in attributes {
        if attribute.path().is_ident("derive") {
            let mut kept: Vec<syn::Path> = Vec::new();
            attribute
                .parse_nested_meta(|meta| {
                    kept.push(meta.path);
                    Ok(())
                })
                .map_err(|error| unexpected(error.to_string()))?;
            kept.retain(|path| !path.is_ident(name));
            *attribute = parse_quote! { #[derive(#(#kept),*)] };
        }
    }
    Ok(())
}

/// Adds the variant to the `match` that a block ends with.
fn display(block: &mut Block, variant: &Ident) -> bool {
    let Some(Stmt::Expr(Expr::Match(found), None)) = block.stmts.last_mut() else {
        return false;
    };
    *found.expr = parse_quote! { self };
    found
        .arms
        .push(parse_quote! { Self::#variant(value) => f.write_str(value), });
    true
}

/// The names of the types that answers contain.
fn answered(items: &[Item], calls: &[Call], errors: &[String]) -> HashSet<String> {
    let mut contents: HashMap<String, Vec<&Type>> = HashMap::new();
    for item in items {
        let (name, types): (&Ident, Vec<&Type>) = match item {
            Item::Struct(item) => (
                &item.ident,
                item.fields.iter().map(|field| &field.ty).collect(),
            ),
            Item::Enum(item) => (
                &item.ident,
                item.variants
                    .iter()
                    .flat_map(|variant| &variant.fields)
                    .map(|field| &field.ty)
                    .collect(),
            ),
            Item::Type(item) => (&item.ident, vec![&item.ty]),
            _ => continue,
        };
        contents.insert(name.to_string(), types);
    }
    let mut pending: Vec<String> = errors.to_vec();
    for call in calls {
        names(call.success.to_token_stream(), &mut pending);
    }
    let mut reached = HashSet::new();
    while let Some(name) = pending.pop() {
        if let Some(types) = contents.get(&name)
            && reached.insert(name)
        {
            for ty in types {
                names(ty.to_token_stream(), &mut pending);
            }
        }
    }
    reached
}

/// Every name in a type. Names of other crates' types do no harm: they are looked up among the generated ones.
fn names(tokens: proc_macro2::TokenStream, found: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => found.push(ident.to_string()),
            TokenTree::Group(group) => names(group.stream(), found),
            _ => {}
        }
    }
}
