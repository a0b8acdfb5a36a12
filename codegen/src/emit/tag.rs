//! A tag: one trait.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{docs, inner};
use super::ident::ident;
use super::scope::Scope;
use super::security;
use crate::model::{Method, Operation, Tag};

/// `TAG/mod.rs`.
pub(super) fn emit(model: &Scope<'_>, tag: &Tag) -> TokenStream {
    let module = inner(&format!("The operations of the tag \"{}\".", tag.name));
    let modules = tag.operations.iter().map(|operation| {
        let name = ident(&operation.method_name);
        quote!(pub mod #name;)
    });
    let exports = tag.operations.iter().map(|operation| {
        let module = ident(&operation.method_name);
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
        &format!("The operations of the tag \"{}\".", tag.name),
        &[],
    );
    let methods = tag
        .operations
        .iter()
        .map(|operation| method(model, operation));
    let methods: Vec<_> = methods.collect();
    let security = super::types::imports(
        &quote!(#(#methods)*),
        &[("civicforge_runtime::context", &["Context"])],
    );
    let enums: std::collections::BTreeSet<&String> = tag
        .operations
        .iter()
        .filter_map(|operation| operation.security.enum_name.as_ref())
        .collect();
    let enums = enums.iter().map(|name| ident(name));
    // A server of a tag that anyone may call need not know its callers.
    let secured = |operation: &Operation| !operation.security.alternatives.is_empty();
    let (authenticate, bounds) = match tag.operations.iter().any(secured) {
        true => (
            quote!(
                use super::security::Authenticate;
            ),
            quote!(Authenticate),
        ),
        false => (quote!(), quote!(Sized + Send + Sync + 'static)),
    };
    let routes = tag.operations.iter().map(|operation| {
        let module = ident(&operation.method_name);
        let name = ident(&operation.prefix);
        quote!(Route::of::<#module::#name, S>(server))
    });
    quote! {
        #module
        #(#modules)*
        #security
        use std::sync::Arc;
        use civicforge_runtime::operation::Route;
        #authenticate
        #(use super::security::#enums;)*
        #(#exports)*
        #docs
        pub trait #name: #bounds {
            #(#methods)*
        }

        /// The operations of the tag, carried out by this server.
        pub fn routes<S: #name>(server: &Arc<S>) -> Vec<Route> {
            Vec::from([#(#routes),*])
        }
    }
}

/// The names of an operation on the wire.
pub(super) fn title(operation: &Operation) -> String {
    format!("`{} {}`", method_name(operation.method), operation.path)
}

/// The method as HTTP writes it.
pub(super) fn method_name(method: Method) -> String {
    format!("{method:?}").to_uppercase()
}

fn method(model: &Scope<'_>, operation: &Operation) -> TokenStream {
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
            context: &Context,
            #principal
            #request
        ) -> impl Future<Output = Result<#response, #error>> + Send;
    }
}
