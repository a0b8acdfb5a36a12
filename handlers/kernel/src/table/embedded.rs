//! DynamoDB in the server's own process, so that a newcomer needs no account and no second program.
//!
//! The unmodified SDK speaks to it: the client's HTTP layer is replaced with one that runs each request
//! on `dynoxide`, which keeps its tables in SQLite. Requests and answers are the real protocol's JSON, so all that
//! the SDK does (retries, time-outs, errors) happens here as it does on AWS.
//!
//! What differs from AWS, and is therefore tested with injected faults (`civicforge-testing`): reads of an index are never stale,
//! nothing is throttled, transactions wait for each other and never conflict, and the tokens that make a
//! repeated transaction happen once are forgotten when the database is closed. The table has no
//! stream here: dynoxide 3.2 never trims one and searches it at every write, so each write would be slower
//! than the last. The relay of the [`outbox`](super::outbox) reads GSI2 instead.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use dynoxide::actions::transact_write_items::TransactWriteItemsRequest;
use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::Semaphore;

use super::Table;
use super::replay::Replays;
use super::schema::SchemaError;
use super::wire::{operation, response};
use crate::aws::{self, Credentials, Limits};
use crate::private_files;

/// More threads than this would only wait: the database does one thing at a time.
const THREADS: usize = 16;

/// A database in this process.
#[derive(Debug, Clone)]
pub struct Embedded {
    engine: Arc<Engine>,
}

struct Engine {
    database: Database,
    replays: Replays,
    threads: Arc<Semaphore>,
    /// Held for as long as the database is open, so that no second process opens it.
    _lock: Option<File>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Engine")
    }
}

/// Why the database cannot be opened or used.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// The folder cannot be made or locked.
    #[error("{}: {source}", path.display())]
    Folder {
        /// The folder or a file in it.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Another process has it open.
    #[error("{}: the data folder is in use by another process", .0.display())]
    InUse(PathBuf),
    /// The database itself.
    #[error("{at}: {detail}")]
    Database {
        /// The file, or `memory`.
        at: String,
        /// What it says.
        detail: String,
    },
    /// The table in it.
    #[error(transparent)]
    Schema(#[from] SchemaError),
}

/// The database's file in its folder.
const FILE: &str = "table.db";

impl Embedded {
    /// Whether there is a database in a folder.
    ///
    /// # Errors
    ///
    /// The folder cannot be looked into.
    pub fn is_in(folder: &Path) -> io::Result<bool> {
        folder.join(FILE).try_exists()
    }

    /// Whether there is a file in a folder that is a database with something in it, and not one that was emptied.
    pub fn has_content(folder: &Path) -> bool {
        fs::metadata(folder.join(FILE)).is_ok_and(|file| file.len() > 0)
    }

    /// How many items there are in all tables.
    ///
    /// # Errors
    ///
    /// [`EmbeddedError::Database`] where the database cannot be read.
    pub fn items(&self) -> Result<u64, EmbeddedError> {
        let stats = self.engine.database.table_stats();
        let stats = stats.map_err(|error| EmbeddedError::Database {
            at: "counting".to_owned(),
            detail: error.to_string(),
        })?;
        Ok(stats
            .iter()
            .map(|table| table.item_count.unsigned_abs())
            .sum())
    }

    /// Open the database in a folder, which is made where it does not exist.
    pub fn open(folder: &Path) -> Result<Self, EmbeddedError> {
        let at = |path: &Path| {
            let path = path.to_owned();
            move |source| EmbeddedError::Folder { path, source }
        };
        fs::create_dir_all(folder).map_err(at(folder))?;
        let lock_path = folder.join("table.lock");
        let lock = File::options()
            .create(true)
            .append(true)
            .open(&lock_path)
            .map_err(at(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(EmbeddedError::InUse(folder.to_owned())),
            Err(TryLockError::Error(source)) => return Err(at(&lock_path)(source)),
        }
        let file = folder.join(FILE);
        let Some(name) = file.to_str() else {
            let source = io::Error::new(io::ErrorKind::InvalidInput, "the path is not UTF-8");
            return Err(at(&file)(source));
        };
        // It holds e-mail addresses and hashes of passwords. SQLite gives the files beside it the same mode.
        private_files::create_or_restrict(&file).map_err(|error| at(&error.path)(error.source))?;
        let database = Database::new(name).map_err(|e| EmbeddedError::Database {
            at: name.to_owned(),
            detail: e.to_string(),
        })?;
        Ok(Self::new(database, Some(lock)))
    }

    /// Open a database that is gone with its last handle.
    pub fn in_memory() -> Result<Self, EmbeddedError> {
        let database = Database::memory().map_err(|e| EmbeddedError::Database {
            at: "memory".to_owned(),
            detail: e.to_string(),
        })?;
        Ok(Self::new(database, None))
    }

    fn new(database: Database, lock: Option<File>) -> Self {
        Self {
            engine: Arc::new(Engine {
                database,
                replays: Replays::default(),
                threads: Arc::new(Semaphore::new(THREADS)),
                _lock: lock,
            }),
        }
    }

    /// The table of this name, made where it does not exist.
    pub async fn table(&self, name: &str) -> Result<Table, EmbeddedError> {
        let table = self.table_through(self.http_client(), name, &Limits::default());
        let outbox = table.create_if_missing().await?;
        Ok(table.with_outbox(outbox))
    }

    /// The table of this name, without making it, through another layer: one that injects faults.
    pub fn table_through(&self, http: SharedHttpClient, name: &str, limits: &Limits) -> Table {
        table_through(http, name, limits)
    }

    /// What takes the place of the network.
    pub fn http_client(&self) -> SharedHttpClient {
        let connector = self.connector();
        http_client_fn(move |_, _| connector.clone())
    }

    /// What answers requests of DynamoDB's protocol.
    pub fn connector(&self) -> SharedHttpConnector {
        SharedHttpConnector::new(Connector(self.engine.clone()))
    }

    /// Delete what has outlived its `ttl`, as DynamoDB does by itself within days. The number deleted.
    pub async fn sweep(&self) -> Result<usize, EmbeddedError> {
        let engine = self.engine.clone();
        let swept = tokio::task::spawn_blocking(move || engine.database.sweep_ttl()).await;
        let failed = |detail: String| EmbeddedError::Database {
            at: "sweeping".to_owned(),
            detail,
        };
        swept
            .map_err(|e| failed(e.to_string()))?
            .map_err(|e| failed(e.to_string()))
    }

    /// Sweep again and again until dropped. A failure is logged and the next round tried.
    pub async fn keep_swept(self, every: Duration) {
        let mut rounds = tokio::time::interval(every);
        rounds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            rounds.tick().await;
            match self.sweep().await {
                Ok(0) => {}
                Ok(count) => tracing::debug!(count, "swept expired items"),
                Err(error) => tracing::warn!(%error, "expired items could not be swept"),
            }
        }
    }
}

/// The table of this name, without making it, of an embedded database that is reached through this layer.
pub fn table_through(http: SharedHttpClient, name: &str, limits: &Limits) -> Table {
    // Requests are signed, for that is part of the SDK's work, and nobody looks at the signature.
    let credentials = Credentials::new("embedded", "embedded", None, None, "embedded");
    let region = "local".to_owned();
    Table::new(&aws::config(http, region, credentials, None, limits), name)
}

#[derive(Debug, Clone)]
struct Connector(Arc<Engine>);

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let engine = self.0.clone();
        HttpConnectorFuture::new(async move {
            // A caller that gives up while it waits here has changed nothing.
            let permit = engine.threads.clone().acquire_owned().await;
            let permit = permit.map_err(|e| ConnectorError::other(e.into(), None))?;
            tokio::task::spawn_blocking(move || {
                let answer = answer(&engine, &request);
                drop(permit);
                answer
            })
            .await
            .map_err(|e| ConnectorError::other(e.into(), None))?
        })
    }
}

fn answer(engine: &Engine, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
    let body = request.body().bytes().unwrap_or_default();
    match run(engine, operation(request), body) {
        Ok(body) => response(200, body),
        Err(error) => response(error.status_code(), error.to_json()),
    }
}

fn run(engine: &Engine, operation: &str, body: &[u8]) -> Result<String, DynoxideError> {
    fn read<I: DeserializeOwned>(body: &[u8]) -> Result<I, DynoxideError> {
        serde_json::from_slice(body).map_err(|e| unreadable(&e))
    }
    fn written<O: Serialize>(output: Result<O, DynoxideError>) -> Result<String, DynoxideError> {
        serde_json::to_string(&output?)
            .map_err(|e| DynoxideError::InternalServerError(e.to_string()))
    }
    let database = &engine.database;
    match operation {
        "GetItem" => written(database.get_item(read(body)?)),
        "PutItem" => written(database.put_item(read(body)?)),
        "UpdateItem" => written(database.update_item(read(body)?)),
        "DeleteItem" => written(database.delete_item(read(body)?)),
        "Query" => written(database.query(read(body)?)),
        "BatchGetItem" => written(database.batch_get_item(read(body)?)),
        "BatchWriteItem" => written(database.batch_write_item(read(body)?)),
        "TransactWriteItems" => {
            let mut input: TransactWriteItemsRequest = read(body)?;
            let token = input.client_request_token.take();
            let write = || written(database.transact_write_items(input));
            match token {
                None => write(),
                Some(token) => engine.replays.once(&token, write),
            }
        }
        "TransactGetItems" => written(database.transact_get_items(read(body)?)),
        "CreateTable" => written(database.create_table(read(body)?)),
        "DescribeTable" => written(database.describe_table(read(body)?)),
        "DeleteTable" => written(database.delete_table(read(body)?)),
        "ListTables" => written(database.list_tables(read(body)?)),
        "UpdateTimeToLive" => written(database.update_time_to_live(read(body)?)),
        "DescribeTimeToLive" => written(database.describe_time_to_live(read(body)?)),
        // Scan is left out on purpose: nothing here may use it.
        other => Err(DynoxideError::ValidationException(format!(
            "the embedded table does not do `{other}`"
        ))),
    }
}

/// dynoxide's own server marks validation failures that serde finds with a prefix, and takes it off again in
/// a function that it does not publish.
fn unreadable(error: &serde_json::Error) -> DynoxideError {
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    for prefix in ["VALIDATION:", "VALIDATION_REQUEST:", "VALIDATION_AS_READ:"] {
        if let Some(message) = message.strip_prefix(prefix) {
            return DynoxideError::ValidationException(message.to_owned());
        }
    }
    for prefix in ["SERIALIZATION:", "SERIALIZATION_AS_READ:"] {
        if let Some(message) = message.strip_prefix(prefix) {
            return DynoxideError::SerializationException(message.to_owned());
        }
    }
    let invalid = [
        "missing field",
        "unknown variant",
        "invalid type: null",
        "Supplied AttributeValue",
        "empty AttributeValue",
    ];
    if invalid.iter().any(|part| message.contains(part)) {
        DynoxideError::ValidationException(message.to_owned())
    } else {
        DynoxideError::SerializationException(message.to_owned())
    }
}
