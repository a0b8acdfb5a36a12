//! Named schemas as types.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{docs, inner};
use super::ident::ident;
use super::imports::imports;
use super::scope::Scope;
use super::{structs, unions};
use crate::model::{EnumValue, Model, Schema, SchemaId, Shape, Type, TypeDef};

/// The type as it is written outside of `types.rs`.
pub(super) fn path(model: &Scope<'_>, ty: &Type) -> TokenStream {
    written(model, ty, &quote!(types::))
}

/// The type as it is written in `types.rs`.
pub(super) fn local(model: &Scope<'_>, ty: &Type) -> TokenStream {
    written(model, ty, &quote!())
}

pub(super) fn written(model: &Scope<'_>, ty: &Type, prefix: &TokenStream) -> TokenStream {
    match ty {
        Type::Any => quote!(rt::Value),
        Type::FreeObject => quote!(rt::Map<String, rt::Value>),
        Type::Boolean => quote!(bool),
        Type::Int32 => quote!(i32),
        Type::Int64 => quote!(i64),
        Type::Float => quote!(f32),
        Type::Double => quote!(f64),
        Type::String => quote!(String),
        Type::Password => quote!(rt::Password),
        Type::Uuid => quote!(rt::Uuid),
        Type::Date => quote!(rt::NaiveDate),
        Type::DateTime => quote!(rt::DateTime<rt::Utc>),
        Type::Ipv4 => quote!(rt::Ipv4Addr),
        Type::Ipv6 => quote!(rt::Ipv6Addr),
        Type::Base64 => quote!(rt::Base64),
        Type::Array(items) => {
            let items = written(model, items, prefix);
            quote!(Vec<#items>)
        }
        Type::Map(values) => {
            let values = written(model, values, prefix);
            quote!(rt::BTreeMap<String, #values>)
        }
        Type::Named(id) => match model.types.get(id.0) {
            Some(def) => {
                let name = ident(&def.name);
                quote!(#prefix #name)
            }
            None => super::lost(),
        },
        Type::Boxed(inner) => {
            let inner = written(model, inner, prefix);
            quote!(Box<#inner>)
        }
        Type::Nullable(inner) => {
            let inner = written(model, inner, prefix);
            quote!(rt::Nullable<#inner>)
        }
    }
}

/// `types.rs`.
pub(super) fn emit(model: &Scope<'_>) -> TokenStream {
    let definitions = model.types.iter().map(|def| define(model, def));
    let names = model.types.iter().map(|def| ident(&def.name));
    let items = quote!(#(#definitions)* rt::deserialize_decoded! { #(#names),* });
    let module = inner(
        "The types of the contract's schemas.\n\nA value that came in a request has satisfied every rule of its schema. A value that a \
         handler makes is trusted to.",
    );
    let imports = imports(&items, &quote!(super), &["rt", "schemas"]);
    quote!(#module #imports #items)
}

fn define(model: &Scope<'_>, def: &TypeDef) -> TokenStream {
    match &def.shape {
        Shape::Struct { fields, additional } => {
            structs::emit(model, def, fields, additional.as_ref())
        }
        Shape::Enum { integers, values } => value_enum(def, *integers, values),
        Shape::Union {
            variants,
            discriminator,
        } => unions::emit(model, def, variants, discriminator.as_deref()),
        Shape::Newtype { inner } => newtype(model, def, inner),
    }
}

fn value_enum(def: &TypeDef, integers: bool, values: &[EnumValue]) -> TokenStream {
    let docs = docs(&def.docs, "One of the values that the contract lists.", &[]);
    let name = ident(&def.name);
    let variants: Vec<_> = values.iter().map(|value| ident(&value.name)).collect();
    let (implement, notes, values): (_, Vec<_>, Vec<_>) = if integers {
        let number = |value: &EnumValue| value.value.as_i64().unwrap_or_default();
        let numbers = values.iter().map(number);
        (
            quote!(integer_enum),
            numbers
                .clone()
                .map(|number| format!(" `{number}`."))
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
                .map(|text| format!(" `{}`.", text.escape_debug()))
                .collect(),
            texts.map(proc_macro2::Literal::string).collect(),
        )
    };
    quote! {
        #docs
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum #name { #(#[doc = #notes] #variants),* }
        rt::#implement!(#name { #(#variants = #values),* });
    }
}

fn newtype(model: &Scope<'_>, def: &TypeDef, held: &Type) -> TokenStream {
    let docs = docs(&def.docs, "A value with the rules of its schema.", &[]);
    let name = ident(&def.name);
    let inner = local(model, held);
    let traits = traits(held);
    let rules = match is_checked(model, def, held) {
        true => {
            let rules = schema_path(model, def.schema);
            quote! {
                impl TryFrom<#inner> for #name {
                    type Error = rt::Invalid;

                    fn try_from(value: #inner) -> Result<Self, rt::Invalid> {
                        rt::Invalid::check(&value, #rules)?;
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
        #[derive(#(#traits,)* serde::Serialize)]
        #[serde(transparent)]
        pub struct #name(#inner);
        impl #name {
            /// What it holds.
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
            fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
                rt::Decode::decode(node).map(#name)
            }
        }
    }
}

fn traits(held: &Type) -> Vec<syn::Ident> {
    let mut names = vec!["Debug", "Clone"];
    if matches!(
        held,
        Type::Boolean
            | Type::Int32
            | Type::Int64
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
    names.into_iter().map(ident).collect()
}

fn displayable(held: &Type) -> bool {
    matches!(
        held,
        Type::Boolean
            | Type::Int32
            | Type::Int64
            | Type::Float
            | Type::Double
            | Type::String
            | Type::Uuid
            | Type::Date
            | Type::Ipv4
            | Type::Ipv6
    )
}

/// Whether a newtype of what it holds checks more than the type does.
pub(super) fn is_checked(model: &Model, def: &TypeDef, held: &Type) -> bool {
    let rules = model.schemas.get(def.schema.0);
    rules.is_some_and(|rules| !says_no_more(&rules.schema, held))
}

/// Whether the type itself already satisfies the schema.
fn says_no_more(schema: &Schema, held: &Type) -> bool {
    let mut rest = schema.clone();
    rest.json_type = None;
    rest.nullable = false;
    if !matches!(held, Type::String) {
        rest.format = None;
    }
    rest == Schema::default()
}

/// The rules by name.
pub(super) fn schema_path(model: &Scope<'_>, id: SchemaId) -> TokenStream {
    match model.schemas.get(id.0) {
        Some(def) => {
            let name = ident(&def.name);
            quote!(&schemas::#name)
        }
        None => super::lost(),
    }
}
