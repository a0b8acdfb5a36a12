//! Writes `generated/` from `openapi.yaml`, before it is compiled.
//!
//! Only files whose text changed are written, so that an unchanged contract rebuilds nothing. A contract with a problem
//! fails the build, at the problem's line and column.

use std::process::ExitCode;

use civicforge_codegen::Config;

fn main() -> ExitCode {
    Config::new()
        .strict()
        .out("generated")
        .build("openapi.yaml")
}
