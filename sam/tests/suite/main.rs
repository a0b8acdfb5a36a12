//! From documents to a template: what they become, what is said about wrong ones, and where AWS's limits are.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod command;
mod cost;
mod fresh;
mod golden;
mod limits;
mod mutated;
mod negative;

use std::path::Path;

use civicforge_sam::code::Problem;
use civicforge_sam::{Output, Stack};

/// Everything that is made of two files.
fn generate(functions: &Path, contract: &Path) -> Result<Output, Vec<Problem>> {
    let read = |path: &Path| std::fs::read(path).unwrap();
    Stack::read((functions, read(functions)), (contract, read(contract)))?.generate()
}

/// Problems as they are printed.
fn lines(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(|problem| format!("{problem}\n"))
        .collect()
}
