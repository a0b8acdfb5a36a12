//! The operations of the tag Health.

use std::time::Duration;

use civicforge_api::health::{
    GetHealthError, GetHealthResponse, GetReadinessError, GetReadinessResponse, HealthApi,
};
use civicforge_api::types::{
    ComponentStatus, ComponentStatusStatus, Health, HealthStatus, Readiness, ReadinessStatus,
};
use civicforge_runtime::context::Context;
use civicforge_runtime::status::ServiceUnavailable;

use crate::app::CivicForge;

/// How long the table has to answer. Load balancers ask often and give up soon.
const PATIENCE: Duration = Duration::from_secs(2);

/// When a load balancer should look again.
const RETRY_AFTER_SECONDS: u64 = 5;

impl HealthApi for CivicForge {
    async fn get_health(&self, _context: &Context) -> Result<GetHealthResponse, GetHealthError> {
        let body = Health {
            status: HealthStatus::Ok,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        Ok(GetHealthResponse { body })
    }

    async fn get_readiness(
        &self,
        _context: &Context,
    ) -> Result<GetReadinessResponse, GetReadinessError> {
        let answer = tokio::time::timeout(PATIENCE, self.table.ping()).await;
        let problem = match answer {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("no answer in time".to_owned()),
        };
        if let Some(problem) = problem {
            // Why it is down is for the log: anybody may call this.
            tracing::warn!(component = "table", problem, "not ready");
            return Err(ServiceUnavailable::default()
                .detail("Down: table.")
                .retry_after(RETRY_AFTER_SECONDS)
                .into());
        }
        // There is no server without signing keys: they are read before it starts.
        let up = |name: &str| ComponentStatus {
            name: name.to_owned(),
            status: ComponentStatusStatus::Up,
        };
        Ok(GetReadinessResponse {
            body: Readiness {
                status: ReadinessStatus::Ready,
                components: vec![up("table"), up("signingKeys")],
            },
        })
    }
}
