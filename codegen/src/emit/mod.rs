//! Writes a lowered contract as a Rust module tree.
//!
//! | file | holds |
//! |---|---|
//! | `lib.rs` | the module tree |
//! | `api.rs` | the `Api` trait, the list of routes |
//! | `types.rs` | a type for each named schema; where that would be long, `types/` with a file for each component |
//! | `schemas.rs` | the rules of what requests bring and types check, as static data |
//! | `codes.rs` | a type for each code of problems |
//! | `errors.rs` | the `ErrorBodies` trait, where errors have bodies of their own |
//! | `parameters.rs` | parameters that several operations take |
//! | `json_schema.rs` | `schemars::JsonSchema` for the types: the contract's own schemas |
//! | `security.rs` | the `Authenticate` trait, and who an operation lets in |
//! | `TAG/mod.rs` | the trait of a tag |
//! | `TAG/OPERATION.rs` | an operation's request, response, error and descriptor |
//! | `contract.json` | the contract, with all its files in one |
//!
//! The output depends on the model alone, and the same model is always written in the same way.

mod blank_lines;
mod codes;
mod context;
mod derives;
mod docs;
mod encoding;
mod errors;
mod ident;
mod imports;
mod json_schema;
mod library;
mod literal;
mod media;
mod operation;
mod request;
mod response;
mod rust_type;
mod schemas;
mod security;
mod structs;
mod tag;
mod title;
mod type_files;
mod types;
mod unions;

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use proc_macro2::TokenStream;

/// What stands in the root of every output, so that no tag's module can have these names.
pub(crate) const MODULES: &[&str] = &[
    "api",
    "codes",
    "errors",
    "json_schema",
    "lib",
    "parameters",
    "rt",
    // Or the attribute `rustfmt::skip` would be looked for there.
    "rustfmt",
    "schemas",
    "security",
    "types",
];

use self::context::EmitContext;
pub(crate) use self::docs::is_direction_mark;
use crate::model::{Model, Operation, Tag};

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
///
/// # Errors
///
/// A mistake of the generator: what it wrote is not Rust.
pub fn emit(model: &Model) -> Result<Vec<GeneratedFile>, EmitError> {
    let model = &EmitContext::new(model);
    let mut files = in_parallel(&parts(model), |part| part.emit(model))?;
    let types = in_parallel(&type_files::groups(model), |group| {
        let (path, tokens) = type_files::emit(model, group);
        rust(&path, tokens).map(Some)
    })?;
    let lines = types.iter().map(|file| file.contents.lines().count());
    if lines.sum::<usize>() > MOST_LINES {
        files.push(rust("types/mod.rs", type_files::root(model))?);
        files.extend(types);
    } else {
        files.push(rust("types.rs", types::emit(model))?);
    }
    files.push(GeneratedFile {
        path: "contract.json".to_owned(),
        contents: contract(model),
    });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// A part of the output that is written on its own.
enum Part<'m> {
    /// A file of the root.
    Root(&'static str, fn(&EmitContext<'_>) -> Option<TokenStream>),
    Tag(&'m Tag),
    Operation(&'m Tag, &'m Operation),
}

/// All parts but the types.
fn parts<'m>(model: &'m EmitContext<'_>) -> Vec<Part<'m>> {
    let mut parts = vec![
        Part::Root("schemas.rs", |model| Some(schemas::emit(model))),
        Part::Root("lib.rs", |model| Some(library::emit(model))),
        Part::Root("api.rs", |model| Some(library::api(model))),
        Part::Root("json_schema.rs", |model| Some(json_schema::emit(model))),
        Part::Root("security.rs", |model| Some(security::emit(model))),
        Part::Root("parameters.rs", request::shared),
        Part::Root("codes.rs", codes::emit),
        Part::Root("errors.rs", errors::emit),
    ];
    for tag in &model.tags {
        parts.push(Part::Tag(tag));
        let operations = tag.operations.iter();
        parts.extend(operations.map(|operation| Part::Operation(tag, operation)));
    }
    parts
}

impl Part<'_> {
    fn emit(&self, model: &EmitContext<'_>) -> Result<Option<GeneratedFile>, EmitError> {
        let folder = |tag: &Tag| ident::module_name(ident::file(&tag.module));
        match self {
            Self::Root(path, emit) => emit(model).map(|tokens| rust(path, tokens)).transpose(),
            Self::Tag(tag) => {
                let path = format!("{}/mod.rs", folder(tag));
                rust(&path, tag::emit(model, tag)).map(Some)
            }
            Self::Operation(tag, operation) => {
                let file = ident::module_name(ident::file(&operation.method_name));
                let path = format!("{}/{file}.rs", folder(tag));
                rust(&path, operation::emit(model, tag, operation)).map(Some)
            }
        }
    }
}

/// Writes files on all cores: most of the time goes into formatting them.
fn in_parallel<P: Sync, F: IntoIterator<Item = GeneratedFile>>(
    parts: &[P],
    emit: impl Fn(&P) -> Result<F, EmitError> + Sync,
) -> Result<Vec<GeneratedFile>, EmitError> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut files = Vec::new();
        while let Some(part) = parts.get(next.fetch_add(1, Ordering::Relaxed)) {
            files.extend(emit(part)?);
        }
        Ok(files)
    };
    // A few files are written sooner than a thread starts.
    let more = cores.min(parts.len().div_ceil(FEW)).saturating_sub(1);
    std::thread::scope(|scope| {
        let others: Vec<_> = (0..more).map(|_| scope.spawn(work)).collect();
        let mut files = work()?;
        for other in others {
            match other.join() {
                Ok(written) => files.extend(written?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(files)
    })
}

/// A core has at least so many files to write.
const FEW: usize = 8;

/// The types have files of their own if one file had more lines.
const MOST_LINES: usize = 2_000;

const HEADER: &str = "// Generated by civicforge-codegen from the OpenAPI document. Do not edit: change the document.\n\n";

fn rust(path: &str, tokens: TokenStream) -> Result<GeneratedFile, EmitError> {
    let file = syn::parse2(tokens).map_err(|error| EmitError {
        path: path.to_owned(),
        error,
    })?;
    Ok(GeneratedFile {
        path: path.to_owned(),
        contents: format!(
            "{HEADER}{}",
            blank_lines::spaced(&prettyplease::unparse(&file))
        ),
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
