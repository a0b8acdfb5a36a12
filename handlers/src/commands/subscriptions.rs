//! `civicforge subscriptions`: who receives events by webhook.

use std::io::{self, Write as _};
use std::process::ExitCode;

use civicforge_kernel::clock::Clock;
use civicforge_kernel::destinations::subscriptions::{self, Subscription};
use civicforge_kernel::table::{Table, stamp};
use clap::{Args, Subcommand};
use uuid::Uuid;

use super::{CommandError, on_table};
use crate::app::event_types;
use crate::config::StorageArgs;

/// The flags of `civicforge subscriptions`.
// The comments are the help text.
#[derive(Args, Clone, Debug)]
pub struct SubscriptionsArgs {
    #[command(subcommand)]
    step: Step,
}

#[derive(Subcommand, Clone, Debug)]
enum Step {
    /// Send events to a URL from now on, and show the secret that they are signed with, once
    Add(Box<AddArgs>),
    /// Show all subscriptions
    List {
        #[command(flatten)]
        place: StorageArgs,
    },
    /// Send no more events to a subscription, and forget it
    Remove(OneArgs),
    /// Send events again to a subscription that was disabled after a day of failures
    Enable(OneArgs),
}

#[derive(Args, Clone, Debug)]
struct AddArgs {
    /// Where events are sent: https, at a public address
    #[arg(value_name = "URL")]
    url: String,

    /// Send this kind of events, such as quest.completed or 'quest.*'; repeatable [default: every kind]
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,

    /// Let the URL be at a private address, or plain http of this machine
    #[arg(long)]
    allow_private: bool,

    #[command(flatten)]
    place: StorageArgs,
}

#[derive(Args, Clone, Debug)]
struct OneArgs {
    /// The id of the subscription
    #[arg(value_name = "ID")]
    id: Uuid,

    #[command(flatten)]
    place: StorageArgs,
}

/// Does what is asked for. What goes wrong is said on standard error.
pub fn run(args: &SubscriptionsArgs) -> ExitCode {
    let place = match &args.step {
        Step::Add(add) => &add.place,
        Step::List { place } => place,
        Step::Remove(one) | Step::Enable(one) => &one.place,
    };
    on_table(place, "subscriptions", async |table| match &args.step {
        Step::Add(args) => add(&table, args).await,
        Step::List { .. } => list(&table).await,
        Step::Remove(one) => known(one.id, subscriptions::remove(&table, one.id).await?),
        Step::Enable(one) => known(one.id, subscriptions::enable(&table, one.id).await?),
    })
}

fn known(id: Uuid, is_there: bool) -> Result<(), CommandError> {
    match is_there {
        true => Ok(()),
        false => Err(CommandError::Refused(format!(
            "there is no subscription {id}"
        ))),
    }
}

async fn add(table: &Table, args: &AddArgs) -> Result<(), CommandError> {
    let known: Vec<_> = event_types().into_iter().map(|event| event.kind).collect();
    let now = Clock::system().stamp();
    let kinds = args.kind.clone();
    let made = Subscription::new(&args.url, kinds, &known, args.allow_private, now)?;
    subscriptions::add(table, &made).await?;
    let mut out = io::stdout().lock();
    writeln!(out, "subscription  {}", made.id)?;
    writeln!(out, "url           {}", made.url)?;
    writeln!(out, "kinds         {}", made.kinds.join(", "))?;
    writeln!(out, "secret        {}", made.secret.expose())?;
    eprintln!(
        "Keep the secret: it is not shown again. Verify each message with it, as https://www.standardwebhooks.com says."
    );
    Ok(())
}

async fn list(table: &Table) -> Result<(), CommandError> {
    let all = subscriptions::list(table).await?;
    let mut out = io::stdout().lock();
    for one in all {
        let state = match (one.disabled_at, one.failing_since) {
            (Some(at), _) => format!("disabled since {}", stamp::format(at)),
            (None, Some(since)) => format!("failing since {}", stamp::format(since)),
            (None, None) => "active".to_owned(),
        };
        writeln!(
            out,
            "{}  {}  {}  {state}",
            one.id,
            one.url,
            one.kinds.join(",")
        )?;
    }
    Ok(())
}
