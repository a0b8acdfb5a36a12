//! Making what a function works with.

use std::sync::Arc;

use super::config::FunctionConfig;
use crate::adapters::queue::Queue;
use crate::app::{CivicForge, Clock};
use crate::auth::issuers::TokenVerifier;
use crate::auth::jwks_cache::JwksPolicy;
use crate::auth::keys::{KeyError, SigningKeys};
use crate::auth::password::{PasswordError, Passwords};
use crate::auth::public_keys::{PublicKeyError, PublicKeys};
use crate::auth::secret::{Secret, SecretError};
use crate::table::Table;
use crate::table::remote::{self, Limits, PlaceError, Trust};

/// Why a function has nothing to work with.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The way to the table.
    #[error("AWS can not be reached: {0}")]
    Place(#[from] PlaceError),
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
}

/// What a function keeps from everybody, of the parts that it was given.
struct Secrets {
    signing_keys: Option<Arc<SigningKeys>>,
    public_keys: Arc<PublicKeys>,
    secret: Secret,
}

/// Makes it all. Nothing is asked of the table: that it is there is known from the first request, and a question now would
/// make every start slower.
pub(super) async fn open(config: &FunctionConfig, clock: Clock) -> Result<CivicForge, OpenError> {
    // A URL's text ends in a slash that the SDK would double.
    let endpoint = config.endpoint.as_ref();
    let endpoint = endpoint.map(|url| url.as_str().trim_end_matches('/').to_owned());
    let http = remote::http_client(endpoint.as_deref(), Trust::Amazon);
    let credentials = remote::credentials()?;
    let client = remote::client(
        http.clone(),
        config.region.clone(),
        credentials.clone(),
        endpoint.as_deref(),
        &Limits::default(),
    );
    let failed_sign_ups = config.failed_sign_ups.as_ref();
    let failed_sign_ups =
        failed_sign_ups.map(|url| Queue::new(http, config.region.clone(), credentials, url));
    let secrets = secrets(config).await?;
    let (fingerprints, page_tokens) = CivicForge::derived(&secrets.secret);
    let verifier = TokenVerifier::new(
        secrets.public_keys.clone(),
        config.token_names.clone(),
        config.trusted_issuers.clone(),
        JwksPolicy::default(),
    )?;
    Ok(CivicForge {
        table: Table::new(client, config.table.as_str()),
        shards: config.shards,
        page_tokens,
        fingerprints,
        passwords: Passwords::new(config.password_cost, 1)?,
        signing_keys: secrets.signing_keys,
        public_keys: secrets.public_keys,
        token_names: config.token_names.clone(),
        verifier: Arc::new(verifier),
        failed_sign_ups,
        clock,
    })
}

async fn secrets(config: &FunctionConfig) -> Result<Secrets, OpenError> {
    let signing_keys = config.signing_keys.as_ref();
    let signing_keys = signing_keys
        .map(|pem| SigningKeys::from_pem(pem.expose()).map(Arc::new))
        .transpose()?;
    let public_keys = match (&config.public_keys, &signing_keys) {
        (Some(document), _) => Arc::new(PublicKeys::from_json(document.expose())?),
        (None, Some(keys)) => keys.public().clone(),
        (None, None) => Arc::new(PublicKeys::none()),
    };
    let secret = match &config.secret {
        Some(text) => Secret::from_base64(text.expose())?,
        // Those without one are asked for no page, and answer no request.
        None => Secret::generate()?,
    };
    Ok(Secrets {
        signing_keys,
        public_keys,
        secret,
    })
}
