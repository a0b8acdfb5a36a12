// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "Other things".

pub mod d;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::d::{DError, DResponse};

/// The operations of the tag "Other things".
pub trait OtherThingsApi: Sized + Send + Sync + 'static {
    /// `GET /d`
    fn d(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<DResponse, DError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: OtherThingsApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([Route::of::<d::D, S>(server)])
}
