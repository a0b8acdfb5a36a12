//! `civicforge keys`: making and rotating the keys that servers read from files.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use civicforge_kernel::keys::folder;
use civicforge_kernel::keys::rotation::{self, KeyKind, KeyList, RotationError};
use clap::{Args, Subcommand};

use crate::config::FolderArgs;
use crate::config::read::ConfigErrors;
use crate::serve::USAGE;

/// The flags of `civicforge keys`.
// The comments are the help text.
#[derive(Args, Clone, Debug)]
pub struct KeysArgs {
    #[command(subcommand)]
    step: Step,
}

#[derive(Subcommand, Clone, Debug)]
enum Step {
    /// Show which keys there are
    List(KeyFileArgs),
    /// Make the first keys; those that exist stay as they are
    Init(KeyFileArgs),
    /// Add a second key, which every server then accepts and none uses
    Add(StepArgs),
    /// Use the second key; the first one is still accepted
    Promote(StepArgs),
    /// Remove the keys that are not used: what was made with them is refused from then on
    Retire(StepArgs),
}

#[derive(Args, Clone, Debug)]
struct StepArgs {
    /// Which keys
    kind: KeyKind,

    #[command(flatten)]
    files: KeyFileArgs,
}

/// The flags that say where the keys are; the same as those of the server.
#[derive(Args, Clone, Debug)]
struct KeyFileArgs {
    /// The server's folder, with keys in keys/.
    #[command(flatten)]
    folder: FolderArgs,

    /// File of the signing keys [default: keys/signing-keys.pem in the data folder]
    #[arg(long, env = "CIVICFORGE_SIGNING_KEYS_FILE", value_name = "FILE")]
    signing_keys_file: Option<PathBuf>,

    /// File of the secret [default: keys/secret.key in the data folder]
    #[arg(long, env = "CIVICFORGE_SECRET_FILE", value_name = "FILE")]
    secret_file: Option<PathBuf>,
}

impl KeyFileArgs {
    fn path(&self, kind: KeyKind) -> Result<PathBuf, ConfigErrors> {
        let given = match kind {
            KeyKind::SigningKeys => &self.signing_keys_file,
            KeyKind::Secret => &self.secret_file,
        };
        match given {
            Some(file) => Ok(file.clone()),
            None => Ok(folder::file(&self.folder.validate()?, kind)),
        }
    }

    fn both(&self) -> Result<[(KeyKind, PathBuf); 2], ConfigErrors> {
        let [keys, secret] = [KeyKind::SigningKeys, KeyKind::Secret];
        Ok([(keys, self.path(keys)?), (secret, self.path(secret)?)])
    }
}

/// Why a step was not done.
#[derive(Debug, thiserror::Error)]
enum KeysCommandError {
    #[error(transparent)]
    Config(#[from] ConfigErrors),
    #[error(transparent)]
    Rotation(#[from] RotationError),
    #[error("the answer cannot be written: {0}")]
    Output(#[from] io::Error),
}

/// Does one step. What goes wrong is said on standard error.
pub fn run(args: &KeysArgs) -> ExitCode {
    match step(&args.step) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("civicforge: {error}");
            match error {
                KeysCommandError::Config(_) => ExitCode::from(USAGE),
                _ => ExitCode::FAILURE,
            }
        }
    }
}

fn step(step: &Step) -> Result<(), KeysCommandError> {
    match step {
        Step::List(files) => {
            for (kind, path) in files.both()? {
                show(kind, &path, &rotation::read(kind, &path)?)?;
            }
        }
        Step::Init(files) => {
            for (kind, path) in files.both()? {
                let list = match rotation::create(kind, &path) {
                    Err(RotationError::Exists(_)) => rotation::read(kind, &path)?,
                    made => made?,
                };
                show(kind, &path, &list)?;
            }
        }
        Step::Add(args) => {
            change(args, KeyList::add)?;
            eprintln!("{}", added(args.kind));
        }
        Step::Promote(args) => {
            change(args, KeyList::promote)?;
            eprintln!("{}", promoted(args.kind));
        }
        Step::Retire(args) => change(args, KeyList::retire)?,
    }
    Ok(())
}

/// What comes after a key was added. It goes to standard error, so that standard output is the answer alone.
fn added(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::SigningKeys => {
            "Next: wait until every server knows the key (one that reads this file takes a second), and five minutes\n\
             for whoever keeps a copy of /.well-known/jwks.json. Then run 'civicforge keys promote signing-keys'."
        }
        KeyKind::Secret => {
            "Next: wait until every server knows the secret (one that reads this file takes a second). Then run\n\
             'civicforge keys promote secret'."
        }
    }
}

/// What comes after a key was promoted.
fn promoted(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::SigningKeys => {
            "Next: wait 30 minutes, until the last access token of the old key has expired. Then run\n\
             'civicforge keys retire signing-keys'."
        }
        KeyKind::Secret => {
            "Next: wait 24 hours, until no registration of before can be repeated. Then run\n\
             'civicforge keys retire secret'."
        }
    }
}

fn change(
    args: &StepArgs,
    step: impl FnOnce(&mut KeyList) -> Result<(), RotationError>,
) -> Result<(), KeysCommandError> {
    let path = args.files.path(args.kind)?;
    let list = rotation::change(args.kind, &path, step)?;
    Ok(show(args.kind, &path, &list)?)
}

fn show(kind: KeyKind, path: &Path, list: &KeyList) -> io::Result<()> {
    let (name, used, accepted) = match kind {
        KeyKind::SigningKeys => ("signing-keys", "signs", "verifies"),
        KeyKind::Secret => ("secret", "used", "accepted"),
    };
    let mut out = io::stdout().lock();
    writeln!(out, "{name}  {}", path.display())?;
    for (index, id) in list.ids().enumerate() {
        let what = if index == 0 { used } else { accepted };
        writeln!(out, "  {id}  {what}")?;
    }
    Ok(())
}
