//! `civicforge shards`: over how many partitions shared lists are spread, and raising that.

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use civicforge_kernel::table::shards::{self, Progress, SETTLE};
use civicforge_kernel::table::{ShardCounts, Shards, Table};
use clap::Args;

use super::{CommandError, on_opened};
use crate::config::StorageArgs;

/// The flags of `civicforge shards`.
// The comments on the fields are the help text.
#[derive(Args, Clone, Debug)]
pub struct ShardsArgs {
    /// Raise the number to this, 1 to 64; without it, the number is shown
    #[arg(value_name = "N", value_parser = count)]
    count: Option<Shards>,

    #[command(flatten)]
    place: StorageArgs,
}

fn count(text: &str) -> Result<Shards, String> {
    let count = text.parse().ok().and_then(Shards::checked);
    count.ok_or_else(|| format!("expected a number from 1 to {}", Shards::MOST))
}

/// Shows the number of shards, after raising it if that is asked for. What goes wrong is said on standard error.
pub fn run(args: &ShardsArgs) -> ExitCode {
    on_opened(&args.place, "shards", async |opened| {
        let settle = match opened.is_shared {
            true => SETTLE,
            // Nobody is there who does not know.
            false => Duration::ZERO,
        };
        show(&opened.table, args.count, settle).await
    })
}

async fn show(table: &Table, to: Option<Shards>, settle: Duration) -> Result<(), CommandError> {
    let counts = match to {
        Some(to) => shards::raise(table, to, settle, report).await?,
        None => shards::read(table).await?,
    };
    let mut out = io::stdout().lock();
    let ShardCounts { readers, writers } = counts;
    writeln!(out, "readers  {}", readers.count())?;
    writeln!(out, "writers  {}", writers.count())?;
    if readers != writers {
        let count = readers.count();
        writeln!(
            out,
            "A raise to {count} is under way or was cut off: 'civicforge shards {count}' finishes it."
        )?;
    }
    Ok(())
}

/// On standard error, so that standard output is the answer alone.
fn report(progress: Progress) {
    match progress {
        Progress::ReadersRaised(count) => eprintln!("Readers look in {count} shards."),
        Progress::Waiting(left) if left.as_secs() % 10 == 9 || left == SETTLE => eprintln!(
            "Waiting {} s, until every process knows. It may be cut off, and run again to go on.",
            left.as_secs_f64().ceil()
        ),
        Progress::Waiting(_) => {}
        Progress::WritersRaised(count) => eprintln!("Writers use {count} shards."),
        Progress::Unchanged(count) => eprintln!("There are {count} shards already."),
    }
}
