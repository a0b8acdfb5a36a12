//! Each `functions.yaml` of `negative/` has its exact diagnostics in `*.expected` beside it.
//!
//! They are held against the contract `documents/things.yaml`, or against a `*.contract.yaml` of their own.
//! `EXPECTORATE=overwrite cargo test -p civicforge-sam` rewrites what is expected; review the difference.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use civicforge_sam::code::Code;

use crate::{generate, lines};

fn documents() -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir("tests/negative")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .filter(|path| !path.to_string_lossy().ends_with(".contract.yaml"))
        .collect();
    paths.sort();
    paths
}

#[test]
fn documents_are_refused_as_recorded() {
    let mut shown: BTreeSet<Code> = BTreeSet::new();
    for path in documents() {
        let own = path.with_extension("contract.yaml");
        let contract = if own.exists() {
            own.as_path()
        } else {
            Path::new("tests/documents/things.yaml")
        };
        let problems = match generate(&path, contract) {
            Ok(_) => panic!("{} has no diagnostic", path.display()),
            Err(problems) => problems,
        };
        shown.extend(problems.iter().map(|problem| problem.code));
        expectorate::assert_contents(path.with_extension("expected"), &lines(&problems));
    }
    // Those that only a large contract shows are in `limits`.
    let by_size = [
        Code::TooManyApiResources,
        Code::TooManyApiRoutes,
        Code::TooManyBehaviors,
        Code::TooManyResources,
        Code::TemplateTooLarge,
        Code::PolicyTooLarge,
    ];
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !shown.contains(code) && !by_size.contains(code))
        .map(|code| code.name())
        .collect();
    assert_eq!(missing, [""; 0], "codes without a document");
}
