//! From text to model: what documents become, what is said about wrong ones, and that nothing brings it down.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod command;
mod config;
mod golden;
mod held;
mod hostile;
mod invariants;
mod mutated;
mod negative;
mod positive;
mod render;
mod skip;

use std::path::{Path, PathBuf};

use civicforge_codegen::Config;

/// A folder beside this one, by a name that is the same wherever the tests run.
fn folder(name: &str) -> PathBuf {
    Path::new("tests").join(name)
}

/// The config of a document: the TOML file beside it, if there is one.
fn config_of(document: &Path) -> Config {
    let path = document.with_extension("toml");
    match path.exists() {
        true => Config::read(&path).unwrap_or_else(|found| panic!("{found:#?}")),
        false => Config::default(),
    }
}

/// The documents of a folder, by name.
fn documents(name: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder(name))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|ext| ext == "yaml" || ext == "json")
        })
        .collect();
    paths.sort();
    paths
}
