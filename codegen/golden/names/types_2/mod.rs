// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "types".

pub mod mod_2;
pub mod context;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::mod_2::{ModError, ModResponse};
pub use self::context::{ContextOperationError, ContextOperationResponse};

/// The operations of the tag "types".
pub trait TypesApi: Sized + Send + Sync + 'static {
    /// `GET /mod`
    fn mod_2(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<ModResponse, ModError>> + Send;

    /// `PUT /mod`
    fn context(
        &self,
        context: &Context,
    ) -> impl Future<
        Output = Result<ContextOperationResponse, ContextOperationError>,
    > + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: TypesApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([
        Route::of::<mod_2::Mod, S>(server),
        Route::of::<context::ContextOperation, S>(server),
    ])
}
