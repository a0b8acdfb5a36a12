//! JSON values as Rust expressions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Number, Value};

use super::context::EmitContext;
use super::ident::ident;
use super::rust_type::written;
use crate::model::{Shape, Type};

/// A number of a rule.
pub(super) fn number(number: &Number) -> TokenStream {
    match crate::number::integer(number) {
        Some(value) => {
            let literal = Literal::i128_unsuffixed(value);
            quote!(rt::Number::Integer(#literal))
        }
        None => {
            let literal = float(number.as_f64().unwrap_or_default());
            quote!(rt::Number::Float(#literal))
        }
    }
}

fn float(value: f64) -> TokenStream {
    if !value.is_finite() {
        return if value.is_sign_positive() {
            quote!(f64::MAX)
        } else {
            quote!(f64::MIN)
        };
    }
    let literal = Literal::f64_unsuffixed(value);
    quote!(#literal)
}

/// A value of an `enum` rule.
pub(super) fn rule(value: &Value) -> TokenStream {
    match value {
        Value::Null => quote!(rt::Literal::Null),
        Value::Bool(value) => quote!(rt::Literal::Boolean(#value)),
        Value::Number(value) => {
            let value = number(value);
            quote!(rt::Literal::Number(#value))
        }
        Value::String(value) => quote!(rt::Literal::String(#value)),
        Value::Array(items) => {
            let items = items.iter().map(rule);
            quote!(rt::Literal::Array(&[#(#items),*]))
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let value = rule(value);
                quote!((#name, #value))
            });
            quote!(rt::Literal::Object(&[#(#members),*]))
        }
    }
}

/// A default as an expression of its type, where that is plain to write; `None` where it is not. Named types are written
/// with this prefix.
pub(super) fn default(
    model: &EmitContext<'_>,
    ty: &Type,
    value: &Value,
    prefix: &TokenStream,
) -> Option<TokenStream> {
    Some(match (ty, value) {
        (Type::Boolean, Value::Bool(value)) => quote!(#value),
        (Type::Int32 | Type::Int64, Value::Number(number)) => {
            let literal = Literal::i64_unsuffixed(number.as_i64()?);
            quote!(#literal)
        }
        (Type::Uint64, Value::Number(number)) => {
            let literal = Literal::u64_unsuffixed(number.as_u64()?);
            quote!(#literal)
        }
        (Type::Float | Type::Double, Value::Number(number)) => float(number.as_f64()?),
        (Type::String, Value::String(text)) => quote!(#text.to_owned()),
        (Type::Array(_), Value::Array(items)) if items.is_empty() => quote!(Vec::new()),
        (Type::Nullable(_), Value::Null) => quote!(rt::Nullable::Null),
        (Type::Nullable(inner), value) => {
            let value = default(model, inner, value, prefix)?;
            quote!(rt::Nullable::Value(#value))
        }
        (Type::Named(id), value) => match &model.types.get(id.0)?.shape {
            Shape::Enum { values, .. } => {
                let variant = ident(&values.iter().find(|known| known.value == *value)?.name);
                let path = written(model, ty, prefix);
                quote!(#path::#variant)
            }
            _ => return None,
        },
        _ => return None,
    })
}

/// `option.unwrap_or(default)`, lazily where making the default costs something.
pub(super) fn unwrap_or(
    option: TokenStream,
    ty: &Type,
    value: &Value,
    default: TokenStream,
) -> TokenStream {
    match ty {
        // The one array that is written as a default is the empty one.
        Type::Array(_) => quote!(#option.unwrap_or_default()),
        _ if is_cheap(ty, value) => quote!(#option.unwrap_or(#default)),
        _ => quote!(#option.unwrap_or_else(|| #default)),
    }
}

fn is_cheap(ty: &Type, value: &Value) -> bool {
    match ty {
        Type::Nullable(inner) => value.is_null() || is_cheap(inner, value),
        Type::String => false,
        _ => true,
    }
}
