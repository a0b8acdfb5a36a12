//! One operation: its types, its descriptor, and how the runtime carries it out.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::EmitContext;
use super::docs::inner;
use super::ident::ident;
use super::imports::imports;
use super::title::{method_name, title};
use super::{errors, request, response, security};
use crate::model::{Location, Operation, Outcome, Selector, Tag};

/// `TAG/OPERATION.rs`.
pub(super) fn emit(model: &EmitContext<'_>, tag: &Tag, operation: &Operation) -> TokenStream {
    let module = inner(&format!("{}.", title(operation)));
    let statics = request::statics(model, operation);
    let request = request::types(model, operation);
    let response = response::types(model, operation);
    let descriptor = descriptor(model, operation);
    let implementation = implementation(model, tag, operation);
    let items = quote!(#request #response #implementation #descriptor #statics);
    let modules = [
        "codes",
        "errors",
        "parameters",
        "rt",
        "schemas",
        "security",
        "types",
    ];
    let imports = imports(&items, &quote!(super::super), &modules);
    quote!(#module #imports #items)
}

fn implementation(model: &EmitContext<'_>, tag: &Tag, operation: &Operation) -> TokenStream {
    let name = ident(&operation.prefix);
    let trait_name = ident(&tag.trait_name);
    let method = ident(&operation.method_name);
    let response = ident(&format!("{}Response", operation.prefix));
    let error = ident(&format!("{}Error", operation.prefix));
    let has_fields = request::has_fields(operation);
    let request_type = if has_fields {
        let name = ident(&format!("{}Request", operation.prefix));
        quote!(#name)
    } else {
        quote!(())
    };
    let principal_type = security::principal_type(model, operation, &quote!(S));
    let (principal_type, principal) = match principal_type {
        Some(ty) => (ty, Some(quote!(principal,))),
        None => (quote!(()), None),
    };
    let authenticate = security::authenticate(model, operation);
    let decode = request::decode(model, operation);
    let pass = has_fields.then(|| quote!(request,));
    // Names of arguments that an operation does not need start with an underscore.
    let (a_server, a_context, a_credentials) = match operation.security.alternatives.is_empty() {
        true => (quote!(_server), quote!(_context), quote!(_credentials)),
        false => (quote!(server), quote!(context), quote!(credentials)),
    };
    let a_input = if has_fields {
        quote!(input)
    } else {
        quote!(_input)
    };
    let a_principal = if principal.is_some() {
        quote!(principal)
    } else {
        quote!((): ())
    };
    let a_principal = match &principal {
        Some(_) => quote!(#a_principal: #principal_type),
        None => a_principal,
    };
    let a_request = if has_fields {
        quote!(request: #request_type)
    } else {
        quote!((): ())
    };
    let failure = errors::failure(model, operation);
    let doc = format!(" The operation `{}`.", operation.id);
    quote! {
        #[doc = #doc]
        #[derive(Debug)]
        pub struct #name;
        impl<S: super::#trait_name> rt::Operation<S> for #name {
            const DESCRIPTOR: &'static rt::Descriptor = &DESCRIPTOR;
            type Principal = #principal_type;
            type Request = #request_type;
            type Response = #response;

            async fn authenticate(
                #a_server: &S,
                #a_context: &rt::Context,
                #a_credentials: rt::Credentials<'_>,
            ) -> Result<Self::Principal, rt::AuthenticationError> {
                #authenticate
            }

            fn decode(#a_input: &mut rt::Input<'_>) -> Option<Self::Request> {
                #decode
            }

            async fn call(
                server: &S,
                context: &rt::Context,
                #a_principal,
                #a_request,
            ) -> Result<#response, #error> {
                super::#trait_name::#method(server, context, #principal #pass).await
            }

            #failure
        }
    }
}

fn descriptor(model: &EmitContext<'_>, operation: &Operation) -> TokenStream {
    let id = &operation.id;
    let method = ident(&method_name(operation.method));
    let path = &operation.path;
    let selectors = operation.selectors.iter().map(|selector| match selector {
        Selector::HasQuery(name) => quote!(rt::Selector::HasQuery(#name)),
        Selector::Query(name, value) => quote!(rt::Selector::Query(#name, #value)),
        Selector::Header(name, value) => quote!(rt::Selector::Header(#name, #value)),
    });
    let parameters = ordered_parameters(model, operation);
    let body = match &operation.body {
        Some(body) => {
            let required = body.required;
            let media_types = body.content.iter().map(|media| &media.media_type);
            let signed = security::is_signed(model, operation);
            quote! {
                Some(rt::RequestBody {
                    required: #required,
                    media_types: &[#(#media_types),*],
                    signed: #signed,
                })
            }
        }
        None => quote!(None),
    };
    let successes = || {
        operation
            .responses
            .iter()
            .filter(|r| r.outcome == Outcome::Success)
    };
    let produces: BTreeSet<String> = successes()
        .flat_map(|response| &response.content)
        .map(|media| match media.is_open() {
            true => media.media_type.clone(),
            false => media.sent(),
        })
        .collect();
    let produces = produces.into_iter();
    let headers: BTreeSet<&str> = operation
        .responses
        .iter()
        .flat_map(|response| &response.headers)
        .map(|header| header.name.as_str())
        .collect();
    let headers = headers.into_iter();
    let challenges = security::challenges(model, operation);
    quote! {
        pub(crate) static DESCRIPTOR: rt::Descriptor = rt::Descriptor {
            id: #id,
            method: rt::Method::#method,
            path: #path,
            selectors: &[#(#selectors),*],
            parameters: &[#(&#parameters),*],
            body: #body,
            produces: &[#(#produces),*],
            response_headers: &[#(#headers),*],
            challenges: &[#(#challenges),*],
        };
    }
}

/// Those in the path in the order of its template, as the runtime expects them; then the others.
fn ordered_parameters(model: &EmitContext<'_>, operation: &Operation) -> Vec<TokenStream> {
    let position = |name: &str| operation.path.find(&format!("{{{name}}}"));
    let mut parameters: Vec<_> = operation.parameters.iter().collect();
    parameters.sort_by_key(|parameter| match parameter.location {
        Location::Path => (0, position(&parameter.name)),
        _ => (1, None),
    });
    parameters
        .into_iter()
        .map(|parameter| request::parameter_path(model, parameter))
        .collect()
}
