//! Objects as structs.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::EmitContext;
use super::docs::docs;
use super::ident::{file, ident};
use super::literal;
use super::rust_type::local;
use crate::model::{Additional, Field, Presence, TypeDef};

/// The struct, and how it is decoded.
pub(super) fn emit(
    model: &EmitContext<'_>,
    def: &TypeDef,
    fields: &[Field],
    additional: Option<&Additional>,
) -> TokenStream {
    let docs_of_type = docs(&def.docs, "An object of the OpenAPI document.", &[]);
    let name = ident(&def.name);
    let camel = !fields.is_empty()
        && fields
            .iter()
            .all(|field| camel_case(&field.name) == field.json_name);
    let rename_all = (camel
        && fields
            .iter()
            .any(|field| file(&field.name) != field.json_name))
    .then(|| quote!(#[serde(rename_all = "camelCase")]));
    let declarations = fields
        .iter()
        .map(|field| declaration(model, field, rename_all.is_some()));
    let declared_additional = additional.map(|additional| {
        let name = ident(&additional.field);
        let ty = local(model, &additional.ty);
        quote! {
            /// The properties that have no field of their own.
            #[serde(flatten)]
            pub #name: rt::BTreeMap<String, #ty>
        }
    });
    let members = fields.iter().map(|field| member(model, field));
    let decoded_additional = additional.map(|additional| {
        let name = ident(&additional.field);
        let known = fields.iter().map(|field| &field.json_name);
        quote!(#name: members.others(&[#(#known),*])?)
    });
    let body = if fields.is_empty() && additional.is_none() {
        quote!(rt::ObjectMembers::of(node)?; Ok(Self {}))
    } else {
        let members = members.chain(decoded_additional);
        quote!(let members = rt::ObjectMembers::of(node)?; Ok(Self { #(#members),* }))
    };
    let declarations = declarations.chain(declared_additional);
    quote! {
        #docs_of_type
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        #rename_all
        pub struct #name { #(#declarations),* }
        impl rt::Decode for #name {
            fn decode(node: &rt::Node<'_>) -> Result<Self, rt::DecodeError> {
                #body
            }
        }
    }
}

fn declaration(model: &EmitContext<'_>, field: &Field, renamed: bool) -> TokenStream {
    let mut more = Vec::new();
    if let Presence::Default(value) = &field.presence {
        more.push(format!("Default: `{value}`."));
    }
    let docs = docs(
        &field.docs,
        &format!("`{}`.", field.json_name.escape_debug()),
        &more,
    );
    let name = ident(&field.name);
    let ty = local(model, &field.ty);
    let mut attributes = Vec::new();
    if !renamed && file(&field.name) != field.json_name {
        let json_name = &field.json_name;
        attributes.push(quote!(rename = #json_name));
    }
    let ty = if field.presence == Presence::Optional {
        attributes.push(quote!(skip_serializing_if = "Option::is_none"));
        quote!(Option<#ty>)
    } else {
        ty
    };
    let serde = (!attributes.is_empty()).then(|| quote!(#[serde(#(#attributes),*)]));
    quote!(#docs #serde pub #name: #ty)
}

fn member(model: &EmitContext<'_>, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let json_name = &field.json_name;
    match &field.presence {
        Presence::Required => quote!(#name: members.required(#json_name)?),
        Presence::Optional => quote!(#name: members.optional(#json_name)?),
        Presence::Default(value) => match literal::default(model, &field.ty, value, &quote!()) {
            Some(default) => {
                let option = quote!(members.optional(#json_name)?);
                let value = literal::unwrap_or(option, &field.ty, value, default);
                quote!(#name: #value)
            }
            None => {
                let text = value.to_string();
                quote!(#name: members.optional_or(#json_name, #text)?)
            }
        },
    }
}

/// As serde's `rename_all = "camelCase"` does it.
fn camel_case(name: &str) -> String {
    let mut out = String::new();
    let mut upper = false;
    for c in file(name).chars() {
        if c == '_' {
            upper = true;
        } else if upper {
            out.push(c.to_ascii_uppercase());
            upper = false;
        } else {
            out.push(c);
        }
    }
    out
}
