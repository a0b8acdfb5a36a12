//! Webhooks, signed as Standard Webhooks has it (<https://www.standardwebhooks.com>).
//!
//! Each message is a POST of JSON. `webhook-id` is the message's id, the same at every delivery; `webhook-timestamp` is when it was
//! sent, in seconds since 1970; and `webhook-signature` is `v1,` and the HMAC-SHA256, in base64, of these two and the body, joined
//! by dots. A redirect is a failure, and names are resolved to public addresses alone, unless the operator has allowed others.

use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::hmac;
use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use civicforge_runtime::call::Call;

use super::published;
use super::subscriptions::{self, Subscription, check_url};
use crate::aws;
use crate::clock::Clock;
use crate::fresh::Fresh;
use crate::table::outbox::{DeliveryError, Message};
use crate::table::{StoreError, Table};
use crate::telemetry::metric;

/// How the names of these destinations begin; the subscription's id follows.
pub const PREFIX: &str = "webhook:";

/// How long a process goes by the subscriptions that it has read.
const FRESH: Duration = Duration::from_secs(30);
/// How long one may take to answer. Less than a relay waits for a delivery.
const ANSWER: Duration = Duration::from_secs(15);

const USER_AGENT: &str = concat!("civicforge/", env!("CARGO_PKG_VERSION"));

/// The webhooks that were subscribed. Clones are the same.
#[derive(Debug, Clone)]
pub struct Webhooks {
    table: Table,
    clock: Clock,
    public: SharedHttpConnector,
    any: SharedHttpConnector,
    read: Fresh<Arc<Vec<Subscription>>>,
}

impl Webhooks {
    /// Those of this table.
    pub fn new(table: Table, clock: Clock) -> Self {
        Self {
            table,
            clock,
            public: aws::direct_connector(false),
            any: aws::direct_connector(true),
            read: Fresh::default(),
        }
    }

    /// The names of those that get messages of this kind.
    ///
    /// # Errors
    ///
    /// The table cannot be read.
    pub async fn names(&self, kind: &str) -> Result<Vec<String>, StoreError> {
        let all = self.subscriptions(FRESH).await?;
        let names = all.iter().filter(|one| one.takes(kind));
        Ok(names.map(|one| format!("{PREFIX}{}", one.id)).collect())
    }

    /// Sends a message to one of them.
    ///
    /// # Errors
    ///
    /// It was not taken, or never will be because the subscription is gone or disabled.
    pub async fn deliver(&self, id: &str, message: &Message) -> Result<(), DeliveryError> {
        let subscription = self.named(id).await?;
        let never = |why: &str| DeliveryError::Never(why.to_owned());
        let subscription = subscription.ok_or_else(|| never("the subscription is gone"))?;
        if subscription.disabled_at.is_some() {
            return Err(never("the subscription is disabled"));
        }
        let body = published(message);
        let body = body.map_err(|error| never(&format!("the message is damaged: {error}")))?;
        let outcome = self.send(&subscription, message, body.to_string()).await;
        let now = self.clock.stamp();
        let noted = match &outcome {
            Ok(()) => subscriptions::succeeded(&self.table, &subscription).await,
            Err(failure) => {
                let gone = matches!(failure, DeliveryError::Never(_));
                let noted = subscriptions::failed(&self.table, &subscription, gone, now).await;
                noted.map(|disabled| {
                    if disabled {
                        tracing::error!(subscription = %subscription.id, "a subscription was disabled");
                        metric!("subscriptions.disabled");
                    }
                })
            }
        };
        // What was read says otherwise from now on.
        if outcome.is_ok() != subscription.failing_since.is_none() {
            self.read.forget().await;
        }
        if let Err(error) = noted {
            tracing::warn!(subscription = %subscription.id, %error, "it was not noted how a delivery went");
        }
        outcome
    }

    async fn send(
        &self,
        to: &Subscription,
        message: &Message,
        body: String,
    ) -> Result<(), DeliveryError> {
        let never = |why: &str| DeliveryError::Never(why.to_owned());
        // What may be a subscription can have changed since it was made.
        let url = check_url(&to.url, to.allow_private);
        let url = url.map_err(|wrong| never(&format!("the URL {wrong}")))?;
        let key = to
            .signing_key()
            .ok_or_else(|| never("the secret is damaged"))?;
        let id = message.id.to_string();
        let seconds = self.clock.now().timestamp();
        let connector = match to.allow_private {
            true => &self.any,
            false => &self.public,
        };
        let mut request = HttpRequest::new(SdkBody::from(body.as_str()));
        let made = request
            .set_method("POST")
            .and_then(|()| request.set_uri(url.as_str()));
        made.map_err(|error| never(&error.to_string()))?;
        let headers = request.headers_mut();
        headers.insert("content-type", "application/json");
        headers.insert("content-length", body.len().to_string());
        headers.insert("user-agent", USER_AGENT);
        headers.insert("webhook-signature", signature(&key, &id, seconds, &body));
        headers.insert("webhook-id", id);
        headers.insert("webhook-timestamp", seconds.to_string());
        let later = |why: String| Err(DeliveryError::Later(why));
        let call = Call::begin("Webhook", "POST");
        let sent = tokio::time::timeout(ANSWER, connector.call(request)).await;
        call.end(match &sent {
            Ok(Ok(response)) => Ok(response.status().as_u16()),
            _ => Err("no answer"),
        });
        match sent {
            Err(_) => later("no answer in time".to_owned()),
            Ok(Err(error)) => later(aws::reasons(&error)),
            Ok(Ok(response)) => match response.status().as_u16() {
                200..300 => Ok(()),
                // As Standard Webhooks has it: the other side wants no more of them.
                410 => Err(never("it answered 410: it wants no messages any more")),
                status => later(format!("it answered {status}")),
            },
        }
    }

    /// One that was made since is not taken for one that is gone.
    async fn named(&self, id: &str) -> Result<Option<Subscription>, StoreError> {
        for fresh in [FRESH, Duration::ZERO] {
            let all = self.subscriptions(fresh).await?;
            let found = all.iter().find(|one| one.id.to_string() == id);
            if found.is_some() {
                return Ok(found.cloned());
            }
        }
        Ok(None)
    }

    async fn subscriptions(&self, fresh: Duration) -> Result<Arc<Vec<Subscription>>, StoreError> {
        let read = async || subscriptions::list(&self.table).await.map(Arc::new);
        self.read.within(fresh, read).await
    }
}

fn signature(key: &[u8], id: &str, seconds: i64, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    let tag = hmac::sign(&key, format!("{id}.{seconds}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    #[test]
    fn a_signature_is_that_of_the_specification() {
        let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let body = r#"{"test": 2432232314}"#;
        let signed = signature(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
