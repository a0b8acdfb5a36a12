//! `civicforge outbox`: messages that wait for their delivery, and those that were given up.

use std::io::{self, Write as _};
use std::process::ExitCode;

use civicforge_kernel::clock::Clock;
use civicforge_kernel::table::outbox::operate::{self, OutboxEntry, Which};
use civicforge_kernel::table::{Key, StoreError, Table, key};
use clap::{Args, Subcommand};
use uuid::Uuid;

use super::given_up::{self, ChosenArgs, LIMIT};
use super::{CommandError, on_table};
use crate::config::StorageArgs;

/// The flags of `civicforge outbox`.
// The comments are the help text.
#[derive(Args, Clone, Debug)]
pub struct OutboxArgs {
    #[command(subcommand)]
    step: Step,
}

#[derive(Subcommand, Clone, Debug)]
enum Step {
    /// Show messages that were given up, at most 1,000
    List {
        /// Show those that wait for a delivery instead
        #[arg(long)]
        waiting: bool,

        #[command(flatten)]
        place: StorageArgs,
    },
    /// Have messages that were given up tried again, from now on for a day
    Retry(OnMessagesArgs),
    /// Delete messages that were given up
    Drop(OnMessagesArgs),
}

#[derive(Args, Clone, Debug)]
struct OnMessagesArgs {
    #[command(flatten)]
    chosen: ChosenArgs,

    #[command(flatten)]
    place: StorageArgs,
}

/// Does what is asked for. What goes wrong is said on standard error.
pub fn run(args: &OutboxArgs) -> ExitCode {
    let place = match &args.step {
        Step::List { place, .. } => place,
        Step::Retry(on) | Step::Drop(on) => &on.place,
    };
    on_table(place, "outbox", async |table| match &args.step {
        Step::List { waiting: true, .. } => list(&table, Which::Waiting).await,
        Step::List { .. } => list(&table, Which::Dead).await,
        Step::Retry(on) => {
            let now = Clock::system().stamp();
            each(&table, &on.chosen, "to be tried again", async |key| {
                operate::retry(&table, key, now).await
            })
            .await
        }
        Step::Drop(on) => {
            each(&table, &on.chosen, "deleted", async |key| {
                operate::drop(&table, key).await
            })
            .await
        }
    })
}

async fn list(table: &Table, which: Which) -> Result<(), CommandError> {
    let found = operate::list(table, which, LIMIT).await?;
    let mut out = io::stdout().lock();
    for found in found {
        let error = found.last_error.as_deref().unwrap_or("-");
        let (kind, attempts) = match &found.message {
            Ok(message) => (message.kind.as_str(), message.attempts),
            Err(_) => ("damaged", 0),
        };
        let name = name(&found);
        writeln!(
            out,
            "{name}  {kind}  {}  attempts {attempts}  {error}",
            found.since
        )?;
    }
    Ok(())
}

/// The message as an operator names it: its id, or `ID/DESTINATION`.
fn name(found: &OutboxEntry) -> String {
    match key::outbox::parse(&found.key) {
        Some((id, None)) => id.to_string(),
        Some((id, Some(destination))) => format!("{id}/{destination}"),
        None => found.key.to_string(),
    }
}

fn named(text: &str) -> Result<Key, CommandError> {
    let (id, destination) = match text.split_once('/') {
        None => (text, None),
        Some((id, destination)) => (id, Some(destination)),
    };
    let id = Uuid::try_parse(id).map_err(|_| {
        let expected = "expected what 'civicforge outbox list' shows first";
        CommandError::Refused(format!("{text:?} is not a message: {expected}"))
    })?;
    Ok(key::outbox::key(id, destination))
}

async fn each(
    table: &Table,
    chosen: &ChosenArgs,
    what: &str,
    change: impl AsyncFn(&Key) -> Result<bool, StoreError>,
) -> Result<(), CommandError> {
    let keys: Vec<Key> = match chosen.all {
        false => chosen
            .message
            .iter()
            .map(|text| named(text))
            .collect::<Result<_, _>>()?,
        true => {
            let dead = operate::list(table, Which::Dead, LIMIT).await?;
            dead.into_iter().map(|found| found.key).collect()
        }
    };
    let mut changed = 0;
    for key in &keys {
        changed += usize::from(change(key).await?);
    }
    given_up::report(changed, keys.len(), what)
}
