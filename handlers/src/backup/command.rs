//! The two commands.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{BackupError, Manifest, restore, save};
use crate::config::FolderArgs;
use crate::serve::USAGE;

/// The flags of `civicforge backup`.
// The comments on the fields are the help text.
#[derive(Args, Clone, Debug)]
pub struct BackupArgs {
    /// The file to write, which must not exist
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The server's folder.
    #[command(flatten)]
    pub folder: FolderArgs,

    /// Leave the signing keys and the secret out; without them, members log in anew after a restore
    #[arg(long)]
    pub without_keys: bool,
}

/// The flags of `civicforge restore`.
// The comments on the fields are the help text.
#[derive(Args, Clone, Debug)]
pub struct RestoreArgs {
    /// The backup
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The folder to make.
    #[command(flatten)]
    pub folder: FolderArgs,
}

/// Writes a backup. What goes wrong is said on standard error.
pub fn run_backup(args: &BackupArgs) -> ExitCode {
    let folder = match folder(&args.folder) {
        Ok(folder) => folder,
        Err(code) => return code,
    };
    eprintln!("copying {}", folder.display());
    let with_keys = !args.without_keys;
    finish(save(&folder, &args.file, with_keys), |manifest| {
        let keys = match manifest.has_keys() {
            true => "It holds the signing keys: keep it where only operators can read it.",
            false => "It holds no keys: keep those of the data folder too.",
        };
        let (bytes, at) = (manifest.bytes(), time(manifest));
        let file = args.file.display();
        format!("{file}: {bytes} bytes, as of {at}\n{keys}")
    })
}

/// Makes a data folder of a backup. What goes wrong is said on standard error.
pub fn run_restore(args: &RestoreArgs) -> ExitCode {
    let folder = match folder(&args.folder) {
        Ok(folder) => folder,
        Err(code) => return code,
    };
    eprintln!("restoring {}", args.file.display());
    finish(restore(&args.file, &folder), |manifest| {
        let keys = match manifest.has_keys() {
            true => "Start the server with this folder.",
            false => {
                "It holds no keys: put the folder keys/ back into it before the server starts."
            }
        };
        let (folder, at) = (folder.display(), time(manifest));
        format!("{folder}: as of {at}\n{keys}")
    })
}

/// The data folder that is meant; or what to end with where none is.
fn folder(args: &FolderArgs) -> Result<PathBuf, ExitCode> {
    args.validate().map_err(|errors| {
        eprintln!("civicforge: {errors}");
        ExitCode::from(USAGE)
    })
}

/// When the copy was begun, to the second.
fn time(manifest: &Manifest) -> impl std::fmt::Display {
    manifest.created_at.format("%Y-%m-%d %H:%M:%S UTC")
}

fn finish(
    outcome: Result<Manifest, BackupError>,
    says: impl FnOnce(&Manifest) -> String,
) -> ExitCode {
    match outcome {
        Ok(manifest) => {
            // Nobody may be left to read it; what was done is done.
            let _ = writeln!(std::io::stdout(), "{}", says(&manifest));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("civicforge: {error}");
            ExitCode::FAILURE
        }
    }
}
