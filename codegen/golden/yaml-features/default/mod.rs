// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "default".

pub mod no;
pub mod yes;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::no::{NoError, NoResponse};
pub use self::yes::{YesError, YesResponse};

/// The operations of the tag "default".
pub trait DefaultApi: Sized + Send + Sync + 'static {
    /// `GET /yes`
    fn no(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<NoResponse, NoError>> + Send;

    /// `POST /yes`
    fn yes(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<YesResponse, YesError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: DefaultApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([Route::of::<no::No, S>(server), Route::of::<yes::Yes, S>(server)])
}
