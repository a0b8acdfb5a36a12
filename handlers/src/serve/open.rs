//! Opening what the server works with: the table, the signing keys and the secret.
//!
//! All of it that has to survive a restart is in the data folder, which only its owner may enter: `table.db` (with
//! `table.lock`, by which a second server knows that the folder is taken), `operator.sock` while a server runs, and `keys/`.

use std::net::SocketAddr;

use civicforge_kernel::aws::objects::{Bucket, BucketAddress};
use civicforge_kernel::aws::secrets::{self, Secrets};
use civicforge_kernel::aws::signed::SignedCalls;
use civicforge_kernel::aws::{
    self, Endpoint, EndpointError, Limits, SharedCredentialsProvider, Trust,
};
use civicforge_kernel::destinations::event_bus::{self, BusAddress, EventBus};
use civicforge_kernel::keys::folder;
use civicforge_kernel::keys::reload::KeyReloader;
use civicforge_kernel::keys::rotation::{KeyKind, KeyList, RotationError};
use civicforge_kernel::keys::source::{KeysError, SecretSource};
use civicforge_kernel::private_files::{self, FileError};
use civicforge_kernel::secret_text::SecretText;
use civicforge_kernel::table::embedded::{Embedded, EmbeddedError};
use civicforge_kernel::table::schema::SchemaError;
use civicforge_kernel::table::{CurrentShards, Freshness, StoreError, Table};
use tokio::sync::mpsc;
use url::Url;

use super::media::{self, Storage};
use crate::app::{CivicForge, Parts};
use crate::auth::jwks_cache::JwksPolicy;
use crate::auth::password::{PasswordError, Passwords};
use crate::config::{Config, DataStore, MailCarrier, MediaConfig, TableBackend};
use crate::health::{ExpectedKeys, ReadinessChecks, WriteCheck};
use crate::mail::deliver::MailSettings;
use crate::media::Media;
use crate::sync::vendors::{Vendors, VendorsError};
use crate::vendors::mail::{Folder, Mailer, Ses, Smtp, SmtpError, ses};
use civicforge_kernel::clock::Clock;

/// The folder of the data folder that mails are put into which are sent nowhere.
const MAIL_FOLDER: &str = "mail";

/// The name of the embedded table.
pub const EMBEDDED_TABLE: &str = "civicforge";

/// Why the server has nothing to work with.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data folder.
    #[error("the data folder cannot be used: {0}")]
    Folder(#[from] FileError),
    /// The embedded table.
    #[error("the embedded database cannot be opened: {0}")]
    Embedded(#[from] EmbeddedError),
    /// The data folder is another server's.
    #[error(
        "another civicforge is running on the data folder {0}\n  Stop that one first, or choose another folder with --data-dir."
    )]
    InUse(String),
    /// There are keys and no database.
    #[error(
        "there are keys in {0} but no database, or an empty one: it was lost\n  Put table.db back, or restore a backup into another folder. To begin anew, move the folder away."
    )]
    DatabaseLost(String),
    /// There is a database and keys are missing.
    #[error(
        "there is a database, but signing keys or the secret are missing in {0}: they were lost\n  Put the files back (signing-keys.pem and secret.key). With --new-keys the server makes new ones: every access token and page token of before is refused then."
    )]
    KeysLost(String),
    /// The way to a table elsewhere.
    #[error("the table cannot be reached: {0}")]
    Endpoint(#[from] EndpointError),
    /// The table elsewhere.
    #[error("the table cannot be used: {0}")]
    Schema(#[from] SchemaError),
    /// What the table says of itself.
    #[error("the table cannot be used: {0}")]
    Table(#[from] StoreError),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The keys of the data folder.
    #[error("the keys cannot be made: {0}")]
    NewKeys(#[from] RotationError),
    /// The way to the keys.
    #[error("AWS Secrets Manager cannot be reached: {0}")]
    Secrets(EndpointError),
    /// The way to the bus.
    #[error("EventBridge cannot be reached: {0}")]
    EventBus(EndpointError),
    /// The settings of other systems.
    #[error(transparent)]
    Vendors(#[from] VendorsError),
    /// The folder for mails.
    #[error("no folder for mails can be made: {0}")]
    MailFolder(std::io::Error),
    /// The server of SMTP.
    #[error("mails cannot be sent: {0}")]
    Smtp(#[from] SmtpError),
    /// The way to SES.
    #[error("Amazon SES cannot be reached: {0}")]
    Ses(EndpointError),
    /// The port of the storage of files.
    #[error("cannot listen on {0} for files: {1}{hint}", hint = media_hint(.1))]
    Media(SocketAddr, std::io::Error),
    /// The way to the buckets.
    #[error("Amazon S3 cannot be reached: {0}")]
    Buckets(EndpointError),
    /// Hashing passwords.
    #[error(transparent)]
    Passwords(#[from] PasswordError),
}

/// What to do about a port that cannot be had.
fn media_hint(error: &std::io::Error) -> &'static str {
    match error.kind() == std::io::ErrorKind::AddrInUse {
        true => {
            "\n  Another program listens there. Stop it, or choose another port with --media-listen."
        }
        false => "",
    }
}

/// What the server works with.
pub struct Opened {
    /// What the handlers work with.
    pub app: CivicForge,
    /// The keys, which are read again as they become old.
    pub keys: KeyReloader,
    /// The systems that tasks are kept in sync with.
    pub in_sync: Vec<&'static str>,
    /// The embedded database, which needs sweeping.
    pub embedded: Option<Embedded>,
    /// Where files are.
    pub storage: Files,
}

/// Where files are.
pub struct Files {
    /// The URL of images.
    pub url: String,
    /// The storage of this process, which listens.
    pub here: Option<media::Listener>,
    /// What was told to have arrived in buckets elsewhere.
    pub told: mpsc::Receiver<String>,
}

/// Opens everything.
pub async fn open(config: &Config) -> Result<Opened, OpenError> {
    if let DataStore::Folder(folder) = &config.data {
        private_files::create_folder(folder)?;
    }
    // Before the database is made: one that is missing beside keys is lost, and not new.
    let kept = kept_keys(config)?;
    if let (TableBackend::Embedded, DataStore::Folder(folder)) = (&config.table, &config.data)
        && kept.any()
        && !Embedded::has_content(folder)
    {
        return Err(OpenError::DatabaseLost(folder.display().to_string()));
    }
    // It locks the folder.
    let (table, embedded) = open_table(&config.table, &config.data).await?;
    if let (Some(embedded), DataStore::Folder(folder)) = (&embedded, &config.data)
        && !kept.all()
        && !config.new_keys
        && embedded.items().map_err(OpenError::Embedded)? > 0
    {
        return Err(OpenError::KeysLost(
            folder::folder(folder).display().to_string(),
        ));
    }
    let shards = CurrentShards::new(table.clone(), Freshness::default());
    // What is wrong with it would fail every request.
    shards.now().await?;
    let readiness = ReadinessChecks {
        writes: match (&embedded, &config.data) {
            (None, _) => WriteCheck::AfterFailure,
            (Some(_), DataStore::Memory) => WriteCheck::Always(None),
            (Some(_), DataStore::Folder(folder)) => WriteCheck::Always(Some(folder.clone())),
        },
        ..ReadinessChecks::of(ExpectedKeys::ALL)
    };
    let keys = open_keys(config).await?;
    let vendors = open_vendors(config).await?;
    // What is wrong with their settings would fail every message.
    let in_sync = vendors.clients().await?.names();
    let (media, storage) = open_storage(config).await?;
    let app = CivicForge::new(Parts {
        table,
        shards,
        keys: keys.current().clone(),
        token_names: config.token_names.clone(),
        token_lifetimes: config.token_lifetimes,
        trusted_issuers: config.trusted_issuers.clone(),
        jwks: JwksPolicy::default(),
        passwords: Passwords::new(config.password_cost, config.password_concurrency)?,
        failed_sign_ups: None,
        event_bus: open_event_bus(config).await?,
        vendors,
        mail: open_mail(config).await?,
        media,
        readiness,
        clock: Clock::system(),
    });
    Ok(Opened {
        app,
        keys,
        in_sync,
        embedded,
        storage,
    })
}

/// The way to a table elsewhere, of which nothing is known yet.
pub async fn connect_table(
    name: &str,
    region: Option<&str>,
    endpoint: Option<&Url>,
) -> Result<Table, OpenError> {
    let place = Endpoint {
        region: region.map(str::to_owned),
        endpoint: endpoint.cloned(),
    };
    let way = aws::discover(&place, &Limits::default()).await?;
    Ok(Table::new(&way, name))
}

/// Opens the table alone.
pub async fn open_table(
    place: &TableBackend,
    data: &DataStore,
) -> Result<(Table, Option<Embedded>), OpenError> {
    if let TableBackend::DynamoDb {
        table,
        region,
        endpoint,
    } = place
    {
        let table = connect_table(table, region.as_deref(), endpoint.as_ref()).await?;
        let outbox = table.check_schema().await?;
        return Ok((table.with_outbox(outbox), None));
    }
    let embedded = match data {
        DataStore::Memory => Embedded::in_memory(),
        DataStore::Folder(folder) => Embedded::open(folder),
    };
    let embedded = embedded.map_err(|error| match error {
        EmbeddedError::InUse(folder) => OpenError::InUse(folder.display().to_string()),
        other => OpenError::Embedded(other),
    })?;
    Ok((embedded.table(EMBEDDED_TABLE).await?, Some(embedded)))
}

/// The bus that the configuration names. A process without jobs publishes nothing.
async fn open_event_bus(config: &Config) -> Result<Option<EventBus>, OpenError> {
    let Some(bus) = config.event_bus.clone().filter(|_| config.jobs) else {
        return Ok(None);
    };
    let region = event_bus::region_of(&bus).map(str::to_owned);
    let endpoint = config.events_endpoint.clone();
    let found = caller(config, region, endpoint.as_ref()).await;
    let (region, provider) = found.map_err(OpenError::EventBus)?;
    let address = BusAddress {
        bus,
        region,
        endpoint,
    };
    let bus = EventBus::new(address, provider, Trust::System, Clock::system());
    Ok(Some(bus))
}

/// The region of a service of AWS, and who we are there. Where none is given it is the table's.
async fn caller(
    config: &Config,
    region: Option<String>,
    endpoint: Option<&Url>,
) -> Result<(String, SharedCredentialsProvider), EndpointError> {
    let of_table = match &config.table {
        TableBackend::DynamoDb { region, .. } => region.clone(),
        TableBackend::Embedded => None,
    };
    let place = Endpoint {
        region: region.or(of_table),
        endpoint: endpoint.cloned(),
    };
    let way = aws::discover(&place, &Limits::default()).await?;
    match (way.region(), way.credentials_provider()) {
        (Some(region), Some(provider)) => Ok((region.to_string(), provider)),
        _ => Err(EndpointError::NoRegion),
    }
}

/// Uploads of which is known at once that images are to be made of them.
const TOLD: usize = 1_000;

/// Where files are: in the data place, or in buckets.
async fn open_storage(config: &Config) -> Result<(Media, Files), OpenError> {
    let (tell, told) = mpsc::channel(TOLD);
    let (media, here) = match &config.media {
        MediaConfig::Here { listen, url } => {
            let storage = match &config.data {
                DataStore::Folder(data) => Storage::open(data.join(media::FOLDER)),
                DataStore::Memory => Storage::temporary(),
            };
            let listening = storage?.listen(*listen, url.as_ref(), config.cors.cors());
            let listening = listening.await;
            let here = listening.map_err(|error| OpenError::Media(*listen, error))?;
            (here.media(), Some(here))
        }
        MediaConfig::Buckets {
            uploads,
            images,
            exports,
            endpoint,
            url,
        } => {
            let found = caller(config, None, endpoint.as_ref()).await;
            let (region, provider) = found.map_err(OpenError::Buckets)?;
            let bucket = |name: &String| {
                let address = BucketAddress {
                    name: name.clone(),
                    region: region.clone(),
                    endpoint: endpoint.clone(),
                    public_endpoint: None,
                };
                Bucket::new(address, provider.clone(), Trust::System, Clock::system())
            };
            let media = Media {
                url: media::trimmed(url),
                uploads: Some(bucket(uploads)),
                images: Some(bucket(images)),
                exports: Some(bucket(exports)),
                told: config.jobs.then_some(tell),
            };
            (media, None)
        }
    };
    let url = media.url.clone();
    Ok((media, Files { url, here, told }))
}

/// What sends mails. A process without jobs sends none.
async fn open_mail(config: &Config) -> Result<MailSettings, OpenError> {
    let mail = &config.mail;
    let mailer = match (mail.from.clone().filter(|_| config.jobs), &mail.carrier) {
        (None, _) => None,
        (Some(from), MailCarrier::Folder) => {
            let folder = match &config.data {
                DataStore::Folder(data) => Folder::open(data.join(MAIL_FOLDER))?,
                DataStore::Memory => Folder::temporary().map_err(OpenError::MailFolder)?,
            };
            Some(Mailer::folder(from, folder))
        }
        (Some(from), MailCarrier::Smtp(url)) => Some(Mailer::smtp(from, Smtp::at(url.expose())?)),
        (Some(from), MailCarrier::Ses) => {
            let found = caller(config, None, mail.ses_endpoint.as_ref()).await;
            let (region, provider) = found.map_err(OpenError::Ses)?;
            let address = ses::address(region, mail.ses_endpoint.clone());
            let calls = SignedCalls::new(address, provider, Trust::System, Clock::system());
            let ses = Ses::new(calls, mail.configuration_set.clone());
            Some(Mailer::ses(from, ses))
        }
    };
    Ok(MailSettings {
        mailer,
        app_url: mail.app_url.clone(),
        public_url: config.public_url.clone(),
    })
}

/// Which of the keys that the data folder is to have are there.
struct KeptKeys {
    signing: Option<bool>,
    secret: Option<bool>,
}

impl KeptKeys {
    fn any(&self) -> bool {
        self.signing == Some(true) || self.secret == Some(true)
    }

    fn all(&self) -> bool {
        self.signing != Some(false) && self.secret != Some(false)
    }
}

fn kept_keys(config: &Config) -> Result<KeptKeys, OpenError> {
    let DataStore::Folder(data) = &config.data else {
        return Ok(KeptKeys {
            signing: None,
            secret: None,
        });
    };
    let kept = |named: &Option<SecretSource>, kind| match named {
        Some(_) => Ok(None),
        None => folder::has(data, kind).map(Some),
    };
    Ok(KeptKeys {
        signing: kept(&config.keys.signing_keys, KeyKind::SigningKeys)?,
        secret: kept(&config.keys.secret, KeyKind::Secret)?,
    })
}

/// The keys that the configuration names; where it names none, those of the data place, which are made where there are none.
async fn open_keys(config: &Config) -> Result<KeyReloader, OpenError> {
    let mut sources = config.keys.clone();
    for (source, kind) in [
        (&mut sources.signing_keys, KeyKind::SigningKeys),
        (&mut sources.secret, KeyKind::Secret),
    ] {
        if source.is_some() {
            continue;
        }
        *source = Some(match &config.data {
            DataStore::Folder(data) => SecretSource::File(folder::ensure(data, kind)?),
            DataStore::Memory => {
                let made = KeyList::generate(kind).map_err(RotationError::from)?;
                SecretSource::Given(SecretText::new(made.text().to_string()))
            }
        });
    }
    for source in sources.all() {
        if let SecretSource::File(path) = source {
            private_files::warn_if_public(path);
        }
    }
    let keeper = open_keeper(config, sources.all()).await?;
    Ok(KeyReloader::open(sources, keeper).await?)
}

/// The way to Secrets Manager, if one of these is there.
async fn open_keeper(
    config: &Config,
    mut sources: impl Iterator<Item = &SecretSource>,
) -> Result<Option<Secrets>, OpenError> {
    let region = sources.find_map(|source| match source {
        SecretSource::Kept(arn) => Some(secrets::region_of(arn)),
        _ => None,
    });
    let Some(region) = region else {
        return Ok(None);
    };
    let place = Endpoint {
        region: region.map(str::to_owned),
        endpoint: config.secrets_endpoint.clone(),
    };
    let way = aws::discover(&place, &secrets::LIMITS).await;
    Ok(Some(Secrets::new(&way.map_err(OpenError::Secrets)?)))
}

/// The other systems that tasks are kept in sync with.
async fn open_vendors(config: &Config) -> Result<Vendors, OpenError> {
    let keeper = open_keeper(config, config.vendors.iter()).await?;
    if let Some(SecretSource::File(path)) = &config.vendors {
        private_files::warn_if_public(path);
    }
    Ok(Vendors::new(
        config.vendors.clone(),
        keeper,
        Clock::system(),
    ))
}
