//! The client of the table: time-outs, retries and, for DynamoDB on AWS or elsewhere, the connection.
//!
//! The configuration is built by hand: `aws-config` would bring STS, SSO and a second HTTP stack, and what is
//! needed of it is a region and the credentials that the environment holds (on Lambda it always does).

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{
    BehaviorVersion, Credentials, Region, StalledStreamProtectionConfig,
};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

/// How long a call may take, and how often the SDK tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For a connection to come about.
    pub connect: Duration,
    /// For one attempt.
    pub attempt: Duration,
    /// For all attempts together.
    pub operation: Duration,
    /// How many attempts there are, the first included.
    pub attempts: u32,
    /// The bound of the first wait between them.
    pub backoff: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(1),
            attempt: Duration::from_secs(3),
            operation: Duration::from_secs(8),
            attempts: 3,
            backoff: Duration::from_millis(50),
        }
    }
}

/// Where a table on AWS, or something that speaks its protocol, is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The region, such as `eu-central-1`; from `AWS_REGION` where it is not given.
    pub region: Option<String>,
    /// The address of something else that speaks the protocol, such as `http://127.0.0.1:4566`.
    pub endpoint: Option<String>,
}

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// There is no region.
    #[error("no region: give --region or set AWS_REGION")]
    NoRegion,
    /// There are no credentials.
    #[error("no credentials: {0} is not set")]
    NoCredentials(&'static str),
}

/// A client of a table that is reached over the network, with the credentials of the environment.
pub fn connect(place: &Place, limits: &Limits) -> Result<Client, PlaceError> {
    use aws_smithy_http_client::{Builder, tls};
    let plain = place
        .endpoint
        .as_ref()
        .is_some_and(|at| at.starts_with("http://"));
    let http = if plain {
        Builder::new().build_http()
    } else {
        Builder::new()
            .tls_provider(tls::Provider::Rustls(
                tls::rustls_provider::CryptoMode::AwsLc,
            ))
            .build_https()
    };
    let env = |name: &'static str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let need = |name| env(name).ok_or(PlaceError::NoCredentials(name));
    let credentials = Credentials::new(
        need("AWS_ACCESS_KEY_ID")?,
        need("AWS_SECRET_ACCESS_KEY")?,
        env("AWS_SESSION_TOKEN"),
        None,
        "environment",
    );
    let region = place
        .region
        .clone()
        .or_else(|| env("AWS_REGION"))
        .or_else(|| env("AWS_DEFAULT_REGION"))
        .ok_or(PlaceError::NoRegion)?;
    Ok(client(
        http,
        region,
        credentials,
        place.endpoint.as_deref(),
        limits,
    ))
}

/// A client over any HTTP client: the network's, the embedded database's, or one of these with faults.
pub fn client(
    http: SharedHttpClient,
    region: String,
    credentials: Credentials,
    endpoint: Option<&str>,
    limits: &Limits,
) -> Client {
    let mut config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .http_client(http)
        .region(Region::new(region))
        .credentials_provider(credentials)
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(limits.connect)
                .operation_attempt_timeout(limits.attempt)
                .operation_timeout(limits.operation)
                .build(),
        )
        .retry_config(
            RetryConfig::standard()
                .with_max_attempts(limits.attempts)
                .with_initial_backoff(limits.backoff)
                .with_max_backoff(Duration::from_secs(1)),
        )
        // An answer is at most 1 MB and the attempt's time-out covers reading it.
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    if let Some(endpoint) = endpoint {
        config = config.endpoint_url(endpoint);
    }
    Client::from_conf(config.build())
}
