//! `getThing` lists `conflict` and `in_use` for its 409, and `deleteThing` does not list `conflict`.

use civicforge_codegen_golden::problem_codes::codes::InUse;
use civicforge_codegen_golden::problem_codes::default::{DeleteThingError, GetThingError};
use civicforge_runtime::codes::InvalidPageToken;
use civicforge_runtime::status::Conflict;

fn listed() -> Result<(), GetThingError> {
    Err(Conflict::default())?;
    Err(Conflict::new(InUse))?;
    Ok(())
}

fn usual_code() -> Result<(), DeleteThingError> {
    Err(Conflict::new(InUse))?;
    Err(Conflict::default())?;
    Ok(())
}

fn code_of_another_status() -> Result<(), DeleteThingError> {
    Err(Conflict::new(InvalidPageToken))?;
    Ok(())
}

fn main() {
    let _ = (listed(), usual_code(), code_of_another_status());
}
