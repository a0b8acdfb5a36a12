//! The operations of the tag Health.

use civicforge_api::health::{
    GetHealthError, GetHealthResponse, GetReadinessError, GetReadinessResponse, HealthApi,
};
use civicforge_api::types::{
    ComponentStatus, ComponentStatusStatus, Health as HealthBody, HealthStatus, Readiness,
    ReadinessStatus,
};
use civicforge_runtime::context::Context;
use civicforge_runtime::status::ServiceUnavailable;

use super::Health;

/// When a load balancer should look again.
const RETRY_AFTER_SECONDS: u64 = 5;

impl HealthApi for Health {
    async fn get_health(&self, _context: &Context) -> Result<GetHealthResponse, GetHealthError> {
        let body = HealthBody {
            status: HealthStatus::Ok,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        Ok(GetHealthResponse { body })
    }

    async fn get_readiness(
        &self,
        _context: &Context,
    ) -> Result<GetReadinessResponse, GetReadinessError> {
        let outcome = self.ready().await.map_err(|down| {
            ServiceUnavailable::default()
                .detail(format!("Down: {}.", down.join(", ")))
                .retry_after(RETRY_AFTER_SECONDS)
        });
        let components = outcome?.into_iter().map(|name| ComponentStatus {
            name: name.to_owned(),
            status: ComponentStatusStatus::Up,
        });
        Ok(GetReadinessResponse {
            body: Readiness {
                status: ReadinessStatus::Ready,
                components: components.collect(),
            },
        })
    }
}
