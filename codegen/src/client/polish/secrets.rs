//! P7: what must not be shown.

use syn::{Ident, Item, parse_quote};

use super::enums::without_derive;
use super::syntax::module;
use crate::client::Failure;

/// `names` are those of the types that have secrets. Their builders, which have the same names, have them too.
pub(super) fn hide(file: &mut syn::File, names: &[String]) -> Result<(), Failure> {
    let types = module(&mut file.items, "types")?;
    redact(types, names)?;
    match module(types, "builder") {
        Ok(builders) => redact(builders, names),
        // There is none where there are no objects.
        Err(_) => Ok(()),
    }
}

fn redact(items: &mut Vec<Item>, names: &[String]) -> Result<(), Failure> {
    let mut redacted: Vec<Ident> = Vec::new();
    for item in items.iter_mut() {
        if let Item::Struct(item) = item
            && names.iter().any(|name| item.ident == name)
        {
            without_derive(&mut item.attrs, "Debug")?;
            redacted.push(item.ident.clone());
        }
    }
    for ident in redacted {
        let name = ident.to_string();
        items.push(parse_quote! {
            impl ::std::fmt::Debug for #ident {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.debug_struct(#name).finish_non_exhaustive()
                }
            }
        });
    }
    Ok(())
}
