//! Finding things in syntax.

use syn::{GenericArgument, Ident, ImplItemFn, Item, ItemImpl, ItemMod, PathArguments, Type};

use crate::client::Failure;

pub(super) fn unexpected(what: impl Into<String>) -> Failure {
    Failure::Unexpected(what.into())
}

/// The items of a module.
pub(super) fn module<'a>(items: &'a mut [Item], name: &str) -> Result<&'a mut Vec<Item>, Failure> {
    items
        .iter_mut()
        .find_map(|item| match item {
            Item::Mod(ItemMod {
                ident,
                content: Some((_, items)),
                ..
            }) if ident == name => Some(items),
            _ => None,
        })
        .ok_or_else(|| unexpected(format!("there is no module `{name}`")))
}

/// The type that an `impl` is for, and the trait that it implements.
pub(super) fn subject(item: &ItemImpl) -> Option<(&Ident, Option<&Ident>)> {
    let implemented = item
        .trait_
        .as_ref()
        .and_then(|(path, _)| path.segments.last());
    Some((
        last_ident(&item.self_ty)?,
        implemented.map(|segment| &segment.ident),
    ))
}

/// The last part of a type's path.
pub(super) fn last_ident(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| &segment.ident),
        _ => None,
    }
}

/// The type arguments of the last part of a type's path.
pub(super) fn arguments(ty: &Type) -> Vec<&Type> {
    let Type::Path(path) = ty else {
        return Vec::new();
    };
    let Some(PathArguments::AngleBracketed(arguments)) =
        path.path.segments.last().map(|segment| &segment.arguments)
    else {
        return Vec::new();
    };
    arguments
        .args
        .iter()
        .filter_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        })
        .collect()
}

/// A method of an `impl`.
pub(super) fn method<'a>(item: &'a mut ItemImpl, name: &str) -> Option<&'a mut ImplItemFn> {
    item.items.iter_mut().find_map(|item| match item {
        syn::ImplItem::Fn(method) if method.sig.ident == name => Some(method),
        _ => None,
    })
}
