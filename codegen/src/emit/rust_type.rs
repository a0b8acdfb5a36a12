//! Types as they are written in Rust.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident::ident;
use crate::model::{Model, Type};

/// The type as it is written outside of `types.rs`.
pub(super) fn path(model: &Model, ty: &Type) -> TokenStream {
    written(model, ty, &quote!(types::))
}

/// The type as it is written in `types.rs`.
pub(super) fn local(model: &Model, ty: &Type) -> TokenStream {
    written(model, ty, &quote!())
}

pub(super) fn written(model: &Model, ty: &Type, prefix: &TokenStream) -> TokenStream {
    match ty {
        Type::Any => quote!(rt::Value),
        Type::FreeObject => quote!(rt::Map<String, rt::Value>),
        Type::Boolean => quote!(bool),
        Type::Int32 => quote!(i32),
        Type::Int64 => quote!(i64),
        Type::Uint64 => quote!(u64),
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
        Type::External(path) => match syn::parse_str::<syn::TypePath>(path) {
            Ok(path) => quote!(#path),
            Err(_) => super::lost(),
        },
        Type::File => quote!(rt::File),
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
