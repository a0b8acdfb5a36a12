//! P2 and P3: what `send` sends, and how it fails.

use quote::ToTokens;
use syn::{Block, Ident, Item, ReturnType, Stmt, Type, parse_quote};

use super::syntax::{arguments, method, module, subject, unexpected};
use crate::client::{Failure, Layer};

/// A builder with a `send`.
pub(super) struct Call {
    /// The builder, in the module `builder`.
    pub(super) builder: Ident,
    /// What a success has.
    pub(super) success: Type,
}

pub(super) fn rewrite(file: &mut syn::File, layer: Layer) -> Result<Vec<Call>, Failure> {
    let mut calls = Vec::new();
    for item in module(&mut file.items, "builder")? {
        let Item::Impl(item) = item else { continue };
        let Some((builder, None)) = subject(item) else {
            continue;
        };
        let builder = builder.clone();
        let Some(send) = method(item, "send") else {
            continue;
        };
        let without = || unexpected(format!("`{builder}::send` does not answer as usual"));
        let ReturnType::Type(_, answer) = &send.sig.output else {
            return Err(without());
        };
        let answer = answer.as_ref().clone();
        let Some(value) = arguments(&answer).first().copied() else {
            return Err(without());
        };
        let Some(success) = arguments(value).first().copied() else {
            return Err(without());
        };
        remove_version(&mut send.block)
            .ok_or_else(|| unexpected(format!("`{builder}::send` sets no `api-version`")))?;
        if layer == Layer::Crate {
            let body = &send.block;
            send.block = parse_quote! {{
                let sent: #answer = async move #body.await;
                sent.map_err(crate::Error::from)
            }};
            send.sig.output = parse_quote! { -> Result<#value, crate::Error> };
        }
        calls.push(Call {
            builder,
            success: success.clone(),
        });
    }
    Ok(calls)
}

/// Removes the statement that sets the header.
fn remove_version(block: &mut Block) -> Option<()> {
    let position = block.stmts.iter().position(|statement| {
        matches!(statement, Stmt::Expr(..))
            && statement
                .to_token_stream()
                .to_string()
                .contains("\"api-version\"")
    })?;
    block.stmts.remove(position);
    // Without the header nothing may be left to change.
    if let Some(Stmt::Local(headers)) = position
        .checked_sub(1)
        .map(|before| &mut block.stmts[before])
    {
        headers.attrs.push(parse_quote! { #[allow(unused_mut)] });
    }
    Some(())
}
