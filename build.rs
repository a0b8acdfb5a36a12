//! Writes `generated/` from `openapi.yaml`, before it is compiled.
//!
//! Only files whose text changed are written, so that an unchanged contract rebuilds nothing. A contract with a problem
//! fails the build, at the problem's line and column.

use std::path::Path;
use std::process::ExitCode;

use civicforge_codegen::{Options, generate, write};

const CONTRACT: &str = "openapi.yaml";

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed={CONTRACT}");
    println!("cargo::rerun-if-changed=generated");
    let options = Options {
        is_strict: true,
        ..Options::default()
    };
    let output = match generate(Path::new(CONTRACT), &options) {
        Ok(output) => output,
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={}", problem.to_string().replace('\n', " "));
            }
            return ExitCode::FAILURE;
        }
    };
    for warning in output.warnings {
        println!("cargo::warning={}", warning.to_string().replace('\n', " "));
    }
    if let Err(error) = write(&output.files, Path::new("generated")) {
        println!("cargo::error=cannot write generated/: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
