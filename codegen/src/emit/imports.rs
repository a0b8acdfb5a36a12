//! Imports of the output's own modules.

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::quote;

use super::ident::ident;

/// Imports those of `modules` that paths in this code start with. The output has no `allow(unused_imports)`.
pub(super) fn imports(code: &TokenStream, parent: &TokenStream, modules: &[&str]) -> TokenStream {
    let mut used = vec![false; modules.len()];
    find_paths(code.clone(), modules, &mut used);
    let used = modules.iter().zip(used).filter(|(_, is_used)| *is_used);
    let used: Vec<_> = used.map(|(module, _)| ident(module)).collect();
    match used.as_slice() {
        [] => TokenStream::new(),
        [module] => quote!(use #parent::#module;),
        modules => quote!(use #parent::{#(#modules),*};),
    }
}

/// Marks the modules that a path in this code starts with: `::` follows the name, and does not precede it.
fn find_paths(code: TokenStream, modules: &[&str], used: &mut [bool]) {
    let mut after_path = false;
    let mut tokens = code.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(name) => {
                if !after_path && tokens.peek().is_some_and(is_joint_colon) {
                    for (module, is_used) in modules.iter().zip(used.iter_mut()) {
                        *is_used |= name == *module;
                    }
                }
                after_path = false;
            }
            token if is_joint_colon(&token) => {
                tokens.next();
                after_path = true;
            }
            // Code is as deep as the deepest type of the model, which lowering bounds.
            TokenTree::Group(group) => {
                find_paths(group.stream(), modules, used);
                after_path = false;
            }
            _ => after_path = false,
        }
    }
}

fn is_joint_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_modules_that_paths_start_with_are_imported() {
        let code = quote! {
            fn f(types: u8, schemas: rt::Schema) -> Vec<u8> { other::schemas::A; self.security(parameters) }
        };
        let modules = ["parameters", "rt", "schemas", "security", "types"];
        let imports = imports(&code, &quote!(super), &modules);
        assert_eq!(
            imports.to_string(),
            quote!(
                use super::rt;
            )
            .to_string()
        );
    }
}
