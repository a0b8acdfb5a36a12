//! A queue to put things on: SQS, or something that speaks its protocol.

use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::{BehaviorVersion, Credentials, Region, StalledStreamProtectionConfig};
use aws_sdk_sqs::error::DisplayErrorContext;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use url::Url;

use crate::telemetry::Told;

/// For a connection to come about.
const CONNECT: Duration = Duration::from_millis(500);
/// For one attempt.
const ATTEMPT: Duration = Duration::from_millis(900);
/// For all of them.
const OPERATION: Duration = Duration::from_secs(2);

/// One queue.
#[derive(Debug, Clone)]
pub struct Queue {
    client: Client,
    url: String,
}

/// Something is not on the queue.
#[derive(Debug, thiserror::Error)]
#[error("nothing can be put on the queue: {0}")]
pub struct QueueError(String);

impl Queue {
    /// The queue of this URL. It is reached where the URL says, so that it need not be on AWS.
    pub fn new(
        http: SharedHttpClient,
        region: String,
        credentials: Credentials,
        url: &Url,
    ) -> Self {
        let config = aws_sdk_sqs::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(http)
            .interceptor(Told("SQS"))
            .region(Region::new(region))
            .credentials_provider(credentials)
            .endpoint_url(url.origin().ascii_serialization())
            .timeout_config(
                TimeoutConfig::builder()
                    .connect_timeout(CONNECT)
                    .operation_attempt_timeout(ATTEMPT)
                    .operation_timeout(OPERATION)
                    .build(),
            )
            .retry_config(
                RetryConfig::standard()
                    .with_max_attempts(3)
                    .with_initial_backoff(Duration::from_millis(50))
                    .with_max_backoff(Duration::from_millis(500)),
            )
            // An answer is small, and the attempt's time-out covers reading it.
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
        Self {
            client: Client::from_conf(config.build()),
            url: url.to_string(),
        }
    }

    /// Puts a text on it.
    pub async fn send(&self, body: String) -> Result<(), QueueError> {
        self.client
            .send_message()
            .queue_url(&self.url)
            .message_body(body)
            .send()
            .await
            .map(|_| ())
            .map_err(|error| QueueError(DisplayErrorContext(error).to_string()))
    }
}
