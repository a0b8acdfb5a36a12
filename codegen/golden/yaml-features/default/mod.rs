// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "default".

pub mod no;
pub mod yes;

use civicforge_runtime::context::Context;
use super::security::Authenticate;
pub use self::no::{NoError, NoResponse};
pub use self::yes::{YesError, YesResponse};

/// The operations of the tag "default".
pub trait DefaultApi: Authenticate {
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
