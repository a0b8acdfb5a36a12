//! `civicforge sign-ups`: people who have signed up with the user pool and could not be made members of.
//!
//! They are on a queue of AWS, whose function tries each of them several times; what it has given up is among the queue's dead letters. A
//! server has no such queue, because no user pool tells it of sign-ups.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use civicforge_kernel::aws::dead_letters::{self, DeadLetters, Letter};
use civicforge_kernel::aws::{self, Endpoint};
use civicforge_kernel::clock::Clock;
use civicforge_kernel::table::{Table, stamp};
use clap::{Args, Subcommand};
use url::Url;

use super::given_up::{self, ChosenArgs, LIMIT};
use super::{CommandError, on_table};
use crate::auth::sign_up::{self, Admitted};
use crate::config::StorageArgs;
use crate::config::read::web_url;
use crate::serve::USAGE;

/// How long making one member may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The flags of `civicforge sign-ups`.
// The comments are the help text.
#[derive(Args, Clone, Debug)]
pub struct SignUpsArgs {
    #[command(subcommand)]
    step: Step,
}

#[derive(Subcommand, Clone, Debug)]
enum Step {
    /// Show sign-ups that were given up, at most 1,000
    List(QueueArgs),
    /// Make members of those who have signed up, now
    Retry(OnSignUpsArgs),
    /// Delete sign-ups that were given up; who has signed up so becomes a member at the next login
    Drop(OnSignUpsArgs),
}

#[derive(Args, Clone, Debug)]
struct QueueArgs {
    /// URL of the queue of failed sign-ups: UserCreationQueueUrl of the stack's outputs
    #[arg(long, env = "CIVICFORGE_USER_DLQ_URL", value_name = "URL", value_parser = web_url)]
    queue: Url,

    #[command(flatten)]
    place: StorageArgs,
}

#[derive(Args, Clone, Debug)]
struct OnSignUpsArgs {
    #[command(flatten)]
    chosen: ChosenArgs,

    #[command(flatten)]
    queue: QueueArgs,
}

/// Does what is asked for. What goes wrong is said on standard error.
pub fn run(args: &SignUpsArgs) -> ExitCode {
    let queue = match &args.step {
        Step::List(queue) => queue,
        Step::Retry(on) | Step::Drop(on) => &on.queue,
    };
    if queue.place.table.is_none() {
        eprintln!(
            "civicforge: --table (CIVICFORGE_TABLE) is needed\n  A server with an embedded database is told of no sign-ups by a user pool."
        );
        return ExitCode::from(USAGE);
    }
    on_table(&queue.place, "sign-ups", async |table| {
        let letters = behind(queue).await?;
        match &args.step {
            Step::List(_) => list(&letters).await,
            Step::Retry(on) => retry(&table, &letters, &on.chosen).await,
            Step::Drop(on) => drop(&letters, &on.chosen).await,
        }
    })
}

async fn behind(args: &QueueArgs) -> Result<DeadLetters, CommandError> {
    let place = Endpoint {
        region: args.place.region.clone().filter(|text| !text.is_empty()),
        // Where the queue is, its URL says.
        endpoint: Some(args.queue.clone()),
    };
    let way = aws::discover(&place, &dead_letters::LIMITS).await;
    let way = way.map_err(|error| CommandError::Refused(error.to_string()))?;
    Ok(DeadLetters::behind(&way, &args.queue).await?)
}

async fn list(letters: &DeadLetters) -> Result<(), CommandError> {
    let found = letters.take(LIMIT).await?;
    let shown = show(&found);
    letters.put_back(&found).await?;
    shown?;
    match letters.waiting() {
        0 => {}
        waiting => eprintln!("{waiting} more wait on the queue, and are tried by its function."),
    }
    Ok(())
}

fn show(letters: &[Letter]) -> Result<(), CommandError> {
    let mut out = io::stdout().lock();
    for letter in letters {
        let since = letter.sent_at.map_or("-".to_owned(), stamp::format);
        let what = sign_up::describe(&letter.body);
        let what = what.unwrap_or_else(|error| format!("damaged: {error}"));
        writeln!(out, "{}  {since}  {what}", letter.id)?;
    }
    Ok(())
}

async fn retry(
    table: &Table,
    letters: &DeadLetters,
    chosen: &ChosenArgs,
) -> Result<(), CommandError> {
    let clock = Clock::system();
    let mut kept = Vec::new();
    let taken = take(letters, chosen).await?;
    let mut out = io::stdout().lock();
    for letter in &taken.chosen {
        let until = Instant::now() + PATIENCE;
        let id = &letter.id;
        match sign_up::from_queue(table, &clock, &letter.body, until).await {
            Ok(admitted) => {
                letters.delete(letter).await?;
                let done = match admitted {
                    Some(Admitted::Opened(user)) => format!("is member {user} now"),
                    Some(Admitted::Linked(user)) => format!("was linked to member {user}"),
                    Some(Admitted::Before(user)) => format!("was member {user} already"),
                    None => "was no sign-up".to_owned(),
                };
                writeln!(out, "{id}  {done}")?;
            }
            Err(error) => {
                eprintln!("{id}  is no member: {error}");
                kept.push(letter.clone());
            }
        }
    }
    letters.put_back(&kept).await?;
    let made = taken.chosen.len() - kept.len();
    given_up::report(made, taken.asked - kept.len(), "done")?;
    match kept.len() {
        0 => Ok(()),
        failed => Err(CommandError::Refused(format!(
            "{failed} of {} sign-ups make no member, and are kept",
            taken.asked
        ))),
    }
}

async fn drop(letters: &DeadLetters, chosen: &ChosenArgs) -> Result<(), CommandError> {
    let taken = take(letters, chosen).await?;
    for letter in &taken.chosen {
        letters.delete(letter).await?;
    }
    given_up::report(taken.chosen.len(), taken.asked, "deleted")
}

struct Taken {
    chosen: Vec<Letter>,
    /// How many were asked for; some of them may not be there.
    asked: usize,
}

/// Takes those that are chosen. SQS gives what it likes, so all are looked at, and the others put back.
async fn take(letters: &DeadLetters, chosen: &ChosenArgs) -> Result<Taken, CommandError> {
    let all = letters.take(LIMIT).await?;
    if chosen.all {
        let asked = all.len();
        return Ok(Taken { chosen: all, asked });
    }
    let names: BTreeSet<_> = chosen.message.iter().collect();
    let (chosen, others): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|letter| names.contains(&letter.id));
    letters.put_back(&others).await?;
    let asked = names.len();
    Ok(Taken { chosen, asked })
}
