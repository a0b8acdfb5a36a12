//! An operation's closed responses: one type for its successes, one for its errors.

use http::StatusCode;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::context::EmitContext;
use super::docs::docs;
use super::ident::ident;
use super::media::payload_type;
use super::rust_type::path;
use super::title::title;
use crate::model::{
    Media, Operation, Outcome, Payload, Response, Status, StatusName, Type, status_name,
};

/// The types of what the operation answers.
pub(super) fn types(model: &EmitContext<'_>, operation: &Operation) -> TokenStream {
    let bodies = operation
        .responses
        .iter()
        .filter(|response| response.content.len() > 1)
        .map(|response| {
            let name = body_enum(operation, response);
            let variants = response.content.iter().map(|media| {
                let doc = format!(" `{}`.", media.media_type);
                let (name, ty) = (ident(&media.variant), payload_type(model, media));
                quote!(#[doc = #doc] #name(#ty))
            });
            quote! {
                /// A response body, by media type.
                #[derive(Debug, Clone, PartialEq)]
                pub enum #name { #(#variants),* }
            }
        });
    let success = success(model, operation);
    let error = error(model, operation);
    quote!(#success #error #(#bodies)*)
}

fn of(operation: &Operation, outcome: Outcome) -> Vec<&Response> {
    operation
        .responses
        .iter()
        .filter(|response| response.outcome == outcome)
        .collect()
}

fn success(model: &EmitContext<'_>, operation: &Operation) -> TokenStream {
    let name = ident(&format!("{}Response", operation.prefix));
    let title = title(operation);
    match of(operation, Outcome::Success).as_slice() {
        [response] => {
            let doc = format!(" {} response of {title}.", status_in_docs(response.status));
            let visibility = quote!(pub);
            let fields = fields(model, operation, response, &visibility);
            let names = field_names(response);
            let answer = answer(model, operation, response);
            quote! {
                #[doc = #doc]
                #[derive(Debug, Clone, PartialEq)]
                pub struct #name { #(#fields),* }
                impl rt::IntoResponse for #name {
                    fn into_response(self) -> rt::HandlerResponse {
                        let Self { #(#names),* } = self;
                        #answer
                    }
                }
            }
        }
        responses => {
            let doc = format!(" Successful responses of {title}.");
            enumeration(model, operation, &name, &doc, responses)
        }
    }
}

/// The error: what the contract declares, as one type of the runtime; and the responses that are more than a problem.
fn error(model: &EmitContext<'_>, operation: &Operation) -> TokenStream {
    let name = ident(&format!("{}Error", operation.prefix));
    let marker = ident(&operation.prefix);
    let responses = of(operation, Outcome::Error);
    let docs = error_docs(operation, &responses);
    let own = responses
        .iter()
        .filter(|response| !is_plain_problem(response))
        .map(|response| own_error(model, operation, response));
    // A problem is sent as it is, or with the body that the service makes of it.
    let problems: Vec<&Response> = responses
        .iter()
        .filter(|response| is_plain_problem(response) || response.error_body.is_some())
        .copied()
        .collect();
    let declared: Vec<_> = problems
        .iter()
        .flat_map(|response| declared(model, operation, response))
        .chain(undeclared(operation).map(|status| {
            let name = ident(status.name);
            quote!(#name)
        }))
        .collect();
    let declared =
        (!declared.is_empty()).then(|| quote!(rt::declares!(#marker => [#(#declared),*]);));
    let others: Vec<_> = problems
        .iter()
        .filter(|response| response.typed_status().is_none())
        .map(|response| status_value(response.status))
        .collect();
    let except: Vec<_> = operation
        .responses
        .iter()
        .filter(|response| response.status != Status::Default)
        .filter(|response| !is_plain_problem(response) && response.error_body.is_none())
        .filter(|response| response.outcome == Outcome::Error)
        .map(|response| status_value(response.status))
        .collect();
    let except = (!except.is_empty())
        .then(|| quote!(const EXCEPT: &'static [rt::Status] = &[#(#except),*];));
    let others = (!others.is_empty()).then(|| {
        quote! {
            impl rt::DeclaresOthers for #marker {
                const STATUSES: &'static [rt::Status] = &[#(#others),*];
                #except
            }
        }
    });
    quote! {
        #docs
        pub type #name = rt::OperationError<#marker>;
        #declared
        #others
        #(#own)*
    }
}

/// What the runtime itself can send and the contract does not declare, which a handler may then return, too.
fn undeclared(operation: &Operation) -> impl Iterator<Item = &'static StatusName> {
    let statuses = operation.framework_statuses.iter();
    statuses
        .filter(|code| operation.declaring(**code).is_none())
        .filter_map(|code| status_name(*code))
}

/// Each declared error with what the contract says of it.
fn error_docs(operation: &Operation, responses: &[&Response]) -> TokenStream {
    let title = title(operation);
    let mut text = format!("Error responses of {title}.");
    for response in responses {
        let what = response.docs.description.as_deref();
        let what = what
            .or(response.docs.summary.as_deref())
            .unwrap_or_default();
        let what = what.trim().replace('\n', "\n  ");
        let kind = match is_plain_problem(response) {
            true => String::new(),
            false => format!(", [`{}`]", own_error_name(operation, response)),
        };
        let list = if text.contains("\n- ") { "\n" } else { "\n\n" };
        text.push_str(&format!(
            "{list}- {}{kind}: {what}",
            status_text(response.status)
        ));
    }
    if responses
        .iter()
        .any(|response| response.error_body.is_some())
    {
        text.push_str(
            "\n\nOf a problem with one of these statuses, [`ErrorBodies`](errors::ErrorBodies) makes the body.",
        );
    }
    let undeclared: Vec<String> = undeclared(operation)
        .map(|status| status.code.to_string())
        .collect();
    if !undeclared.is_empty() {
        text.push_str(&format!(
            "\n\nNot declared, and sent as problems where the service itself fails: {}.",
            undeclared.join(", ")
        ));
    }
    docs(&crate::model::Docs::default(), &text, &[])
}

fn own_error_name(operation: &Operation, response: &Response) -> syn::Ident {
    ident(&format!("{}{}", operation.prefix, response.variant))
}

/// An error with a body or headers of its own.
fn own_error(model: &EmitContext<'_>, operation: &Operation, response: &Response) -> TokenStream {
    let name = own_error_name(operation, response);
    let error = ident(&format!("{}Error", operation.prefix));
    let docs = docs(&response.docs, &status_text(response.status), &[]);
    let visibility = quote!(pub);
    let fields = fields(model, operation, response, &visibility);
    let names = field_names(response);
    let answer = answer(model, operation, response);
    let (fields, pattern) = match names.as_slice() {
        [] => (quote!(;), quote!(#name)),
        names => (quote!({ #(#fields),* }), quote!(#name { #(#names),* })),
    };
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        pub struct #name #fields
        impl From<#name> for #error {
            fn from(#pattern: #name) -> Self {
                Self::of(#answer)
            }
        }
    }
}

fn enumeration(
    model: &EmitContext<'_>,
    operation: &Operation,
    name: &syn::Ident,
    doc: &str,
    responses: &[&Response],
) -> TokenStream {
    let private = TokenStream::new();
    let variants = responses.iter().map(|response| {
        let text = status_text(response.status);
        let docs = docs(&response.docs, &text, &[]);
        let variant = ident(&response.variant);
        let fields: Vec<_> = fields(model, operation, response, &private).collect();
        match fields.as_slice() {
            [] => quote!(#docs #variant),
            fields => quote!(#docs #variant { #(#fields),* }),
        }
    });
    let arms = responses.iter().map(|response| {
        let variant = ident(&response.variant);
        let names = field_names(response);
        let answer = answer(model, operation, response);
        match names.as_slice() {
            [] => quote!(Self::#variant => #answer),
            names => quote!(Self::#variant { #(#names),* } => #answer),
        }
    });
    // A success and a 304 differ in size, and boxing the success would cost an allocation for each answer.
    let uneven = responses.len() > 1 && responses.iter().any(|r| !r.content.is_empty());
    let lint = uneven.then(|| {
        quote!(#[allow(clippy::large_enum_variant, reason = "a response is made once and sent at once")])
    });
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, PartialEq)]
        #lint
        pub enum #name { #(#variants),* }
        impl rt::IntoResponse for #name {
            fn into_response(self) -> rt::HandlerResponse {
                match self { #(#arms),* }
            }
        }
    }
}

/// Whether a response is a problem and nothing more.
fn is_plain_problem(response: &Response) -> bool {
    response.is_problem() && response.own_headers().next().is_none()
}

/// What a response declares, as the runtime's `declares!` takes it.
fn declared(
    model: &EmitContext<'_>,
    operation: &Operation,
    response: &Response,
) -> Vec<TokenStream> {
    let Some(status) = response.typed_status() else {
        let covered = covered(operation, response).into_iter().map(|status| {
            let status = ident(status.name);
            quote!(#status[..])
        });
        return covered.collect();
    };
    let name = ident(status.name);
    let Some(listed) = &response.codes else {
        return vec![quote!(#name[..])];
    };
    let usual = listed
        .iter()
        .any(|code| status.usual_code == Some(code.as_str()));
    let own = response.own_codes().map(|code| {
        let known = model.codes.iter().find(|known| known.code == code);
        known.map_or_else(super::lost, |code| {
            let name = ident(&code.name);
            quote!(codes::#name)
        })
    });
    let own: Vec<_> = own.collect();
    let usual = usual.then(|| quote!(#name));
    let own = (!own.is_empty()).then(|| quote!(#name[#(#own),*]));
    usual.into_iter().chain(own).collect()
}

/// The statuses that a range or `default` is for, of those that the runtime has types for: those that no other response
/// declares more closely.
fn covered(operation: &Operation, response: &Response) -> Vec<&'static StatusName> {
    let all = StatusName::ALL
        .iter()
        .filter(|status| status.usual_code.is_some());
    let declaring = |status: &&StatusName| operation.declaring(status.code);
    all.filter(|status| declaring(status).is_some_and(|one| one.status == response.status))
        .collect()
}

fn status_value(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(rt::Status::Code(#code))
        }
        Status::Range(digit) => {
            let digit = proc_macro2::Literal::u16_unsuffixed(u16::from(digit));
            quote!(rt::Status::Range(#digit))
        }
        Status::Default => quote!(rt::Status::Default),
    }
}

/// Whether the handler says which status it is.
fn chooses_status(response: &Response) -> bool {
    !response.is_problem() && !matches!(response.status, Status::Code(_))
}

fn fields<'a>(
    model: &'a EmitContext<'_>,
    operation: &'a Operation,
    response: &'a Response,
    visibility: &'a TokenStream,
) -> impl Iterator<Item = TokenStream> + 'a {
    let status = chooses_status(response).then(|| {
        quote! {
            /// The status, which must be one that this response is declared for.
            #visibility status: rt::StatusCode
        }
    });
    let headers = response.own_headers().map(move |header| {
        let docs = docs(
            &header.docs,
            "A header.",
            &[format!("Header `{}`.", header.name)],
        );
        let name = ident(&header.field);
        let ty = path(model, &header.ty);
        let ty = if header.required {
            ty
        } else {
            quote!(Option<#ty>)
        };
        quote!(#docs #visibility #name: #ty)
    });
    let body = match response.content.as_slice() {
        [] => None,
        [media] => Some(payload_type(model, media)),
        _ => {
            let name = body_enum(operation, response);
            Some(quote!(#name))
        }
    };
    let body = body.map(|ty| {
        quote! {
            /// The body.
            #visibility body: #ty
        }
    });
    status.into_iter().chain(headers).chain(body)
}

fn field_names(response: &Response) -> Vec<TokenStream> {
    let status = chooses_status(response).then(|| quote!(status));
    let headers = response.own_headers().map(|header| {
        let name = ident(&header.field);
        quote!(#name)
    });
    let body = (!response.content.is_empty()).then(|| quote!(body));
    status.into_iter().chain(headers).chain(body).collect()
}

/// The expression that makes the answer of the fields.
fn answer(model: &EmitContext<'_>, operation: &Operation, response: &Response) -> TokenStream {
    let status = match response.status {
        Status::Code(code) => status_code(code),
        Status::Range(_) | Status::Default => quote!(status),
    };
    let body = match response.content.as_slice() {
        [] => quote!(rt::HandlerResponse::empty(#status)),
        [media] => media_answer(&status, media),
        several => {
            let name = body_enum(operation, response);
            let arms = several.iter().map(|media| {
                let variant = ident(&media.variant);
                let answer = media_answer(&status, media);
                quote!(#name::#variant(body) => #answer)
            });
            quote!(match body { #(#arms),* })
        }
    };
    let headers = response.own_headers().map(|header| {
        let name = header.name.to_ascii_lowercase();
        let field = ident(&header.field);
        let is_exploded = header.explode && is_structured(model, &header.ty);
        let method = match (header.is_json, is_exploded) {
            (true, _) => "json_header",
            (false, true) => "exploded_header",
            (false, false) => "header",
        };
        let method = match header.required {
            true => format_ident!("{method}"),
            false => format_ident!("optional_{method}"),
        };
        if header.required {
            quote!(.#method(#name, &#field))
        } else {
            quote!(.#method(#name, #field.as_ref()))
        }
    });
    let answer = quote!(#body #(#headers)*);
    if chooses_status(response) {
        let declared = status_value(response.status);
        return quote!(rt::HandlerResponse::declared(status, &[#declared], || #answer));
    }
    answer
}

fn is_structured(model: &EmitContext<'_>, ty: &Type) -> bool {
    match ty {
        Type::Map(_) | Type::FreeObject => true,
        Type::Named(id) => model
            .types
            .get(id.0)
            .is_some_and(|def| matches!(def.shape, crate::model::Shape::Struct { .. })),
        Type::Boxed(inner) | Type::Nullable(inner) => is_structured(model, inner),
        _ => false,
    }
}

pub(super) fn media_answer(status: &TokenStream, media: &Media) -> TokenStream {
    let range = &media.media_type;
    let sent = media.sent();
    match (&media.payload, media.is_open()) {
        (Payload::Json { .. }, true) => {
            quote!(rt::HandlerResponse::json_of_range(#status, #range, body))
        }
        (Payload::Json { .. }, false) => quote!(rt::HandlerResponse::json(#status, #sent, &body)),
        (Payload::Form { .. }, _) => quote!(rt::HandlerResponse::form(#status, &body)),
        // Lowering makes it of request bodies only.
        (Payload::Multipart { .. }, _) => super::lost(),
        (Payload::Problem, _) => quote!(rt::HandlerResponse::problem(body)),
        (Payload::Text { .. } | Payload::Binary, true) => {
            quote!(rt::HandlerResponse::of_range(#status, #range, body))
        }
        (Payload::Text { .. } | Payload::Binary, false) => {
            quote!(rt::HandlerResponse::body(#status, #sent, body))
        }
    }
}

/// The names of the enums of responses that have several media types.
pub(super) fn body_enums(operation: &Operation) -> impl Iterator<Item = syn::Ident> {
    let several = operation
        .responses
        .iter()
        .filter(|response| response.content.len() > 1);
    several.map(|response| body_enum(operation, response))
}

fn body_enum(operation: &Operation, response: &Response) -> syn::Ident {
    format_ident!(
        "{}{}Body",
        ident(&operation.prefix),
        ident(&response.variant)
    )
}

fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => format!("{code}"),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "any other status".to_owned(),
    }
}

fn status_in_docs(status: Status) -> String {
    match status {
        Status::Code(_) | Status::Range(_) => format!("`{}`", status_text(status)),
        Status::Default => "Default".to_owned(),
    }
}

fn status_code(code: u16) -> TokenStream {
    match status_constant(code) {
        Some(name) => {
            let name = ident(&name);
            quote!(rt::StatusCode::#name)
        }
        None => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(rt::HandlerResponse::status(#code))
        }
    }
}

/// The name of the constant that the crate `http` has for a registered status: its reason phrase.
fn status_constant(code: u16) -> Option<String> {
    let reason = StatusCode::from_u16(code).ok()?.canonical_reason()?;
    let name = reason.chars().filter(|c| *c != '\'').map(|c| match c {
        ' ' | '-' => '_',
        c => c.to_ascii_uppercase(),
    });
    Some(name.collect())
}
