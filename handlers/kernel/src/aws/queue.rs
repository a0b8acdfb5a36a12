//! A queue to put things on: SQS, or something that speaks its protocol.

use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::Builder;
use aws_sdk_sqs::error::DisplayErrorContext;
use aws_types::SdkConfig;
use url::Url;

use crate::aws::Limits;
use crate::telemetry::TraceInterceptor;

/// How long putting something on a queue may take: somebody may be waiting.
pub const LIMITS: Limits = Limits {
    connect: Duration::from_millis(500),
    attempt: Duration::from_millis(900),
    operation: Duration::from_secs(2),
    attempts: 3,
    backoff: Duration::from_millis(50),
};

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
    pub fn new(config: &SdkConfig, url: &Url) -> Self {
        let config = Builder::from(config)
            .endpoint_url(url.origin().ascii_serialization())
            .interceptor(TraceInterceptor::of("SQS"));
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
