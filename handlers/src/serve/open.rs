//! Opening what the server works with: the table, the signing keys and the secret.
//!
//! All of it that has to survive a restart is in the data folder, which only its owner may enter: `table.db` (with
//! `table.lock`, by which a second server knows that the folder is taken) and `keys/`.

use std::path::Path;
use std::sync::Arc;

use url::Url;

use crate::app::{CivicForge, Parts, system_clock};
use crate::auth::jwks_cache::JwksPolicy;
use crate::auth::keys::{KeyError, SigningKeys};
use crate::auth::password::{PasswordError, Passwords};
use crate::auth::private_files::{self, FileError};
use crate::auth::secret::{Secret, SecretError};
use crate::aws::{self, Limits, Place, PlaceError};
use crate::config::{Config, DataPlace, TablePlace};
use crate::health::{ExpectedKeys, ReadinessChecks, WriteCheck};
use crate::table::embedded::{Embedded, EmbeddedError};
use crate::table::schema::SchemaError;
use crate::table::shards::Freshness;
use crate::table::{CurrentShards, StoreError, Table};

/// The name of the embedded table.
const TABLE: &str = "civicforge";

/// Why the server has nothing to work with.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data folder.
    #[error("the data folder can not be used: {0}")]
    Folder(#[from] FileError),
    /// The embedded table.
    #[error("the embedded database can not be opened: {0}")]
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
        "there is a database, but signing keys or the secret are missing in {0}: they were lost\n  Put the files back (signing-NNNN.pem and secret.key). With --new-keys the server makes new ones: every access token and page token of before is refused then."
    )]
    KeysLost(String),
    /// The way to a table elsewhere.
    #[error("the table can not be reached: {0}")]
    Place(#[from] PlaceError),
    /// The table elsewhere.
    #[error("the table can not be used: {0}")]
    Schema(#[from] SchemaError),
    /// What the table says of itself.
    #[error("the table cannot be used: {0}")]
    Table(#[from] StoreError),
    /// The signing keys.
    #[error("the signing keys can not be used: {0}")]
    Keys(#[from] KeyError),
    /// The secret.
    #[error("the secret can not be used: {0}")]
    Secret(#[from] SecretError),
    /// Hashing passwords.
    #[error(transparent)]
    Passwords(#[from] PasswordError),
    /// Fetching the keys of other issuers.
    #[error("the keys of other issuers can not be fetched: {0}")]
    Issuers(#[from] reqwest::Error),
}

/// Opens everything, and says which embedded database needs sweeping, if one does.
pub async fn open(config: &Config) -> Result<(CivicForge, Option<Embedded>), OpenError> {
    if let DataPlace::Folder(folder) = &config.data {
        private_files::create_folder(folder)?;
    }
    // Before the database is made: one that is missing beside keys is lost, and not new.
    let kept = kept_keys(config)?;
    if let (TablePlace::Embedded, DataPlace::Folder(folder)) = (&config.table, &config.data)
        && kept.any()
        && !Embedded::has_content(folder)
    {
        return Err(OpenError::DatabaseLost(folder.display().to_string()));
    }
    // It locks the folder.
    let (table, embedded) = open_table(&config.table, &config.data).await?;
    if let (Some(embedded), DataPlace::Folder(folder)) = (&embedded, &config.data)
        && !kept.all()
        && !config.new_keys
        && embedded.items().map_err(OpenError::Embedded)? > 0
    {
        return Err(OpenError::KeysLost(keys_in(folder).display().to_string()));
    }
    let shards = CurrentShards::new(table.clone(), Freshness::default());
    // What is wrong with it would fail every request.
    shards.now().await?;
    let readiness = ReadinessChecks {
        writes: match (&embedded, &config.data) {
            (None, _) => WriteCheck::AfterFailure,
            (Some(_), DataPlace::Memory) => WriteCheck::Always(None),
            (Some(_), DataPlace::Folder(folder)) => WriteCheck::Always(Some(folder.clone())),
        },
        ..ReadinessChecks::of(ExpectedKeys::ALL)
    };
    let keys = Arc::new(open_keys(config)?);
    let app = CivicForge::new(Parts {
        table,
        shards,
        secret: Some(open_secret(config)?),
        public_keys: keys.public().clone(),
        signing_keys: Some(keys),
        token_names: config.token_names.clone(),
        trusted_issuers: config.trusted_issuers.clone(),
        jwks: JwksPolicy::default(),
        passwords: Passwords::new(config.password_cost, config.password_concurrency)?,
        failed_sign_ups: None,
        readiness,
        clock: system_clock(),
    })?;
    Ok((app, embedded))
}

/// The way to a table elsewhere, of which nothing is known yet.
pub async fn connect_table(
    name: &str,
    region: Option<&str>,
    endpoint: Option<&Url>,
) -> Result<Table, OpenError> {
    let place = Place {
        region: region.map(str::to_owned),
        endpoint: endpoint.cloned(),
    };
    let way = aws::discover(&place, &Limits::default()).await?;
    Ok(Table::new(&way, name))
}

/// Opens the table alone.
pub async fn open_table(
    place: &TablePlace,
    data: &DataPlace,
) -> Result<(Table, Option<Embedded>), OpenError> {
    if let TablePlace::DynamoDb {
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
        DataPlace::Memory => Embedded::in_memory(),
        DataPlace::Folder(folder) => Embedded::open(folder),
    };
    let embedded = embedded.map_err(|error| match error {
        EmbeddedError::InUse(folder) => OpenError::InUse(folder.display().to_string()),
        other => OpenError::Embedded(other),
    })?;
    Ok((embedded.table(TABLE).await?, Some(embedded)))
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
    let DataPlace::Folder(folder) = &config.data else {
        return Ok(KeptKeys {
            signing: None,
            secret: None,
        });
    };
    let folder = keys_in(folder);
    let names = match folder.exists() {
        true => private_files::list(&folder)?,
        false => Vec::new(),
    };
    let has_signing = names
        .iter()
        .any(|name| name.starts_with("signing-") && name.ends_with(".pem"));
    let has_secret = names.iter().any(|name| name == "secret.key");
    Ok(KeptKeys {
        signing: config.signing_keys.is_none().then_some(has_signing),
        secret: config.secret.is_none().then_some(has_secret),
    })
}

fn open_keys(config: &Config) -> Result<SigningKeys, KeyError> {
    match (&config.signing_keys, &config.data) {
        (Some(pem), _) => SigningKeys::from_pem(pem.expose()),
        (None, DataPlace::Folder(folder)) => SigningKeys::open(&keys_in(folder)),
        (None, DataPlace::Memory) => SigningKeys::generate(),
    }
}

fn open_secret(config: &Config) -> Result<Secret, SecretError> {
    match (&config.secret, &config.data) {
        (Some(text), _) => Secret::from_base64(text.expose()),
        (None, DataPlace::Folder(folder)) => Secret::open(&keys_in(folder)),
        (None, DataPlace::Memory) => Secret::generate(),
    }
}

fn keys_in(folder: &Path) -> std::path::PathBuf {
    folder.join("keys")
}
