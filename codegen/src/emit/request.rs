//! An operation's typed request, and how it is decoded.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::EmitContext;
use super::docs::docs;
use super::encoding::{
    encoding, form_field, is_plain, part_encoding, part_field, shape_value, style_name,
};
use super::ident::{constant, ident};
use super::imports::imports;
use super::literal;
use super::media::payload_type;
use super::rust_type::path;
use super::schemas::reference;
use super::title::title;
use crate::model::{
    Body, Encoding, Location, Media, Operation, Parameter, ParameterShape, Payload, Presence,
    SchemaRef, Style,
};

/// Whether the operation has a request type: one without parameters and body has none.
pub(super) fn has_fields(operation: &Operation) -> bool {
    !operation.parameters.is_empty() || operation.body.is_some()
}

/// The request type, and the enum of its body where there is one.
pub(super) fn types(model: &EmitContext<'_>, operation: &Operation) -> TokenStream {
    if !has_fields(operation) {
        return TokenStream::new();
    }
    let name = ident(&format!("{}Request", operation.prefix));
    let doc = format!(" Request of {}.", title(operation));
    let parameters = operation.parameters.iter().map(|parameter| {
        let mut more = vec![format!(
            "{:?} parameter `{}`.",
            parameter.location, parameter.name
        )];
        if let Presence::Default(value) = &parameter.presence {
            more.push(format!("Default: `{value}`."));
        }
        let docs = docs(&parameter.docs, "A parameter.", &more);
        let name = ident(&parameter.field);
        let ty = path(model, &parameter.ty);
        let ty = match parameter.presence {
            Presence::Optional => quote!(Option<#ty>),
            Presence::Required | Presence::Default(_) => ty,
        };
        quote!(#docs pub #name: #ty)
    });
    let body = operation.body.as_ref().map(|body| {
        let docs = docs(&body.docs, "The body.", &[]);
        let ty = body_type(model, body);
        let ty = if body.required {
            ty
        } else {
            quote!(Option<#ty>)
        };
        quote!(#docs pub body: #ty)
    });
    let fields = parameters.chain(body);
    let body_enum = operation
        .body
        .as_ref()
        .filter(|body| body.content.len() > 1)
        .map(|body| {
            let name = ident(&body.enum_name);
            let variants = body.content.iter().map(|media| {
                let doc = format!(" `{}`.", media.media_type);
                let name = ident(&media.variant);
                let ty = payload_type(model, media);
                quote!(#[doc = #doc] #name(#ty))
            });
            quote! {
                /// A request body, by media type.
                #[derive(Debug, Clone, PartialEq)]
                pub enum #name { #(#variants),* }
            }
        });
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, PartialEq)]
        pub struct #name { #(#fields),* }
        #body_enum
    }
}

/// The name of the enum of the body's media types, where there are several.
pub(super) fn body_enum(operation: &Operation) -> Option<syn::Ident> {
    let body = operation
        .body
        .as_ref()
        .filter(|body| body.content.len() > 1)?;
    Some(ident(&body.enum_name))
}

fn body_type(model: &EmitContext<'_>, body: &Body) -> TokenStream {
    match body.content.as_slice() {
        [media] => payload_type(model, media),
        _ => {
            let name = ident(&body.enum_name);
            quote!(#name)
        }
    }
}

/// The static items that decoding needs.
pub(super) fn statics(model: &EmitContext<'_>, operation: &Operation) -> TokenStream {
    let own = operation.parameters.iter();
    let own = own.filter(|parameter| !model.is_shared(parameter));
    let parameters = own.map(|parameter| parameter_static(model, parameter, &quote!()));
    let media = operation
        .body
        .iter()
        .flat_map(|body| &body.content)
        .enumerate();
    let media = media.map(|(index, media)| {
        let rules = match &media.payload {
            Payload::Json { schema, .. }
            | Payload::Form { schema, .. }
            | Payload::Multipart { schema, .. }
            | Payload::Text { schema } => match schema {
                SchemaRef::Named(_) => None,
                SchemaRef::Inline(_) => {
                    let name = rules_name(index);
                    let value = reference(model, schema, &quote!(schemas::));
                    Some(quote!(static #name: &rt::Schema = #value;))
                }
            },
            Payload::Problem | Payload::Binary => None,
        };
        let fields = match &media.payload {
            Payload::Form { fields, .. } => {
                let name = fields_name(index);
                let fields = fields.iter().map(form_field);
                Some(quote!(static #name: &[rt::FormField] = &[#(#fields),*];))
            }
            Payload::Multipart { fields, .. } => {
                let name = fields_name(index);
                let fields = fields.iter().map(part_field);
                Some(quote!(static #name: &[rt::PartField] = &[#(#fields),*];))
            }
            _ => None,
        };
        quote!(#rules #fields)
    });
    quote!(#(#parameters)* #(#media)*)
}

/// `parameters.rs`: what several operations take in the same way. Nothing, where there is no such parameter.
pub(super) fn shared(model: &EmitContext<'_>) -> Option<TokenStream> {
    let parameters: Vec<_> = model.shared_parameters().collect();
    if parameters.is_empty() {
        return None;
    }
    let visibility = quote!(pub(crate));
    let statics = parameters
        .into_iter()
        .map(|parameter| parameter_static(model, parameter, &visibility));
    let items = quote!(#(#statics)*);
    let module = super::docs::inner("Parameters that several operations share.");
    let imports = imports(&items, &quote!(super), &["rt", "schemas"]);
    Some(quote!(#module #imports #items))
}

fn parameter_static(
    model: &EmitContext<'_>,
    parameter: &Parameter,
    visibility: &TokenStream,
) -> TokenStream {
    let name = static_name(parameter);
    let value = parameter_value(model, parameter);
    quote!(#visibility static #name: rt::Parameter = #value;)
}

/// A parameter's static, as an operation's file names it.
pub(super) fn parameter_path(model: &EmitContext<'_>, parameter: &Parameter) -> TokenStream {
    let name = static_name(parameter);
    match model.is_shared(parameter) {
        true => quote!(parameters::#name),
        false => quote!(#name),
    }
}

/// The name of a parameter's static. Beside it stands `DESCRIPTOR`.
fn static_name(parameter: &Parameter) -> syn::Ident {
    match constant(&parameter.field) {
        name if name == "DESCRIPTOR" => ident("DESCRIPTOR__PARAMETER"),
        name => name,
    }
}

/// The name of the local that holds a parameter while the others are read of `input`.
fn local_name(parameter: &Parameter) -> syn::Ident {
    match parameter.field.as_str() {
        "input" => ident("input_"),
        name => ident(name),
    }
}

/// `__` keeps the names apart from those of parameters.
fn rules_name(index: usize) -> syn::Ident {
    ident(&format!("BODY__RULES_{index}"))
}

fn fields_name(index: usize) -> syn::Ident {
    ident(&format!("BODY__FIELDS_{index}"))
}

/// A parameter as an expression that says only what its place does not say by itself.
fn parameter_value(model: &EmitContext<'_>, parameter: &Parameter) -> TokenStream {
    let name = &parameter.name;
    let schema = reference(model, &parameter.schema, &quote!(schemas::));
    let (place, usual) = match parameter.location {
        Location::Path => (quote!(path), (Style::Simple, false)),
        Location::Query => (quote!(query), (Style::Form, true)),
        Location::Header => (quote!(header), (Style::Simple, false)),
        Location::Cookie => (quote!(cookie), (Style::Form, true)),
    };
    let is_path = parameter.location == Location::Path;
    let required = parameter.presence == Presence::Required && !is_path;
    let required = required.then(|| quote!(.required()));
    let encoding = match &parameter.encoding {
        Encoding::Json => Some(quote!(.json())),
        Encoding::Style {
            style,
            explode,
            shape: ParameterShape::Scalar,
        } if (*style, *explode) == usual => None,
        Encoding::Style {
            style,
            explode,
            shape,
        } => {
            let (style, shape) = (style_name(*style), shape_value(shape));
            Some(quote!(.style(#style, #explode, #shape)))
        }
    };
    let allow_empty = parameter.allow_empty.then(|| quote!(.allow_empty()));
    let beside = &parameter.beside;
    let beside = (!beside.is_empty()).then(|| quote!(.beside(&[#(#beside),*])));
    quote!(rt::Parameter::#place(#name, #schema) #encoding #required #allow_empty #beside)
}

/// The body of `decode`. Every part is asked for before any is found missing, so that all violations are found.
pub(super) fn decode(model: &EmitContext<'_>, operation: &Operation) -> TokenStream {
    if !has_fields(operation) {
        return quote!(Some(()));
    }
    let name = ident(&format!("{}Request", operation.prefix));
    let reads = operation.parameters.iter().map(|parameter| {
        let local = local_name(parameter);
        let parameter = parameter_path(model, parameter);
        quote!(let #local = input.parameter(&#parameter);)
    });
    let body = operation.body.as_ref().map(|body| {
        let read = read_body(model, body);
        quote!(let body = #read;)
    });
    let fields = operation.parameters.iter().map(|parameter| {
        let (field, local) = (ident(&parameter.field), local_name(parameter));
        match &parameter.presence {
            Presence::Required => quote!(#field: #local?),
            Presence::Optional if field == local => quote!(#field),
            Presence::Optional => quote!(#field: #local),
            Presence::Default(value) => {
                match literal::default(model, &parameter.ty, value, &quote!(types::)) {
                    Some(default) => {
                        let value =
                            literal::unwrap_or(quote!(#local), &parameter.ty, value, default);
                        quote!(#field: #value)
                    }
                    None => {
                        let text = value.to_string();
                        quote!(#field: input.or_default(#local, #text)?)
                    }
                }
            }
        }
    });
    let body_field = operation.body.as_ref().map(|body| match body.required {
        true => quote!(body: body?),
        false => quote!(body),
    });
    let fields = fields.chain(body_field);
    quote! {
        #(#reads)*
        #body
        Some(#name { #(#fields),* })
    }
}

fn read_body(model: &EmitContext<'_>, body: &Body) -> TokenStream {
    let reads: Vec<_> = body
        .content
        .iter()
        .enumerate()
        .map(|(index, media)| {
            let read = read_media(model, index, media);
            if body.content.len() == 1 {
                read
            } else {
                let (name, variant) = (ident(&body.enum_name), ident(&media.variant));
                quote!(#read.map(#name::#variant))
            }
        })
        .collect();
    match reads.as_slice() {
        // Without a body there is nothing to read, which `Input` sees to.
        [read] => read.clone(),
        reads => {
            let indexes = (0..reads.len()).map(proc_macro2::Literal::usize_unsuffixed);
            quote! {
                match input.media() {
                    #(Some(#indexes) => #reads,)*
                    _ => None,
                }
            }
        }
    }
}

fn read_media(model: &EmitContext<'_>, index: usize, media: &Media) -> TokenStream {
    let rules = |schema: &SchemaRef| match schema {
        SchemaRef::Named(_) => reference(model, schema, &quote!(schemas::)),
        SchemaRef::Inline(_) => {
            let name = rules_name(index);
            quote!(#name)
        }
    };
    match (&media.payload, media.is_open()) {
        (Payload::Json { schema, .. }, is_open) => {
            let rules = rules(schema);
            match is_open {
                true => quote!(input.typed_json(#rules)),
                false => quote!(input.json(#rules)),
            }
        }
        (Payload::Form { schema, rest, .. }, _) => {
            let (rules, fields) = (rules(schema), fields_name(index));
            match rest.as_ref().filter(|rest| !is_plain(rest)) {
                Some(rest) => {
                    let rest = encoding(rest);
                    quote!(input.open_form(#fields, #rest, #rules))
                }
                None => quote!(input.form(#fields, #rules)),
            }
        }
        (Payload::Multipart { schema, rest, .. }, _) => {
            let (rules, fields, rest) = (rules(schema), fields_name(index), part_encoding(rest));
            quote!(input.multipart(#fields, #rest, #rules))
        }
        (Payload::Text { schema }, is_open) => {
            let rules = rules(schema);
            match is_open {
                true => quote!(input.typed_text(#rules)),
                false => quote!(input.text(#rules)),
            }
        }
        (Payload::Problem | Payload::Binary, true) => quote!(input.typed_bytes()),
        (Payload::Problem | Payload::Binary, false) => quote!(input.bytes()),
    }
}
