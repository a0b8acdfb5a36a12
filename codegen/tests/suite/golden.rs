//! What is written for each document is what was reviewed, in `codegen/golden/src`, where it is compiled and called.
//!
//! `EXPECTORATE=overwrite cargo test -p civicforge-codegen` writes it again.

use std::fs;
use std::path::{Path, PathBuf};

use civicforge_codegen::{generate, single_file};

fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let entries = fs::read_dir(folder).expect("the documents are there");
    let mut documents: Vec<_> = entries
        .map(|entry| entry.expect("a document can be listed").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    documents.sort();
    documents
}

#[test]
fn every_document_is_written_as_it_was_reviewed() {
    for document in documents() {
        let name = document
            .file_stem()
            .and_then(|stem| stem.to_str())
            .expect("a name is UTF-8");
        let module = name.replace('-', "_");
        let file = format!("golden/src/{module}.rs");
        let config = crate::config_of(&document);
        let output =
            generate(&document, &config).unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
        let again = generate(&document, &config).expect("it was generated before");
        assert_eq!(
            output.files, again.files,
            "{name}: the output is not deterministic"
        );
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        expectorate::assert_contents(path, &single_file(&output.files));
    }
}
