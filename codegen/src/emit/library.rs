//! The root of the module tree, and what it offers beside the modules.
//!
//! Only `lib.rs` is seen by rustfmt, so it holds nothing that could be broken over lines in two ways.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::inner;
use super::ident::{file, ident};
use super::scope::Scope;

/// `lib.rs`.
pub(super) fn emit(model: &Scope<'_>) -> TokenStream {
    let docs = inner(&format!(
        "{} {}\n\n{}\n\nOne trait for each tag, whose methods have typed requests and closed responses; [`routes`] makes a \
         `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).",
        model.title,
        model.version,
        model.description.as_deref().unwrap_or_default(),
    ));
    let modules = model.tags.iter().map(|tag| {
        let name = ident(&tag.module);
        // Out-of-line modules are formatted by the generator; the attribute keeps rustfmt out of them.
        quote!(#[rustfmt::skip] pub mod #name;)
    });
    let parameters = model.shared_parameters().next().map(|_| {
        quote! {
            #[rustfmt::skip]
            mod parameters;
        }
    });
    let codes = (!model.codes.is_empty()).then(|| {
        quote! {
            #[rustfmt::skip]
            pub mod codes;
        }
    });
    quote! {
        #docs

        #[rustfmt::skip]
        mod api;
        #codes
        #[rustfmt::skip]
        mod json_schema;
        #parameters
        #[rustfmt::skip]
        pub mod schemas;
        #[rustfmt::skip]
        pub mod security;
        #[rustfmt::skip]
        pub mod types;
        #(#modules)*

        pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
        use ::civicforge_runtime::rt;
    }
}

/// `api.rs`.
pub(super) fn api(model: &Scope<'_>) -> TokenStream {
    let module = inner("The contract as a whole.");
    let traits = model.tags.iter().map(|tag| {
        let (module, name) = (ident(&tag.module), ident(&tag.trait_name));
        quote!(super::#module::#name)
    });
    let traits: Vec<_> = traits.collect();
    let bounds = if traits.is_empty() {
        quote!(super::security::Authenticate)
    } else {
        quote!(#(#traits)+*)
    };
    let operations = model.tags.iter().flat_map(|tag| {
        let module = ident(&tag.module);
        tag.operations.iter().map(move |operation| {
            let file = ident(file_module(&operation.method_name));
            quote!(&super::#module::#file::DESCRIPTOR)
        })
    });
    let routes = model.tags.iter().map(|tag| {
        let module = ident(&tag.module);
        quote!(super::#module::routes(server))
    });
    let (server, routes) = match model.tags.is_empty() {
        true => (quote!(_server), quote!(Vec::new())),
        false => (quote!(server), quote!([#(#routes),*].concat())),
    };
    quote! {
        #module

        use super::rt;

        /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
        pub const CONTRACT: &str = include_str!("contract.json");

        /// All of the contract's traits.
        pub trait Api: #bounds {}

        impl<T: #bounds> Api for T {}

        /// Every operation of the contract.
        pub static OPERATIONS: &[&rt::Descriptor] = &[#(#operations),*];

        /// Every operation of the contract, all carried out by one server. The modules of tags have `routes` too, for servers
        /// that carry out one tag each.
        pub fn routes<S: Api>(#server: &rt::Arc<S>) -> Vec<rt::Route> {
            #routes
        }
    }
}

/// A raw method name is a raw module name too.
fn file_module(name: &str) -> &str {
    if syn::parse_str::<syn::Ident>(file(name)).is_ok() {
        file(name)
    } else {
        name
    }
}
