//! Making what a function works with.

use std::sync::Arc;

use civicforge_kernel::aws::objects::{Bucket, BucketAddress};
use civicforge_kernel::aws::queue;
use civicforge_kernel::aws::secrets::{self, Secrets};
use civicforge_kernel::aws::signed::SignedCalls;
use civicforge_kernel::aws::{self, SharedCredentialsProvider, Trust};
use civicforge_kernel::destinations::event_bus::{self, BusAddress};
use civicforge_kernel::keys::{CurrentKeys, KeyName, edge};
use civicforge_kernel::table::{CurrentShards, Freshness, OutboxSource, Table};
use civicforge_runtime::cors::Cors;
use civicforge_runtime::limits::Limits;
use civicforge_runtime::service::Service;
use url::Url;

use super::config::FunctionConfig;
use super::program::Program;
use crate::app::{CivicForge, Parts};
use crate::auth::jwks_cache::JwksPolicy;
use crate::auth::password::{PasswordError, Passwords};
use crate::health::{ExpectedKeys, ReadinessChecks};
use crate::mail::deliver::MailSettings;
use crate::media::Media;
use crate::sync::vendors::Vendors;
use crate::vendors::mail::{Ses, ses};
use civicforge_kernel::clock::Clock;

/// Why a function has nothing to work with.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Hashing passwords.
    #[error(transparent)]
    Passwords(#[from] PasswordError),
    /// The contract.
    #[error("two operations are at one place: {0}")]
    Routes(String),
}

/// Everything that a function works with. Nothing is waited for: a secret is read when a request first needs it, and what the table
/// says of itself with the first request that goes by it. A question now would make every start slower.
pub(super) struct Opened {
    /// What the handlers work with.
    pub(super) app: Arc<CivicForge>,
    /// The keys by which what comes through the distribution is known, where that is asked for.
    edge_keys: Option<CurrentKeys>,
    program: &'static Program,
    limits: Limits,
    cors: Cors,
}

impl Opened {
    pub(super) fn new(
        program: &'static Program,
        config: FunctionConfig,
        clock: Clock,
    ) -> Result<Self, OpenError> {
        let way = |http, endpoint: Option<&Url>, limits: &aws::Limits| {
            let (region, credentials) = (config.region.clone(), config.credentials.clone());
            aws::config(http, region, credentials, endpoint, limits)
        };
        let endpoint = config.endpoint.as_ref();
        let limits = aws::Limits::default();
        // A function has more of a processor now than with its first event.
        let http = aws::table_client(endpoint, &config.region, Trust::Amazon, &limits);
        let table = way(http, endpoint, &limits);
        // The stack's table always has its stream, and the pipe that reads it.
        let table = Table::new(&table, config.table.as_str()).with_outbox(OutboxSource::Stream);
        let services = program.events.and_then(|events| events.services);
        let failed_sign_ups = config.failed_sign_ups.as_ref().zip(services);
        let http = aws::http_client(Trust::Amazon);
        let failed_sign_ups = failed_sign_ups.map(|(url, services)| {
            let way = way(http.clone(), endpoint, &queue::LIMITS);
            (services.queue)(&way, url)
        });
        let keeper = way(http, config.secrets_endpoint.as_ref(), &secrets::LIMITS);
        let expected = ExpectedKeys {
            signing_keys: config.keys.signing_keys.is_some(),
            secret: config.keys.secret.is_some(),
        };
        let event_bus = config.event_bus.zip(services).map(|(bus, services)| {
            let region = event_bus::region_of(&bus)
                .unwrap_or(&config.region)
                .to_owned();
            let address = BusAddress {
                bus,
                region,
                endpoint: config.events_endpoint,
            };
            let provider = SharedCredentialsProvider::new(config.credentials.clone());
            (services.event_bus)(address, provider, Trust::Amazon, clock.clone())
        });
        let mailer = config.mail_from.zip(services).map(|(from, services)| {
            let address = ses::address(config.region.clone(), config.ses_endpoint);
            let provider = SharedCredentialsProvider::new(config.credentials.clone());
            let calls = SignedCalls::new(address, provider, Trust::Amazon, clock.clone());
            (services.mailer)(from, Ses::new(calls, config.ses_configuration_set))
        });
        let bucket = |name: String| {
            let address = BucketAddress {
                name,
                region: config.region.clone(),
                endpoint: config.s3_endpoint.clone(),
                public_endpoint: None,
            };
            let provider = SharedCredentialsProvider::new(config.credentials.clone());
            Bucket::new(address, provider, Trust::Amazon, clock.clone())
        };
        let media = Media {
            url: config.public_url.clone(),
            uploads: config.uploads_bucket.clone().map(bucket),
            images: config.images_bucket.clone().map(bucket),
            exports: config.exports_bucket.clone().map(bucket),
            told: None,
        };
        let mail = MailSettings {
            mailer,
            app_url: config.app_url,
            public_url: config.public_url,
        };
        let asks_for_edge = config.keys.edge_keys.is_some();
        let keeper = Secrets::new(&keeper);
        let vendors = Vendors::new(config.vendors, Some(keeper.clone()), clock.clone());
        let keys = CurrentKeys::when_needed(config.keys, Some(keeper));
        let app = CivicForge::new(Parts {
            shards: CurrentShards::new(table.clone(), Freshness::default()),
            table,
            keys: keys.clone(),
            token_names: config.token_names,
            token_lifetimes: config.token_lifetimes,
            trusted_issuers: config.trusted_issuers,
            jwks: JwksPolicy::default(),
            passwords: Passwords::new(config.password_cost, 1)?,
            failed_sign_ups,
            event_bus,
            vendors,
            mail,
            media,
            readiness: ReadinessChecks::of(expected),
            clock,
        });
        Ok(Self {
            app: Arc::new(app),
            edge_keys: asks_for_edge.then_some(keys),
            program,
            limits: Limits {
                body_bytes: config.max_body_bytes,
                request_timeout: config.request_timeout,
                ..Limits::default()
            },
            cors: config.cors.cors(),
        })
    }

    /// A service of these operations alone; none where the program does not have one of them.
    pub(super) fn service(&self, operations: &[&str]) -> Result<Option<Service>, OpenError> {
        let is_here = |id| operations.contains(&id);
        let mut here = (self.program.routes)(&self.app);
        here.retain(|route| is_here(route.descriptor().id));
        if here.len() != operations.len() {
            return Ok(None);
        }
        let all = civicforge_api::OPERATIONS.iter().copied();
        let mut service = Service::builder()
            .routes(here)
            .unserved(all.filter(|descriptor| !is_here(descriptor.id)))
            .limits(self.limits)
            .cors(self.cors.clone());
        if let Some(keys) = self.edge_keys.clone() {
            service = service.admit(edge::HEADER, move |shown| {
                let keys = keys.clone();
                async move {
                    let keys = keys.having(KeyName::Edge).await?;
                    Ok(keys.edge().is_some_and(|edge| edge.hold(&shown)))
                }
            });
        }
        let service = service.build();
        let service = service.map_err(|error| OpenError::Routes(error.to_string()))?;
        Ok(Some(service))
    }
}
