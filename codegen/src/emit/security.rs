//! Who may call: the `Authenticate` trait, and a type for each set of alternatives.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::EmitContext;
use super::docs::{docs, inner};
use super::ident::ident;
use super::imports::imports;
use crate::model::{Location, Operation, Refusal, SchemeKind, SchemeUse, Security, SecurityScheme};

/// `security.rs`.
pub(super) fn emit(model: &EmitContext<'_>) -> TokenStream {
    let module = inner(
        "Authentication: the security schemes of the OpenAPI document, and the principals that they identify.",
    );
    let types = model.security_schemes.iter().map(principal);
    let methods = model.security_schemes.iter().map(method);
    let readers = model.security_schemes.iter().map(reader);
    let mut enums: BTreeMap<&str, &Security> = BTreeMap::new();
    for operation in model.tags.iter().flat_map(|tag| &tag.operations) {
        if let Some(name) = &operation.security.enum_name {
            enums.entry(name).or_insert(&operation.security);
        }
    }
    let enums = enums
        .iter()
        .map(|(name, security)| alternatives(model, name, security));
    let items = quote! {
        /// Checks credentials. Servers implement it. Protected operations receive its associated types.
        pub trait Authenticate: Sized + Send + Sync + 'static {
            #(#types)*
            #(#methods)*
        }
        #(#readers)*
        #(#enums)*
    };
    let imports = imports(&items, &quote!(super), &["rt"]);
    quote!(#module #imports #items)
}

fn principal(scheme: &SecurityScheme) -> TokenStream {
    let docs = docs(
        &scheme.docs,
        "",
        &[format!(
            "The principal of the security scheme `{}`.",
            scheme.name
        )],
    );
    let name = ident(&scheme.type_name);
    quote!(#docs type #name: rt::Principal;)
}

fn method(scheme: &SecurityScheme) -> TokenStream {
    let (name, ty) = (ident(&scheme.method_name), ident(&scheme.type_name));
    let credential = credential(scheme);
    let mut paragraphs = vec![format!(
        " Checks a credential of the security scheme `{}`, and that it grants these scopes.",
        scheme.name
    )];
    if scheme.signs_body {
        paragraphs.push(
            " It signs the body, which is as it was received: nothing has looked at it.".into(),
        );
    }
    if scheme.refusal == Refusal::Forbidden {
        paragraphs.push(" Whoever is refused gets a 403, also where the error is a 401.".into());
    }
    let docs = paragraphs.iter().enumerate().map(|(index, paragraph)| {
        let apart = (index > 0).then(|| quote!(#[doc = ""]));
        quote!(#apart #[doc = #paragraph])
    });
    let body = scheme.signs_body.then(|| quote!(body: &[u8],));
    quote! {
        #(#docs)*
        fn #name(
            &self,
            context: &rt::Context,
            credential: #credential,
            #body
            scopes: &[&str],
        ) -> impl Future<Output = Result<Self::#ty, rt::AuthenticationError>> + Send;
    }
}

fn credential(scheme: &SecurityScheme) -> TokenStream {
    match scheme.kind {
        SchemeKind::Basic => quote!(&rt::Basic),
        SchemeKind::Bearer | SchemeKind::ApiKey { .. } => quote!(&str),
    }
}

fn reader(scheme: &SecurityScheme) -> TokenStream {
    let (name, ty) = (ident(&scheme.method_name), ident(&scheme.type_name));
    let (read, pass) = match &scheme.kind {
        SchemeKind::Bearer => (quote!(credentials.bearer()), quote!(credential)),
        SchemeKind::Basic => (quote!(credentials.basic()), quote!(&credential)),
        SchemeKind::ApiKey { location, name } => (
            match location {
                Location::Query => quote!(credentials.api_key_in_query(#name)),
                Location::Cookie => quote!(credentials.api_key_in_cookie(#name)),
                Location::Header | Location::Path => quote!(credentials.api_key_in_header(#name)),
            },
            quote!(&credential),
        ),
    };
    let refuse = match scheme.refusal {
        Refusal::Unauthorized => None,
        Refusal::Forbidden => Some(quote!(.map_err(rt::AuthenticationError::forbidding))),
    };
    let body = scheme.signs_body.then(|| quote!(context.body(),));
    let doc = format!(
        " Authenticates a request by the scheme `{}`. `None`: it has no credential of that scheme.",
        scheme.name
    );
    quote! {
        #[doc = #doc]
        pub(crate) async fn #name<S: Authenticate>(
            server: &S,
            context: &rt::Context,
            credentials: rt::Credentials<'_>,
            scopes: &[&str],
        ) -> Result<Option<S::#ty>, rt::AuthenticationError> {
            match #read #refuse? {
                Some(credential) => {
                    Authenticate::#name(server, context, #pass, #body scopes).await.map(Some)#refuse
                }
                None => Ok(None),
            }
        }
    }
}

fn scheme<'m>(model: &'m EmitContext<'_>, used: &SchemeUse) -> Option<&'m SecurityScheme> {
    model.security_schemes.get(used.scheme.0)
}

/// The variants of the alternatives: the names of their schemes, and a number where others have the same schemes with other
/// scopes.
fn variants(model: &EmitContext<'_>, security: &Security) -> Vec<syn::Ident> {
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    let names = security.alternatives.iter().map(|alternative| {
        let names = alternative.iter().filter_map(|used| scheme(model, used));
        let name = names
            .map(|scheme| scheme.type_name.as_str())
            .collect::<Vec<_>>()
            .join("And");
        let count = used.entry(name.clone()).or_default();
        *count += 1;
        match *count {
            1 => ident(&name),
            count => ident(&format!("{name}Alternative{count}")),
        }
    });
    names.collect()
}

fn alternatives(model: &EmitContext<'_>, name: &str, security: &Security) -> TokenStream {
    let name = ident(name);
    let idents = variants(model, security);
    let variants = security
        .alternatives
        .iter()
        .zip(&idents)
        .map(|(alternative, variant)| {
            let ty = principals(model, alternative, &quote!(A));
            let doc = format!(" Authenticated by {}.", names(model, alternative));
            quote!(#[doc = #doc] #variant(#ty))
        });
    let arms = security
        .alternatives
        .iter()
        .zip(&idents)
        .map(|(alternative, variant)| match alternative.len() {
            1 => quote!(Self::#variant(principal) => principal.id()),
            _ => {
                let rest = alternative.iter().skip(1).map(|_| quote!(_));
                quote!(Self::#variant((principal, #(#rest),*)) => principal.id())
            }
        });
    quote! {
        /// A principal of one of several alternative security requirements.
        #[derive(Debug)]
        pub enum #name<A: Authenticate> { #(#variants),* }
        impl<A: Authenticate> rt::Principal for #name<A> {
            fn id(&self) -> std::borrow::Cow<'_, str> {
                match self { #(#arms),* }
            }
        }
    }
}

fn names(model: &EmitContext<'_>, alternative: &[SchemeUse]) -> String {
    let names = alternative.iter().filter_map(|used| scheme(model, used));
    names
        .map(|scheme| format!("`{}`", scheme.name))
        .collect::<Vec<_>>()
        .join(" and ")
}

/// The principals of one alternative, as associated types of `of`.
fn principals(model: &EmitContext<'_>, alternative: &[SchemeUse], of: &TokenStream) -> TokenStream {
    let types = alternative.iter().filter_map(|used| {
        let name = ident(&scheme(model, used)?.type_name);
        Some(quote!(#of::#name))
    });
    let types: Vec<_> = types.collect();
    match types.as_slice() {
        [one] => one.clone(),
        types => quote!((#(#types),*)),
    }
}

/// The type of an operation's principal; `None` where anyone may call.
pub(super) fn principal_type(
    model: &EmitContext<'_>,
    operation: &Operation,
    of: &TokenStream,
) -> Option<TokenStream> {
    let security = &operation.security;
    let ty = match (&security.enum_name, security.alternatives.as_slice()) {
        (_, []) => return None,
        (Some(name), _) => {
            let name = ident(name);
            quote!(security::#name<#of>)
        }
        (None, [alternative, ..]) => principals(model, alternative, of),
    };
    Some(if security.optional {
        quote!(Option<#ty>)
    } else {
        ty
    })
}

/// The body of `authenticate`.
pub(super) fn authenticate(model: &EmitContext<'_>, operation: &Operation) -> TokenStream {
    let security = &operation.security;
    if security.alternatives.is_empty() {
        return quote!(Ok(()));
    }
    let optional = security.optional;
    let idents = variants(model, security);
    let accept = |index: usize, alternative: &[SchemeUse]| {
        let value = match alternative {
            [_] => quote!(principal),
            several => {
                let fields = (0..several.len()).map(|at| ident(&format!("principal_{at}")));
                quote!((#(#fields),*))
            }
        };
        let value = match &security.enum_name {
            Some(name) => {
                let (name, variant) = (ident(name), idents.get(index));
                quote!(security::#name::#variant(#value))
            }
            None => value,
        };
        if optional {
            quote!(Some(#value))
        } else {
            value
        }
    };
    let record_principal = |alternative: &[SchemeUse]| match alternative {
        [_] => quote!(context.record_principal(&principal);),
        _ => quote!(context.record_principal(&principal_0);),
    };
    let check = |used: &SchemeUse| {
        let method = scheme(model, used).map(|scheme| ident(&scheme.method_name));
        let scopes = &used.scopes;
        quote!(security::#method(server, context, credentials, &[#(#scopes),*]).await)
    };
    let absent = if optional {
        quote!(Ok(None))
    } else {
        quote!(Err(rt::AuthenticationError::absent()))
    };
    // One scheme, by far the most common: no more than a match.
    if let [alternative] = security.alternatives.as_slice()
        && let [used] = alternative.as_slice()
    {
        let check = check(used);
        if !optional {
            return quote! {
                let principal = #check?;
                context.require(principal)
            };
        }
        let (record_principal, value) = (record_principal(alternative), accept(0, alternative));
        return quote! {
            match #check? {
                Some(principal) => { #record_principal Ok(#value) }
                None => #absent,
            }
        };
    }
    let attempts = security
        .alternatives
        .iter()
        .enumerate()
        .map(|(index, alternative)| {
            let (record_principal, value) =
                (record_principal(alternative), accept(index, alternative));
            match alternative.as_slice() {
                [used] => {
                    let check = check(used);
                    quote! {
                        match #check {
                            Ok(Some(principal)) => { #record_principal return Ok(#value); }
                            Ok(None) => {}
                            Err(refused) => rejection = Some(refused),
                        }
                    }
                }
                several => {
                    let checks = several.iter().map(check);
                    let fields: Vec<_> = (0..several.len())
                        .map(|at| ident(&format!("principal_{at}")))
                        .collect();
                    let results: Vec<_> = (0..several.len())
                        .map(|at| ident(&format!("result_{at}")))
                        .collect();
                    let refusals = results.iter().map(
                    |result| quote!(if let Err(refused) = #result { rejection = Some(refused); }),
                );
                    quote! {
                        #(let #results = #checks;)*
                        match (#(#results),*) {
                            (#(Ok(Some(#fields))),*) => { #record_principal return Ok(#value); }
                            (#(#results),*) => { #(#refusals)* }
                        }
                    }
                }
            }
        });
    quote! {
        // The last credential that was there and was not good is the reason to refuse.
        let mut rejection = None;
        #(#attempts)*
        match rejection {
            Some(rejection) => Err(rejection),
            None => #absent,
        }
    }
}

/// Whether a credential of the operation signs its body.
pub(super) fn is_signed(model: &EmitContext<'_>, operation: &Operation) -> bool {
    let uses = operation.security.alternatives.iter().flatten();
    let mut schemes = uses.filter_map(|used| scheme(model, used));
    schemes.any(|scheme| scheme.signs_body)
}

/// `WWW-Authenticate` of a 401.
pub(super) fn challenges(model: &EmitContext<'_>, operation: &Operation) -> Vec<String> {
    let mut challenges: Vec<String> = operation
        .security
        .alternatives
        .iter()
        .flatten()
        .filter_map(|used| scheme(model, used))
        .filter(|scheme| scheme.refusal == Refusal::Unauthorized)
        .map(|scheme| match &scheme.kind {
            SchemeKind::Bearer => "Bearer".to_owned(),
            SchemeKind::Basic => "Basic realm=\"api\", charset=\"UTF-8\"".to_owned(),
            SchemeKind::ApiKey { location, name } => {
                let place = format!("{location:?}").to_lowercase();
                format!(
                    "ApiKey in=\"{place}\", name=\"{}\"",
                    name.replace(['"', '\\'], "")
                )
            }
        })
        .collect();
    challenges.dedup();
    challenges
}
