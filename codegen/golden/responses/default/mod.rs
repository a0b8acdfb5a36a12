// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "default".

pub mod get_all;
pub mod make;
pub mod only_default;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::get_all::{GetAllError, GetAllResponse, GetAllOkBody};
pub use self::make::{MakeError, MakeResponse};
pub use self::only_default::{OnlyDefaultError, OnlyDefaultResponse};

/// The operations of the tag "default".
pub trait DefaultApi: Sized + Send + Sync + 'static {
    /// `GET /all`
    fn get_all(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<GetAllResponse, GetAllError>> + Send;

    /// `POST /made`
    fn make(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<MakeResponse, MakeError>> + Send;

    /// `DELETE /only-default`
    fn only_default(
        &self,
        context: &Context,
    ) -> impl Future<Output = Result<OnlyDefaultResponse, OnlyDefaultError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: DefaultApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([
        Route::of::<get_all::GetAll, S>(server),
        Route::of::<make::Make, S>(server),
        Route::of::<only_default::OnlyDefault, S>(server),
    ])
}
