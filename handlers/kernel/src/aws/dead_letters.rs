//! The dead letters of a queue, for an operator who looks at them and takes single ones away.
//!
//! SQS has no way to look at messages: whoever looks receives them, and others do not see them meanwhile. They are put back when
//! the look is over, and come back by themselves where that fails. A queue of dead letters moves nothing on, so being received often
//! does no harm there; in the queue before it, it would, so nothing is received from that one.

use std::collections::BTreeMap;
use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::Builder;
use aws_sdk_sqs::error::DisplayErrorContext;
use aws_sdk_sqs::types::{ChangeMessageVisibilityBatchRequestEntry, QueueAttributeName};
use aws_sdk_sqs::types::{Message, MessageSystemAttributeName};
use aws_types::SdkConfig;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use url::Url;

use crate::aws::Limits;
use crate::telemetry::TraceInterceptor;

/// How long calls may take: an empty queue is waited for.
pub const LIMITS: Limits = Limits {
    connect: Duration::from_secs(1),
    attempt: Duration::from_secs(5),
    operation: Duration::from_secs(15),
    attempts: 3,
    backoff: Duration::from_millis(50),
};

/// How long others do not see what was received.
const HIDDEN: Duration = Duration::from_secs(120);
/// With a wait, SQS asks all of its servers; without, an answer may be empty though there are messages.
const WAIT: Duration = Duration::from_secs(1);
/// SQS takes and gives no more in one call.
const BATCH: usize = 10;

/// The dead letters behind one queue.
#[derive(Debug, Clone)]
pub struct DeadLetters {
    client: Client,
    url: String,
    /// How many messages are on the queue before it.
    waiting: u64,
}

/// One dead letter. Nobody else sees it for a while.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its id, the same as on the queue before.
    pub id: String,
    /// What it says.
    pub body: String,
    /// When it was put on the queue before.
    pub sent_at: Option<DateTime<Utc>>,
    receipt: String,
}

/// Why dead letters cannot be looked at, or taken away.
#[derive(Debug, thiserror::Error)]
pub enum DeadLettersError {
    /// The queue is not one that has any.
    #[error(
        "the queue {0} has no dead-letter queue\n  Name the queue that the function reads, and not its dead letters."
    )]
    None(String),
    /// What the queue says of its dead letters.
    #[error("the queue has a redrive policy that is not understood: {0}")]
    Policy(String),
    /// SQS.
    #[error("the queue cannot be used ({operation}): {detail}")]
    Sqs {
        /// What it was asked for.
        operation: &'static str,
        /// What it answered.
        detail: String,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RedrivePolicy {
    dead_letter_target_arn: String,
}

impl DeadLetters {
    /// Those behind the queue of this URL. It is reached where the URL says, so that it need not be on AWS.
    ///
    /// # Errors
    ///
    /// The queue cannot be asked, or has none.
    pub async fn behind(config: &SdkConfig, queue: &Url) -> Result<Self, DeadLettersError> {
        let config = Builder::from(config)
            .endpoint_url(queue.origin().ascii_serialization())
            .interceptor(TraceInterceptor::of("SQS"));
        let client = Client::from_conf(config.build());
        let waiting = QueueAttributeName::ApproximateNumberOfMessages;
        let asked = client
            .get_queue_attributes()
            .queue_url(queue.as_str())
            .attribute_names(QueueAttributeName::RedrivePolicy)
            .attribute_names(waiting.clone());
        let answer = asked.send().await.map_err(sqs("GetQueueAttributes"))?;
        let attributes = answer.attributes.unwrap_or_default();
        let policy = attributes.get(&QueueAttributeName::RedrivePolicy);
        let policy = policy.ok_or_else(|| DeadLettersError::None(queue.to_string()))?;
        let policy: RedrivePolicy = serde_json::from_str(policy)
            .map_err(|error| DeadLettersError::Policy(error.to_string()))?;
        let arn = policy.dead_letter_target_arn;
        let [account, name] = named(&arn).ok_or_else(|| DeadLettersError::Policy(arn.clone()))?;
        let url = client.get_queue_url().queue_name(name);
        let url = url.queue_owner_aws_account_id(account).send().await;
        let url = url.map_err(sqs("GetQueueUrl"))?;
        let url = url.queue_url.ok_or_else(|| DeadLettersError::Sqs {
            operation: "GetQueueUrl",
            detail: format!("{arn} has no URL"),
        })?;
        let waiting = attributes.get(&waiting).and_then(|text| text.parse().ok());
        Ok(Self {
            client,
            url,
            waiting: waiting.unwrap_or_default(),
        })
    }

    /// About how many messages are on the queue before it, and are tried by its function.
    pub fn waiting(&self) -> u64 {
        self.waiting
    }

    /// Takes up to so many, the oldest first. Nobody else sees them until they are [put back](Self::put_back), or for two minutes.
    ///
    /// # Errors
    ///
    /// SQS fails. What was taken before comes back by itself.
    pub async fn take(&self, limit: usize) -> Result<Vec<Letter>, DeadLettersError> {
        // One may be delivered twice.
        let mut taken = BTreeMap::new();
        while taken.len() < limit {
            let call = self
                .client
                .receive_message()
                .queue_url(&self.url)
                .max_number_of_messages(number(BATCH.min(limit - taken.len())))
                .visibility_timeout(seconds(HIDDEN))
                .wait_time_seconds(seconds(WAIT))
                .message_system_attribute_names(MessageSystemAttributeName::SentTimestamp);
            let answer = call.send().await.map_err(sqs("ReceiveMessage"))?;
            let messages = answer.messages.unwrap_or_default();
            if messages.is_empty() {
                break;
            }
            let letters = messages.into_iter().filter_map(Letter::of);
            taken.extend(letters.map(|letter| (letter.id.clone(), letter)));
        }
        let mut taken: Vec<_> = taken.into_values().collect();
        taken.sort_by_key(|letter| letter.sent_at);
        Ok(taken)
    }

    /// Lets others see letters again.
    ///
    /// # Errors
    ///
    /// SQS fails. They come back by themselves.
    pub async fn put_back(&self, letters: &[Letter]) -> Result<(), DeadLettersError> {
        let operation = "ChangeMessageVisibility";
        for batch in letters.chunks(BATCH) {
            let entries = batch.iter().enumerate().map(|(index, letter)| {
                ChangeMessageVisibilityBatchRequestEntry::builder()
                    .id(index.to_string())
                    .receipt_handle(&letter.receipt)
                    .visibility_timeout(0)
                    .build()
            });
            let entries =
                entries
                    .collect::<Result<_, _>>()
                    .map_err(|error| DeadLettersError::Sqs {
                        operation,
                        detail: error.to_string(),
                    })?;
            let call = self.client.change_message_visibility_batch();
            let call = call.queue_url(&self.url).set_entries(Some(entries));
            call.send().await.map_err(sqs(operation))?;
        }
        Ok(())
    }

    /// Takes one away for good.
    ///
    /// # Errors
    ///
    /// SQS fails. It comes back by itself.
    pub async fn delete(&self, letter: &Letter) -> Result<(), DeadLettersError> {
        let call = self.client.delete_message().queue_url(&self.url);
        let call = call.receipt_handle(&letter.receipt).send().await;
        call.map(|_| ()).map_err(sqs("DeleteMessage"))
    }
}

impl Letter {
    /// SQS leaves none of these out.
    fn of(message: Message) -> Option<Self> {
        let sent = MessageSystemAttributeName::SentTimestamp;
        let sent = message.attributes.as_ref().and_then(|all| all.get(&sent));
        let sent = sent.and_then(|text| text.parse().ok());
        Some(Self {
            id: message.message_id?,
            body: message.body?,
            sent_at: sent.and_then(DateTime::from_timestamp_millis),
            receipt: message.receipt_handle?,
        })
    }
}

/// The account and the name of a queue's ARN.
fn named(arn: &str) -> Option<[&str; 2]> {
    let mut parts = arn.splitn(6, ':').skip(4);
    let (account, name) = (parts.next()?, parts.next()?);
    (!account.is_empty() && !name.is_empty()).then_some([account, name])
}

fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

fn seconds(time: Duration) -> i32 {
    i32::try_from(time.as_secs()).unwrap_or(i32::MAX)
}

fn sqs<E: std::error::Error>(operation: &'static str) -> impl FnOnce(E) -> DeadLettersError {
    move |error| DeadLettersError::Sqs {
        operation,
        detail: DisplayErrorContext(error).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_is_told_by_its_arn() {
        let arn = "arn:aws:sqs:eu-central-1:123456789012:civicforge-dev-dead";
        assert_eq!(named(arn), Some(["123456789012", "civicforge-dev-dead"]));
        assert_eq!(named("arn:aws:sqs:eu-central-1"), None);
        assert_eq!(named("arn:aws:sqs:eu-central-1::x"), None);
    }
}
