//! Discourse, where people talk about a large repair: a topic for each.
//!
//! A topic has an id of ours (`external_id`), which no other one has. That makes creating one safe to do again: a second one is
//! refused, and the first is found by the id.

mod text;

use civicforge_kernel::secret_text::SecretText;
use http::header::{HeaderName, LOCATION};
use serde::{Deserialize, Serialize};
use url::Url;

use super::http::{Answer, Ask, Shared, Verdict, Way, in_general};
use super::{Said, VendorError};

pub use text::{quoted, title};

/// Its name: that of its breaker, and in telemetry.
pub const NAME: &str = "Discourse";

/// No id may be longer.
const ID: usize = 50;

/// Where it is, and who we are to it.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the forum is, such as `https://talk.example.org`.
    pub address: Url,
    /// An API key.
    pub key: SecretText,
    /// The user that writes.
    pub user: String,
}

/// A client of a forum. Clones are the same.
#[derive(Debug, Clone)]
pub struct Discourse(Way);

/// A topic to be created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewTopic<'a> {
    /// Its title, which no other topic may have: [`title`] makes one.
    pub title: &'a str,
    /// What the first post says, in Markdown; [`quoted`] makes it of a text that somebody wrote. At least 20 characters.
    pub raw: &'a str,
    /// The category's number.
    pub category: u32,
    /// Our id for it: at most 50 letters, digits, `_` and `-`, without regard to case.
    pub external_id: &'a str,
}

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its number.
    pub id: u64,
    /// Where people see it.
    pub url: Url,
}

/// What has become of a new topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Created {
    /// It is there.
    Topic(Topic),
    /// Somebody has to approve it, and it has no number before that. Creating it again would make another one.
    Held,
}

impl Discourse {
    /// The client with these settings.
    ///
    /// # Errors
    ///
    /// The key or the user's name has characters that no header can have.
    pub fn new(settings: &Settings, shared: Shared) -> Result<Self, VendorError> {
        let key = settings.key.clone();
        let mut way = Way::new(NAME, settings.address.clone(), key.clone(), judge, shared);
        way.insert(HeaderName::from_static("api-key"), key.expose())?;
        way.insert(HeaderName::from_static("api-username"), &settings.user)?;
        Ok(Self(way))
    }

    /// Whether it is left alone now, because of its failures.
    pub fn is_left_alone(&self) -> bool {
        self.0.is_left_alone()
    }

    /// Creates a topic, or finds the one that has its id.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it, but never that it is in doubt.
    pub async fn create_topic(&self, new: &NewTopic<'_>) -> Result<Created, VendorError> {
        let ask = Ask::new("CreatePost", "POST", &["posts.json"]).json(new)?;
        match self.0.send(&ask).await {
            Ok(answer) => self.created(&answer),
            // What is refused may be the second use of the id. Texts are in the language of the forum.
            Err(VendorError::Refused(said)) if said.status == 422 => {
                let found = self.topic(new.external_id).await?;
                found.map(Created::Topic).ok_or(VendorError::Refused(said))
            }
            Err(error) => Err(error),
        }
    }

    fn created(&self, answer: &Answer) -> Result<Created, VendorError> {
        #[derive(Deserialize)]
        struct Body {
            topic_id: Option<u64>,
            topic_slug: Option<String>,
            action: Option<String>,
        }
        if answer.status >= 300 {
            return Err(elsewhere());
        }
        let body: Body = answer.read()?;
        match (body.topic_id, body.action.as_deref()) {
            (Some(id), _) => self
                .seen(id, body.topic_slug.as_deref())
                .map(Created::Topic),
            (None, Some("enqueued")) => Ok(Created::Held),
            _ => Err(answer.unreadable("there is no `topic_id`".to_owned())),
        }
    }

    /// The topic that has an id of ours.
    ///
    /// # Errors
    ///
    /// As [`VendorError`] has it.
    pub async fn topic(&self, external_id: &str) -> Result<Option<Topic>, VendorError> {
        #[derive(Deserialize)]
        struct Body {
            id: u64,
            slug: Option<String>,
        }
        let known = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if external_id.len() > ID || !external_id.chars().all(known) {
            let said = Said::new(0, None, "an id that no topic can have");
            return Err(VendorError::Refused(said));
        }
        let file = format!("{external_id}.json");
        let ask = Ask::get("GetTopicByExternalId", &["t", "external_id", &file]);
        let mut answer = match self.0.send(&ask).await {
            Err(VendorError::Gone(_)) => return Ok(None),
            answer => answer?,
        };
        // It says where the topic is, and the key goes nowhere else.
        if answer.status >= 300 {
            let place = answer
                .header(LOCATION)
                .and_then(|to| self.0.base().join(to).ok());
            let same = |to: &Url| to.origin() == self.0.base().origin();
            let place = place.filter(same).ok_or_else(elsewhere)?;
            let ask = Ask::get("GetTopic", &[]);
            answer = match self.0.send_to(&ask, &place).await {
                Err(VendorError::Gone(_)) => return Ok(None),
                answer => answer?,
            };
            if answer.status >= 300 {
                return Err(elsewhere());
            }
        }
        let body: Body = answer.read()?;
        self.seen(body.id, body.slug.as_deref()).map(Some)
    }

    /// Where people see a topic. Without its slug the forum finds it too.
    fn seen(&self, id: u64, slug: Option<&str>) -> Result<Topic, VendorError> {
        let number = id.to_string();
        let path: Vec<_> = ["t"]
            .into_iter()
            .chain(slug.filter(|slug| !slug.is_empty()))
            .chain([&*number])
            .collect();
        let url = Ask::get("", &path).url(self.0.base())?;
        Ok(Topic { id, url })
    }
}

fn elsewhere() -> VendorError {
    VendorError::Unreadable("it says that it is somewhere else".to_owned())
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Refusal {
    errors: Vec<String>,
    error_type: Option<String>,
    extras: Extras,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Extras {
    wait_seconds: Option<u32>,
}

fn judge(answer: &Answer) -> Verdict {
    // A bound on addresses is told in plain text.
    let refusal: Option<Refusal> = serde_json::from_slice(&answer.body).ok();
    match answer.status {
        // That a topic is found by our id is told as a redirect; whoever asks for something else looks at the status.
        200..=299 | 301 | 302 => return Verdict::Done,
        429 => {
            let extras = refusal.and_then(|refusal| refusal.extras.wait_seconds);
            let extras = extras.map(|seconds| std::time::Duration::from_secs(seconds.into()));
            return Verdict::Wait(answer.retry_after().or(extras));
        }
        // It can only be read for now.
        405 => return Verdict::Wait(answer.retry_after()),
        _ => {}
    }
    if let Some(verdict) = in_general(answer) {
        return verdict;
    }
    let said = match &refusal {
        Some(refusal) => {
            let code = refusal.error_type.as_deref();
            Said::new(answer.status, code, &refusal.errors.join("; "))
        }
        None => Said::new(answer.status, None, answer.kind()),
    };
    Verdict::Failed(match answer.status {
        // A wrong key is answered as a right that is missing is.
        401 | 403 => VendorError::Credentials(said),
        404 => VendorError::Gone(said),
        _ => VendorError::Refused(said),
    })
}
