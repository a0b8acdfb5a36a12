//! The server as a program. Without a subcommand it serves.

use std::process::ExitCode;

use civicforge_handlers::backup::command::{self as backup, BackupArgs, RestoreArgs};
use civicforge_handlers::commands::clickup::{self, ClickUpArgs};
use civicforge_handlers::commands::create_table::{self, CreateTableArgs};
use civicforge_handlers::commands::keys::{self as keys, KeysArgs};
use civicforge_handlers::commands::member::{self, MemberArgs};
use civicforge_handlers::commands::neon::{self, NeonArgs};
use civicforge_handlers::commands::outbox::{self, OutboxArgs};
use civicforge_handlers::commands::shards::{self, ShardsArgs};
use civicforge_handlers::commands::sign_ups::{self, SignUpsArgs};
use civicforge_handlers::commands::subscriptions::{self, SubscriptionsArgs};
use civicforge_handlers::commands::sync::{self, SyncArgs};
use civicforge_handlers::config::ServeArgs;
use civicforge_handlers::health::command::{self as health, HealthArgs};
use civicforge_handlers::serve;
use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

/// A request makes some hundreds of small allocations, most of them in the AWS SDK.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The backend of a community organization: members, quests and their rewards
///
/// Without a command it serves, with the flags of `civicforge serve`.
#[derive(Parser)]
#[command(name = "civicforge", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: ServeArgs,
}

#[derive(Subcommand)]
enum Command {
    /// Answer requests until SIGINT or SIGTERM; the default
    Serve(Box<ServeArgs>),
    /// Show a member, and give or take the roles that only an operator gives
    ///
    /// It works on the data itself, also while a server runs.
    Member(MemberArgs),
    /// Show over how many partitions shared lists are spread, or raise the number
    ///
    /// One partition takes 1,000 writes a second. The number is kept in the table, and can be raised while servers and
    /// functions run: readers learn of it first, and writers a minute and a half later. It cannot be lowered.
    Shards(ShardsArgs),
    /// Send events to webhooks, signed as Standard Webhooks has it
    ///
    /// It works on the data itself, also while a server runs.
    Subscriptions(SubscriptionsArgs),
    /// Show messages that wait or were given up, have them tried again, and drop them
    ///
    /// It works on the data itself, also while a server runs.
    Outbox(OutboxArgs),
    /// Say what the lists, statuses and fields of ClickUp are here, and which shops there are
    ///
    /// It works on the data itself, also while a server runs.
    #[command(name = "clickup")]
    ClickUp(ClickUpArgs),
    /// Say what Neon CRM's webhooks are known by
    Neon(NeonArgs),
    /// Read all tasks of ClickUp's lists, and have them be here as they are there
    ///
    /// For when lists are first published, and to mend what webhooks have missed. It works on the data itself, also while a server
    /// runs, and may be stopped and begun again at any time.
    Sync(SyncArgs),
    /// Show sign-ups with the user pool of AWS that made no member, have them tried again, and drop them
    ///
    /// What the queue's function has given up is among the queue's dead letters. Nothing is shown of an address but its first letter
    /// and its domain. It needs the table that the functions work on.
    SignUps(SignUpsArgs),
    /// Make a DynamoDB table where it does not exist, for servers without the AWS stack
    CreateTable(CreateTableArgs),
    /// Make and rotate the keys that servers read from files
    ///
    /// By default those of the data folder. A running server takes a change within a second. A rotation is add, promote and
    /// retire: with the waits that each step tells of, nobody is logged out, whatever number of servers share the files.
    Keys(KeysArgs),
    /// Ask a running server whether it is ready; exit code 0 says that it is
    Health(HealthArgs),
    /// Copy the data folder into a file, also while its server is running
    Backup(BackupArgs),
    /// Make a data folder of a backup; it must not exist, or be empty
    Restore(RestoreArgs),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.command {
        Some(Command::Serve(args)) => serve::run(*args),
        Some(Command::Member(args)) => member::run(&args),
        Some(Command::ClickUp(args)) => clickup::run(&args),
        Some(Command::Neon(args)) => neon::run(&args),
        Some(Command::Sync(args)) => sync::run(&args),
        Some(Command::Shards(args)) => shards::run(&args),
        Some(Command::Subscriptions(args)) => subscriptions::run(&args),
        Some(Command::Outbox(args)) => outbox::run(&args),
        Some(Command::SignUps(args)) => sign_ups::run(&args),
        Some(Command::CreateTable(args)) => create_table::run(&args),
        Some(Command::Keys(args)) => keys::run(&args),
        Some(Command::Health(args)) => health::run(&args),
        Some(Command::Backup(args)) => backup::run_backup(&args),
        Some(Command::Restore(args)) => backup::run_restore(&args),
        None => serve::run(cli.serve),
    }
}
