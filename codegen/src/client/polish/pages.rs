//! P4: streams over pages.

use std::collections::HashMap;

use syn::{Item, ItemStruct, Type, parse_quote};

use super::calls::Call;
use super::syntax::{arguments, last_ident, method, module, subject};
use crate::client::Failure;

pub(super) fn add(file: &mut syn::File, calls: &[Call]) -> Result<(), Failure> {
    let types: HashMap<String, ItemStruct> = module(&mut file.items, "types")?
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some((item.ident.to_string(), item.clone())),
            _ => None,
        })
        .collect();
    let items: HashMap<String, Type> = calls
        .iter()
        .filter_map(|call| {
            let page = types.get(&last_ident(&call.success)?.to_string())?;
            Some((call.builder.to_string(), item_of(page)?))
        })
        .collect();
    for item in module(&mut file.items, "builder")? {
        let Item::Impl(item) = item else { continue };
        let Some((builder, None)) = subject(item) else {
            continue;
        };
        let Some(of_page) = items.get(&builder.to_string()) else {
            continue;
        };
        if method(item, "page_token").is_none() {
            continue;
        }
        item.items.push(parse_quote! {
            /// Asks for page after page, each when it is needed, and gives the items of all of them in order. It
            /// starts at `page_token` if that is set, and ends with the last page or after the first error.
            pub fn stream(
                self,
            ) -> ::futures::stream::BoxStream<'a, Result<#of_page, crate::Error>> {
                crate::pages::stream(self, |request, token: Option<String>| async move {
                    let request = match token {
                        Some(token) => request.page_token(token),
                        None => request,
                    };
                    let page = request.send().await?.into_inner();
                    Ok((page.items, page.next_page_token.map(|token| token.to_string())))
                })
            }
        });
    }
    Ok(())
}

/// The type of the items of a page, as the module `builder` names it, if it is a page.
fn item_of(page: &ItemStruct) -> Option<Type> {
    let field = |name: &str| {
        page.fields
            .iter()
            .find(|field| field.ident.as_ref().is_some_and(|ident| ident == name))
            .map(|field| &field.ty)
    };
    let (items, token) = (field("items")?, field("next_page_token")?);
    if last_ident(items)? != "Vec" || last_ident(token)? != "Option" {
        return None;
    }
    let item = *arguments(items).first()?;
    match item {
        // Types of the module `types` are the only ones without a leading colon.
        Type::Path(path) if path.path.get_ident().is_some_and(starts_upper) => {
            Some(parse_quote! { types::#item })
        }
        _ => Some(item.clone()),
    }
}

fn starts_upper(ident: &syn::Ident) -> bool {
    ident.to_string().starts_with(char::is_uppercase)
}
