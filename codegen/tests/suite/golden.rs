//! What is written for each document is what was reviewed, in `codegen/golden`, where it is compiled and called.
//!
//! `EXPECTORATE=overwrite cargo test -p civicforge-codegen` writes it again.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use civicforge_codegen::diagnostic::Code;
use civicforge_codegen::{Options, generate};

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
    let options = Options {
        allow: vec![Code::UndeclaredStatus],
        ..Options::default()
    };
    for document in documents() {
        let name = document
            .file_stem()
            .and_then(|stem| stem.to_str())
            .expect("a name is UTF-8");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("golden")
            .join(name);
        let output = generate(&document, &options)
            .unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
        let again = generate(&document, &options).expect("it was generated before");
        assert_eq!(
            output.files, again.files,
            "{name}: the output is not deterministic"
        );
        for file in &output.files {
            expectorate::assert_contents(folder.join(&file.path), &file.contents);
        }
        let expected: BTreeSet<_> = output
            .files
            .iter()
            .map(|file| folder.join(&file.path))
            .collect();
        let mut found = BTreeSet::new();
        walk(&folder, &mut found);
        assert_eq!(
            found, expected,
            "{name}: there are files that nothing writes"
        );
    }
}

fn walk(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the output is there") {
        let path = entry.expect("a file can be listed").path();
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.insert(path);
        }
    }
}
