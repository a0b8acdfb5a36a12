//! A tag: one trait.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::EmitContext;
use super::docs::{docs, inner};
use super::ident::{ident, module_name};
use super::imports::imports;
use super::security;
use super::title::title;
use crate::model::{Operation, Tag};

/// `TAG/mod.rs`.
pub(super) fn emit(model: &EmitContext<'_>, tag: &Tag) -> TokenStream {
    let module = inner(&format!("Operations of the tag \"{}\".", tag.name));
    let modules = tag.operations.iter().map(|operation| {
        let name = ident(&module_name(&operation.method_name));
        quote!(pub mod #name;)
    });
    let exports = tag.operations.iter().map(|operation| {
        let module = ident(&module_name(&operation.method_name));
        let mut names = vec![ident(&format!("{}Error", operation.prefix))];
        if super::request::has_fields(operation) {
            names.push(ident(&format!("{}Request", operation.prefix)));
        }
        names.push(ident(&format!("{}Response", operation.prefix)));
        names.extend(super::request::body_enum(operation));
        names.extend(super::response::body_enums(operation));
        quote!(pub use self::#module::{#(#names),*};)
    });
    let name = ident(&tag.trait_name);
    let docs = docs(
        &tag.docs,
        &format!("Operations of the tag \"{}\".", tag.name),
        &[],
    );
    let methods = tag
        .operations
        .iter()
        .map(|operation| method(model, operation));
    // A server of a tag that anyone may call need not know its callers.
    let secured = |operation: &Operation| !operation.security.alternatives.is_empty();
    let mut bounds: Vec<TokenStream> = Vec::new();
    if tag.operations.iter().any(secured) {
        bounds.push(quote!(security::Authenticate));
    }
    if tag.operations.iter().any(super::errors::asks) {
        bounds.push(quote!(errors::ErrorBodies));
    }
    if bounds.is_empty() {
        bounds.push(quote!(Sized + Send + Sync + 'static));
    }
    let bounds = quote!(#(#bounds)+*);
    let routes = tag.operations.iter().map(|operation| {
        let module = ident(&module_name(&operation.method_name));
        let name = ident(&operation.prefix);
        quote!(rt::Route::of::<#module::#name, S>(server))
    });
    let methods: Vec<_> = methods.collect();
    let imports = imports(
        &quote!(#(#methods)* #bounds),
        &quote!(super),
        &["errors", "rt", "security"],
    );
    quote! {
        #module
        #(#modules)*
        #imports
        #(#exports)*
        #docs
        pub trait #name: #bounds {
            #(#methods)*
        }

        /// Routes of the tag's operations to this server.
        pub fn routes<S: #name>(server: &rt::Arc<S>) -> Vec<rt::Route> {
            Vec::from([#(#routes),*])
        }
    }
}

fn method(model: &EmitContext<'_>, operation: &Operation) -> TokenStream {
    let says_something = operation.docs.summary.is_some() || operation.docs.description.is_some();
    let more = if says_something {
        vec![title(operation)]
    } else {
        Vec::new()
    };
    let docs = docs(&operation.docs, &title(operation), &more);
    let name = ident(&operation.method_name);
    let principal =
        security::principal_type(model, operation, &quote!(Self)).map(|ty| quote!(principal: #ty,));
    let request = super::request::has_fields(operation).then(|| {
        let ty = ident(&format!("{}Request", operation.prefix));
        quote!(request: #ty,)
    });
    let response = ident(&format!("{}Response", operation.prefix));
    let error = ident(&format!("{}Error", operation.prefix));
    quote! {
        #docs
        fn #name(
            &self,
            context: &rt::Context,
            #principal
            #request
        ) -> impl Future<Output = Result<#response, #error>> + Send;
    }
}
