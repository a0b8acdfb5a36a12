//! `oneOf` and `anyOf` as enums.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::EmitContext;
use super::docs::docs;
use super::ident::ident;
use super::rust_type::local;
use super::schemas::{alternative_rules, direction};
use crate::model::{Shape, Type, TypeDef, Variant};

/// The enum, and how a value finds its variant.
///
/// The discriminator decides where there is one. Else it is the first alternative whose rules the value satisfies; for
/// `oneOf`, validation has seen to it that there is no second one.
pub(super) fn emit(
    model: &EmitContext<'_>,
    def: &TypeDef,
    variants: &[Variant],
    discriminator: Option<&str>,
) -> TokenStream {
    let docs = docs(&def.docs, "One of several alternatives.", &[]);
    let name = ident(&def.name);
    let tagged = discriminator.filter(|property| writes_own_tag(model, variants, property));
    let serde = match tagged {
        Some(property) => quote!(#[serde(tag = #property)]),
        None => quote!(#[serde(untagged)]),
    };
    let declarations = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let ty = local(model, &variant.ty);
        let doc = match variant.tags.as_slice() {
            [] => format!(" `{}`.", variant.name),
            tags => format!(
                " The discriminator is {}.",
                tags.iter()
                    .map(|tag| format!("`{}`", tag.escape_debug()))
                    .collect::<Vec<_>>()
                    .join(" or ")
            ),
        };
        let rename = tagged
            .and(variant.tags.first())
            .map(|tag| quote!(#[serde(rename = #tag)]));
        quote!(#[doc = #doc] #rename #name(#ty))
    });
    let decode = match discriminator {
        Some(property) if variants.iter().any(|variant| !variant.tags.is_empty()) => {
            let arms = variants
                .iter()
                .filter(|variant| !variant.tags.is_empty())
                .map(|variant| {
                    let name = ident(&variant.name);
                    let tags = &variant.tags;
                    quote!(Some(#(#tags)|*) => rt::Decode::decode(node).map(Self::#name))
                });
            quote! {
                match node.get(#property).and_then(rt::Node::as_str) {
                    #(#arms,)*
                    _ => Err(rt::DecodeError::new("one of the alternatives that the schema lists")),
                }
            }
        }
        _ => {
            let direction = direction(def.direction);
            let tests = variants.iter().enumerate().map(|(at, variant)| {
                let name = ident(&variant.name);
                let rules = alternative_rules(model, def, at, &variant.schema);
                quote! {
                    if #rules.is_valid(node, #direction) {
                        return rt::Decode::decode(node).map(Self::#name);
                    }
                }
            });
            quote!(#(#tests)* Err(rt::DecodeError::new("one of the alternatives that the schema lists")))
        }
    };
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        #serde
        pub enum #name { #(#declarations),* }
        impl rt::Decode for #name {
            fn decode(node: &rt::Node<'_>) -> Result<Self, rt::DecodeError> {
                #decode
            }
        }
    }
}

/// Whether the enum has to write the discriminator, because no alternative holds it in a field of its own.
fn writes_own_tag(model: &EmitContext<'_>, variants: &[Variant], property: &str) -> bool {
    variants.iter().all(|variant| {
        let mut ty = &variant.ty;
        while let Type::Boxed(inner) = ty {
            ty = inner;
        }
        let Type::Named(id) = ty else { return false };
        match model.types.get(id.0).map(|def| &def.shape) {
            Some(Shape::Struct { fields, .. }) => {
                variant.tags.len() == 1 && fields.iter().all(|field| field.json_name != property)
            }
            _ => false,
        }
    })
}
