//! Configs from files and from Rust: where what is wrong is said to be.

use std::path::Path;

use civicforge_codegen::diagnostic::{Code, Diagnostic};
use civicforge_codegen::{Config, generate, load_text};

fn refused(toml: &str) -> Vec<String> {
    let found = Config::from_toml(Path::new("civicforge.toml"), toml).unwrap_err();
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn everything_that_is_wrong_with_a_file_is_found_at_its_place() {
    let found = refused(
        "runtme = 'crate::runtime'\nout = 3\n\n[policy]\nstrict = 'yes'\nallow = ['untypde', 'syntax', 1]\n\n[rename]\n\
         schemas.Pet = ['Animal']\ntag.pets = 'animals'\n\n[derive]\nall = 'Hash'\nschemas = 1\n\n[only]\ntags = []\n",
    );
    let expected = [
        "civicforge.toml:1:1: config: There is no setting `runtme`: it is one of `derive`, `only`, `out`, `policy`, `rename`, `runtime`, \
         `types`, `without`.\n    hint: Did you mean `runtime`?",
        "civicforge.toml:2:7: config: `out` is a string, not an integer.",
        "civicforge.toml:5:10: config: `policy.strict` is a boolean, not a string.",
        "civicforge.toml:6:10: config: `untypde` is not the code of a diagnostic.\n    hint: Did you mean `untyped`?",
        "civicforge.toml:6:21: config: `syntax` cannot be allowed: there is no way to go on.",
        "civicforge.toml:6:31: config: An item of `policy.allow` is a string, not an integer.",
        "civicforge.toml:9:15: config: `rename.schemas.Pet` is a string, not an array.",
        "civicforge.toml:10:1: config: There is no setting `rename.tag`: it is one of `operations`, `properties`, `schemas`, `tags`, \
         `values`.\n    hint: Did you mean `tags`?",
        "civicforge.toml:13:7: config: `derive.all` is an array of strings, not a string.",
        "civicforge.toml:14:11: config: `derive.schemas` is a table, not an integer.",
        "civicforge.toml:16:2: config: `only` selects nothing.",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_is_not_toml_is_found_at_its_place() {
    let found = refused("[policy]\nstrict = \n");
    assert!(
        found[0].starts_with("civicforge.toml:2:10: config: The config is not TOML: "),
        "{found:?}"
    );
    let nested = format!("a = {}", "[".repeat(100_000));
    assert!(refused(&nested).len() < 5);
    let found = Config::read(Path::new("tests/nothing.toml")).unwrap_err();
    assert_eq!(found[0].code, Code::Io);
    assert_eq!(found[0].file, "tests/nothing.toml");
}

#[test]
fn a_file_and_rust_make_the_same_config() {
    let folder = Path::new("tests/documents");
    let file = Config::read(&folder.join("configured.toml")).unwrap();
    let state = "#/components/schemas/pet-v2/properties/state";
    let rust = Config::new()
        .runtime("crate::own::runtime")
        .derive("Eq")
        .derive_for("pet-v2", "std::hash::Hash")
        .schema_type("Money", "crate::own::Money")
        .format_type("decimal", "crate::own::Decimal")
        .rename_schema("pet-v2", "Pet")
        .rename_operation("listPets", "all")
        .rename_tag("pet-store", "pets")
        .rename_property("pet-v2", "name", "label")
        .rename_value("Species", "1", "Dog")
        .rename_value("Species", "2", "Cat")
        .rename_value(state, "FS", "ForSale")
        .rename_value(state, "FNS", "Kept")
        .without_tag("internal");
    let document = folder.join("configured.yaml");
    let [file, rust] = [file, rust].map(|config| generate(&document, &config).unwrap());
    assert_eq!(file.files, rust.files);
    assert_eq!(
        file.inputs,
        [document.clone(), folder.join("configured.toml")]
    );
    assert_eq!(rust.inputs, [document]);
}

/// An operation can be selected by itself, and leaves its tag.
#[test]
fn a_selection_of_tags_and_operations() {
    let ids = |config: &Config| -> Vec<String> {
        let document = Path::new("tests/documents/configured.yaml");
        let (model, _) = civicforge_codegen::load(document, config).unwrap();
        crate::invariants::check(&model);
        let operations = model.tags.iter().flat_map(|tag| &tag.operations);
        operations.map(|operation| operation.id.clone()).collect()
    };
    let all = ["listPets", "add", "purge", "health"];
    assert_eq!(ids(&Config::new()), all);
    let only = Config::new().only_tag("internal").only_operation("add");
    assert_eq!(ids(&only), ["add", "purge", "health"]);
    assert_eq!(ids(&only.without_operation("purge")), ["add", "health"]);

    let nothing = Config::new().only_tag("internal").without_tag("internal");
    let document = Path::new("tests/documents/configured.yaml");
    let found = civicforge_codegen::load(document, &nothing).unwrap_err();
    let message = "The config leaves no operation of the document.";
    assert!(found.iter().any(|one| one.message == message), "{found:?}");
}

/// A build script is told the line of its own source.
#[test]
fn a_setting_of_rust_is_found_where_it_is_called() {
    let document = br#"{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}}"#;
    let (config, line) = (Config::new().rename_schema("Pet", "Animal"), line!());
    let found: Vec<Diagnostic> =
        load_text(Path::new("a.json"), document.to_vec(), &config).unwrap_err();
    let first = &found[0];
    assert_eq!(first.code, Code::ConfigName);
    assert_eq!(first.line, line as usize);
    assert!(Path::new(&first.file).ends_with("tests/suite/config.rs"));
}
