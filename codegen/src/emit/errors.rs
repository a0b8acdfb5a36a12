//! The bodies of errors that the service makes of its own failures: one trait, and each operation's use of it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::EmitContext;
use super::docs::inner;
use super::ident::ident;
use super::imports::imports;
use super::media::payload_type;
use super::response::media_answer;
use crate::model::{Operation, Outcome, Response, Status};

/// More operations are counted and not named, in docs.
const NAMED: usize = 5;

/// `errors.rs`. Nothing, where every error that the service itself can send is a problem.
pub(super) fn emit(model: &EmitContext<'_>) -> Option<TokenStream> {
    if model.error_bodies.is_empty() {
        return None;
    }
    let methods = model.error_bodies.iter().map(|body| {
        let doc = format!(
            " The `{}` body of errors of {}.",
            body.media.media_type,
            list(&body.operations)
        );
        let name = ident(&body.method_name);
        let ty = payload_type(model, &body.media);
        quote! {
            #[doc = #doc]
            fn #name(&self, context: &rt::Context, failure: rt::Failure<'_>) -> #ty;
        }
    });
    let methods: Vec<_> = methods.collect();
    let imports = imports(&quote!(#(#methods)*), &quote!(super), &["rt", "types"]);
    let module = inner("Errors that the OpenAPI document declares with a body of its own.");
    Some(quote! {
        #module
        #imports

        /// Makes the declared bodies of failures that the service finds, such as a request that breaks a rule or a time-out, and of
        /// statuses of `civicforge_runtime::status` that a handler returns. Servers implement it.
        pub trait ErrorBodies: Sized + Send + Sync + 'static {
            #(#methods)*
        }
    })
}

fn list(operations: &[String]) -> String {
    let named: Vec<String> = operations
        .iter()
        .take(NAMED)
        .map(|id| format!("`{id}`"))
        .collect();
    match operations.len().saturating_sub(NAMED) {
        0 => match named.split_last() {
            Some((last, others)) if !others.is_empty() => {
                format!("{} and {last}", others.join(", "))
            }
            _ => named.join(", "),
        },
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// Whether an operation has a body of errors that the trait makes.
pub(super) fn asks(operation: &Operation) -> bool {
    let mut responses = operation.responses.iter();
    responses.any(|response| response.error_body.is_some())
}

/// How a failure becomes what the operation declares for its status. Nothing, where that is always a problem.
pub(super) fn failure(model: &EmitContext<'_>, operation: &Operation) -> Option<TokenStream> {
    if !asks(operation) {
        return None;
    }
    let mut arms: Vec<(Vec<TokenStream>, Option<TokenStream>)> = Vec::new();
    let mut rest = None;
    for response in &operation.responses {
        let value = made(model, response);
        let pattern = match response.status {
            // No failure has the status of a success.
            _ if response.outcome == Outcome::Success => continue,
            Status::Default => {
                rest = value;
                continue;
            }
            Status::Code(code) => {
                let code = Literal::u16_unsuffixed(code);
                quote!(#code)
            }
            Status::Range(digit) => {
                let first = u16::from(digit) * 100;
                let (first, last) = (
                    Literal::u16_unsuffixed(first),
                    Literal::u16_unsuffixed(first + 99),
                );
                quote!(#first..=#last)
            }
        };
        let text = |value: &Option<TokenStream>| value.as_ref().map(TokenStream::to_string);
        match arms.last_mut() {
            Some((patterns, last)) if text(last) == text(&value) => patterns.push(pattern),
            _ => arms.push((Vec::from([pattern]), value)),
        }
    }
    if rest.is_none() {
        while arms.pop_if(|(_, value)| value.is_none()).is_some() {}
    }
    let some = |value: Option<TokenStream>| value.unwrap_or_else(|| quote!(None));
    let rest = some(rest);
    let arms = arms.into_iter().map(|(patterns, value)| {
        let value = some(value);
        quote!(#(#patterns)|* => #value,)
    });
    let arms: Vec<_> = arms.collect();
    let body = match arms.as_slice() {
        [] => rest,
        arms => quote!(match status.as_u16() { #(#arms)* _ => #rest }),
    };
    Some(quote! {
        fn failure(
            server: &S,
            context: &rt::Context,
            failure: rt::Failure<'_>,
        ) -> Option<rt::HandlerResponse> {
            let status = failure.status();
            #body
        }
    })
}

/// The response with the body that the trait makes.
fn made(model: &EmitContext<'_>, response: &Response) -> Option<TokenStream> {
    let body = model.error_bodies.get(response.error_body?.0)?;
    let method = ident(&body.method_name);
    let media = response.failure_media()?;
    let response = media_answer(&quote!(status), media);
    Some(quote!({
        let body = errors::ErrorBodies::#method(server, context, failure);
        Some(#response)
    }))
}
