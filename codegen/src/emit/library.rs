//! The root of the module tree, and what it offers beside the modules.
//!
//! Only `lib.rs` is seen by rustfmt, so it holds nothing that could be broken over lines in two ways.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::EmitContext;
use super::docs::inner;
use super::ident::{ident, module_name};

/// `lib.rs`.
pub(super) fn emit(model: &EmitContext<'_>) -> TokenStream {
    let docs = inner(&format!(
        "{} {}\n\n{}\n\nOne trait for each tag, with typed requests and closed sets of responses. [`routes`] makes the routes of a \
         `civicforge_runtime::service::Service` from a server that implements all of them ([`Api`]).",
        model.title,
        model.version,
        model.description.as_deref().unwrap_or_default(),
    ));
    let modules = model.tags.iter().map(|tag| {
        let name = ident(&module_name(&tag.module));
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
    let errors = (!model.error_bodies.is_empty()).then(|| {
        quote! {
            #[rustfmt::skip]
            pub mod errors;
        }
    });
    let runtime = match &model.runtime {
        None => quote!(::civicforge_runtime),
        Some(path) => match syn::parse_str::<syn::Path>(path) {
            Ok(path) => quote!(#path),
            Err(_) => super::lost(),
        },
    };
    quote! {
        #docs

        #[rustfmt::skip]
        mod api;
        #codes
        #errors
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
        use #runtime::rt;
    }
}

/// `api.rs`.
pub(super) fn api(model: &EmitContext<'_>) -> TokenStream {
    let module = inner("The service as a whole.");
    let traits = model.tags.iter().map(|tag| {
        let (module, name) = (ident(&module_name(&tag.module)), ident(&tag.trait_name));
        quote!(super::#module::#name)
    });
    let traits: Vec<_> = traits.collect();
    let bounds = if traits.is_empty() {
        quote!(super::security::Authenticate)
    } else {
        quote!(#(#traits)+*)
    };
    let operations = model.tags.iter().flat_map(|tag| {
        let module = ident(&module_name(&tag.module));
        tag.operations.iter().map(move |operation| {
            let file = ident(&module_name(&operation.method_name));
            quote!(&super::#module::#file::DESCRIPTOR)
        })
    });
    let routes = model.tags.iter().map(|tag| {
        let module = ident(&module_name(&tag.module));
        quote!(super::#module::routes(server))
    });
    let (server, routes) = match model.tags.is_empty() {
        true => (quote!(_server), quote!(Vec::new())),
        false => (quote!(server), quote!([#(#routes),*].concat())),
    };
    quote! {
        #module

        use super::rt;

        /// The OpenAPI document as it is published, in JSON, with all its files in one.
        pub const CONTRACT: &str = include_str!("contract.json");

        /// The traits of all tags.
        pub trait Api: #bounds {}

        impl<T: #bounds> Api for T {}

        /// Every operation.
        pub static OPERATIONS: &[&rt::Descriptor] = &[#(#operations),*];

        /// Routes of every operation to one server. The modules of tags have `routes` of their own, for one server per tag.
        pub fn routes<S: Api>(#server: &rt::Arc<S>) -> Vec<rt::Route> {
            #routes
        }
    }
}
