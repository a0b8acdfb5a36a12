//! `civicforge clickup`: what ClickUp's lists, statuses and fields are here, and the webhooks that it sends.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use civicforge_kernel::clock::Clock;
use civicforge_kernel::keys::source::SecretSource;
use civicforge_kernel::table::Table;
use clap::{Args, Subcommand};
use url::Url;

use super::{CommandError, on_table, run as run_command};
use crate::config::StorageArgs;
use crate::sync::connect::{Connected, connect, disconnect, rotate};
use crate::sync::vendors::Vendors;
use crate::tasks::mapping::{ClickUpMapping, Mapping};
use crate::tasks::shops::Shop;
use crate::vendors::clickup::ClickUp;

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
    /// Have ClickUp send what happens in the lists of the mapping
    ///
    /// A webhook that is there for the same place is taken over, and made active again.
    Connect(EndpointArgs),
    /// Have new webhooks, with new secrets, take the place of those that there are
    ///
    /// What the old ones have sent is taken for another hour. What happens while one is made is found by the next reading of the lists.
    Rotate(EndpointArgs),
    /// Have ClickUp send nothing any more
    Disconnect {
        #[command(flatten)]
        settings: SettingsArgs,

        #[command(flatten)]
        place: StorageArgs,
    },
}

#[derive(Args, Clone, Debug)]
struct EndpointArgs {
    /// Where this server or stack is reached, such as https://api.example.org
    #[arg(value_name = "URL")]
    url: Url,

    #[command(flatten)]
    settings: SettingsArgs,

    #[command(flatten)]
    place: StorageArgs,
}

/// Where the settings of the other systems are.
#[derive(Args, Clone, Debug)]
pub struct SettingsArgs {
    /// File with the settings of the other systems, as the server has it
    #[arg(long, env = "CIVICFORGE_VENDORS_FILE", value_name = "FILE")]
    vendors_file: PathBuf,
}

/// Does what is asked for. What goes wrong is said on standard error.
pub fn run(args: &ClickUpArgs) -> ExitCode {
    match &args.step {
        Step::Schema => run_command(async { schema() }),
        Step::Show { place } => on_table(place, "clickup", async |table| show(&table).await),
        Step::Connect(to) => on_table(&to.place, "clickup", async |table| {
            let (click_up, by, endpoint) = ways(&table, &to.settings, &to.url).await?;
            told(&connect(&click_up, &table, &by, &endpoint).await?)
        }),
        Step::Rotate(to) => on_table(&to.place, "clickup", async |table| {
            let (click_up, by, endpoint) = ways(&table, &to.settings, &to.url).await?;
            let clock = Clock::system();
            told(&rotate(&click_up, &table, &by, &endpoint, &clock).await?)
        }),
        Step::Disconnect { settings, place } => on_table(place, "clickup", async |table| {
            let count = disconnect(&settings.click_up(&settings.vendors()).await?, &table).await?;
            writeln!(io::stdout(), "{count} webhooks are gone")?;
            Ok(())
        }),
        Step::Map { file, place } => match read(file) {
            Ok(mapping) => on_table(place, "clickup", async |table| map(&table, &mapping).await),
            Err(error) => run_command(async { Err(error) }),
        },
    }
}

impl SettingsArgs {
    /// The other systems of the settings.
    pub(super) fn vendors(&self) -> Vendors {
        let file = SecretSource::File(self.vendors_file.clone());
        Vendors::new(Some(file), None, Clock::system())
    }

    /// The way to ClickUp.
    pub(super) async fn click_up(&self, vendors: &Vendors) -> Result<ClickUp, CommandError> {
        let clients = vendors.clients().await;
        let clients = clients.map_err(|error| CommandError::Refused(error.to_string()))?;
        let file = self.vendors_file.display().to_string();
        let click_up = clients.click_up;
        click_up.ok_or_else(|| refused(&file, "has no clickUp"))
    }
}

/// What is where in ClickUp, as the mapping has it.
pub(super) async fn mapped(table: &Table) -> Result<ClickUpMapping, CommandError> {
    let mapping = Mapping::read(table).await?;
    let by = mapping.and_then(|mapping| mapping.click_up);
    by.ok_or_else(|| {
        let why = "the mapping has no clickUp; set one with `civicforge clickup map FILE`";
        CommandError::Refused(why.to_owned())
    })
}

/// The way to ClickUp, what is there, and where it is to send.
async fn ways(
    table: &Table,
    settings: &SettingsArgs,
    url: &Url,
) -> Result<(ClickUp, ClickUpMapping, Url), CommandError> {
    let by = mapped(table).await?;
    let endpoint = url.join("/webhooks/clickup");
    let endpoint = endpoint.map_err(|error| refused(url.as_str(), &error.to_string()))?;
    let click_up = settings.click_up(&settings.vendors()).await?;
    Ok((click_up, by, endpoint))
}

fn told(connected: &[Connected]) -> Result<(), CommandError> {
    let mut out = io::stdout().lock();
    for one in connected {
        let place = match &one.list {
            Some(list) => format!("list {list}"),
            None => "the space".to_owned(),
        };
        let what = if one.was_there { "taken over" } else { "new" };
        writeln!(out, "webhook  {} of {place}: {what}", one.id)?;
    }
    Ok(())
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
