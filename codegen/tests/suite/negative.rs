//! Each document of `negative/` has its exact diagnostics in `*.expected` beside it.
//!
//! `EXPECTORATE=overwrite cargo test -p civicforge-codegen` rewrites those; review the difference.

use std::collections::BTreeSet;

use civicforge_codegen::diagnostic::{Code, Diagnostic};
use civicforge_codegen::{Config, load};

use crate::{documents, invariants};

/// Everything is wrong that can be.
fn strict(document: &std::path::Path) -> Config {
    crate::config_of(document).strict()
}

fn found(path: &std::path::Path, config: &Config) -> Vec<Diagnostic> {
    match load(path, config) {
        Ok((model, warnings)) => {
            invariants::check(&model);
            warnings
        }
        Err(found) => found,
    }
}

#[test]
fn documents_are_refused_as_recorded() {
    let paths = documents("negative");
    assert!(paths.len() >= 20, "only {} documents", paths.len());
    for path in paths {
        let found = found(&path, &strict(&path));
        assert!(!found.is_empty(), "{} has no diagnostic", path.display());
        let text: String = found
            .iter()
            .map(|diagnostic| format!("{diagnostic}\n"))
            .collect();
        // Paths are the same on every system.
        let text = text.replace('\\', "/");
        expectorate::assert_contents(path.with_extension("expected"), &text);
    }
}

/// Where everything that can be allowed is allowed, there is a model, unless something cannot be allowed.
#[test]
fn allowed_errors_have_a_way_to_go_on() {
    let allow: Vec<Code> = Code::ALL
        .iter()
        .copied()
        .filter(|code| code.can_be_allowed())
        .collect();
    for path in documents("negative") {
        let config = strict(&path).allow(allow.iter().copied());
        match load(&path, &config) {
            Ok((model, _)) => invariants::check(&model),
            Err(found) => {
                let fatal = found
                    .iter()
                    .any(|diagnostic| !diagnostic.code.can_be_allowed());
                assert!(fatal, "{}: {found:#?}", path.display());
            }
        }
    }
}

/// Every code has a document that shows it, except those of failures that no document can show.
#[test]
fn every_code_is_shown() {
    let not_by_document = [
        Code::Io,
        Code::TooLarge,
        Code::TooDeep,
        Code::AliasBomb,
        Code::NotUtf8,
        Code::Internal,
    ];
    let mut shown: BTreeSet<Code> = BTreeSet::new();
    for folder in ["negative", "documents"] {
        for path in documents(folder) {
            shown.extend(
                found(&path, &strict(&path))
                    .iter()
                    .map(|diagnostic| diagnostic.code),
            );
        }
    }
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !shown.contains(code) && !not_by_document.contains(code))
        .map(|code| code.name())
        .collect();
    assert_eq!(missing, [""; 0], "codes without a document");
    let unneeded: Vec<&Code> = not_by_document
        .iter()
        .filter(|code| shown.contains(code))
        .collect();
    assert!(unneeded.is_empty(), "codes with a document: {unneeded:?}");
}

/// `integer-default-range` and `float-default-range`: the document is refused where the default stands, and not every request.
#[test]
fn a_default_beyond_its_type_is_an_error_of_the_document() {
    for (name, pointer) in [
        (
            "integer-default-range",
            "/paths/~1items/get/parameters/0/schema/default",
        ),
        (
            "float-default-range",
            "/paths/~1items/get/parameters/0/schema/default",
        ),
    ] {
        let path = crate::folder("negative").join(format!("{name}.yaml"));
        let refused = load(&path, &Config::default()).expect_err(name);
        let first = refused.first().expect("a diagnostic");
        assert_eq!(
            (first.code, first.pointer.as_str()),
            (Code::BadDefault, pointer)
        );
    }
}
