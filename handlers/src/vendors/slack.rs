//! Slack, where people are told of tasks. It is written to, and never read.
//!
//! A post has no key of idempotency, so one of which nobody knows what became is [`VendorError::Doubtful`]; an id of ours in the
//! message's metadata is what a later look could find it by. Texts of people are escaped where blocks and messages are made, so that
//! none of them calls a channel or fakes a link.

mod block;

use civicforge_kernel::secret_text::SecretText;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use super::http::{Answer, Ask, Shared, Verdict, Way, in_general};
use super::tolerant::or_default;
use super::{Said, VendorError};

pub use block::{Block, Markup, escaped};

/// Where its API is.
pub const ADDRESS: &str = "https://slack.com/api";

/// Its name: that of its breaker, and in telemetry.
pub const NAME: &str = "Slack";

/// A longer text is cut, or becomes several messages of which one is known.
const TEXT: usize = 3900;

/// Where it is, and who we are to it.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where its API is: [`ADDRESS`], but for tests.
    pub address: Url,
    /// A bot's token (`xoxb-…`).
    pub token: SecretText,
}

/// A client of Slack. Clones are the same.
#[derive(Debug, Clone)]
pub struct Slack(Way);

/// A message.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    text: String,
    blocks: Vec<Value>,
    metadata: Option<Value>,
}

/// A message that is there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Posted {
    /// The channel's id, also where a name was given.
    pub channel: String,
    /// What names the message in its channel. It is no number: digits would be lost.
    pub ts: String,
}

impl Message {
    /// A message: what notifications and screen readers say of it, and what is shown. What goes beyond the bounds of a message is
    /// left out, from the end.
    pub fn new(text: &str, blocks: impl IntoIterator<Item = Block>) -> Self {
        Self {
            text: escaped(text, TEXT),
            blocks: block::bounded(blocks),
            metadata: None,
        }
    }

    /// The same with an id of ours, which readers do not see.
    #[must_use]
    pub fn with_id(mut self, kind: &str, id: &str) -> Self {
        self.metadata = Some(json!({ "event_type": kind, "event_payload": { "id": id } }));
        self
    }
}

#[derive(Serialize)]
struct Body<'a> {
    channel: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    ts: Option<&'a str>,
    text: &'a str,
    blocks: &'a [Value],
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<&'a Value>,
    /// Previews would be larger than the message.
    unfurl_links: bool,
    unfurl_media: bool,
}

impl Slack {
    /// The client with these settings.
    ///
    /// # Errors
    ///
    /// The token has characters that no header can have.
    pub fn new(settings: &Settings, shared: Shared) -> Result<Self, VendorError> {
        let (address, token) = (settings.address.clone(), settings.token.clone());
        let bearer = SecretText::new(format!("Bearer {}", token.expose()));
        let way = Way::new(NAME, address, token, judge, shared);
        way.authorized(bearer.expose()).map(Self)
    }

    /// Whether it is left alone now, because of its failures.
    pub fn is_left_alone(&self) -> bool {
        self.0.is_left_alone()
    }

    /// Posts a message in a channel, which has an id or a name.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it. A channel that is not there, is archived, or that we are not in is [`VendorError::Gone`].
    pub async fn post(&self, channel: &str, message: &Message) -> Result<Posted, VendorError> {
        let ask = Ask::new("PostMessage", "POST", &["chat.postMessage"]).creates();
        self.0.ask(&ask.json(&body(channel, None, message))?).await
    }

    /// Has a message say something else.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it. A message that is not there, or is not ours, is [`VendorError::Gone`].
    pub async fn update(&self, posted: &Posted, message: &Message) -> Result<Posted, VendorError> {
        let ask = Ask::new("UpdateMessage", "POST", &["chat.update"]);
        let body = body(&posted.channel, Some(&posted.ts), message);
        self.0.ask(&ask.json(&body)?).await
    }
}

/// An update has both text and blocks too: what happens to old blocks without new ones depends on the version.
fn body<'a>(channel: &'a str, ts: Option<&'a str>, message: &'a Message) -> Body<'a> {
    Body {
        channel,
        ts,
        text: &message.text,
        blocks: &message.blocks,
        metadata: message.metadata.as_ref(),
        unfurl_links: false,
        unfurl_media: false,
    }
}

#[derive(Deserialize)]
struct Outcome {
    ok: bool,
    #[serde(default, deserialize_with = "or_default")]
    error: String,
    /// The scope that is missing.
    needed: Option<String>,
    /// What is wrong with blocks.
    #[serde(default, deserialize_with = "or_default")]
    errors: Vec<String>,
}

/// Failures have the status of a success.
fn judge(answer: &Answer) -> Verdict {
    if let Some(verdict) = in_general(answer) {
        return verdict;
    }
    let outcome: Outcome = match serde_json::from_slice(&answer.body) {
        Ok(outcome) => outcome,
        // Reading it says what is wrong with it.
        Err(_) if (200..300).contains(&answer.status) => return Verdict::Done,
        Err(_) => {
            let said = Said::new(answer.status, None, answer.kind());
            return Verdict::Failed(VendorError::Refused(said));
        }
    };
    if outcome.ok {
        return Verdict::Done;
    }
    let detail = match &outcome.needed {
        Some(scope) => format!("the scope {scope} is missing"),
        None => outcome.errors.join("; "),
    };
    let code = outcome.error.as_str();
    let said = Said::new(answer.status, Some(code), &detail);
    match code {
        // Both are in use.
        "ratelimited" | "rate_limited" => Verdict::Wait(answer.retry_after()),
        "service_unavailable" | "request_timeout" | "team_added_to_org" => {
            Verdict::Wait(answer.retry_after())
        }
        // A part of it may have been done.
        "fatal_error" | "internal_error" => Verdict::Trouble(None),
        "invalid_auth"
        | "not_authed"
        | "account_inactive"
        | "token_revoked"
        | "token_expired"
        | "org_login_required"
        | "ekm_access_denied"
        | "missing_scope"
        | "no_permission"
        | "not_allowed_token_type" => Verdict::Failed(VendorError::Credentials(said)),
        _ if code.starts_with("restricted_action") => {
            Verdict::Failed(VendorError::Credentials(said))
        }
        "channel_not_found"
        | "not_in_channel"
        | "is_archived"
        | "message_not_found"
        | "cant_update_message" => Verdict::Failed(VendorError::Gone(said)),
        _ => Verdict::Failed(VendorError::Refused(said)),
    }
}
