// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "default".

pub mod post_thing;
pub mod get_local;

use civicforge_runtime::context::Context;
use super::security::Authenticate;
pub use self::post_thing::{PostThingError, PostThingRequest, PostThingResponse};
pub use self::get_local::{GetLocalError, GetLocalRequest, GetLocalResponse};

/// The operations of the tag "default".
pub trait DefaultApi: Authenticate {
    /// `POST /things`
    fn post_thing(
        &self,
        context: &Context,
        request: PostThingRequest,
    ) -> impl Future<Output = Result<PostThingResponse, PostThingError>> + Send;

    /// `GET /local`
    fn get_local(
        &self,
        context: &Context,
        request: GetLocalRequest,
    ) -> impl Future<Output = Result<GetLocalResponse, GetLocalError>> + Send;
}
