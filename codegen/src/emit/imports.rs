//! Imports of the output's own modules.

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::quote;

use super::ident::ident;

/// Imports those of `modules` that paths in this code start with. The output has no `allow(unused_imports)`.
pub(super) fn imports(code: &TokenStream, parent: &TokenStream, modules: &[&str]) -> TokenStream {
    let used = modules.iter().filter(|module| starts_path(code, module));
    let used: Vec<_> = used.map(|module| ident(module)).collect();
    match used.as_slice() {
        [] => TokenStream::new(),
        [module] => quote!(use #parent::#module;),
        modules => quote!(use #parent::{#(#modules),*};),
    }
}

/// Whether a path in this code starts with the module: `::` follows its name, and does not precede it.
fn starts_path(code: &TokenStream, module: &str) -> bool {
    let mut after_path = false;
    let mut tokens = code.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(name) => {
                let opens_path = tokens.peek().is_some_and(is_joint_colon);
                if !after_path && opens_path && name == module {
                    return true;
                }
                after_path = false;
            }
            token if is_joint_colon(&token) => {
                tokens.next();
                after_path = true;
            }
            // Code is as deep as the deepest type of the model, which lowering bounds.
            TokenTree::Group(group) if starts_path(&group.stream(), module) => return true,
            _ => after_path = false,
        }
    }
    false
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
