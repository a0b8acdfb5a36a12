//! From text to model: what documents become, what is said about wrong ones, and that nothing brings it down.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod command;
mod golden;
mod held;
mod hostile;
mod invariants;
mod mutated;
mod negative;
mod positive;
mod render;

use std::path::{Path, PathBuf};

/// A folder beside this one, by a name that is the same wherever the tests run.
fn folder(name: &str) -> PathBuf {
    Path::new("tests").join(name)
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
