//! `civicforge create-table`: makes a table for servers, where no stack makes one.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Args;
use url::Url;

use super::CommandError;
use crate::config::{StorageArgs, TableBackend};
use crate::serve::{USAGE, connect_table, misused};

/// The flags of `civicforge create-table`.
// The comments on the fields are the help text.
#[derive(Args, Clone, Debug)]
pub struct CreateTableArgs {
    #[command(flatten)]
    place: StorageArgs,
}

/// Makes the table that the flags name where it does not exist, and checks it. What goes wrong is said on standard error.
pub fn run(args: &CreateTableArgs) -> ExitCode {
    let place = match args.place.validate() {
        Ok((_, place)) => place,
        Err(errors) => {
            return misused("create-table", &errors);
        }
    };
    let TableBackend::DynamoDb {
        table,
        region,
        endpoint,
    } = place
    else {
        eprintln!(
            "civicforge: --table (CIVICFORGE_TABLE) is needed\n  A server makes its embedded table by itself."
        );
        return ExitCode::from(USAGE);
    };
    super::run(create(&table, region.as_deref(), endpoint.as_ref()))
}

/// Another process may do the same at the same time. Being cut off leaves a table that the next call finishes.
async fn create(
    name: &str,
    region: Option<&str>,
    endpoint: Option<&Url>,
) -> Result<(), CommandError> {
    let table = connect_table(name, region, endpoint).await?;
    table.create_if_missing().await?;
    let output = |error: io::Error| CommandError::Output(error);
    writeln!(io::stdout(), "{name}: ready").map_err(output)?;
    Ok(())
}
