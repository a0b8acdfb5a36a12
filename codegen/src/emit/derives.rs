//! What types derive.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::model::TypeDef;

/// The attribute with what a type of its shape derives, and then with what the config asks for beside it.
pub(super) fn derives(def: &TypeDef, usual: &[&str]) -> TokenStream {
    let mut paths: Vec<syn::Path> = Vec::new();
    let texts = usual.iter().copied();
    for text in texts.chain(def.derives.iter().map(String::as_str)) {
        // Lowering has refused what is not a path.
        let Ok(path) = syn::parse_str::<syn::Path>(text) else {
            return super::lost();
        };
        let is_there = |known: &syn::Path| {
            known.to_token_stream().to_string() == path.to_token_stream().to_string()
        };
        if !paths.iter().any(is_there) {
            paths.push(path);
        }
    }
    quote!(#[derive(#(#paths),*)])
}
