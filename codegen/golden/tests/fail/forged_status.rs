//! A response variant takes its own status alone.

use civicforge_codegen_golden::responses::default::GetAllError;
use civicforge_runtime::status::Conflict;

fn main() {
    let _ = GetAllError::NotFound(Conflict::default());
}
