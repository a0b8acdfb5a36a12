//! The types in files of their own, where one file would be long.
//!
//! A component has a file, with the types of what is described in it; so have the types of an operation.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proc_macro2::TokenStream;
use quote::quote;

use super::context::EmitContext;
use super::docs::inner;
use super::ident::{file, ident, module_of_type};
use super::imports::imports;
use super::types;
use crate::model::{Shape, Type, TypeDef, TypeId};

/// `types/mod.rs`.
pub(super) fn root(model: &EmitContext<'_>) -> TokenStream {
    let groups = groups(model);
    let modules = groups.iter().map(|(name, _)| {
        let name = ident(name);
        quote!(mod #name;)
    });
    let exports = groups.iter().map(|(name, group)| {
        let module = ident(name);
        let names = group.iter().map(|(_, def)| ident(&def.name));
        quote!(pub use self::#module::{#(#names),*};)
    });
    types::root(model, &quote!(#(#modules)*), &quote!(#(#exports)*))
}

/// A file beside it, with its path.
pub(super) fn emit(
    model: &EmitContext<'_>,
    (name, group): &(String, Group<'_>),
) -> (String, TokenStream) {
    let definitions = group.iter().map(|(_, def)| types::define(model, def));
    let items = quote!(#(#definitions)*);
    let own: BTreeSet<usize> = group.iter().map(|(id, _)| *id).collect();
    let mut used = BTreeSet::new();
    for (_, def) in group {
        named_in(def, &mut used);
    }
    let others: Vec<_> = used
        .difference(&own)
        .filter_map(|id| model.types.get(*id))
        .map(|def| ident(&def.name))
        .collect();
    let others = (!others.is_empty()).then(|| quote!(use super::{#(#others),*};));
    let imports = imports(&items, &quote!(super::super), &["rt", "schemas"]);
    let title = group.first().map_or("", |(_, def)| def.name.as_str());
    let module = inner(&format!("`{title}`, and what it is made of."));
    let path = format!("types/{}.rs", file(name));
    (path, quote!(#module #imports #others #items))
}

/// Types, with their places in the model.
type Group<'m> = Vec<(usize, &'m TypeDef)>;

/// The types by the module that they stand in.
pub(super) fn groups<'m>(model: &'m EmitContext<'_>) -> Vec<(String, Group<'m>)> {
    let components = model.types.iter().filter_map(|def| {
        let pointer = format!("/components/schemas/{}", def.component.as_deref()?);
        (pointer == def.pointer).then_some((pointer, def.name.clone()))
    });
    let operations = model.tags.iter().flat_map(|tag| &tag.operations);
    let operations =
        operations.map(|operation| (operation.pointer.clone(), operation.prefix.clone()));
    // Of the types of requests and of responses of one component the latter comes first, by its name.
    let mut owners: HashMap<String, String> = HashMap::new();
    for (pointer, name) in components.chain(operations) {
        owners.entry(pointer).or_insert(name);
    }
    let mut groups: BTreeMap<String, Group<'_>> = BTreeMap::new();
    for (at, def) in model.types.iter().enumerate() {
        let steps = def.pointer.match_indices('/').map(|(at, _)| at).skip(1);
        let ends = steps.chain([def.pointer.len()]);
        let mut owner = ends.filter_map(|end| owners.get(def.pointer.get(..end)?));
        let owner = owner.next().unwrap_or(&def.name);
        groups
            .entry(module_of_type(owner))
            .or_default()
            .push((at, def));
    }
    groups.into_iter().collect()
}

/// The types that a definition names.
fn named_in(def: &TypeDef, out: &mut BTreeSet<usize>) {
    match &def.shape {
        Shape::Struct {
            fields, additional, ..
        } => {
            for field in fields {
                named(&field.ty, out);
            }
            if let Some(additional) = additional {
                named(&additional.ty, out);
            }
        }
        Shape::Union { variants, .. } => {
            variants.iter().for_each(|variant| named(&variant.ty, out))
        }
        Shape::Newtype { inner } => named(inner, out),
        Shape::Enum { .. } => {}
    }
}

fn named(ty: &Type, out: &mut BTreeSet<usize>) {
    match ty {
        Type::Named(TypeId(id)) => {
            out.insert(*id);
        }
        Type::Array(inner) | Type::Map(inner) | Type::Boxed(inner) | Type::Nullable(inner) => {
            named(inner, out);
        }
        _ => {}
    }
}
