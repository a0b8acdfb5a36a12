//! `civicforge neon`: what Neon CRM's webhooks are known by.

use std::io::{self, Write as _};
use std::process::ExitCode;

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use civicforge_kernel::clock::Clock;
use civicforge_kernel::table::{Table, stamp};
use clap::{Args, Subcommand};
use url::Url;

use super::{CommandError, on_table};
use crate::config::StorageArgs;
use crate::members::NEON_USER;
use crate::sync::webhooks::{NeonPassword, Webhooks};

/// How long a password is taken that another has taken the place of: somebody has to enter the new one by hand.
const OVERLAP: TimeDelta = TimeDelta::days(1);

/// What webhooks are to be made for.
const TRIGGERS: &str = "create, update and delete of accounts; merged accounts; create, update and delete of memberships";

/// The flags of `civicforge neon`.
// The comments are the help text.
#[derive(Args, Clone, Debug)]
pub struct NeonArgs {
    #[command(subcommand)]
    step: Step,
}

#[derive(Subcommand, Clone, Debug)]
enum Step {
    /// Make a password, and show once what is to be entered in Neon CRM's webhooks
    ///
    /// Called again it makes another one; the one before is taken for another day.
    Connect {
        /// Where this server or stack is reached, such as https://api.example.org
        #[arg(value_name = "URL")]
        url: Url,

        #[command(flatten)]
        place: StorageArgs,
    },
    /// Take nothing from Neon CRM's webhooks any more
    Disconnect {
        #[command(flatten)]
        place: StorageArgs,
    },
}

/// Does what is asked for. What goes wrong is said on standard error.
pub fn run(args: &NeonArgs) -> ExitCode {
    match &args.step {
        Step::Connect { url, place } => {
            on_table(place, "neon", async |table| connect(&table, url).await)
        }
        Step::Disconnect { place } => {
            on_table(place, "neon", async |table| disconnect(&table).await)
        }
    }
}

async fn connect(table: &Table, url: &Url) -> Result<(), CommandError> {
    let refused = |why: &str| CommandError::Refused(format!("{url} {why}"));
    let address = url.join("/webhooks/neon");
    let address = address.map_err(|error| refused(&error.to_string()))?;
    let mut random = [0; 32];
    let filled = SystemRandom::new().fill(&mut random);
    filled.map_err(|_| CommandError::Refused("no password can be made".to_owned()))?;
    let password = URL_SAFE_NO_PAD.encode(random);
    let now = Clock::system().stamp();
    let until = now + OVERLAP;
    let connected = |all: &mut Webhooks| {
        let is_over = |one: &NeonPassword| one.until.is_some_and(|until| until < now);
        all.neon.retain(|one| !is_over(one));
        for former in &mut all.neon {
            former.until = former.until.or(Some(until));
        }
        all.neon.push(NeonPassword::of(&password));
    };
    let after = Webhooks::change(table, connected).await?;
    let mut out = io::stdout().lock();
    writeln!(out, "triggers   {TRIGGERS}")?;
    writeln!(out, "address    {address}")?;
    writeln!(out, "user       {NEON_USER}")?;
    writeln!(out, "password   {password}")?;
    writeln!(out)?;
    writeln!(
        out,
        "Enter these in Neon CRM, in a webhook for each trigger. In the place of user and password a webhook can have the custom parameter"
    )?;
    writeln!(
        out,
        "`token` with the password as its value. The password is not shown again."
    )?;
    if after.neon.len() > 1 {
        writeln!(
            out,
            "The one before is taken until {}.",
            stamp::format(until)
        )?;
    }
    Ok(())
}

async fn disconnect(table: &Table) -> Result<(), CommandError> {
    Webhooks::change(table, |all| all.neon.clear()).await?;
    writeln!(
        io::stdout(),
        "nothing is taken from Neon CRM's webhooks any more"
    )?;
    Ok(())
}
