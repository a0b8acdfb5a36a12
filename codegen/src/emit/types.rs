//! Named schemas as types.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{EmitContext, is_checked};
use super::derives::derives;
use super::docs::{docs, inner};
use super::ident::ident;
use super::imports::imports;
use super::rust_type::local;
use super::{structs, unions};
use crate::model::{Docs, EnumValue, SchemaId, Shape, Type, TypeDef};

/// `types.rs`.
pub(super) fn emit(model: &EmitContext<'_>) -> TokenStream {
    let definitions = model.types.iter().map(|def| define(model, def));
    root(model, &quote!(), &quote!(#(#definitions)*))
}

/// The module with the types, or with what leads to them.
pub(super) fn root(
    model: &EmitContext<'_>,
    modules: &TokenStream,
    definitions: &TokenStream,
) -> TokenStream {
    let names = model.types.iter().map(|def| ident(&def.name));
    let items = quote!(#definitions rt::deserialize_decoded! { #(#names),* });
    let module = inner(
        "Types of the schemas.\n\nA value from a request satisfies every rule of its schema. A value that a handler makes is not \
         checked.",
    );
    let imports = imports(&items, &quote!(super), &["rt", "schemas"]);
    quote!(#module #modules #imports #items)
}

pub(super) fn define(model: &EmitContext<'_>, def: &TypeDef) -> TokenStream {
    match &def.shape {
        Shape::Struct {
            fields,
            alternatives,
            additional,
        } => structs::emit(model, def, fields, alternatives, additional.as_ref()),
        Shape::Enum { integers, values } => value_enum(def, *integers, values),
        Shape::Union {
            variants,
            discriminator,
            may_be_untold,
        } => unions::emit(
            model,
            def,
            variants,
            discriminator.as_deref(),
            *may_be_untold,
        ),
        Shape::Newtype { inner } => newtype(model, def, inner),
    }
}

fn value_enum(def: &TypeDef, integers: bool, values: &[EnumValue]) -> TokenStream {
    let docs = docs(&def.docs, "An enumeration.", &[]);
    let name = ident(&def.name);
    let described = values;
    let variants: Vec<_> = values.iter().map(|value| ident(&value.name)).collect();
    let (implement, notes, values): (_, Vec<_>, Vec<_>) = if integers {
        let number = |value: &EnumValue| value.value.as_i64().unwrap_or_default();
        let numbers = values.iter().map(number);
        (
            quote!(integer_enum),
            numbers
                .clone()
                .map(|number| format!("`{number}`."))
                .collect(),
            numbers.map(proc_macro2::Literal::i64_unsuffixed).collect(),
        )
    } else {
        let texts = values
            .iter()
            .map(|value| value.value.as_str().unwrap_or_default());
        (
            quote!(string_enum),
            texts
                .clone()
                .map(|text| format!("`{}`.", text.escape_debug()))
                .collect(),
            texts.map(proc_macro2::Literal::string).collect(),
        )
    };
    let notes = described.iter().zip(notes).map(|(value, note)| {
        let (otherwise, more) = match value.docs == Docs::default() {
            true => (note, Vec::new()),
            false => (String::new(), vec![note]),
        };
        super::docs::docs(&value.docs, &otherwise, &more)
    });
    let usual = [
        "Debug",
        "Clone",
        "Copy",
        "PartialEq",
        "Eq",
        "PartialOrd",
        "Ord",
        "Hash",
    ];
    let derives = derives(def, &usual);
    quote! {
        #docs
        #derives
        pub enum #name { #(#notes #variants),* }
        rt::#implement!(#name { #(#variants = #values),* });
    }
}

fn newtype(model: &EmitContext<'_>, def: &TypeDef, held: &Type) -> TokenStream {
    let docs = docs(&def.docs, "A value that satisfies its schema.", &[]);
    let name = ident(&def.name);
    let inner = local(model, held);
    let derives = derives(def, &traits(held));
    let rules = match is_checked(model, def, held) {
        true => {
            let rules = schema_path(model, def.schema);
            let check = match held {
                Type::File => quote!(check_file),
                _ => quote!(check),
            };
            quote! {
                impl TryFrom<#inner> for #name {
                    type Error = rt::ValidationError;

                    fn try_from(value: #inner) -> Result<Self, rt::ValidationError> {
                        rt::ValidationError::#check(&value, #rules)?;
                        Ok(#name(value))
                    }
                }
            }
        }
        false => quote! {
            impl From<#inner> for #name {
                fn from(value: #inner) -> Self {
                    #name(value)
                }
            }
        },
    };
    let display = displayable(held).then(|| {
        quote! {
            impl std::fmt::Display for #name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    self.0.fmt(f)
                }
            }
        }
    });
    quote! {
        #docs
        #derives
        #[serde(transparent)]
        pub struct #name(#inner);
        impl #name {
            /// Returns the inner value.
            pub fn into_inner(self) -> #inner {
                self.0
            }
        }
        impl std::ops::Deref for #name {
            type Target = #inner;

            fn deref(&self) -> &#inner {
                &self.0
            }
        }
        #display
        #rules
        impl rt::Decode for #name {
            fn decode(node: &rt::Node<'_>) -> Result<Self, rt::DecodeError> {
                rt::Decode::decode(node).map(#name)
            }
        }
    }
}

fn traits(held: &Type) -> Vec<&'static str> {
    let mut names = vec!["Debug", "Clone"];
    if matches!(
        held,
        Type::Boolean
            | Type::Int32
            | Type::Int64
            | Type::Uint64
            | Type::Uuid
            | Type::Date
            | Type::DateTime
            | Type::Ipv4
            | Type::Ipv6
    ) {
        names.push("Copy");
    }
    names.push("PartialEq");
    if displayable(held) && !matches!(held, Type::Float | Type::Double) {
        names.extend(["Eq", "PartialOrd", "Ord", "Hash"]);
    }
    names.push("serde::Serialize");
    names
}

fn displayable(held: &Type) -> bool {
    matches!(
        held,
        Type::Boolean
            | Type::Int32
            | Type::Int64
            | Type::Uint64
            | Type::Float
            | Type::Double
            | Type::String
            | Type::Uuid
            | Type::Date
            | Type::Ipv4
            | Type::Ipv6
    )
}

/// The rules by name.
pub(super) fn schema_path(model: &EmitContext<'_>, id: SchemaId) -> TokenStream {
    match model.schemas.get(id.0) {
        Some(def) => {
            let name = ident(&def.name);
            quote!(&schemas::#name)
        }
        None => super::lost(),
    }
}
