// Written by civicforge-codegen from the contract. Change the contract, not this file.

//! The operations of the tag "Health".

pub mod get_health;
pub mod get_readiness;

use super::rt;
pub use self::get_health::{GetHealthError, GetHealthResponse};
pub use self::get_readiness::{GetReadinessError, GetReadinessResponse};

/// Whether the server runs and can do its work. For load balancers and operators.
pub trait HealthApi: Sized + Send + Sync + 'static {
    /// Say that the server runs.
    ///
    /// For anyone. Answers as soon as the process serves requests and looks at nothing else; use
    /// `getReadiness` to learn whether it can do its work. Codes: 400 `invalid_request`, 406
    /// `not_acceptable`.
    ///
    /// `GET /health`
    fn get_health(
        &self,
        context: &rt::Context,
    ) -> impl Future<Output = Result<GetHealthResponse, GetHealthError>> + Send;

    /// Say whether the server can do its work.
    ///
    /// For anyone. Checks everything that requests depend on. 200 means that all of it answers; 503
    /// says in `detail` what does not. Codes: 400 `invalid_request`, 406 `not_acceptable`.
    ///
    /// `GET /health/ready`
    fn get_readiness(
        &self,
        context: &rt::Context,
    ) -> impl Future<Output = Result<GetReadinessResponse, GetReadinessError>> + Send;
}

/// The operations of the tag, carried out by this server.
pub fn routes<S: HealthApi>(server: &rt::Arc<S>) -> Vec<rt::Route> {
    Vec::from([
        rt::Route::of::<get_health::GetHealth, S>(server),
        rt::Route::of::<get_readiness::GetReadiness, S>(server),
    ])
}
