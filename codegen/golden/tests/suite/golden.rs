//! Every document that the generator is tried on is compiled here. What is written for it is held by the generator's own tests.

use std::fs;
use std::path::Path;

#[test]
fn every_document_is_compiled() {
    let library = include_str!("../../src/lib.rs");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents");
    for entry in fs::read_dir(folder).expect("the documents are there") {
        let path = entry.expect("a document can be listed").path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let name = path.file_stem().and_then(|stem| stem.to_str());
        let name = name.expect("a name is UTF-8");
        let module = name.replace('-', "_");
        assert!(
            library.lines().any(|line| line.trim() == module),
            "add {module} to src/lib.rs"
        );
    }
}
