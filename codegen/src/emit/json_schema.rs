//! `schemars::JsonSchema`: the contract's own schemas, word for word.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::EmitContext;
use super::docs::inner;
use super::ident::ident;

/// `json_schema.rs`.
pub(super) fn emit(model: &EmitContext<'_>) -> TokenStream {
    let module = inner(
        "`schemars::JsonSchema` for the types that are component schemas: the schemas of the OpenAPI document, word for word. \
         Requires the feature `json-schema` of the runtime.\n\n\
         References in them start with `#/components/schemas/`; the settings `SchemaSettings::openapi3()` resolve them.",
    );
    let types = model.types.iter().filter_map(|def| {
        let component = def.component.as_ref()?;
        let name = ident(&def.name);
        Some(quote!(super::types::#name => #component))
    });
    let types: Vec<_> = types.collect();
    if types.is_empty() {
        return module;
    }
    quote! {
        #module
        super::rt::component_schemas! {
            super::CONTRACT;
            #(#types,)*
        }
    }
}
