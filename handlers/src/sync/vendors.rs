//! Which other systems there are, and the way to them.
//!
//! Their settings are one text in JSON: of a variable, of a file, or of AWS Secrets Manager. It is read when something is first to be sent
//! or fetched, and again when it has become old. What it does not have is off.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use civicforge_kernel::aws::secrets::{Secrets, SecretsError};
use civicforge_kernel::clock::Clock;
use civicforge_kernel::fresh::Fresh;
use civicforge_kernel::keys::source::SecretSource;
use civicforge_kernel::private_files::{self, FileError};
use civicforge_kernel::secret_text::SecretText;
use civicforge_kernel::table::outbox::DeliveryError;
use civicforge_kernel::table::outbox::breaker::Breakers;
use serde::{Deserialize, Deserializer};
use url::Url;

use crate::vendors::VendorError;
use crate::vendors::clickup::{self, ClickUp};
use crate::vendors::discourse::{self, Discourse};
use crate::vendors::http::Shared;
use crate::vendors::neon::{self, Neon};
use crate::vendors::slack::{self, Slack};

/// How long a process goes by what it has read.
const FRESH: Duration = Duration::from_secs(300);

/// The settings, as they are written.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct VendorsText {
    #[serde(default)]
    click_up: Option<ClickUpText>,
    #[serde(default)]
    slack: Option<SlackText>,
    #[serde(default)]
    discourse: Option<DiscourseText>,
    #[serde(default)]
    neon: Option<NeonText>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ClickUpText {
    #[serde(deserialize_with = "secret")]
    token: SecretText,
    #[serde(default)]
    address: Option<Url>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SlackText {
    #[serde(deserialize_with = "secret")]
    token: SecretText,
    #[serde(default)]
    address: Option<Url>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct DiscourseText {
    address: Url,
    #[serde(deserialize_with = "secret")]
    key: SecretText,
    user: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NeonText {
    organization: String,
    #[serde(deserialize_with = "secret")]
    key: SecretText,
    #[serde(default)]
    address: Option<Url>,
}

fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<SecretText, D::Error> {
    String::deserialize(from).map(SecretText::new)
}

/// Why the settings cannot be used. It never repeats them.
#[derive(Debug, thiserror::Error)]
pub enum VendorsError {
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// Secrets Manager.
    #[error(transparent)]
    Kept(#[from] SecretsError),
    /// Secrets Manager, to which the process has no way.
    #[error("the secret {0} cannot be read: this process does not know AWS Secrets Manager")]
    NoKeeper(String),
    /// They are not what they should be.
    #[error(
        "the settings of the other systems cannot be used: line {line}, column {column}: {problem}"
    )]
    Text {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What is wrong, without what is there.
        problem: &'static str,
    },
    /// A client cannot be made of them.
    #[error("the settings of {vendor} cannot be used: {source}")]
    Client {
        /// Which system.
        vendor: &'static str,
        /// What is wrong.
        source: VendorError,
    },
}

/// The ways to those that there are.
#[derive(Debug, Clone, Default)]
pub struct Clients {
    /// ClickUp.
    pub click_up: Option<ClickUp>,
    /// Slack.
    pub slack: Option<Slack>,
    /// Discourse.
    pub discourse: Option<Discourse>,
    /// Neon CRM.
    pub neon: Option<Neon>,
}

impl Clients {
    /// The names of those that there are.
    pub fn names(&self) -> Vec<&'static str> {
        [
            self.click_up.as_ref().map(|_| clickup::NAME),
            self.neon.as_ref().map(|_| neon::NAME),
            self.slack.as_ref().map(|_| slack::NAME),
            self.discourse.as_ref().map(|_| discourse::NAME),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// The other systems. Clones are the same.
#[derive(Clone)]
pub struct Vendors {
    source: Option<SecretSource>,
    keeper: Option<Secrets>,
    shared: Shared,
    read: Fresh<Clients>,
}

impl fmt::Debug for Vendors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vendors").finish_non_exhaustive()
    }
}

impl Vendors {
    /// None.
    pub fn none(clock: Clock) -> Self {
        Self::new(None, None, clock)
    }

    /// Those of these settings.
    pub fn new(source: Option<SecretSource>, keeper: Option<Secrets>, clock: Clock) -> Self {
        Self {
            source,
            keeper,
            shared: Shared::new(clock),
            read: Fresh::default(),
        }
    }

    /// Which of them are left alone, because of their failures.
    pub fn breakers(&self) -> Arc<Breakers> {
        self.shared.breakers.clone()
    }

    /// The ways to those that there are. Those who need them at once share one reading.
    ///
    /// # Errors
    ///
    /// The settings cannot be read, or not be used.
    pub async fn clients(&self) -> Result<Clients, VendorsError> {
        let Some(source) = &self.source else {
            return Ok(Clients::default());
        };
        let read = async || self.clients_of(&self.text(source).await?);
        self.read.within(FRESH, read).await
    }

    async fn text(&self, source: &SecretSource) -> Result<SecretText, VendorsError> {
        Ok(match source {
            SecretSource::Given(text) => text.clone(),
            SecretSource::File(path) => SecretText::new(private_files::read(path)?),
            SecretSource::Kept(arn) => {
                let keeper = self.keeper.as_ref();
                let keeper = keeper.ok_or_else(|| VendorsError::NoKeeper(arn.clone()))?;
                keeper.read(arn).await?
            }
        })
    }

    fn clients_of(&self, text: &SecretText) -> Result<Clients, VendorsError> {
        let read: VendorsText = parse(text)?;
        let shared = || self.shared.clone();
        let click_up = client(clickup::NAME, read.click_up, |said| {
            let settings = clickup::Settings {
                address: address(said.address, clickup::ADDRESS)?,
                token: said.token,
            };
            ClickUp::new(&settings, shared())
        })?;
        let slack = client(slack::NAME, read.slack, |said| {
            let settings = slack::Settings {
                address: address(said.address, slack::ADDRESS)?,
                token: said.token,
            };
            Slack::new(&settings, shared())
        })?;
        let discourse = client(discourse::NAME, read.discourse, |said| {
            let settings = discourse::Settings {
                address: said.address,
                key: said.key,
                user: said.user,
            };
            Discourse::new(&settings, shared())
        })?;
        let neon = client(neon::NAME, read.neon, |said| {
            let settings = neon::Settings {
                address: address(said.address, neon::ADDRESS)?,
                organization: said.organization,
                key: said.key,
            };
            Neon::new(&settings, shared())
        })?;
        Ok(Clients {
            click_up,
            slack,
            discourse,
            neon,
        })
    }
}

/// The client of a system, if there are settings of it.
fn client<S, C>(
    vendor: &'static str,
    said: Option<S>,
    make: impl FnOnce(S) -> Result<C, VendorError>,
) -> Result<Option<C>, VendorsError> {
    let made = said.map(make).transpose();
    made.map_err(|source| VendorsError::Client { vendor, source })
}

fn address(said: Option<Url>, usual: &str) -> Result<Url, VendorError> {
    let usual = || usual.parse();
    said.map_or_else(usual, Ok)
        .map_err(|_| VendorError::Unreadable("no address".to_owned()))
}

/// Whether this is a text of settings.
///
/// # Errors
///
/// What is wrong with it, and where.
pub fn check(text: &str) -> Result<(), VendorsError> {
    parse(&SecretText::new(text.to_owned())).map(drop)
}

fn parse(text: &SecretText) -> Result<VendorsText, VendorsError> {
    serde_json::from_str(text.expose()).map_err(|error| VendorsError::Text {
        line: error.line(),
        column: error.column(),
        // What serde says may repeat what is there.
        problem: match error.classify() {
            serde_json::error::Category::Data => "another member or type than expected",
            _ => "it is not JSON",
        },
    })
}

/// What an outcome of a vendor is to the outbox.
impl From<VendorError> for DeliveryError {
    fn from(error: VendorError) -> Self {
        match error {
            VendorError::Refused(_) | VendorError::Gone(_) | VendorError::Unreadable(_) => {
                Self::Never(error.to_string())
            }
            // The credentials may be mended within a day, and a doubtful call is looked into when it is made again.
            VendorError::Later { .. } | VendorError::Credentials(_) | VendorError::Doubtful(_) => {
                Self::Later(error.to_string())
            }
        }
    }
}

/// The settings may be mended within a day.
impl From<VendorsError> for DeliveryError {
    fn from(error: VendorsError) -> Self {
        Self::Later(error.to_string())
    }
}
