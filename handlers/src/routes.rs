//! Every operation, for whatever hosts them.

use civicforge_runtime::operation::Route;

use crate::app::CivicForge;

/// Every operation of the contract. It compiles only while `CivicForge` carries all of them out.
pub fn routes() -> Vec<Route<CivicForge>> {
    civicforge_api::routes()
}
