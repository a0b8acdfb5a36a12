//! A bus of Amazon EventBridge. Each message is one entry of `PutEvents`.
//!
//! The call is [signed here](crate::aws::signed), and not made by EventBridge's SDK: that has 57 operations, and takes longer to
//! compile than any other crate but DynamoDB's (docs/decisions/0016).

use std::time::Duration;

use civicforge_runtime::call::Call;
use futures::future::BoxFuture;
use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::{Destination, published};
use crate::aws::signed::{ServiceAddress, SignedCalls};
use crate::aws::{SharedCredentialsProvider, Trust};
use crate::clock::Clock;
use crate::table::StoreError;
use crate::table::outbox::{DeliveryError, Message};

/// What the entries have as their source.
pub const SOURCE: &str = "civicforge";

/// The service's name in signatures and in the names of its hosts.
const SERVICE: &str = "events";
/// How long it may take to answer. Less than a relay waits for a delivery.
const TIMEOUT: Duration = Duration::from_secs(5);
/// EventBridge takes entries that are smaller than this.
const LARGEST: usize = 256 * 1024;
/// What the time of an entry counts for.
const TIME_SIZE: usize = 14;
/// As much of an answer as is told.
const TOLD: usize = 200;

/// Which bus, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusAddress {
    /// Its name or its ARN.
    pub bus: String,
    /// The region of the endpoint and of signatures.
    pub region: String,
    /// Another endpoint than the region's own.
    pub endpoint: Option<Url>,
}

/// The region of a bus, where it is told by its ARN.
pub fn region_of(bus: &str) -> Option<&str> {
    let mut parts = bus.strip_prefix("arn:")?.split(':').skip(1);
    let (service, region) = (parts.next()?, parts.next()?);
    (service == SERVICE && !region.is_empty()).then_some(region)
}

/// A bus. Clones are the same.
#[derive(Debug, Clone)]
pub struct EventBus {
    bus: String,
    calls: SignedCalls,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    failed_entry_count: u32,
    #[serde(default)]
    entries: Vec<AnsweredEntry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AnsweredEntry {
    #[serde(default)]
    error_code: Option<String>,
    #[serde(default)]
    error_message: Option<String>,
}

/// What AWS answers where it does not do what it was asked for.
#[derive(Deserialize, Default)]
struct Refusal {
    #[serde(rename = "__type", default)]
    kind: String,
    #[serde(default, alias = "Message")]
    message: String,
}

impl EventBus {
    /// The bus at this address.
    pub fn new(
        address: BusAddress,
        provider: SharedCredentialsProvider,
        trust: Trust,
        clock: Clock,
    ) -> Self {
        let BusAddress {
            bus,
            region,
            endpoint,
        } = address;
        let address = ServiceAddress {
            host: SERVICE,
            service: SERVICE,
            region,
            endpoint,
        };
        let calls = SignedCalls::new(address, provider, trust, clock);
        Self { bus, calls }
    }

    async fn put(&self, message: &Message) -> Result<(), DeliveryError> {
        let body = self.body(message)?;
        let headers = [
            ("content-type", "application/x-amz-json-1.1"),
            ("x-amz-target", "AWSEvents.PutEvents"),
        ];
        let answer = self.calls.post("", &headers, body).await;
        let answer = answer.map_err(DeliveryError::Later)?;
        judge(answer.status, &answer.body)
    }

    /// The call's body.
    fn body(&self, message: &Message) -> Result<String, DeliveryError> {
        let never = |why: String| DeliveryError::Never(why);
        let detail = published(message);
        let mut detail =
            detail.map_err(|error| never(format!("the message is damaged: {error}")))?;
        // EventBridge gives each delivery an id of its own, so the one by which a repetition is known is in the detail.
        detail["id"] = json!(message.id);
        let detail = detail.to_string();
        let size = TIME_SIZE + SOURCE.len() + message.kind.len() + detail.len();
        if size >= LARGEST {
            return Err(never(format!(
                "the event has {size} bytes, and EventBridge takes less than {LARGEST}"
            )));
        }
        let entry = json!({
            "EventBusName": self.bus,
            "Source": SOURCE,
            "DetailType": message.kind,
            "Detail": detail,
            "Time": message.created_at.timestamp(),
        });
        Ok(json!({"Entries": [entry]}).to_string())
    }
}

/// What an answer says.
fn judge(status: u16, body: &[u8]) -> Result<(), DeliveryError> {
    let later = |why: String| Err(DeliveryError::Later(why));
    if status != 200 {
        let refusal: Refusal = serde_json::from_slice(body).unwrap_or_default();
        let (kind, message) = (short(&refusal.kind), short(&refusal.message));
        return later(format!("EventBridge answered {status} {kind} {message}"));
    }
    let answer: Answer = match serde_json::from_slice(body) {
        Ok(answer) => answer,
        Err(error) => return later(format!("EventBridge's answer cannot be read: {error}")),
    };
    if answer.failed_entry_count == 0 {
        return Ok(());
    }
    let failed = answer.entries.into_iter().find_map(|entry| {
        let message = entry.error_message.unwrap_or_default();
        Some((entry.error_code?, message))
    });
    let (code, message) = failed.unwrap_or_default();
    let why = format!("EventBridge took no event: {code} {}", short(&message));
    match code.as_str() {
        // It will not be any better the next time.
        "MalformedDetail" | "InvalidArgument" => Err(DeliveryError::Never(why)),
        _ => later(why),
    }
}

fn short(text: &str) -> &str {
    text.char_indices()
        .nth(TOLD)
        .map_or(text, |(end, _)| &text[..end])
}

impl Destination for EventBus {
    fn name(&self) -> &'static str {
        "event-bus"
    }

    fn takes<'a>(&'a self, _kind: &'a str) -> BoxFuture<'a, Result<bool, StoreError>> {
        Box::pin(std::future::ready(Ok(true)))
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> BoxFuture<'a, Result<(), DeliveryError>> {
        Box::pin(async move {
            let call = Call::begin("EventBridge", "PutEvents");
            let put = tokio::time::timeout(TIMEOUT, self.put(message)).await;
            let put =
                put.unwrap_or_else(|_| Err(DeliveryError::Later("no answer in time".to_owned())));
            call.end(match &put {
                Ok(()) => Ok(200),
                Err(_) => Err("not taken"),
            });
            if put.is_ok() {
                tracing::info!(id = %message.id, kind = message.kind, destination = self.name(), "message sent");
            }
            put
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Credentials;
    use chrono::DateTime;
    use uuid::Uuid;

    fn bus(bus: &str, region: &str) -> EventBus {
        let address = BusAddress {
            bus: bus.to_owned(),
            region: region.to_owned(),
            endpoint: None,
        };
        let provider =
            SharedCredentialsProvider::new(Credentials::new("id", "key", None, None, "test"));
        EventBus::new(address, provider, Trust::Amazon, Clock::system())
    }

    #[test]
    fn a_region_is_told_by_an_arn() {
        let arn = "arn:aws-cn:events:cn-north-1:1:event-bus/x";
        assert_eq!(region_of(arn), Some("cn-north-1"));
        for other in ["x", "arn:aws:sqs:eu-central-1:1:x", "arn:aws:events::1:x"] {
            assert_eq!(region_of(other), None, "{other}");
        }
    }

    #[test]
    fn an_event_that_is_too_large_is_not_sent() {
        let mut message = Message {
            id: Uuid::now_v7(),
            kind: "quest.created".to_owned(),
            version: 1,
            payload: json!({"text": ""}).to_string(),
            destination: None,
            created_at: DateTime::UNIX_EPOCH,
            attempts: 0,
            give_up_at: None,
        };
        let bus = bus("x", "eu-central-1");
        let body: serde_json::Value = serde_json::from_str(&bus.body(&message).unwrap()).unwrap();
        let detail = body["Entries"][0]["Detail"].as_str().unwrap().len();
        // As AWS counts it.
        let free = LARGEST - 1 - (14 + SOURCE.len() + message.kind.len() + detail);
        message.payload = json!({"text": "x".repeat(free)}).to_string();
        bus.body(&message).unwrap();
        message.payload = json!({"text": "x".repeat(free + 1)}).to_string();
        let error = bus.body(&message).unwrap_err();
        assert!(matches!(error, DeliveryError::Never(_)), "{error}");
        assert!(error.to_string().contains("262144 bytes"), "{error}");
        message.payload = "{".to_owned();
        let error = bus.body(&message).unwrap_err();
        assert!(matches!(error, DeliveryError::Never(_)), "{error}");
    }

    #[test]
    fn a_long_answer_is_cut_between_characters() {
        assert_eq!(short(&"é".repeat(300)), "é".repeat(TOLD));
        assert_eq!(short("short"), "short");
    }
}
