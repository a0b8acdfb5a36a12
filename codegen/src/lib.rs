//! From an OpenAPI 3.0 document to a Rust server: parse → [`model`] → emit.

#![warn(clippy::missing_errors_doc)]

mod build_script;
#[cfg(feature = "client")]
pub mod client;
mod config;
pub mod diagnostic;
pub mod emit;
pub mod lower;
mod media_type;
pub mod model;
mod number;
pub mod parse;
mod single;
mod skip;
pub mod source;
mod write;

use std::path::{Path, PathBuf};

use diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use emit::GeneratedFile;
use model::Model;
use source::{Files, NodeId};

pub use build_script::{build, build_with};
pub use config::Config;
pub use single::single_file;
pub use write::Written;

/// Reads a document and the files that it refers to.
///
/// # Errors
/// Everything that is wrong with it, where one of the problems is an error. Otherwise the problems beside the model
/// are warnings.
pub fn load(path: &Path, config: &Config) -> Result<(Model, Vec<Diagnostic>), Vec<Diagnostic>> {
    let loaded = load_with(config, |files, problems| files.open(path, problems))?;
    Ok((loaded.model, loaded.warnings))
}

/// What [`generate`] makes.
#[derive(Debug)]
pub struct Output {
    /// The files, by path.
    pub files: Vec<GeneratedFile>,
    /// Warnings about the document.
    pub warnings: Vec<Diagnostic>,
    /// The files that it was made of: the document, the files that it refers to, and the config.
    pub inputs: Vec<PathBuf>,
}

/// Reads a document and writes a server for it, in memory.
///
/// # Errors
/// As for [`load`]; and, if the generator itself is wrong, a diagnostic of the code `internal`.
pub fn generate(path: &Path, config: &Config) -> Result<Output, Vec<Diagnostic>> {
    let mut loaded = load_with(config, |files, problems| files.open(path, problems))?;
    loaded.inputs.extend(config.file.clone());
    match emit::emit(&loaded.model) {
        Ok(files) => Ok(Output {
            files,
            warnings: loaded.warnings,
            inputs: loaded.inputs,
        }),
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
    config: &Config,
) -> Result<(Model, Vec<Diagnostic>), Vec<Diagnostic>> {
    let loaded = load_with(config, |files, problems| {
        files.open_text(path, text, problems)
    })?;
    Ok((loaded.model, loaded.warnings))
}

/// A document that was read.
struct Loaded {
    model: Model,
    warnings: Vec<Diagnostic>,
    inputs: Vec<PathBuf>,
}

fn load_with(
    config: &Config,
    open: impl FnOnce(&mut Files, &mut Diagnostics) -> Option<NodeId>,
) -> Result<Loaded, Vec<Diagnostic>> {
    let nothing_found = || Diagnostics::new(&config.allow).strictly(config.is_strict);
    let mut problems = nothing_found();
    let mut files = Files::default();
    let Some(root) = open(&mut files, &mut problems) else {
        return Err(problems.into_sorted());
    };
    let mut skipped: Vec<Diagnostic> = Vec::new();
    let mut reads = 1;
    loop {
        let Some(document) = parse::parse(files, root, config.outside, &mut problems) else {
            return Err(problems.into_sorted());
        };
        let model = lower::lower(&document, config, &mut problems);
        let has_errors = problems.has_errors();
        let mut found = std::mem::replace(&mut problems, nothing_found()).into_sorted();
        if !has_errors {
            found.extend(skipped);
            found.sort();
            return Ok(Loaded {
                model,
                warnings: found,
                inputs: document.files.paths().to_vec(),
            });
        }
        let may_skip = config.skips_unsupported && reads < skip::MOST_READS;
        let Some(cut) = may_skip
            .then(|| skip::leave_out(document, &found))
            .flatten()
        else {
            return Err(found);
        };
        files = cut.files;
        skipped.extend(cut.skipped);
        reads += 1;
    }
}
