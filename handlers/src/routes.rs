//! Every operation, for whatever hosts them.

use std::sync::Arc;

use civicforge_runtime::operation::Route;

use crate::app::CivicForge;

/// Every operation of the contract. It compiles only while `CivicForge` carries all of them out.
pub fn routes(app: &Arc<CivicForge>) -> Vec<Route> {
    civicforge_api::routes(app)
}
