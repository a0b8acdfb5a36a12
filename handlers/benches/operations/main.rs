//! What a request takes on AWS beside the table: processor time, bytes in the log, bytes of the request and of the response.
//!
//! ```sh
//! cargo bench -p civicforge-handlers --bench operations -- [FOLDER]
//! ```
//!
//! FOLDER has the programs of the functions. Without it they are built for this machine as they are deployed, which takes a while.
//! Each function is a process behind an emulated REST API, on an embedded table of this process. The figures go to `docs/requests.json`;
//! `civicforge-sam cost` makes prices of them. The patterns have the names that they have in `docs/capacity.json`.
//!
//! Processor time is the kernel's account of the function's threads. The time that a function waits for its table is not in it.

mod journey;
mod meter;

use std::path::{Path, PathBuf};
use std::process::Command;

use meter::Meter;

type Error = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Error> {
    // What cargo adds of its own comes last.
    let given = std::env::args_os().nth(1).map(PathBuf::from);
    let given = given.filter(|given| given.as_os_str() != "--bench");
    let programs = match given {
        Some(folder) => folder.canonicalize()?,
        None => build()?,
    };
    let mut meter = Meter::new(&programs).await?;
    journey::all(&mut meter).await?;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/requests.json");
    std::fs::write(&file, meter.json())?;
    eprintln!("written to docs/requests.json");
    Ok(())
}

/// Builds the functions' programs as they are deployed, for this machine. Where they are.
fn build() -> Result<PathBuf, Error> {
    let this = std::env::current_exe()?;
    let target = this
        .ancestors()
        .nth(3)
        .ok_or("this program is not in a target folder")?;
    // Not in the folder of the profile itself: sam/build leaves folders of the same names there.
    let target = target.join("measured");
    eprintln!("building the programs as they are deployed");
    let status = Command::new(env!("CARGO"))
        .args(["build", "--profile", "lambda", "-p", "civicforge-handlers"])
        .args(["--no-default-features", "--features", "lambda"])
        .args(["--bins", "--target-dir"])
        .arg(&target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()?;
    match status.success() {
        true => Ok(target.join("lambda")),
        false => Err("the programs cannot be built".into()),
    }
}
