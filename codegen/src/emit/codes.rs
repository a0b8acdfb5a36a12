//! The codes of problems as types.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::EmitContext;
use super::docs::inner;
use super::ident::ident;
use super::imports::imports;
use crate::model::{KNOWN_CODES, ProblemCode};

/// `codes.rs`. Nothing, where operations list no codes but the usual ones.
pub(super) fn emit(model: &EmitContext<'_>) -> Option<TokenStream> {
    if model.codes.is_empty() {
        return None;
    }
    let is_known = |code: &&ProblemCode| KNOWN_CODES.iter().any(|(known, _)| *known == code.code);
    let (known, own): (Vec<_>, Vec<_>) = model.codes.iter().partition(is_known);
    let known = known.iter().map(|code| ident(&code.name));
    let known: Vec<_> = known.collect();
    let known = (!known.is_empty()).then(|| quote!(pub use super::rt::codes::{#(#known),*};));
    let own = own.iter().map(|code| {
        let (name, text) = (ident(&code.name), &code.code);
        quote!(rt::problem_code!(#name = #text);)
    });
    let items = quote!(#(#own)*);
    let imports = imports(&items, &quote!(super), &["rt"]);
    let module = inner("Problem codes other than the default one of their status.");
    Some(quote!(#module #known #imports #items))
}
