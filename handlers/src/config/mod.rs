//! The configuration of `civicforge serve`; and what it has in common with that of a function
//! ([`crate::function`]), which has variables alone.
//!
//! Every flag has an environment variable, so that a container needs no command line; a flag wins
//! over its variable. `ServeArgs` is what was typed, as text; `ServeArgs::validate` makes a
//! [`Config`] of it, in which everything is checked. All mistakes are reported at once, each with
//! the flag and the variable, because the one who made it may not know which of the two it was.
//!
//! Secrets (signing keys, the secret) are never in an error, in `--help` or in the `Debug` output.

#[cfg(feature = "server")]
mod args;
pub(crate) mod parts;
pub(crate) mod read;
pub(crate) mod settings;
#[cfg(feature = "server")]
mod validate;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use civicforge_kernel::keys::source::{KeySources, SecretSource};
use civicforge_kernel::secret_text::SecretText;
use civicforge_kernel::telemetry;
use civicforge_runtime::cors::Cors;
use lettre::message::Mailbox;
use url::Url;

use crate::auth::access_token::TokenNames;
use crate::auth::issuers::TrustedIssuer;
use crate::auth::lifetimes::TokenLifetimes;
use crate::auth::password::PasswordCost;

#[cfg(feature = "server")]
pub use args::{FolderArgs, ServeArgs, StorageArgs};
pub use read::{ConfigError, ConfigErrors};

/// A configuration in which everything is checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The URL under which clients reach the server, without a slash at the end.
    pub public_url: String,
    /// Where files of members are.
    pub media: MediaConfig,
    /// Where keys, and the embedded table, are kept.
    pub data: DataStore,
    /// Which table.
    pub table: TableBackend,
    /// Whether keys that are missing beside a database are made anew.
    pub new_keys: bool,
    /// Whether the process does what happens without a request, beside answering requests.
    pub jobs: bool,
    /// Whether the contract and its documentation are served.
    pub docs: bool,
    /// Which web pages may call the API.
    pub cors: CorsOrigins,
    /// Telemetry: the log, metrics and traces.
    pub telemetry: telemetry::Settings,
    /// Whose traces are continued.
    #[cfg(feature = "server")]
    pub trust_traces_from: Vec<ipnet::IpNet>,
    /// Which proxies say where a request comes from.
    #[cfg(feature = "server")]
    pub trust_addresses_from: Vec<ipnet::IpNet>,
    /// Where metrics are scraped, if anywhere.
    pub metrics_listen: Option<SocketAddr>,
    /// The most bytes of a request's body.
    pub max_body_bytes: usize,
    /// How long a request may take.
    pub request_timeout: Duration,
    /// How long requests in flight may go on after the signal to stop.
    pub shutdown_grace: Duration,
    /// The `iss` and `aud` of our own tokens.
    pub token_names: TokenNames,
    /// How long our own tokens are good for.
    pub token_lifetimes: TokenLifetimes,
    /// Whose tokens are accepted besides our own.
    pub trusted_issuers: Vec<TrustedIssuer>,
    /// Where keys are; those that it does not name are in the data place.
    pub keys: KeySources,
    /// Where the settings of the other systems are that tasks are kept in sync with.
    pub vendors: Option<SecretSource>,
    /// How mails are sent.
    pub mail: MailConfig,
    /// Whether other systems are started on this machine to be in sync with.
    pub demo_vendors: bool,
    /// Another endpoint of AWS Secrets Manager than the region's own.
    pub secrets_endpoint: Option<Url>,
    /// The name or the ARN of the bus that events are published on; the log has them where there is none.
    pub event_bus: Option<String>,
    /// Another endpoint of EventBridge than the region's own.
    pub events_endpoint: Option<Url>,
    /// What hashing a password costs.
    pub password_cost: PasswordCost,
    /// How many passwords are hashed at once.
    pub password_concurrency: usize,
}

/// Where files of members are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MediaConfig {
    /// In the data place, behind a port of their own.
    Here {
        /// Where it listens.
        listen: SocketAddr,
        /// The URL under which clients reach it; where it listens, if there is none.
        url: Option<Url>,
    },
    /// In buckets of S3, or of something that speaks its protocol.
    Buckets {
        /// The one that members upload to.
        uploads: String,
        /// The one with the images that everybody may see.
        images: String,
        /// The one with copies of everything about members.
        exports: String,
        /// Another endpoint than the region's own.
        endpoint: Option<Url>,
        /// Where everybody sees them.
        url: Url,
    },
}

/// How mails are sent.
#[derive(Clone, Debug)]
pub struct MailConfig {
    /// What takes them.
    pub carrier: MailCarrier,
    /// Who they are from. Without it none are sent.
    pub from: Option<Mailbox>,
    /// Where the frontend is that links lead to, without a slash at the end.
    pub app_url: Option<String>,
    /// Another endpoint of Amazon SES than the region's own.
    pub ses_endpoint: Option<Url>,
    /// What says in Amazon SES where bounces and complaints go.
    pub configuration_set: Option<String>,
}

/// What takes mails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailCarrier {
    /// The folder `mail` of the data place.
    Folder,
    /// The server of SMTP at this URL, which may have a password.
    Smtp(SecretText),
    /// Amazon SES.
    Ses,
}

/// Where what has to survive a restart is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataStore {
    /// Nowhere: all is gone at exit.
    Memory,
    /// In this folder.
    Folder(PathBuf),
}

/// Which table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableBackend {
    /// The embedded one, in the data place.
    Embedded,
    /// One in DynamoDB, or in something that speaks its protocol.
    DynamoDb {
        /// The table's name.
        table: String,
        /// The region; what the host says where it is not given.
        region: Option<String>,
        /// Another endpoint than the region's own.
        endpoint: Option<Url>,
    },
}

/// Which origins may call the API from a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CorsOrigins {
    /// Every one: `--cors-origin '*'`.
    Any,
    /// These, as browsers send them; none by default.
    List(Vec<String>),
}

/// How long a browser may keep the answer to a preflight.
const PREFLIGHT_AGE: Duration = Duration::from_secs(600);

impl CorsOrigins {
    /// What the service makes of it.
    pub fn cors(&self) -> Cors {
        let origins = match self {
            Self::Any => vec!["*".to_owned()],
            Self::List(origins) => origins.clone(),
        };
        Cors::new(origins).max_age(PREFLIGHT_AGE)
    }
}

#[cfg(feature = "server")]
#[cfg(test)]
mod tests;
