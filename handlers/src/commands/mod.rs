//! What an operator does with the data itself, beside serving it: each module is a command of `civicforge`.
//!
//! A command works on the table, so it is for those who may use the table: the owner of the data folder, or somebody with
//! credentials for the table on AWS. Where a server has the embedded table open, a command reaches it through that server
//! (`operator_socket`), and does the same.

pub mod clickup;
pub mod create_table;
mod given_up;
pub mod keys;
pub mod member;
pub mod neon;
pub mod outbox;
pub mod shards;
pub mod sign_ups;
pub mod subscriptions;
pub mod sync;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use civicforge_kernel::aws::dead_letters::DeadLettersError;
use civicforge_kernel::destinations::subscriptions::SubscribeError;
use civicforge_kernel::table::embedded::Embedded;
use civicforge_kernel::table::schema::SchemaError;
use civicforge_kernel::table::shards::RaiseError;
use civicforge_kernel::table::{StoreError, Table};

use crate::config::{DataStore, StorageArgs, TableBackend};
#[cfg(unix)]
use crate::operator_socket::{self, SocketError};
#[cfg(unix)]
use crate::serve::EMBEDDED_TABLE;
use crate::serve::{OpenError, misused, open_table};
use crate::sync::connect::ConnectError;
use crate::sync::pull::PullError;

/// What can go wrong with any command.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error("the runtime cannot be started: {0}")]
    Runtime(io::Error),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(
        "there is no database in {0}\n  Name the folder of the server with --data-dir, or its table with --table."
    )]
    NoData(String),
    #[error("the data folder {folder} cannot be looked into: {source}")]
    Folder { folder: String, source: io::Error },
    #[cfg(unix)]
    #[error(transparent)]
    Socket(#[from] SocketError),
    #[error("the table cannot be used: {0}")]
    Store(#[from] StoreError),
    #[error("the answer cannot be written: {0}")]
    Output(#[from] io::Error),
    #[error("the table cannot be made or used: {0}")]
    Schema(#[from] SchemaError),
    #[error(transparent)]
    Raise(#[from] RaiseError),
    #[error(transparent)]
    Subscribe(#[from] SubscribeError),
    #[error(transparent)]
    Connect(#[from] ConnectError),
    #[error(transparent)]
    Pull(#[from] PullError),
    #[error(transparent)]
    DeadLetters(#[from] DeadLettersError),
    /// What is asked for is not there, or cannot be done.
    #[error("{0}")]
    Refused(String),
}

/// The table of a command.
struct Opened {
    table: Table,
    /// Whether other processes may be using it.
    is_shared: bool,
    /// The database stays open, and so locked, until the command has ended.
    _embedded: Option<Embedded>,
}

/// Runs a command on the table that the flags name, which must exist. What goes wrong is said on standard error.
fn on_table(
    place: &StorageArgs,
    name: &str,
    command: impl AsyncFnOnce(Table) -> Result<(), CommandError>,
) -> ExitCode {
    on_opened(place, name, async |opened: &Opened| {
        command(opened.table.clone()).await
    })
}

/// The same, for a command that has to know whether it has the table for itself.
fn on_opened(
    place: &StorageArgs,
    name: &str,
    command: impl AsyncFnOnce(&Opened) -> Result<(), CommandError>,
) -> ExitCode {
    let (folder, table) = match place.validate() {
        Ok(place) => place,
        Err(errors) => {
            return misused(name, &errors);
        }
    };
    run(async {
        let opened = open(folder, &table).await?;
        command(&opened).await
    })
}

/// Opens the table. An embedded database that a server has is reached through that server.
async fn open(folder: PathBuf, backend: &TableBackend) -> Result<Opened, CommandError> {
    if *backend == TableBackend::Embedded {
        let is_there = Embedded::is_in(&folder);
        let is_there = is_there.map_err(|source| CommandError::Folder {
            folder: folder.display().to_string(),
            source,
        })?;
        // Opening would make one, and then say that nothing is in it.
        if !is_there {
            return Err(CommandError::NoData(folder.display().to_string()));
        }
    }
    match open_table(backend, &DataStore::Folder(folder.clone())).await {
        Ok((table, embedded)) => Ok(Opened {
            table,
            is_shared: embedded.is_none(),
            _embedded: embedded,
        }),
        #[cfg(unix)]
        Err(OpenError::InUse(_)) => {
            let table = operator_socket::connect(&folder, EMBEDDED_TABLE).await?;
            let outbox = table.check_schema().await?;
            Ok(Opened {
                table: table.with_outbox(outbox),
                is_shared: true,
                _embedded: None,
            })
        }
        Err(other) => Err(other.into()),
    }
}

/// Runs a command to its end. What goes wrong is said on standard error.
fn run(command: impl Future<Output = Result<(), CommandError>>) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(command),
        Err(error) => Err(CommandError::Runtime(error)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("civicforge: {error}");
            ExitCode::FAILURE
        }
    }
}
