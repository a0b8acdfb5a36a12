//! Writes a lowered contract as a Rust module tree.
//!
//! | file | holds |
//! |---|---|
//! | `lib.rs` | the module tree |
//! | `api.rs` | the `Api` trait, the list of routes |
//! | `types.rs` | a type for each named schema |
//! | `schemas.rs` | the rules of what requests bring and types check, as static data |
//! | `codes.rs` | a type for each code of problems |
//! | `parameters.rs` | parameters that several operations take |
//! | `json_schema.rs` | `schemars::JsonSchema` for the types: the contract's own schemas |
//! | `security.rs` | the `Authenticate` trait, and who an operation lets in |
//! | `TAG/mod.rs` | the trait of a tag |
//! | `TAG/OPERATION.rs` | an operation's request, response, error and descriptor |
//! | `contract.json` | the contract, with all its files in one |
//!
//! The output depends on the model alone, and the same model is always written in the same way.

mod codes;
mod docs;
mod ident;
mod imports;
mod json_schema;
mod layout;
mod library;
mod literal;
mod media;
mod operation;
mod request;
mod response;
mod rust_type;
mod schemas;
mod scope;
mod security;
mod structs;
mod tag;
mod title;
mod types;
mod unions;

use std::fmt;

use proc_macro2::TokenStream;

/// What stands in the root of every output, so that no tag's module can have these names.
pub(crate) const MODULES: &[&str] = &[
    "api",
    "codes",
    "json_schema",
    "lib",
    "parameters",
    "rt",
    "schemas",
    "security",
    "types",
];

use self::scope::Scope;
use crate::model::Model;

/// A file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Relative to the output folder, with `/` between folders.
    pub path: String,
    /// Its text.
    pub contents: String,
}

/// Code that the emitter wrote and that is not Rust: always a mistake of the generator, whatever the contract says.
#[derive(Debug)]
pub struct EmitError {
    path: String,
    error: syn::Error,
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: the generator wrote code that does not parse: {}",
            self.path, self.error
        )
    }
}

impl std::error::Error for EmitError {}

/// Writes the model.
pub fn emit(model: &Model) -> Result<Vec<GeneratedFile>, EmitError> {
    let model = &Scope::new(model);
    let mut files = vec![
        rust("lib.rs", library::emit(model))?,
        rust("api.rs", library::api(model))?,
        rust("types.rs", types::emit(model))?,
        rust("schemas.rs", schemas::emit(model))?,
        rust("json_schema.rs", json_schema::emit(model))?,
        rust("security.rs", security::emit(model))?,
        GeneratedFile {
            path: "contract.json".to_owned(),
            contents: contract(model),
        },
    ];
    if let Some(parameters) = request::shared(model) {
        files.push(rust("parameters.rs", parameters)?);
    }
    if let Some(codes) = codes::emit(model) {
        files.push(rust("codes.rs", codes)?);
    }
    for tag in &model.tags {
        let folder = ident::file(&tag.module);
        files.push(rust(&format!("{folder}/mod.rs"), tag::emit(model, tag))?);
        for operation in &tag.operations {
            let path = format!("{folder}/{}.rs", ident::file(&operation.method_name));
            files.push(rust(&path, operation::emit(model, tag, operation))?);
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

const HEADER: &str =
    "// Written by civicforge-codegen from the contract. Change the contract, not this file.\n\n";

fn rust(path: &str, tokens: TokenStream) -> Result<GeneratedFile, EmitError> {
    let file = syn::parse2(tokens).map_err(|error| EmitError {
        path: path.to_owned(),
        error,
    })?;
    Ok(GeneratedFile {
        path: path.to_owned(),
        contents: format!("{HEADER}{}", layout::spaced(&prettyplease::unparse(&file))),
    })
}

/// Stands for what the model has lost, which lowering reports: it must not compile.
fn lost() -> TokenStream {
    quote::quote!(compile_error!("the generator has lost a schema"))
}

fn contract(model: &Model) -> String {
    // A JSON value always has a text.
    let mut text = serde_json::to_string_pretty(&model.document).unwrap_or_default();
    text.push('\n');
    text
}
