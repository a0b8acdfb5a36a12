//! From an OpenAPI 3.0 document to a Rust server: parse → [`model`] → emit.

#![warn(clippy::missing_errors_doc)]

#[cfg(feature = "client")]
pub mod client;
pub mod diagnostic;
pub mod emit;
pub mod lower;
mod media_type;
pub mod model;
mod number;
pub mod parse;
mod single;
pub mod source;
mod write;

use std::path::Path;

use diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use emit::GeneratedFile;
use model::Model;
use source::{ExternalRefs, Files, NodeId};

pub use single::single_file;
pub use write::{write, write_file};

/// How a document is read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Codes of errors that are taken as warnings.
    pub allow: Vec<Code>,
    /// Whether what a server answers beyond the document is an error, and not a warning ([`Code::is_strict`]).
    pub is_strict: bool,
    /// Whether the document may refer to files outside of its own folder.
    pub outside: ExternalRefs,
}

/// Reads a document and the files that it refers to.
///
/// # Errors
/// Everything that is wrong with it, where one of the problems is an error. Otherwise the problems beside the model
/// are warnings.
pub fn load(path: &Path, options: &Options) -> Result<(Model, Vec<Diagnostic>), Vec<Diagnostic>> {
    load_with(options, |files, problems| files.open(path, problems))
}

/// What [`generate`] makes.
#[derive(Debug)]
pub struct Output {
    /// The files, by path.
    pub files: Vec<GeneratedFile>,
    /// Warnings about the document.
    pub warnings: Vec<Diagnostic>,
}

/// Reads a document and writes a server for it, in memory.
///
/// # Errors
/// As for [`load`]; and, if the generator itself is wrong, a diagnostic of the code `internal`.
pub fn generate(path: &Path, options: &Options) -> Result<Output, Vec<Diagnostic>> {
    let (model, warnings) = load(path, options)?;
    match emit::emit(&model) {
        Ok(files) => Ok(Output { files, warnings }),
        Err(error) => Err(vec![Diagnostic {
            file: path.display().to_string(),
            line: 1,
            column: 1,
            code: Code::Internal,
            message: format!("{error}."),
            pointer: String::new(),
            severity: Severity::Error,
            hint: Some(
                "This is a mistake of the generator. Please report it with the document."
                    .to_owned(),
            ),
        }]),
    }
}

/// The same as [`load`] from memory. `path` says what the document is called in diagnostics, and where files that it refers to are.
///
/// # Errors
/// As for [`load`].
pub fn load_text(
    path: &Path,
    text: Vec<u8>,
    options: &Options,
) -> Result<(Model, Vec<Diagnostic>), Vec<Diagnostic>> {
    load_with(options, |files, problems| {
        files.open_text(path, text, problems)
    })
}

fn load_with(
    options: &Options,
    open: impl FnOnce(&mut Files, &mut Diagnostics) -> Option<NodeId>,
) -> Result<(Model, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut problems = Diagnostics::new(&options.allow).strictly(options.is_strict);
    let mut files = Files::default();
    let model = open(&mut files, &mut problems)
        .and_then(|root| parse::parse(files, root, options.outside, &mut problems))
        .map(|document| lower::lower(&document, &mut problems));
    match model {
        Some(model) if !problems.has_errors() => Ok((model, problems.into_sorted())),
        _ => Err(problems.into_sorted()),
    }
}
