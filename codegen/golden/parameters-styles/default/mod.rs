// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "default".

pub mod simple_path;
pub mod label_path;
pub mod matrix_path;
pub mod query_styles;
pub mod header_styles;
pub mod content_parameter;

use civicforge_runtime::context::Context;
use std::sync::Arc;
use civicforge_runtime::operation::Route;
pub use self::simple_path::{SimplePathError, SimplePathRequest, SimplePathResponse};
pub use self::label_path::{LabelPathError, LabelPathRequest, LabelPathResponse};
pub use self::matrix_path::{MatrixPathError, MatrixPathRequest, MatrixPathResponse};
pub use self::query_styles::{QueryStylesError, QueryStylesRequest, QueryStylesResponse};
pub use self::header_styles::{
    HeaderStylesError, HeaderStylesRequest, HeaderStylesResponse,
};
pub use self::content_parameter::{
    ContentParameterError, ContentParameterRequest, ContentParameterResponse,
};

/// The operations of the tag "default".
pub trait DefaultApi: Sized + Send + Sync + 'static {
    /// `GET /simple/{list}/{object}/{exploded}`
    fn simple_path(
        &self,
        context: &Context,
        request: SimplePathRequest,
    ) -> impl Future<Output = Result<SimplePathResponse, SimplePathError>> + Send;

    /// `GET /label/{a}/{b}`
    fn label_path(
        &self,
        context: &Context,
        request: LabelPathRequest,
    ) -> impl Future<Output = Result<LabelPathResponse, LabelPathError>> + Send;

    /// `GET /matrix/{a}/{b}`
    fn matrix_path(
        &self,
        context: &Context,
        request: MatrixPathRequest,
    ) -> impl Future<Output = Result<MatrixPathResponse, MatrixPathError>> + Send;

    /// `GET /query`
    fn query_styles(
        &self,
        context: &Context,
        request: QueryStylesRequest,
    ) -> impl Future<Output = Result<QueryStylesResponse, QueryStylesError>> + Send;

    /// `GET /header`
    fn header_styles(
        &self,
        context: &Context,
        request: HeaderStylesRequest,
    ) -> impl Future<Output = Result<HeaderStylesResponse, HeaderStylesError>> + Send;

    /// `GET /content`
    fn content_parameter(
        &self,
        context: &Context,
        request: ContentParameterRequest,
    ) -> impl Future<
        Output = Result<ContentParameterResponse, ContentParameterError>,
    > + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: DefaultApi>(server: &Arc<S>) -> Vec<Route> {
    Vec::from([
        Route::of::<simple_path::SimplePath, S>(server),
        Route::of::<label_path::LabelPath, S>(server),
        Route::of::<matrix_path::MatrixPath, S>(server),
        Route::of::<query_styles::QueryStyles, S>(server),
        Route::of::<header_styles::HeaderStyles, S>(server),
        Route::of::<content_parameter::ContentParameter, S>(server),
    ])
}
