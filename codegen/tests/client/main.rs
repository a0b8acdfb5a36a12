//! The client view of small documents, and the client that becomes of one, against what is checked in.
//!
//! `EXPECTORATE=overwrite` writes the files anew. They are read in the diff.
#![cfg(feature = "client")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

#[path = "../readme/folder.rs"]
mod folder;

use std::path::Path;

use civicforge_codegen::client::view::{Names, view};
use civicforge_codegen::client::{Failure, Layer, generate};
use civicforge_codegen::{Config, load_text};
use expectorate::assert_contents;
use folder::Block;
use serde_json::{Value, json};

fn document(name: &str) -> Value {
    let path = format!("tests/client/{name}.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn check_view(name: &str) {
    let view = view(&document(name), &Names::new());
    let mut text = serde_json::to_string_pretty(&view.document).unwrap();
    text.push('\n');
    assert_contents(format!("tests/client/{name}.view.json"), &text);
    let notes: String = view
        .notes
        .iter()
        .map(|note| format!("{}: {}\n", note.pointer, note.message))
        .collect();
    assert_contents(format!("tests/client/{name}.notes.txt"), &notes);
}

fn client(document: &Value, layer: Layer) -> Result<String, Failure> {
    // What servers need is no matter here.
    let config = Config::new().allow(["undeclared-status".parse().unwrap()]);
    let text = serde_json::to_vec(document).unwrap();
    let (model, _) = load_text(Path::new("contract.json"), text, &config).unwrap();
    generate(&model, layer).map(|client| client.source)
}

/// R1, R3, R4, R5, R12.
#[test]
fn responses() {
    check_view("responses");
    client(&document("responses"), Layer::Alone).unwrap();
}

/// R5, R6, R7, R8.
#[test]
fn requests() {
    check_view("requests");
}

/// R9, R10, R11.
#[test]
fn schemas() {
    check_view("schemas");
    client(&document("schemas"), Layer::Alone).unwrap();
}

/// What polishing does to a list with a page, an enum, an id, a secret, and a key.
#[test]
fn polished() {
    let source = client(&document("polished"), Layer::Crate).unwrap();
    assert_contents("tests/client/polished.rs", &source);
    // Nothing depends on chance.
    assert_eq!(client(&document("polished"), Layer::Crate).unwrap(), source);
}

/// R2: names come from the model, by the pointers of operations.
#[test]
fn names() {
    let names = Names::from([("/paths/~1a~1b/get".to_owned(), "get_a_b".to_owned())]);
    let document = json!({
        "openapi": "3.0.3", "info": { "title": "t", "version": "1" },
        "paths": { "/a/b": { "get": { "responses": { "204": { "description": "d" } } } } },
    });
    let view = view(&document, &names).document;
    assert_eq!(view["paths"]["/a/b"]["get"]["operationId"], "get_a_b");
}

/// R13, and what is said of schemas whose types have other names: a password is not shown.
#[test]
fn names_of_schemas() {
    let credentials = |name: &str| json!({ "type": "object", "properties": { name: { "type": "string", "format": "password" } } });
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let document = json!({
        "openapi": "3.0.3", "info": { "title": "t", "version": "1" },
        "paths": { "/a": { "post": {
            "requestBody": { "content": { "application/json": { "schema": reference("sign_in") } } },
            "responses": { "200": { "description": "d", "content": { "application/json": { "schema": reference("json") } } } },
        } } },
        "components": { "schemas": {
            "sign_in": credentials("password"), "SignIn": credentials("secret"),
            "json": { "nullable": true, "oneOf": [{ "type": "string" }, { "type": "array", "items": reference("json") }] },
        } },
    });
    let view = view(&document, &Names::new());
    assert_eq!(view.renamed["sign_in"], "sign_in2");
    let text = view.document.to_string();
    assert!(
        text.contains("schemas/sign_in2\"") && !text.contains("schemas/sign_in\""),
        "{text}"
    );
    let schemas = &view.document["components"]["schemas"];
    assert_eq!(schemas["json"]["allOf"][0], reference("jsonValue"));

    let source = client(&document, Layer::Alone).unwrap();
    for name in ["SignIn", "SignIn2"] {
        assert!(
            source.contains(&format!(
                "f.debug_struct(\"{name}\").finish_non_exhaustive()"
            )),
            "{name}"
        );
    }
}

/// Without a layer there is nothing of one.
#[test]
fn a_client_that_stands_alone_names_nothing_of_its_crate() {
    for name in ["polished", "responses", "schemas"] {
        let source = client(&document(name), Layer::Alone).unwrap();
        assert!(!source.contains("crate::"), "{name}");
        assert!(source.contains("pub fn new_with_client("), "{name}");
    }
}

/// With nothing but the dependencies that the README lists.
#[test]
fn clients_that_stand_alone_compile() {
    let folder = folder::Folder::new();
    let blocks = folder::blocks("A client");
    let is_manifest = |block: &&Block| block.language == "toml" && block.file.is_none();
    let dependencies = &blocks.iter().find(is_manifest).unwrap().text;
    let manifest = "[package]\nname = \"alone\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    folder.write("alone/Cargo.toml", &format!("{manifest}\n{dependencies}"));
    folder.lock("alone");
    let mut modules = String::new();
    for document in [
        "client/polished.json",
        "client/responses.json",
        "client/schemas.json",
        "documents/direction-marks.yaml",
        "documents/directions.yaml",
        "documents/recursion.yaml",
        "documents/subtypes.yaml",
        "documents/unions.yaml",
    ] {
        let path = Path::new("tests").join(document);
        let name = path
            .file_stem()
            .unwrap()
            .to_str()
            .unwrap()
            .replace('-', "_");
        modules.push_str(&format!("pub mod {name};\n"));
        let out = folder.path(&format!("alone/src/{name}.rs"));
        folder.write(&format!("alone/src/{name}.rs"), "");
        let output = command(&[path.to_str().unwrap(), "--out", out.to_str().unwrap()]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{document}: {said}");
    }
    folder.write("alone/src/lib.rs", &modules);
    let output = folder.cargo("alone").arg("check").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

/// Whatever the JSON is, there is a view of it, and rewriting a view changes nothing.
#[test]
fn odd_documents() {
    for odd in [
        json!(null),
        json!([]),
        json!({ "paths": [], "components": 3 }),
        json!({ "paths": { "/a": { "get": null, "put": [], "parameters": {} } } }),
        json!({ "paths": { "/a": { "$ref": "#/paths/~1a" } } }),
        json!({ "paths": { "/a": { "get": { "parameters": [null, { "$ref": "#/no" }], "requestBody": 1, "responses": { "200": [] } } } } }),
        json!({ "components": { "schemas": { "A": { "properties": { "b": [] }, "required": "b", "allOf": {} } } } }),
    ] {
        view(&odd, &Names::new());
    }
    for name in ["responses", "requests", "schemas", "polished"] {
        let once = view(&document(name), &Names::new()).document;
        let twice = view(&once, &Names::new()).document;
        assert_eq!(once, twice, "{name}");
    }
}

/// progenitor's panics are failures that name the operation.
#[test]
fn a_panic_of_progenitor() {
    let operation = |id: &str, values: &[&str]| {
        json!({ "get": { "operationId": id, "responses": { "200": { "description": "d", "content": {
            "application/json": { "schema": { "type": "string", "enum": values } } } } } } })
    };
    let document = json!({
        "openapi": "3.0.3", "info": { "title": "t", "version": "1" },
        "paths": { "/good": operation("good", &["a", "b"]), "/bad": operation("bad", &["a-b", "a/b"]) },
    });
    let failure = client(&document, Layer::Alone).unwrap_err();
    let Failure::Refused {
        message,
        operations,
    } = &failure
    else {
        panic!("{failure}");
    };
    assert!(
        message.contains("Failed to make unique variant names"),
        "{message}"
    );
    assert_eq!(operations.len(), 1);
    assert_eq!(operations[0].0, "GET /bad");
    assert!(
        failure
            .to_string()
            .contains("\n  GET /bad: progenitor panicked: ")
    );
}

/// The client that is checked in is the one of the contract.
#[test]
fn the_checked_in_client_is_fresh() {
    let output = command(&[
        "../openapi.yaml",
        "--layer",
        "--out",
        "../client/src/generated.rs",
        "--check",
    ]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

#[test]
fn the_command_writes_checks_and_says_what_is_wrong() {
    let folder = std::env::temp_dir().join(format!("civicforge-client-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let out = folder.join("client.rs");
    let out = out.to_str().unwrap();
    let allow = ["--allow", "undeclared-status"];
    let run = |file: &str, more: &[&str]| {
        let arguments = [&[file, "--out", out], &allow[..], more].concat();
        let output = command(&arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code().unwrap(), said)
    };
    let good = "tests/client/polished.json";

    let (code, said) = run(good, &["--check"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("is stale"), "{said}");
    assert!(!Path::new(out).exists());
    assert_eq!(run(good, &[]).0, 0);
    assert_eq!(run(good, &["--check"]).0, 0);
    std::fs::write(out, "// old").unwrap();
    assert_eq!(run(good, &["--check"]).0, 1);

    let (code, said) = run("tests/nothing.json", &[]);
    assert_eq!(code, 2, "{said}");
    std::fs::remove_dir_all(&folder).unwrap();
    let (code, said) = run(good, &[]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("cannot be written"), "{said}");
}

fn command(arguments: &[&str]) -> std::process::Output {
    std::process::Command::new(env!("CARGO_BIN_EXE_civicforge-codegen"))
        .arg("client")
        .args(arguments)
        .output()
        .unwrap()
}
