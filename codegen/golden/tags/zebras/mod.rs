// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "zebras".

pub mod b;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::b::{BError, BResponse};

/// Striped.
pub trait ZebrasApi: Sized + Send + Sync + 'static {
    /// `GET /b`
    fn b(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<BResponse, BError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: ZebrasApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([Route::of::<b::B, S>(server)])
}
