//! What an operator does with the data itself, beside serving it: each module is a command of `civicforge`.
//!
//! A command works on the table and asks no running server, so it is for those who may use the table: the owner of the data
//! folder, or somebody with credentials for the table on AWS.

pub mod create_table;
mod given_up;
pub mod keys;
pub mod member;
pub mod outbox;
pub mod shards;
pub mod sign_ups;
pub mod subscriptions;

use std::io;
use std::process::ExitCode;

use civicforge_kernel::aws::dead_letters::DeadLettersError;
use civicforge_kernel::destinations::subscriptions::SubscribeError;
use civicforge_kernel::table::embedded::Embedded;
use civicforge_kernel::table::schema::SchemaError;
use civicforge_kernel::table::shards::RaiseError;
use civicforge_kernel::table::{StoreError, Table};

use crate::config::{DataStore, StorageArgs, TableBackend};
use crate::serve::{OpenError, misused, open_table};

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
    DeadLetters(#[from] DeadLettersError),
    /// What is asked for is not there, or cannot be done.
    #[error("{0}")]
    Refused(String),
}

/// Runs a command on the table that the flags name, which must exist. What goes wrong is said on standard error.
fn on_table(
    place: &StorageArgs,
    name: &str,
    command: impl AsyncFnOnce(Table) -> Result<(), CommandError>,
) -> ExitCode {
    let (folder, table) = match place.validate() {
        Ok(place) => place,
        Err(errors) => {
            return misused(name, &errors);
        }
    };
    let opened = async {
        // Opening would make one, and then say that nothing is in it.
        if table == TableBackend::Embedded && !Embedded::is_in(&folder) {
            return Err(CommandError::NoData(folder.display().to_string()));
        }
        Ok(open_table(&table, &DataStore::Folder(folder)).await?)
    };
    run(async {
        // The database stays open, and so locked, until the command has ended.
        let (table, _embedded) = opened.await?;
        command(table).await
    })
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
