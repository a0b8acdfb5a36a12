//! P1: how clients are made.

use syn::{ImplItem, Item, parse_quote};

use super::syntax::{method, subject, unexpected};
use crate::client::{Failure, Layer};

pub(super) fn close(file: &mut syn::File, layer: Layer) -> Result<(), Failure> {
    file.items
        .retain(|item| !matches!(item, Item::Mod(module) if module.ident == "prelude"));
    for item in &mut file.items {
        let Item::Impl(item) = item else { continue };
        if !matches!(subject(item), Some((name, None)) if name == "Client") {
            continue;
        }
        let Some(constructor) = method(item, "new_with_client") else {
            continue;
        };
        if layer == Layer::Crate {
            constructor.vis = parse_quote! { pub(crate) };
        }
        item.items
            .retain(|item| !matches!(item, ImplItem::Fn(method) if method.sig.ident == "new"));
        return Ok(());
    }
    Err(unexpected("there is no `Client::new_with_client`"))
}
