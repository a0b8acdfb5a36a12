//! Amazon SES: the one operation `SendEmail` of its API of version 2, with a whole mail.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use civicforge_kernel::aws::signed::{Answer, ServiceAddress, SignedCalls};
use lettre::Message;
use serde::Deserialize;
use serde_json::json;
use url::Url;

use super::MailError;

/// SES in a region.
pub fn address(region: String, endpoint: Option<Url>) -> ServiceAddress {
    ServiceAddress {
        host: "email",
        service: "ses",
        region,
        endpoint,
    }
}

const PATH: &str = "v2/email/outbound-emails";
/// As much of an answer as is told.
const TOLD: usize = 200;

/// SES, in one region.
#[derive(Clone)]
pub struct Ses {
    calls: SignedCalls,
    /// What says where bounces and complaints go.
    configuration_set: Option<String>,
}

#[derive(Deserialize, Default)]
struct Refusal {
    #[serde(default, alias = "Message")]
    message: String,
}

impl Ses {
    /// By these calls.
    pub fn new(calls: SignedCalls, configuration_set: Option<String>) -> Self {
        Self {
            calls,
            configuration_set,
        }
    }

    pub(super) async fn send(&self, mail: &Message) -> Result<(), MailError> {
        let body = self.body(mail).to_string();
        let headers = [("content-type", "application/json")];
        let answer = self.calls.post(PATH, &headers, body).await;
        let answer = answer.map_err(MailError::Later)?;
        judge(&answer)
    }

    fn body(&self, mail: &Message) -> serde_json::Value {
        let to = mail.envelope().to().iter().map(ToString::to_string);
        let mut body = json!({
            "Content": { "Raw": { "Data": STANDARD.encode(mail.formatted()) } },
            "Destination": { "ToAddresses": Vec::from_iter(to) },
        });
        if let Some(from) = mail.envelope().from() {
            body["FromEmailAddress"] = json!(from.to_string());
        }
        if let Some(name) = &self.configuration_set {
            body["ConfigurationSetName"] = json!(name);
        }
        body
    }
}

/// What an answer says.
fn judge(answer: &Answer) -> Result<(), MailError> {
    let status = answer.status;
    if status == 200 {
        return Ok(());
    }
    let refusal: Refusal = serde_json::from_slice(&answer.body).unwrap_or_default();
    let message: String = refusal.message.chars().take(TOLD).collect();
    let kind = answer.error.as_deref().unwrap_or_default();
    let why = format!("SES answered {status} {kind} {message}");
    // An address that is not verified in the sandbox, and a domain that is not yet, are rejected alike: somebody may mend that.
    match (status, kind) {
        (400, "BadRequestException") => Err(MailError::Refused(why)),
        _ => Err(MailError::Later(why)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_may_mend_is_tried_again() {
        let judged = |status, error: &str, body: &str| {
            judge(&Answer {
                status,
                error: Some(error.to_owned()),
                body: body.into(),
            })
        };
        assert_eq!(judged(200, "", "{\"MessageId\":\"x\"}"), Ok(()));
        let message = r#"{"message":"Email address is not verified."}"#;
        let later = judged(400, "MessageRejected", message);
        let why = "SES answered 400 MessageRejected Email address is not verified.";
        assert_eq!(later, Err(MailError::Later(why.to_owned())));
        let later = judged(429, "TooManyRequestsException", "{}");
        assert!(matches!(later, Err(MailError::Later(_))));
        assert!(matches!(
            judged(503, "", "<html>"),
            Err(MailError::Later(_))
        ));
        let never = judged(400, "BadRequestException", r#"{"message":"Bad."}"#);
        assert!(matches!(never, Err(MailError::Refused(_))));
    }
}
