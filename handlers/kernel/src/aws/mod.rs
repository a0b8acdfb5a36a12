//! How services of AWS are reached: connection, credentials, time-outs, retries. The same for all of them, and for what
//! speaks their protocols elsewhere.
//!
//! A function's configuration is built by hand of the region and the credentials in its environment, where Lambda always puts
//! them. A server finds them as AWS's own tools do (`chain`).

#[cfg(feature = "server")]
mod chain;
#[cfg(feature = "server")]
pub mod dead_letters;
mod http;
pub mod objects;
pub mod queue;
pub mod secrets;
pub mod signed;

use std::sync::OnceLock;
use std::time::Duration;

use ::http::Uri;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::{SharedHttpClient, SharedHttpConnector, http_client_fn};
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;
use futures::FutureExt;
use url::Url;

#[cfg(feature = "server")]
pub use chain::discover;

use self::http::Connections;

pub use self::http::was_not_sent;

pub use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};

/// Amazon Root CA 1 to 4, and Starfield's, under which Amazon's first one is cross-signed: the roots that
/// <https://www.amazontrust.com/repository/> asks clients to trust. The first of them ends in 2037.
pub const AMAZON_ROOTS: &[u8] = include_bytes!("amazon-roots.pem");

/// Whose certificates are believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// Those of the authorities that the system trusts.
    System,
    /// Those of Amazon's own authorities. Reading the system's takes most of the time that a function needs to start.
    Amazon,
}

/// How long a connection may take to what is not AWS's.
const ELSEWHERE: Duration = Duration::from_secs(5);

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

/// Where a service is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endpoint {
    /// The region, such as `eu-central-1`; from `AWS_REGION` where it is not given.
    pub region: Option<String>,
    /// The address of something else that speaks the protocol, such as `http://127.0.0.1:4566`.
    pub endpoint: Option<Url>,
}

/// Why a service cannot be reached.
#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    /// There is no region.
    #[error("no region: give --region or set AWS_REGION")]
    NoRegion,
    /// There are no credentials.
    #[error("no credentials: {0} is not set")]
    NoCredentials(&'static str),
    /// The host gives none, or something else.
    #[error("no credentials: {0}")]
    Credentials(String),
}

/// The way to services over the network, with the credentials of the environment.
pub fn connect(
    place: &Endpoint,
    trust: Trust,
    limits: &Limits,
) -> Result<SdkConfig, EndpointError> {
    let need = |name| variable(name).ok_or(EndpointError::NoCredentials(name));
    let credentials = Credentials::new(
        need("AWS_ACCESS_KEY_ID")?,
        need("AWS_SECRET_ACCESS_KEY")?,
        variable("AWS_SESSION_TOKEN"),
        None,
        "environment",
    );
    let region = place
        .region
        .clone()
        .or_else(|| variable("AWS_REGION"))
        .or_else(|| variable("AWS_DEFAULT_REGION"))
        .ok_or(EndpointError::NoRegion)?;
    let endpoint = place.endpoint.as_ref();
    let http = http_client(trust);
    Ok(config(http, region, credentials, endpoint, limits))
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// What carries requests to AWS, or to another endpoint. It is made with the first of them.
pub fn http_client(trust: Trust) -> SharedHttpClient {
    let made = OnceLock::new();
    http_client_fn(move |settings, _| {
        let within = settings.connect_timeout().unwrap_or(ELSEWHERE);
        let make = || Connections::new(trust, within).connector();
        made.get_or_init(make).clone()
    })
}

/// The same for the table at this endpoint, or the region's own. A connection is begun now, and nobody waits for it: the first
/// request finds it made, or takes it as soon as it is. Call it in a runtime.
pub fn table_client(
    endpoint: Option<&Url>,
    region: &str,
    trust: Trust,
    limits: &Limits,
) -> SharedHttpClient {
    let connections = Connections {
        ahead: table_address(endpoint, region),
        ..Connections::new(trust, limits.connect)
    };
    let connector = connections.connector();
    http_client_fn(move |_, _| connector.clone())
}

fn table_address(endpoint: Option<&Url>, region: &str) -> Option<Uri> {
    use aws_sdk_dynamodb::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};

    if let Some(endpoint) = endpoint {
        return endpoint.as_str().parse().ok();
    }
    let region = Params::builder().region(region.to_owned()).build().ok()?;
    let resolver = DefaultResolver::new();
    let found = resolver.resolve_endpoint(&region).now_or_never()?.ok()?;
    found.url().parse().ok()
}

/// What carries requests to places that are not AWS's services, such as the keys of an issuer of tokens. It follows no redirect,
/// and goes through the proxy that the environment names.
pub fn connector(trust: Trust) -> SharedHttpConnector {
    Connections::new(trust, ELSEWHERE).by_proxy().connector()
}

/// The same with a connection for each request: for those that must not be sent twice. One over a connection that was kept may be lost
/// because the other side has closed it meanwhile, and nobody knows then whether it was received.
pub fn connector_for_each(trust: Trust) -> SharedHttpConnector {
    let connections = Connections {
        once: true,
        ..Connections::new(trust, ELSEWHERE)
    };
    connections.by_proxy().connector()
}

/// What carries requests to places that somebody else has named: straight, and to public addresses alone unless others are allowed.
/// It follows no redirect.
pub fn direct_connector(allow_private: bool) -> SharedHttpConnector {
    let connections = Connections {
        only_public: !allow_private,
        ..Connections::new(Trust::System, ELSEWHERE)
    };
    connections.connector()
}

/// An error with what is behind it, which is where the reason is.
pub fn reasons(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    text
}

/// The way over any HTTP client: the network's, the embedded database's, or one of these with faults.
pub fn config(
    http: SharedHttpClient,
    region: String,
    credentials: Credentials,
    endpoint: Option<&Url>,
    limits: &Limits,
) -> SdkConfig {
    let mut config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .http_client(http)
        .region(Region::new(region))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .timeout_config(timeouts(limits))
        .retry_config(retries(limits))
        // An answer is at most a few megabytes, and the attempt's time-out covers reading it.
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    if let Some(endpoint) = endpoint {
        // A URL's text ends in a slash that the SDK would double.
        config = config.endpoint_url(endpoint.as_str().trim_end_matches('/'));
    }
    config.build()
}

fn timeouts(limits: &Limits) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(limits.connect)
        .operation_attempt_timeout(limits.attempt)
        .operation_timeout(limits.operation)
        .build()
}

fn retries(limits: &Limits) -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(limits.attempts)
        .with_initial_backoff(limits.backoff)
        .with_max_backoff(Duration::from_secs(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_at_its_endpoint_or_at_that_of_its_region() {
        let address = |endpoint: Option<&str>, region| {
            let endpoint = endpoint.map(|url| url.parse().unwrap());
            table_address(endpoint.as_ref(), region).unwrap()
        };
        assert_eq!(
            address(None, "eu-central-1"),
            "https://dynamodb.eu-central-1.amazonaws.com"
        );
        assert_eq!(
            address(None, "cn-north-1"),
            "https://dynamodb.cn-north-1.amazonaws.com.cn"
        );
        let here = address(Some("http://127.0.0.1:8000"), "eu-central-1");
        assert_eq!(here, "http://127.0.0.1:8000/");
    }
}
