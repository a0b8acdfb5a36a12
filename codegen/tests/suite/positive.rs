//! Each document of `documents/` is lowered, and what it became is held against `*.lowered` beside it.
//!
//! `EXPECTORATE=overwrite cargo test -p civicforge-codegen` rewrites those; review the difference.

use civicforge_codegen::diagnostic::Diagnostic;
use civicforge_codegen::{Config, load};

use crate::{documents, invariants, render};

#[test]
fn documents_lower_as_recorded() {
    let paths = documents("documents");
    assert!(paths.len() >= 20, "only {} documents", paths.len());
    for path in paths {
        let (model, warnings) = load(&path, &crate::config_of(&path))
            .unwrap_or_else(|found| panic!("{}: {found:#?}", path.display()));
        invariants::check(&model);
        let mut text = render::model(&model);
        for warning in warnings {
            text.push_str(&format!("\nwarning: {warning}\n"));
        }
        expectorate::assert_contents(path.with_extension("lowered"), &text);
    }
}

#[test]
fn lowering_is_deterministic() {
    for path in documents("documents") {
        let models: Vec<_> = (0..3)
            .map(|_| load(&path, &crate::config_of(&path)).unwrap().0)
            .collect();
        assert!(
            models.windows(2).all(|pair| pair[0] == pair[1]),
            "{}",
            path.display()
        );
    }
}

#[test]
fn the_document_is_published_whole() {
    let (model, before) = load(
        &crate::folder("documents").join("files.yaml"),
        &Config::default(),
    )
    .unwrap();
    let text = model.document.to_string();
    assert!(!text.contains(".yaml") && !text.contains(".json"), "{text}");
    // The bundle is a document by itself, and says the same.
    let (again, warnings) = civicforge_codegen::load_text(
        "bundle.json".as_ref(),
        text.into_bytes(),
        &Config::default(),
    )
    .unwrap();
    let codes = |found: &[Diagnostic]| found.iter().map(|one| one.code).collect::<Vec<_>>();
    assert_eq!(codes(&warnings), codes(&before));
    assert_eq!(render::model(&model), render::model(&again));
    assert_eq!(model.document, again.document);
}

/// The contract itself must stay free of diagnostics.
#[test]
fn the_contract_has_no_diagnostic() {
    let contract = std::path::Path::new("../openapi.yaml");
    let (model, warnings) = load(contract, &Config::default()).unwrap();
    assert_eq!(warnings, []);
    invariants::check(&model);
}
