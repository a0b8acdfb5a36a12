//! Region and credentials of a server, from wherever its host keeps them.
//!
//! `aws-config` asks in its usual order: environment variables, a profile, a web identity token (EKS), the container's
//! endpoint (ECS, EKS Pod Identity), the metadata service of the instance (version 2 only). What it gets is renewed before it
//! ends, and each attempt of a call is signed with what is valid then. Functions do not use it: Lambda has everything in
//! the environment, and `aws-config` brings STS along.

use aws_config::BehaviorVersion;
use aws_sdk_dynamodb::config::ProvideCredentials;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;

use super::{Endpoint, EndpointError, Limits, Trust, http_client, retries, timeouts};

/// The way to services over the network. Credentials are asked for once, so that a server without any does not start.
///
/// # Errors
///
/// [`EndpointError::NoRegion`] where neither the place nor the host names one, and [`EndpointError::Credentials`] where the host has
/// no credentials or gives something else.
pub async fn discover(place: &Endpoint, limits: &Limits) -> Result<SdkConfig, EndpointError> {
    // Credentials may come over HTTP or HTTPS, wherever the service itself is.
    let http = http_client(Trust::System);
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .timeout_config(timeouts(limits))
        .retry_config(retries(limits))
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
    if let Some(region) = &place.region {
        loader = loader.region(Region::new(region.clone()));
    }
    if let Some(endpoint) = &place.endpoint {
        // A URL's text ends in a slash that the SDK would double.
        loader = loader.endpoint_url(endpoint.as_str().trim_end_matches('/'));
    }
    let config = loader.load().await;
    if config.region().is_none() {
        return Err(EndpointError::NoRegion);
    }
    let provider = config
        .credentials_provider()
        .ok_or_else(|| EndpointError::Credentials("there is no provider".to_owned()))?;
    let found = provider.provide_credentials().await;
    found.map_err(|error| EndpointError::Credentials(reason(&error)))?;
    Ok(config)
}

/// An error with its causes: the outermost says only that credentials could not be loaded.
fn reason(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.ends_with(&more) {
            text = format!("{text}: {more}");
        }
        cause = error.source();
    }
    text
}
