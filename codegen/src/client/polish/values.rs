//! P8: small values are easy to hand on.

use syn::{Fields, Ident, Item, parse_quote};

use super::syntax::{last_ident, module};
use crate::client::Failure;

pub(super) fn ease(file: &mut syn::File) -> Result<(), Failure> {
    let items = module(&mut file.items, "types")?;
    let mut eased: Vec<Ident> = Vec::new();
    for item in items.iter_mut() {
        match item {
            Item::Struct(item) => {
                let Fields::Unnamed(fields) = &item.fields else {
                    continue;
                };
                let is_id = fields
                    .unnamed
                    .iter()
                    .all(|field| last_ident(&field.ty).is_some_and(|name| name == "Uuid"));
                if is_id {
                    item.attrs
                        .push(parse_quote! { #[derive(Copy, Eq, Hash, Ord, PartialOrd)] });
                }
                eased.push(item.ident.clone());
            }
            Item::Enum(item) => eased.push(item.ident.clone()),
            _ => {}
        }
    }
    for name in eased {
        items.push(parse_quote! {
            impl ::std::convert::From<&#name> for #name {
                fn from(value: &#name) -> Self {
                    value.clone()
                }
            }
        });
    }
    Ok(())
}
