//! `civicforge clickup`: what ClickUp's lists, statuses and fields are here.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use civicforge_kernel::table::Table;
use clap::{Args, Subcommand};

use super::{CommandError, on_table, run as run_command};
use crate::config::StorageArgs;
use crate::tasks::mapping::Mapping;
use crate::tasks::shops::Shop;

/// The flags of `civicforge clickup`.
// The comments are the help text.
#[derive(Args, Clone, Debug)]
pub struct ClickUpArgs {
    #[command(subcommand)]
    step: Step,
}

#[derive(Subcommand, Clone, Debug)]
enum Step {
    /// Make the shops of a mapping, and have tasks read and written by it from now on
    ///
    /// FILE is JSON, as `civicforge clickup schema` describes it. It takes the place of the mapping that was there. Servers and
    /// functions go by it within 30 seconds. A shop that it no longer names is still listed, with the tasks that it has.
    Map {
        /// The mapping
        #[arg(value_name = "FILE")]
        file: PathBuf,

        #[command(flatten)]
        place: StorageArgs,
    },
    /// Show the mapping
    Show {
        #[command(flatten)]
        place: StorageArgs,
    },
    /// Show the JSON Schema of mappings
    Schema,
}

/// Does what is asked for. What goes wrong is said on standard error.
pub fn run(args: &ClickUpArgs) -> ExitCode {
    match &args.step {
        Step::Schema => run_command(async { schema() }),
        Step::Show { place } => on_table(place, "clickup", async |table| show(&table).await),
        Step::Map { file, place } => match read(file) {
            Ok(mapping) => on_table(place, "clickup", async |table| map(&table, &mapping).await),
            Err(error) => run_command(async { Err(error) }),
        },
    }
}

fn schema() -> Result<(), CommandError> {
    let schema = schemars::schema_for!(Mapping);
    let text = serde_json::to_string_pretty(&schema).map_err(io::Error::from)?;
    writeln!(io::stdout(), "{text}")?;
    Ok(())
}

async fn show(table: &Table) -> Result<(), CommandError> {
    let mapping = Mapping::read(table).await?;
    let mapping = mapping.ok_or_else(|| {
        CommandError::Refused(
            "there is no mapping; set one with `civicforge clickup map FILE`".to_owned(),
        )
    })?;
    let text = serde_json::to_string_pretty(&mapping).map_err(io::Error::from)?;
    writeln!(io::stdout(), "{text}")?;
    Ok(())
}

async fn map(table: &Table, mapping: &Mapping) -> Result<(), CommandError> {
    let mut out = io::stdout().lock();
    for (name, shop) in &mapping.shops {
        let shop = Shop {
            shop: name
                .clone()
                .try_into()
                .map_err(|_| refused(name, "is no short name"))?,
            name: shop.name.trim().to_owned(),
        };
        shop.save(table).await?;
        writeln!(out, "shop   {name}: {}", shop.name)?;
    }
    mapping.save(table).await?;
    if let Some(click_up) = &mapping.click_up {
        let lists: Vec<_> = click_up
            .lists
            .iter()
            .map(|list| list.list.as_str())
            .collect();
        writeln!(out, "lists  {}", lists.join(", "))?;
    }
    Ok(())
}

fn refused(what: &str, why: &str) -> CommandError {
    CommandError::Refused(format!("{what} {why}"))
}

/// The mapping of a file, if nothing is wrong with it.
fn read(file: &Path) -> Result<Mapping, CommandError> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file);
    let text = text.map_err(|error| refused(&name, &format!("cannot be read: {error}")))?;
    let mapping: Mapping = serde_json::from_str(&text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let problem = error.to_string();
        let problem = problem.split(" at line ").next().unwrap_or_default();
        CommandError::Refused(format!("{name}:{line}:{column}: {problem}"))
    })?;
    let errors = mapping.errors();
    if errors.is_empty() {
        return Ok(mapping);
    }
    let lines = errors
        .iter()
        .map(|error| format!("{name}: {} {}", error.at, error.problem));
    Err(CommandError::Refused(
        lines.collect::<Vec<_>>().join("\n  "),
    ))
}
