//! The program of every Lambda function; `CIVICFORGE_FUNCTION` says which one it is.

use std::process::ExitCode;

fn main() -> ExitCode {
    civicforge_handlers::function::run()
}
