//! The command line of the generator.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use civicforge_codegen::diagnostic::{Code, Diagnostic, Severity};
use civicforge_codegen::source::ExternalRefs;
use civicforge_codegen::{Options, load};
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Checks OpenAPI 3.0 documents, and writes Rust servers for them.
///
/// Exit code 0: no errors. 1: errors in a document. 2: wrong usage, or a file that cannot be read or written.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
struct Command {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Says what is wrong with documents, with file, line and column.
    Check {
        /// OpenAPI 3.0 documents, in YAML or JSON.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// How diagnostics are written to standard output.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        #[command(flatten)]
        reading: Reading,
    },
    /// Writes a Rust server for a document: types, one trait for each tag, and the dispatch table.
    Generate {
        /// An OpenAPI 3.0 document, in YAML or JSON.
        file: PathBuf,
        /// The folder to write to. Only files that changed are written, and generated files that are no longer
        /// part of the output are removed. If it ends in `.rs`, the file to write everything into.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        #[command(flatten)]
        reading: Reading,
    },
    /// Writes a Rust client for a document.
    #[cfg(feature = "client")]
    Client {
        /// An OpenAPI 3.0 document, in YAML or JSON.
        file: PathBuf,
        /// The file to write.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Writes nothing, and fails if the file is not what would be written.
        #[arg(long)]
        check: bool,
        #[command(flatten)]
        reading: Reading,
    },
    /// Lists the codes of diagnostics, what they mean, and what happens where they are allowed.
    Codes,
}

#[derive(Debug, Args)]
struct Reading {
    /// Takes the errors of this code as warnings; `codes` lists them. May be repeated.
    #[arg(long, value_name = "CODE", value_parser = allowable)]
    allow: Vec<Code>,
    /// Takes it as an error where a server can answer what the document does not declare.
    #[arg(long)]
    strict: bool,
    /// Lets documents refer to files outside of their own folder.
    #[arg(long)]
    allow_outside: bool,
}

impl Reading {
    fn options(&self) -> Options {
        let outside = if self.allow_outside {
            ExternalRefs::Allowed
        } else {
            ExternalRefs::Refused
        };
        Options {
            allow: self.allow.clone(),
            is_strict: self.strict,
            outside,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// `file:line:column: code: message`, and a line for the hint.
    Text,
    /// One JSON array of objects.
    Json,
}

fn allowable(text: &str) -> Result<Code, String> {
    let code: Code = text.parse()?;
    if code.can_be_allowed() {
        Ok(code)
    } else {
        Err(format!(
            "`{code}` cannot be allowed: there is no way to go on"
        ))
    }
}

fn main() -> ExitCode {
    let command = Command::parse();
    match command.action {
        Action::Check {
            files,
            format,
            reading,
        } => check(&files, format, &reading.options()),
        Action::Generate { file, out, reading } => generate(&file, &out, &reading.options()),
        #[cfg(feature = "client")]
        Action::Client {
            file,
            out,
            check,
            reading,
        } => client(&file, &out, check, &reading.options()),
        Action::Codes => codes(),
    }
}

/// Writes to standard output. A reader that has gone away, such as `head`, is no failure.
fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out
        .write_all(text.as_bytes())
        .and_then(|()| out.write_all(b"\n"));
}

fn check(files: &[PathBuf], format: Format, options: &Options) -> ExitCode {
    let mut all: Vec<Diagnostic> = Vec::new();
    let (mut clean, mut sound) = (0, 0);
    for file in files {
        let (found, ok) = match load(file, options) {
            Ok((_, warnings)) => (warnings, true),
            Err(found) => (found, false),
        };
        let (errors, warnings) = counts(&found);
        let verdict = if ok { "ok" } else { "refused" };
        eprintln!(
            "{}: {verdict}, {errors} errors, {warnings} warnings",
            file.display()
        );
        clean += usize::from(found.is_empty());
        sound += usize::from(ok);
        if matches!(format, Format::Text) {
            for diagnostic in &found {
                say(&diagnostic.to_string());
            }
        }
        all.extend(found);
    }
    if matches!(format, Format::Json) {
        match serde_json::to_string_pretty(&all) {
            Ok(text) => say(&text),
            Err(error) => eprintln!("The diagnostics cannot be written: {error}."),
        }
    }
    eprintln!(
        "{} files: {sound} ok, {clean} of them without any diagnostic",
        files.len()
    );
    exit_code(&all)
}

fn counts(found: &[Diagnostic]) -> (usize, usize) {
    let errors = found
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .count();
    (errors, found.len() - errors)
}

fn exit_code(found: &[Diagnostic]) -> ExitCode {
    let errors = || {
        found
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
    };
    if errors().any(|diagnostic| diagnostic.code == Code::Io) {
        ExitCode::from(2)
    } else if errors().next().is_some() {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    }
}

fn generate(file: &Path, out: &Path, options: &Options) -> ExitCode {
    let output = match civicforge_codegen::generate(file, options) {
        Ok(output) => output,
        Err(found) => {
            for diagnostic in &found {
                say(&diagnostic.to_string());
            }
            let (errors, warnings) = counts(&found);
            eprintln!(
                "{}: refused, {errors} errors, {warnings} warnings",
                file.display()
            );
            return exit_code(&found);
        }
    };
    for diagnostic in &output.warnings {
        say(&diagnostic.to_string());
    }
    let is_file = out.extension().is_some_and(|extension| extension == "rs");
    let written = match is_file {
        true => {
            civicforge_codegen::write_file(out, &civicforge_codegen::single_file(&output.files))
                .map(|changed| (1, usize::from(changed)))
        }
        false => civicforge_codegen::write(&output.files, out)
            .map(|changed| (output.files.len(), changed)),
    };
    match written {
        Ok((total, changed)) => {
            eprintln!(
                "{}: {total} files in {}, {changed} of them changed",
                file.display(),
                out.display()
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: cannot be written: {error}", out.display());
            ExitCode::from(2)
        }
    }
}

#[cfg(feature = "client")]
fn client(file: &Path, out: &Path, check: bool, options: &Options) -> ExitCode {
    let (model, warnings) = match load(file, options) {
        Ok(loaded) => loaded,
        Err(found) => {
            for diagnostic in &found {
                say(&diagnostic.to_string());
            }
            return exit_code(&found);
        }
    };
    for diagnostic in &warnings {
        say(&diagnostic.to_string());
    }
    let client = match civicforge_codegen::client::generate(&model) {
        Ok(client) => client,
        Err(failure) => {
            eprintln!("{}: {failure}", file.display());
            return ExitCode::from(1);
        }
    };
    for note in &client.notes {
        say(&format!(
            "{}: note: {} ({})",
            file.display(),
            note.message,
            note.pointer
        ));
    }
    let fresh = std::fs::read(out).is_ok_and(|old| old == client.source.as_bytes());
    if check && !fresh {
        eprintln!(
            "{}: is stale. Write it again with `client {} --out {}`.",
            out.display(),
            file.display(),
            out.display()
        );
        return ExitCode::from(1);
    }
    if !fresh && let Err(error) = std::fs::write(out, client.source) {
        eprintln!("{}: cannot be written: {error}", out.display());
        return ExitCode::from(2);
    }
    let verdict = if fresh { "is fresh" } else { "written" };
    eprintln!("{}: {verdict}", out.display());
    ExitCode::SUCCESS
}

fn codes() -> ExitCode {
    for code in Code::ALL {
        let kind = match (code.severity(), code.can_be_allowed()) {
            (Severity::Error, true) => "error",
            (Severity::Error, false) => "error, cannot be allowed",
            (Severity::Warning, _) => "warning",
        };
        say(&format!("{code} ({kind})\n    {}", code.explanation()));
    }
    ExitCode::SUCCESS
}
