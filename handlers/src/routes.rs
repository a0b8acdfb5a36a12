//! Every operation, for whatever hosts them.

use civicforge_api::health;
use civicforge_runtime::operation::Route;

use crate::app::CivicForge;

/// Every operation.
pub fn routes() -> Vec<Route<CivicForge>> {
    Vec::from([
        Route::of::<health::get_health::GetHealth>(),
        Route::of::<health::get_readiness::GetReadiness>(),
    ])
}
