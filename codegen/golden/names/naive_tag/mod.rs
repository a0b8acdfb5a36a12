// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "naïve tag".

pub mod r#type;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::r#type::{TypeError, TypeRequest, TypeResponse};

/// The operations of the tag "naïve tag".
pub trait NaiveTagApi: Sized + Send + Sync + 'static {
    /// `GET /type/{fn}`
    fn r#type(
        &self,
        context: &Context,
        request: TypeRequest,
    ) -> impl Future<Output = Result<TypeResponse, TypeError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: NaiveTagApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([Route::of::<r#type::Type, S>(server)])
}
