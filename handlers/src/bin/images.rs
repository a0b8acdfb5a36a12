//! The program `images` of `sam/functions.yaml`; `CIVICFORGE_FUNCTION` says which of its functions it is.

use std::process::ExitCode;

fn main() -> ExitCode {
    civicforge_handlers::function::run(&civicforge_handlers::functions::IMAGES)
}
