//! From an OpenAPI 3.0 document to a Rust server: parse → [`model`] → emit.

pub mod diagnostic;
pub mod emit;
pub mod lower;
pub mod model;
pub mod parse;
pub mod source;

use std::path::Path;

use diagnostic::{Code, Diagnostic, Diagnostics};
use model::Model;
use source::{Files, NodeId, Outside};

/// How a document is read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Codes of errors that are taken as warnings.
    pub allow: Vec<Code>,
    /// Whether the document may refer to files outside of its own folder.
    pub outside: Outside,
}

/// Reads a document and the files that it refers to.
///
/// # Errors
/// Everything that is wrong with it, where one of the problems is an error. Otherwise the problems beside the model
/// are warnings.
pub fn load(path: &Path, options: &Options) -> Result<(Model, Vec<Diagnostic>), Vec<Diagnostic>> {
    load_with(options, |files, problems| files.open(path, problems))
}

/// The same from memory. `path` says what the document is called in diagnostics, and where files that it refers to are.
///
/// # Errors
/// As for [`load`].
pub fn load_text(
    path: &Path,
    text: Vec<u8>,
    options: &Options,
) -> Result<(Model, Vec<Diagnostic>), Vec<Diagnostic>> {
    load_with(options, |files, problems| files.open_text(path, text, problems))
}

fn load_with(
    options: &Options,
    open: impl FnOnce(&mut Files, &mut Diagnostics) -> Option<NodeId>,
) -> Result<(Model, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut problems = Diagnostics::new(&options.allow);
    let mut files = Files::default();
    let model = open(&mut files, &mut problems)
        .and_then(|root| parse::parse(files, root, options.outside, &mut problems))
        .map(|document| lower::lower(&document, &mut problems));
    match model {
        Some(model) if !problems.has_errors() => Ok((model, problems.into_sorted())),
        _ => Err(problems.into_sorted()),
    }
}
