//! The generator as a step of a build: what `build.rs` calls.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::diagnostic::Diagnostic;
use crate::{Config, generate};

/// Writes the server of a document, from a build script: `fn main() -> ExitCode { civicforge_codegen::build("petstore.yaml") }`.
///
/// The server is one file of `OUT_DIR` that is named as the document is, for `include!(concat!(env!("OUT_DIR"), "/petstore.rs"))`. The
/// path of the document is relative to the folder of `Cargo.toml`, as everything in a build script is. Cargo runs the script again when
/// the document or a file that it refers to changes. Warnings are warnings of the build; errors fail it, each with its file, line and
/// column.
#[must_use]
pub fn build(document: impl AsRef<Path>) -> ExitCode {
    Config::new().build(document)
}

/// The same as [`build`] with a config from a file.
#[must_use]
pub fn build_with(document: impl AsRef<Path>, config: impl AsRef<Path>) -> ExitCode {
    let path = config.as_ref();
    match Config::read(path) {
        Ok(config) => config.build(document),
        Err(problems) => {
            rerun_if_changed(path);
            fail(&problems)
        }
    }
}

impl Config {
    /// The same as [`build`] with this config. Where it says where the server is written to ([`Config::out`]), that is in place of
    /// `OUT_DIR`, and Cargo runs the script again when something changes there.
    #[must_use]
    pub fn build(&self, document: impl AsRef<Path>) -> ExitCode {
        let document = document.as_ref();
        let output = match generate(document, self) {
            Ok(output) => output,
            Err(problems) => {
                rerun_if_changed(document);
                return fail(&problems);
            }
        };
        output.inputs.iter().for_each(|path| rerun_if_changed(path));
        for warning in &output.warnings {
            println!("cargo::warning={}", on_one_line(warning));
        }
        let out = match self.out_path() {
            Some(out) => {
                rerun_if_changed(out);
                out.to_path_buf()
            }
            None => match in_out_dir(document) {
                Some(out) => out,
                None => {
                    println!("cargo::error=`OUT_DIR` is not set: this is not a build script");
                    return ExitCode::FAILURE;
                }
            },
        };
        match output.write(&out) {
            Ok(_) => ExitCode::SUCCESS,
            Err(error) => {
                println!("cargo::error={}: cannot be written: {error}", out.display());
                ExitCode::FAILURE
            }
        }
    }
}

fn in_out_dir(document: &Path) -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("OUT_DIR")?);
    let mut file = document.file_stem()?.to_owned();
    file.push(".rs");
    Some(folder.join(file))
}

fn rerun_if_changed(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

fn fail(problems: &[Diagnostic]) -> ExitCode {
    for problem in problems {
        println!("cargo::error={}", on_one_line(problem));
    }
    ExitCode::FAILURE
}

/// Cargo takes one line for each message.
fn on_one_line(problem: &Diagnostic) -> String {
    let text = problem.to_string();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.join(" ")
}
