//! Operations that are left out because of an error.

use std::path::Path;

use civicforge_codegen::diagnostic::Code;
use civicforge_codegen::{Config, load};

fn document() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/negative/skipped.yaml")
}

#[test]
fn what_has_an_error_is_left_out_and_listed() {
    let (model, warnings) = load(&document(), &Config::new().skip_unsupported()).unwrap();
    let operations = model.tags.iter().flat_map(|tag| &tag.operations);
    let ids: Vec<&str> = operations.map(|operation| operation.id.as_str()).collect();
    assert_eq!(ids, ["good", "alsoGood", "fromFile"]);
    let skipped = warnings
        .iter()
        .filter(|one| one.code == Code::OperationSkipped);
    let skipped: Vec<String> = skipped
        .map(|one| {
            let (what, why) = one.message.split_once(" is left out, because of ").unwrap();
            let code = why.split(": ").nth(1).unwrap();
            format!("{}: {what}: {code}", one.line)
        })
        .collect();
    assert_eq!(
        skipped,
        [
            "11: `badPattern`: bad-pattern",
            "13: `badStatus`: bad-status",
            "15: `badFile`: unresolved-reference",
            "17: `badFromFile`: bad-pattern",
            "20: `badPath`: bad-pattern",
            "21: `badChild`: bad-pattern",
        ]
    );
    // What is published has the same operations, and no component with an error.
    assert!(model.document["paths"]["/own"]["get"].is_null());
    assert!(!model.document["paths"]["/own"]["put"].is_null());
    let schemas = model.document["components"]["schemas"].as_object().unwrap();
    let names: Vec<&str> = schemas.keys().map(String::as_str).collect();
    assert_eq!(names, ["Good", "Good2", "Inner"]);
}

#[test]
fn without_being_asked_for_nothing_is_left_out() {
    let found = load(&document(), &Config::new()).unwrap_err();
    assert!(found.iter().any(|one| one.code == Code::BadPattern));
    assert!(found.iter().all(|one| one.code != Code::OperationSkipped));
}

#[test]
fn an_error_of_the_document_itself_stays_one() {
    let text = br#"{"openapi": "3.0.3", "info": {"title": "a"}, "paths": {}}"#;
    let config = Config::new().skip_unsupported();
    let found = civicforge_codegen::load_text(Path::new("a.json"), text.to_vec(), &config);
    let codes: Vec<Code> = found.unwrap_err().iter().map(|one| one.code).collect();
    assert_eq!(codes, [Code::MissingField]);
}
