//! Making what a function works with.

use std::sync::Arc;

use civicforge_runtime::operation::Route;
use civicforge_runtime::service::{Limits, Service};
use url::Url;

use super::config::FunctionConfig;
use super::secrets::SecretTexts;
use crate::adapters::queue::{self, Queue};
use crate::adapters::secrets::{self, Secrets, SecretsError};
use crate::app::{CivicForge, Clock, Parts};
use crate::auth::jwks_cache::JwksPolicy;
use crate::auth::keys::KeyError;
use crate::auth::password::{PasswordError, Passwords};
use crate::auth::public_keys::PublicKeyError;
use crate::auth::secret::SecretError;
use crate::aws::{self, Trust};
use crate::health::{ExpectedKeys, ReadinessChecks};
use crate::table::shards::Freshness;
use crate::table::{CurrentShards, OutboxSource, Table};

/// Why a function has nothing to work with.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Reading the secrets.
    #[error(transparent)]
    Unread(#[from] SecretsError),
    /// The signing keys.
    #[error("the signing keys can not be used: {0}")]
    Keys(#[from] KeyError),
    /// Their public halves.
    #[error("the public keys can not be used: {0}")]
    PublicKeys(#[from] PublicKeyError),
    /// The secret.
    #[error("the secret can not be used: {0}")]
    Secret(#[from] SecretError),
    /// Hashing passwords.
    #[error(transparent)]
    Passwords(#[from] PasswordError),
    /// Fetching the keys of other issuers.
    #[error("the keys of other issuers can not be fetched: {0}")]
    Issuers(#[from] reqwest::Error),
    /// The contract.
    #[error("two operations are at one place: {0}")]
    Routes(String),
}

/// What stays the same while secrets change. Nothing is asked of the table: that it is there is known from the first request,
/// and a question now would make every start slower.
pub(super) struct Means {
    config: FunctionConfig,
    clock: Clock,
    table: Table,
    shards: CurrentShards,
    failed_sign_ups: Option<Queue>,
    keeper: Secrets,
}

impl Means {
    pub(super) fn new(config: FunctionConfig, clock: Clock) -> Self {
        let way = |endpoint: Option<&Url>, limits: &aws::Limits| {
            let http = aws::http_client(endpoint, Trust::Amazon);
            let (region, credentials) = (config.region.clone(), config.credentials.clone());
            aws::config(http, region, credentials, endpoint, limits)
        };
        let endpoint = config.endpoint.as_ref();
        let table = way(endpoint, &aws::Limits::default());
        // The stack's table always has its stream, and the pipe that reads it.
        let table = Table::new(&table, config.table.as_str()).with_outbox(OutboxSource::Stream);
        let keeper = way(config.secrets_endpoint.as_ref(), &secrets::LIMITS);
        let failed_sign_ups = config.failed_sign_ups.as_ref();
        let failed_sign_ups =
            failed_sign_ups.map(|url| Queue::new(&way(endpoint, &queue::LIMITS), url));
        let keeper = Secrets::new(&keeper);
        Self {
            config,
            clock,
            shards: CurrentShards::new(table.clone(), Freshness::default()),
            table,
            failed_sign_ups,
            keeper,
        }
    }

    pub(super) fn config(&self) -> &FunctionConfig {
        &self.config
    }

    /// The secrets, as they are now.
    pub(super) async fn secrets(&self) -> Result<SecretTexts, OpenError> {
        SecretTexts::read(&self.keeper, &self.config).await
    }

    /// Everything that the handlers work with.
    pub(super) fn open(&self, secrets: &SecretTexts) -> Result<CivicForge, OpenError> {
        let config = &self.config;
        let signing_keys = secrets.signing_keys()?;
        let public_keys = secrets.public_keys(signing_keys.as_ref())?;
        Ok(CivicForge::new(Parts {
            table: self.table.clone(),
            shards: self.shards.clone(),
            secret: secrets.secret()?,
            signing_keys,
            public_keys,
            token_names: config.token_names.clone(),
            trusted_issuers: config.trusted_issuers.clone(),
            jwks: JwksPolicy::default(),
            passwords: Passwords::new(config.password_cost, 1)?,
            failed_sign_ups: self.failed_sign_ups.clone(),
            readiness: ReadinessChecks::of(ExpectedKeys {
                signing_keys: config.signing_keys.is_some(),
                secret: config.secret.is_some(),
            }),
            clock: self.clock.clone(),
        })?)
    }

    /// A service of these operations alone.
    pub(super) fn service(
        &self,
        operations: &[&str],
        secrets: &SecretTexts,
    ) -> Result<Service<CivicForge>, OpenError> {
        let routes = crate::routes::routes().into_iter();
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            routes.partition(|route| operations.contains(&route.descriptor().id));
        let service = Service::builder(Arc::new(self.open(secrets)?))
            .routes(here)
            .elsewhere(elsewhere.iter().map(Route::descriptor))
            .limits(Limits {
                body_bytes: self.config.max_body_bytes,
                request_timeout: self.config.request_timeout,
                ..Limits::default()
            })
            .cors(self.config.cors.cors());
        let service = service.build();
        service.map_err(|error| OpenError::Routes(error.to_string()))
    }
}
