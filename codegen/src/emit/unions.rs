//! `oneOf` and `anyOf` as enums.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::EmitContext;
use super::derives::derives;
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
    may_be_untold: bool,
) -> TokenStream {
    let docs = docs(&def.docs, "One of several alternatives.", &[]);
    let name = ident(&def.name);
    let writes = Writes::of(model, variants, discriminator);
    let usual = ["Debug", "Clone", "PartialEq", "serde::Serialize"];
    let (usual, serde) = match writes {
        Writes::Tag(property) => (&usual[..], quote!(#[serde(tag = #property)])),
        Writes::Content => (&usual[..], quote!(#[serde(untagged)])),
        Writes::Some(_) => (&usual[..3], quote!()),
    };
    let derives = derives(def, usual);
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
        let tag = match writes {
            Writes::Tag(_) => variant.tags.first(),
            Writes::Content | Writes::Some(_) => None,
        };
        let rename = tag.map(|tag| quote!(#[serde(rename = #tag)]));
        quote!(#[doc = #doc] #rename #name(#ty))
    });
    let direction = direction(def.direction);
    let none = quote!(Err(rt::DecodeError::new(
        "one of the alternatives that the schema lists"
    )));
    let tests = variants.iter().enumerate().map(|(at, variant)| {
        let name = ident(&variant.name);
        let rules = alternative_rules(model, def, at, &variant.schema);
        quote! {
            if #rules.is_valid(node, #direction) {
                return rt::Decode::decode(node).map(Self::#name);
            }
        }
    });
    let tests = quote!(#(#tests)* #none);
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
            let untold = may_be_untold.then(|| {
                quote! {
                    if node.get(#property).is_none() {
                        #tests
                    } else
                }
            });
            let told = quote! {
                match node.get(#property).and_then(rt::Node::as_str) {
                    #(#arms,)*
                    _ => #none,
                }
            };
            match untold {
                Some(untold) => quote!(#untold { #told }),
                None => told,
            }
        }
        _ => tests,
    };
    let written = match &writes {
        Writes::Some(property) => {
            let arms = variants.iter().map(|variant| {
                let name = ident(&variant.name);
                match variant.tags.as_slice() {
                    [tag] if !holds(model, &variant.ty, property) => quote! {
                        Self::#name(content) => rt::tagged(#property, #tag, content, serializer)
                    },
                    _ => quote! {
                        Self::#name(content) => serde::Serialize::serialize(content, serializer)
                    },
                }
            });
            Some(quote! {
                impl serde::Serialize for #name {
                    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                        match self { #(#arms),* }
                    }
                }
            })
        }
        Writes::Tag(_) | Writes::Content => None,
    };
    quote! {
        #docs
        #derives
        #serde
        pub enum #name { #(#declarations),* }
        #written
        impl rt::Decode for #name {
            fn decode(node: &rt::Node<'_>) -> Result<Self, rt::DecodeError> {
                #decode
            }
        }
    }
}

/// How the discriminator is written.
enum Writes<'a> {
    /// By the enum: no variant holds it.
    Tag(&'a str),
    /// By the variants, each of which holds it; or there is none.
    Content,
    /// By the variants that hold it, and for the others by the enum.
    Some(&'a str),
}

impl<'a> Writes<'a> {
    fn of(model: &EmitContext<'_>, variants: &[Variant], discriminator: Option<&'a str>) -> Self {
        let Some(property) = discriminator else {
            return Writes::Content;
        };
        let mut others = variants
            .iter()
            .filter(|variant| variant.tags.len() == 1 && !holds(model, &variant.ty, property));
        match others.by_ref().count() {
            0 => Writes::Content,
            count if count == variants.len() => Writes::Tag(property),
            _ => Writes::Some(property),
        }
    }
}

/// Whether a value of this type holds the member, so that it is written with it.
fn holds(model: &EmitContext<'_>, ty: &Type, property: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut work = vec![ty];
    while let Some(ty) = work.pop() {
        match ty {
            Type::Boxed(inner) | Type::Nullable(inner) => work.push(inner),
            Type::Named(id) if seen.insert(*id) => {
                match model.types.get(id.0).map(|def| &def.shape) {
                    Some(Shape::Struct {
                        fields,
                        additional: None,
                        ..
                    }) if fields.iter().all(|field| field.json_name != property) => return false,
                    Some(Shape::Newtype { inner }) => work.push(inner),
                    Some(Shape::Union {
                        variants,
                        discriminator,
                        ..
                    }) if discriminator.as_deref() != Some(property) => {
                        work.extend(variants.iter().map(|variant| &variant.ty));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    true
}
