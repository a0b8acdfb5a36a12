//! The command line of the generator.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[cfg(feature = "client")]
use civicforge_codegen::client::Layer;
use civicforge_codegen::diagnostic::{Code, Diagnostic, Severity};
use civicforge_codegen::{Config, load};
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Checks OpenAPI 3.0 documents, and writes Rust servers for them.
///
/// Exit code 0: no errors. 1: errors in a document. 2: wrong usage, a config with errors, or a file that cannot be read
/// or written.
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
        /// part of the output are removed. If it ends in `.rs`, the file to write everything into. By default it is
        /// the `out` of the config.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
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
        /// Writes a part of a crate that has errors, sessions and retries of its own, in place of a client that stands alone.
        #[arg(long)]
        layer: bool,
        #[command(flatten)]
        reading: Reading,
    },
    /// Lists the codes of diagnostics, what they mean, and what happens where they are allowed.
    Codes,
}

#[derive(Debug, Args)]
struct Reading {
    /// A TOML file with settings; the README lists them. The options below are added to those of the file.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Takes the errors of this code as warnings; `codes` lists them. May be repeated.
    #[arg(long, value_name = "CODE", value_parser = allowable)]
    allow: Vec<Code>,
    /// Takes it as an error where a server can answer what the document does not declare.
    #[arg(long)]
    strict: bool,
    /// Lets documents refer to files outside of their own folder.
    #[arg(long)]
    allow_outside: bool,
    /// Leaves out operations with errors, and the components that only they need, with a warning for each operation.
    #[arg(long)]
    skip_unsupported: bool,
}

impl Reading {
    /// The config, unless its file has a problem, which is printed.
    fn config(&self) -> Result<Config, ExitCode> {
        let mut config = match &self.config {
            None => Config::new(),
            Some(path) => Config::read(path).map_err(|found| {
                for problem in &found {
                    eprintln!("{problem}");
                }
                ExitCode::from(2)
            })?,
        };
        config = config.allow(self.allow.iter().copied());
        if self.strict {
            config = config.strict();
        }
        if self.allow_outside {
            config = config.allow_outside();
        }
        if self.skip_unsupported {
            config = config.skip_unsupported();
        }
        Ok(config)
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
    run(Command::parse().action).unwrap_or_else(|code| code)
}

fn run(action: Action) -> Result<ExitCode, ExitCode> {
    Ok(match action {
        Action::Check {
            files,
            format,
            reading,
        } => check(&files, format, &reading.config()?),
        Action::Generate { file, out, reading } => {
            let config = reading.config()?;
            let Some(out) = out.as_deref().or(config.out_path()) else {
                eprintln!("Where to write to is missing: give `--out`, or `out` in the config.");
                return Err(ExitCode::from(2));
            };
            generate(&file, out, &config)
        }
        #[cfg(feature = "client")]
        Action::Client {
            file,
            out,
            check,
            layer,
            reading,
        } => {
            let layer = match layer {
                true => Layer::Crate,
                false => Layer::Alone,
            };
            client(&file, &out, check, layer, &reading.config()?)
        }
        Action::Codes => codes(),
    })
}

/// Writes to standard output. A reader that has gone away, such as `head`, is no failure.
fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out
        .write_all(text.as_bytes())
        .and_then(|()| out.write_all(b"\n"));
}

fn check(files: &[PathBuf], format: Format, config: &Config) -> ExitCode {
    let mut all: Vec<Diagnostic> = Vec::new();
    let (mut clean, mut sound) = (0, 0);
    for file in files {
        let (found, ok) = match load(file, config) {
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

fn generate(file: &Path, out: &Path, config: &Config) -> ExitCode {
    let output = match civicforge_codegen::generate(file, config) {
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
    match output.write(out) {
        Ok(written) => {
            eprintln!(
                "{}: {} files in {}, {} of them changed",
                file.display(),
                written.files,
                out.display(),
                written.changed
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
fn client(file: &Path, out: &Path, check: bool, layer: Layer, config: &Config) -> ExitCode {
    let (model, warnings) = match load(file, config) {
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
    let client = match civicforge_codegen::client::generate(&model, layer) {
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
            "{}: is stale. Write it again without `--check`.",
            out.display(),
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
