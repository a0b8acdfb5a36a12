//! `make` declares 4XX, 5XX and 201. `getAll` declares no conflict of its own, and no range that has one: `?` must not find a
//! way.

use civicforge_codegen_golden::responses::default::{GetAllError, MakeError};
use civicforge_runtime::status::Conflict;

fn state_allows_it() -> Result<(), Conflict> {
    Err(Conflict::default())
}

fn declared() -> Result<(), MakeError> {
    state_allows_it()?;
    Ok(())
}

fn undeclared() -> Result<(), GetAllError> {
    state_allows_it()?;
    Ok(())
}

fn main() {
    let _ = (declared(), undeclared());
}
