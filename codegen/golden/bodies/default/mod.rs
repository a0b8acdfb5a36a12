// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "default".

pub mod post_json;
pub mod post_optional;
pub mod post_several;
pub mod post_form;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::post_json::{PostJsonError, PostJsonRequest, PostJsonResponse};
pub use self::post_optional::{
    PostOptionalError, PostOptionalRequest, PostOptionalResponse,
};
pub use self::post_several::{
    PostSeveralError, PostSeveralRequest, PostSeveralResponse, PostSeveralBody,
    PostSeveralOkBody,
};
pub use self::post_form::{PostFormError, PostFormRequest, PostFormResponse};

/// The operations of the tag "default".
pub trait DefaultApi: Sized + Send + Sync + 'static {
    /// `POST /json`
    fn post_json(
        &self,
        context: &Context,
        request: PostJsonRequest,
    ) -> impl Future<Output = Result<PostJsonResponse, PostJsonError>> + Send;

    /// `POST /optional`
    fn post_optional(
        &self,
        context: &Context,
        request: PostOptionalRequest,
    ) -> impl Future<Output = Result<PostOptionalResponse, PostOptionalError>> + Send;

    /// `POST /several`
    fn post_several(
        &self,
        context: &Context,
        request: PostSeveralRequest,
    ) -> impl Future<Output = Result<PostSeveralResponse, PostSeveralError>> + Send;

    /// `POST /form`
    fn post_form(
        &self,
        context: &Context,
        request: PostFormRequest,
    ) -> impl Future<Output = Result<PostFormResponse, PostFormError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: DefaultApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([
        Route::of::<post_json::PostJson, S>(server),
        Route::of::<post_optional::PostOptional, S>(server),
        Route::of::<post_several::PostSeveral, S>(server),
        Route::of::<post_form::PostForm, S>(server),
    ])
}
