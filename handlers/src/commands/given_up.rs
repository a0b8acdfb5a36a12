//! What commands on things that were given up have in common: choosing some of them, and saying how many were changed.

use std::io::{self, Write as _};

use clap::Args;

use super::CommandError;

/// How many are shown, and how many `--all` means, at most.
pub(super) const LIMIT: usize = 1_000;

/// Which of them: some by name, or all.
// The comments on the fields are the help text.
#[derive(Args, Clone, Debug)]
pub(super) struct ChosenArgs {
    /// One that was given up, as list shows it first; repeatable
    #[arg(
        value_name = "MESSAGE",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    pub message: Vec<String>,

    /// All that were given up, at most 1,000
    #[arg(long)]
    pub all: bool,
}

/// Says how many were changed.
///
/// # Errors
///
/// Some of them were not there.
pub(super) fn report(changed: usize, chosen: usize, what: &str) -> Result<(), CommandError> {
    writeln!(io::stdout().lock(), "{changed} {what}")?;
    match chosen - changed {
        0 => Ok(()),
        others => Err(CommandError::Refused(format!(
            "{others} of {chosen} messages are not among those that were given up"
        ))),
    }
}
