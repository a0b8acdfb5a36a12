//! Objects as structs.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::EmitContext;
use super::derives::derives;
use super::docs::docs;
use super::ident::{file, ident};
use super::literal;
use super::rust_type::local;
use super::schemas::{alternative_rules, direction};
use crate::model::{Additional, Field, Presence, SchemaRef, TypeDef};

/// The struct, and how it is decoded.
pub(super) fn emit(
    model: &EmitContext<'_>,
    def: &TypeDef,
    fields: &[Field],
    alternatives: &[SchemaRef],
    additional: Option<&Additional>,
) -> TokenStream {
    let docs_of_type = docs(&def.docs, "An object of the OpenAPI document.", &[]);
    let derives = derives(def, &["Debug", "Clone", "PartialEq", "serde::Serialize"]);
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
        let held = held(model, def, alternatives);
        quote!(let members = rt::ObjectMembers::of(node)?; #held Ok(Self { #(#members),* }))
    };
    let declarations = declarations.chain(declared_additional);
    quote! {
        #docs_of_type
        #derives
        #rename_all
        pub struct #name { #(#declarations),* }
        impl rt::Decode for #name {
            fn decode(node: &rt::Node<'_>) -> Result<Self, rt::DecodeError> {
                #body
            }
        }
    }
}

/// Which of the alternatives hold.
fn held(model: &EmitContext<'_>, def: &TypeDef, alternatives: &[SchemaRef]) -> Option<TokenStream> {
    let direction = direction(def.direction);
    let tests = alternatives.iter().enumerate().map(|(at, schema)| {
        let rules = alternative_rules(model, def, at, schema);
        quote!(#rules.is_valid(node, #direction))
    });
    (!alternatives.is_empty()).then(|| quote!(let holds = [#(#tests),*];))
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
    let ty = if field.presence == Presence::Optional || !field.alternatives.is_empty() {
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
    if !field.alternatives.is_empty() {
        let value = perhaps(model, field);
        return quote!(#name: #value);
    }
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

/// A member that counts where one of its alternatives holds.
fn perhaps(model: &EmitContext<'_>, field: &Field) -> TokenStream {
    let json_name = &field.json_name;
    let holds = field.alternatives.iter().map(|at| {
        let at = proc_macro2::Literal::usize_unsuffixed(*at);
        quote!(holds[#at])
    });
    let value = match &field.presence {
        Presence::Required | Presence::Optional => quote!(members.optional(#json_name)?),
        Presence::Default(value) => {
            let text = value.to_string();
            match literal::default(model, &field.ty, value, &quote!()) {
                Some(default) => {
                    let option = quote!(members.optional(#json_name)?);
                    let value = literal::unwrap_or(option, &field.ty, value, default);
                    quote!(Some(#value))
                }
                None => quote!(Some(members.optional_or(#json_name, #text)?)),
            }
        }
    };
    quote!(if #(#holds)||* { #value } else { None })
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
