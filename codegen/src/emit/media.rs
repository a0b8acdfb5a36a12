//! Bodies by media type.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::EmitContext;
use super::rust_type::path;
use crate::model::{Media, Payload};

/// The type of a body of this media type.
pub(super) fn payload_type(model: &EmitContext<'_>, media: &Media) -> TokenStream {
    let content = match &media.payload {
        Payload::Json { ty, .. } | Payload::Form { ty, .. } | Payload::Multipart { ty, .. } => {
            path(model, ty)
        }
        Payload::Problem => quote!(rt::Problem),
        Payload::Text { .. } => quote!(String),
        Payload::Binary => quote!(rt::Bytes),
    };
    match media.is_open() {
        true => quote!(rt::Typed<#content>),
        false => content,
    }
}
