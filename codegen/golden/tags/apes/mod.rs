// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "apes".

pub mod a;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::a::{AError, AResponse};

/// The operations of the tag "apes".
pub trait ApesApi: Sized + Send + Sync + 'static {
    /// `GET /a`
    fn a(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<AResponse, AError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: ApesApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([Route::of::<a::A, S>(server)])
}
