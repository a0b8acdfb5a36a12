//! `civicforge sync`: reading all of ClickUp's lists.

use std::io::{self, IsTerminal, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use civicforge_kernel::clock::Clock;
use civicforge_kernel::keys::CurrentKeys;
use civicforge_kernel::keys::source::KeySources;
use civicforge_kernel::table::{CurrentShards, Freshness, Table};
use clap::Args;

use super::clickup::{SettingsArgs, mapped};
use super::{CommandError, on_table};
use crate::config::StorageArgs;
use crate::sync::clickup::FromClickUp;
use crate::sync::pull::Pull;
use crate::tasks::Tasks;

/// The flags of `civicforge sync`.
// The comments are the help text.
#[derive(Args, Clone, Debug)]
pub struct SyncArgs {
    /// Read every task of the lists of the mapping
    #[arg(long, required = true)]
    full: bool,

    #[command(flatten)]
    settings: SettingsArgs,

    #[command(flatten)]
    place: StorageArgs,
}

/// Does what is asked for. What goes wrong is said on standard error.
pub fn run(args: &SyncArgs) -> ExitCode {
    on_table(&args.place, "sync", async |table| full(args, table).await)
}

async fn full(args: &SyncArgs, table: Table) -> Result<(), CommandError> {
    let by = mapped(&table).await?;
    let vendors = args.settings.vendors();
    let click_up = args.settings.click_up(&vendors).await?;
    let clock = Clock::system();
    let table = table.with_clock(clock.clone());
    let tasks = Arc::new(Tasks {
        shards: CurrentShards::new(table.clone(), Freshness::default()),
        table,
        // Nothing here makes a page token.
        keys: CurrentKeys::when_needed(KeySources::default(), None),
        clock,
    });
    let from = FromClickUp::new(tasks, vendors);
    let is_terminal = io::stderr().is_terminal();
    let pull = Pull {
        from: &from,
        click_up: &click_up,
        by: &by,
        until: None,
    };
    let pulled = pull.all(|list, pulled| {
        let end = if is_terminal { "\r" } else { "\n" };
        let (read, changed) = (pulled.read, pulled.created + pulled.changed);
        eprint!("list {list}: {read} tasks read, {changed} new or changed{end}");
    });
    let pulled = pulled.await?;
    if is_terminal {
        eprintln!();
    }
    let mut out = io::stdout().lock();
    writeln!(out, "read        {}", pulled.read)?;
    writeln!(out, "new         {}", pulled.created)?;
    writeln!(out, "changed     {}", pulled.changed)?;
    writeln!(out, "gone        {}", pulled.gone)?;
    writeln!(out, "unreadable  {}", pulled.unreadable)?;
    match pulled.lists_gone {
        0 => Ok(()),
        lists => Err(CommandError::Refused(format!(
            "{lists} of the mapping's lists are not in ClickUp, or not for this token"
        ))),
    }
}
