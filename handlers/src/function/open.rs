//! Making what a function works with.

use std::sync::Arc;

use civicforge_kernel::aws::queue::{self, Queue};
use civicforge_kernel::aws::secrets::{self, Secrets};
use civicforge_kernel::aws::{self, SharedCredentialsProvider, Trust};
use civicforge_kernel::destinations::event_bus::{self, BusAddress, EventBus};
use civicforge_kernel::keys::edge;
use civicforge_kernel::keys::reload::KeyReloader;
use civicforge_kernel::keys::source::KeysError;
use civicforge_kernel::table::shards::Freshness;
use civicforge_kernel::table::{CurrentShards, OutboxSource, Table};
use civicforge_runtime::cors::Cors;
use civicforge_runtime::limits::Limits;
use civicforge_runtime::operation::Route;
use civicforge_runtime::service::Service;
use url::Url;

use super::config::FunctionConfig;
use crate::app::{CivicForge, Parts};
use crate::auth::jwks_cache::JwksPolicy;
use crate::auth::password::{PasswordError, Passwords};
use crate::health::{ExpectedKeys, ReadinessChecks};
use civicforge_kernel::clock::Clock;

/// Why a function has nothing to work with.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// Hashing passwords.
    #[error(transparent)]
    Passwords(#[from] PasswordError),
    /// The contract.
    #[error("two operations are at one place: {0}")]
    Routes(String),
}

/// Everything that a function works with. Nothing is asked of the table: that it is there is known from the first request, and a
/// question now would make every start slower.
pub(super) struct Opened {
    /// What the handlers work with.
    pub(super) app: Arc<CivicForge>,
    /// The keys, which are read again as they become old.
    pub(super) keys: KeyReloader,
    limits: Limits,
    cors: Cors,
}

impl Opened {
    pub(super) async fn new(config: FunctionConfig, clock: Clock) -> Result<Self, OpenError> {
        let way = |endpoint: Option<&Url>, limits: &aws::Limits| {
            let http = aws::http_client(endpoint, Trust::Amazon);
            let (region, credentials) = (config.region.clone(), config.credentials.clone());
            aws::config(http, region, credentials, endpoint, limits)
        };
        let endpoint = config.endpoint.as_ref();
        let table = way(endpoint, &aws::Limits::default());
        // The stack's table always has its stream, and the pipe that reads it.
        let table = Table::new(&table, config.table.as_str()).with_outbox(OutboxSource::Stream);
        let failed_sign_ups = config.failed_sign_ups.as_ref();
        let failed_sign_ups =
            failed_sign_ups.map(|url| Queue::new(&way(endpoint, &queue::LIMITS), url));
        let keeper = way(config.secrets_endpoint.as_ref(), &secrets::LIMITS);
        let expected = ExpectedKeys {
            signing_keys: config.keys.signing_keys.is_some(),
            secret: config.keys.secret.is_some(),
        };
        let event_bus = config.event_bus.map(|bus| {
            let region = event_bus::region_of(&bus)
                .unwrap_or(&config.region)
                .to_owned();
            let address = BusAddress {
                bus,
                region,
                endpoint: config.events_endpoint,
            };
            let provider = SharedCredentialsProvider::new(config.credentials.clone());
            EventBus::new(address, provider, Trust::Amazon, clock.clone())
        });
        let keys = KeyReloader::open(config.keys, Some(Secrets::new(&keeper))).await?;
        let app = CivicForge::new(Parts {
            shards: CurrentShards::new(table.clone(), Freshness::default()),
            table,
            keys: keys.current().clone(),
            token_names: config.token_names,
            token_lifetimes: config.token_lifetimes,
            trusted_issuers: config.trusted_issuers,
            jwks: JwksPolicy::default(),
            passwords: Passwords::new(config.password_cost, 1)?,
            failed_sign_ups,
            event_bus,
            readiness: ReadinessChecks::of(expected),
            clock,
        });
        Ok(Self {
            app: Arc::new(app),
            keys,
            limits: Limits {
                body_bytes: config.max_body_bytes,
                request_timeout: config.request_timeout,
                ..Limits::default()
            },
            cors: config.cors.cors(),
        })
    }

    /// A service of these operations alone.
    pub(super) fn service(&self, operations: &[&str]) -> Result<Service, OpenError> {
        let routes = self.app.routes().into_iter();
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            routes.partition(|route| operations.contains(&route.descriptor().id));
        let mut service = Service::builder()
            .routes(here)
            .unserved(elsewhere.iter().map(Route::descriptor))
            .limits(self.limits)
            .cors(self.cors.clone());
        let keys = self.keys.current().clone();
        // Whether there are any is the configuration's to say, and does not change.
        if keys.now().edge().is_some() {
            service = service.admit(edge::HEADER, move |shown| {
                keys.now().edge().is_some_and(|edge| edge.hold(shown))
            });
        }
        let service = service.build();
        service.map_err(|error| OpenError::Routes(error.to_string()))
    }
}
