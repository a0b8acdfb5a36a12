//! Writes what the generator makes of a document for each position that a name can have, with a name for each keyword, each name of
//! the prelude, and each identifier in emitted code.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use civicforge_codegen::{Config, emit, load_text, single_file};
use serde_json::{Value, json};

/// What the generator has written for its feature documents.
const EMITTED: &str = "../golden/src";

/// An identifier that is emitted for so many of those documents is the generator's, not a document's.
const COMMON: usize = 4;

/// What rustc reserves (the Rust Reference, "Keywords"), and what every module sees (`std::prelude`).
const RESERVED: &str = "_ abstract as async await become box break const continue crate do dyn else enum extern false final fn for \
    gen if impl in let loop macro macro_rules match mod move mut override priv pub raw ref return safe self Self static struct \
    super trait true try type typeof union unsafe unsized use virtual where while yield \
    AsMut AsRef AsyncFn AsyncFnMut AsyncFnOnce Box Clone Copy Debug Default DoubleEndedIterator Drop Eq Err ExactSizeIterator \
    Extend Fn FnMut FnOnce From FromIterator Hash Into IntoIterator Iterator None Ok Option Ord PartialEq PartialOrd Result Send \
    Sized Some String Sync ToOwned ToString TryFrom TryInto Unpin Vec align_of drop size_of \
    bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize \
    assert concat dbg env format include panic print println todo vec write std core alloc serde civicforge_runtime";

type Document = fn(&[String]) -> Value;

/// Where a document has names.
const POSITIONS: &[(&str, Document)] = &[
    ("schemas", schemas),
    ("properties", properties),
    ("path_parameters", |words| parameters("path", words)),
    ("query_parameters", |words| parameters("query", words)),
    ("header_parameters", |words| parameters("header", words)),
    ("cookies", |words| parameters("cookie", words)),
    ("form_fields", form_fields),
    ("values", values),
    ("operations", operations),
    ("tags", tags),
    ("schemes", schemes),
    ("response_headers", response_headers),
    ("discriminators", discriminators),
    ("codes", codes),
    ("errors", errors),
];

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed={EMITTED}");
    println!("cargo::rerun-if-changed=build.rs");
    match write_all() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error={}", error.replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}

fn write_all() -> Result<(), String> {
    let words = words().map_err(|error| format!("{EMITTED} cannot be read: {error}"))?;
    let mut out = String::new();
    for (position, document) in POSITIONS {
        for (round, words) in rounds(&words).iter().enumerate() {
            let name = format!("{position}_{}", round + 1);
            add(&mut out, &name, &document(words))?;
        }
    }
    add(&mut out, "prose", &prose())?;
    let folder = env::var_os("OUT_DIR").unwrap_or_default();
    fs::write(Path::new(&folder).join("names.rs"), out).map_err(|error| error.to_string())
}

/// Adds the output for a document as a module.
fn add(out: &mut String, name: &str, document: &Value) -> Result<(), String> {
    let path = format!("{name}.json");
    let text = document.to_string().into_bytes();
    let (model, _) = load_text(Path::new(&path), text, &Config::default())
        .map_err(|problems| format!("{name}: {}", problems[0]))?;
    let files = emit::emit(&model).map_err(|error| format!("{name}: {error}"))?;
    let code = single_file(&files);
    writeln!(
        out,
        "/// Names of {}.\npub mod {name} {{\n{code}}}",
        name.replace('_', " ")
    )
    .map_err(|error| error.to_string())
}

/// Every name.
fn words() -> io::Result<BTreeSet<String>> {
    let mut files: BTreeMap<String, usize> = BTreeMap::new();
    for entry in fs::read_dir(EMITTED)? {
        let text = fs::read_to_string(entry?.path())?;
        let code = text.lines().filter(|line| {
            let line = line.trim_start();
            !line.starts_with("//") && !line.starts_with("pub const CONTRACT")
        });
        // What is in a literal, but for one with a quote in it, is no identifier.
        let code = code.flat_map(|line| line.split('"').step_by(2));
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let words: BTreeSet<&str> = code
            .flat_map(|line| line.split(|c| !is_part(c)))
            .filter(|word| word.starts_with(|c: char| c.is_alphabetic() || c == '_'))
            .collect();
        for word in words {
            *files.entry(word.to_owned()).or_default() += 1;
        }
    }
    let common = files.into_iter().filter(|(_, count)| *count >= COMMON);
    let reserved = RESERVED.split_ascii_whitespace().map(str::to_owned);
    Ok(common.map(|(word, _)| word).chain(reserved).collect())
}

/// The names in lists without two that would get the same Rust name, one of which a number would tell from the other.
fn rounds(words: &BTreeSet<String>) -> Vec<Vec<String>> {
    let mut rounds: Vec<(BTreeSet<String>, Vec<String>)> = Vec::new();
    for word in words {
        let mut key = word.to_ascii_lowercase();
        key.retain(|c| c != '_');
        match rounds.iter_mut().find(|(keys, _)| !keys.contains(&key)) {
            Some((keys, words)) => {
                keys.insert(key);
                words.push(word.clone());
            }
            None => rounds.push((BTreeSet::from([key]), Vec::from([word.clone()]))),
        }
    }
    rounds.into_iter().map(|(_, words)| words).collect()
}

/// A document of these paths and components.
fn document(paths: Value, components: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Names", "version": "1"},
        "paths": paths,
        "components": components,
    })
}

fn text() -> Value {
    json!({"type": "string", "maxLength": 9})
}

fn reference(schema: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{schema}")})
}

/// JSON content.
fn content(schema: Value) -> Value {
    json!({"application/json": {"schema": schema}})
}

fn responses(schema: Value) -> Value {
    json!({
        "200": {"description": "Fine.", "content": content(schema)},
        "default": {"description": "Failed.", "content": {"application/problem+json": {}}},
    })
}

/// An operation that takes and returns the schema.
fn echo(id: &str, schema: Value) -> Value {
    json!({
        "operationId": id,
        "requestBody": {"required": true, "content": content(schema.clone())},
        "responses": responses(schema),
    })
}

fn object<'w>(words: &'w [String], value: impl Fn(&'w str) -> Value) -> Value {
    let members = words.iter().map(|word| (word.clone(), value(word)));
    Value::Object(members.collect())
}

/// Schemas of every kind.
fn schemas(words: &[String]) -> Value {
    let names: Vec<&String> = words.iter().collect();
    let kind = |word: &str| {
        let at = words
            .iter()
            .position(|other| other == word)
            .unwrap_or_default();
        let next = reference(names[(at + 1) % names.len()]);
        match at % 6 {
            0 => {
                json!({"type": "object", "required": ["a"], "properties": {"a": next, "b": {"type": "string", "default": "x"}}})
            }
            1 => json!({"type": "string", "pattern": "^[a-z]+$"}),
            2 => json!({"type": "string", "enum": ["a", "b"]}),
            3 => json!({"oneOf": [next, {"type": "integer"}]}),
            4 => json!({"type": "object", "additionalProperties": next}),
            _ => {
                json!({"anyOf": [{"type": "object", "required": ["a"], "properties": {"a": text()}}, {"type": "object", "properties": {"b": text()}}]})
            }
        }
    };
    let all = json!({"type": "object", "properties": object(words, reference)});
    let paths = json!({"/all": {"post": echo("all", all)}});
    document(paths, json!({"schemas": object(words, kind)}))
}

/// Properties that are required, optional, nullable, with a default and of an object without a name.
fn properties(words: &[String]) -> Value {
    let required: Vec<&String> = words.iter().step_by(2).collect();
    let kind = |word: &str| match word.len() % 4 {
        0 => text(),
        1 => json!({"type": "string", "nullable": true}),
        2 => json!({"type": "integer", "default": 3}),
        _ => json!({"type": "object", "properties": {"a": text()}}),
    };
    let all = json!({"type": "object", "required": required, "properties": object(words, kind), "additionalProperties": text()});
    document(json!({"/all": {"post": echo("all", all)}}), json!({}))
}

fn parameters(location: &str, words: &[String]) -> Value {
    let is_path = location == "path";
    let all: Vec<Value> = words
        .iter()
        .enumerate()
        .map(|(at, word)| {
            let schema = match at % 3 {
                0 => text(),
                1 => json!({"type": "string", "enum": ["a", "b"]}),
                _ => json!({"type": "array", "items": {"type": "integer"}}),
            };
            json!({"name": word, "in": location, "required": is_path || at.is_multiple_of(2), "schema": schema})
        })
        .collect();
    let path = match is_path {
        true => words
            .iter()
            .fold(String::new(), |path, word| format!("{path}/{{{word}}}")),
        false => "/all".to_owned(),
    };
    let body = json!({"required": true, "content": content(text())});
    let operation = json!({"operationId": "all", "parameters": all, "requestBody": body, "responses": responses(text())});
    document(json!({path: {"put": operation}}), json!({}))
}

fn form_fields(words: &[String]) -> Value {
    let schema = json!({"type": "object", "properties": object(words, |_| text())});
    let body = json!({"required": true, "content": {"application/x-www-form-urlencoded": {"schema": schema}}});
    let operation =
        json!({"operationId": "all", "requestBody": body, "responses": responses(text())});
    document(json!({"/all": {"post": operation}}), json!({}))
}

/// Values of an `enum`.
fn values(words: &[String]) -> Value {
    let schema = json!({"type": "string", "enum": words, "default": words.first()});
    document(
        json!({"/all": {"post": echo("all", json!({"type": "object", "properties": {"value": schema}}))}}),
        json!({}),
    )
}

fn operations(words: &[String]) -> Value {
    let body = json!({"type": "object", "properties": {"a": {"type": "object", "properties": {"b": text()}}}});
    let paths = words.iter().map(|word| {
        let operation = json!({
            "operationId": word,
            "parameters": [{"name": "value", "in": "query", "schema": text()}],
            "responses": {"200": {"description": "Fine.", "content": content(body.clone())}},
        });
        (format!("/of/{word}"), json!({"get": operation}))
    });
    document(Value::Object(paths.collect()), json!({}))
}

/// An operation with as little as it can have.
fn minimal(id: &str, more: (&str, Value)) -> Value {
    let mut operation = json!({"operationId": id, "responses": {"204": {"description": "Done."}}});
    operation[more.0] = more.1;
    json!({ "post": operation })
}

fn tags(words: &[String]) -> Value {
    let paths = words.iter().map(|word| {
        let operation = minimal(&format!("get-{word}"), ("tags", json!([word])));
        (format!("/of/{word}"), operation)
    });
    document(Value::Object(paths.collect()), json!({}))
}

/// Names of security schemes, alone and together.
fn schemes(words: &[String]) -> Value {
    let paths = words.iter().enumerate().map(|(at, word)| {
        let first = &words[0];
        let security = match at % 3 {
            0 => json!([{word: []}]),
            1 => json!([{word: []}, {first: []}]),
            _ => json!([{word: [], first: []}, {}]),
        };
        let operation = minimal(&format!("get-{word}"), ("security", security));
        (format!("/of/{word}"), operation)
    });
    let scheme = |word: &str| match word.len() % 3 {
        0 => json!({"type": "http", "scheme": "bearer"}),
        1 => json!({"type": "http", "scheme": "basic"}),
        _ => json!({"type": "apiKey", "in": "query", "name": word}),
    };
    let schemes = object(words, scheme);
    document(
        Value::Object(paths.collect()),
        json!({ "securitySchemes": schemes }),
    )
}

fn response_headers(words: &[String]) -> Value {
    let header = |word: &str| json!({"required": word.len().is_multiple_of(2), "schema": text()});
    let mut operation = echo("all", text());
    operation["responses"]["200"]["headers"] = object(words, header);
    operation["responses"]["409"] = json!({"description": "Not now.", "headers": object(words, header), "content": content(text())});
    document(json!({"/all": {"post": operation}}), json!({}))
}

/// Values of a discriminator.
fn discriminators(words: &[String]) -> Value {
    let schemas = json!({
        "First": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}},
        "Second": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "a": text()}},
        "All": {
            "oneOf": [reference("First"), reference("Second")],
            "discriminator": {
                "propertyName": "kind",
                "mapping": object(words, |word| json!(format!("#/components/schemas/{}", ["First", "Second"][word.len() % 2]))),
            },
        },
    });
    document(
        json!({"/all": {"post": echo("all", reference("All"))}}),
        json!({"schemas": schemas}),
    )
}

/// Codes of problems.
fn codes(words: &[String]) -> Value {
    let mut operation = echo("all", text());
    let problem =
        json!({"type": "object", "properties": {"code": {"type": "string", "enum": words}}});
    operation["responses"]["409"] = json!({
        "description": "Not now.",
        "x-problem-codes": words,
        "content": {"application/problem+json": {"schema": problem}},
    });
    document(json!({"/all": {"post": operation}}), json!({}))
}

/// Types of the bodies of errors: one for each status that the runtime itself can send.
fn errors(words: &[String]) -> Value {
    const STATUSES: [&str; 8] = ["400", "406", "408", "413", "415", "500", "503", "504"];
    let paths = words.chunks(STATUSES.len()).enumerate().map(|(at, words)| {
        let mut operation = echo(&format!("do{at}"), text());
        for (status, word) in STATUSES.iter().zip(words) {
            operation["responses"][status] =
                json!({"description": "Failed.", "content": content(reference(word))});
        }
        (format!("/of/{at}"), json!({ "post": operation }))
    });
    let schema = |_: &str| json!({"type": "object", "properties": {"a": text()}});
    let schemas = object(words, schema);
    document(
        Value::Object(paths.collect()),
        json!({ "schemas": schemas }),
    )
}

/// Every control and direction character, and what ends a comment, a literal or an attribute, in every prose.
fn prose() -> Value {
    let controls = (0..0x20).chain(0x7f..0xa0).filter_map(char::from_u32);
    let marks = "\u{61c}\u{200b}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{feff}\u{fffd}\u{10ffff}";
    let ends = "*/ /* // \" \\ \"# \"## ]] }} {{ ${} #[ `` ``` <b> & \\u{0} \\";
    let prose: String = controls
        .chain(marks.chars())
        .flat_map(|c| [c, 'a'])
        .chain(ends.chars())
        .collect();
    let schema = json!({
        "type": "object", "title": prose, "description": prose, "default": {},
        "properties": {
            "a": {"type": "string", "title": prose, "description": prose, "deprecated": true, "default": prose, "example": prose},
            "b": {"type": "string", "enum": [prose], "description": prose},
            (&*prose): {"type": "string", "description": prose},
        },
    });
    let mut operation = echo("all", reference("All"));
    operation["summary"] = json!(prose);
    operation["description"] = json!(prose);
    operation["tags"] = json!([prose]);
    operation["externalDocs"] = json!({"url": "https://example.com", "description": prose});
    operation["requestBody"]["description"] = json!(prose);
    operation["parameters"] =
        json!([{"name": prose, "in": "query", "description": prose, "schema": text()}]);
    for status in ["200", "default"] {
        operation["responses"][status]["description"] = json!(prose);
    }
    operation["responses"]["200"]["headers"] =
        json!({"X-A": {"description": prose, "schema": text()}});
    operation["security"] = json!([{"key": []}]);
    json!({
        "openapi": "3.0.3",
        "info": {"title": prose, "version": prose, "description": prose},
        "tags": [{"name": prose, "description": prose}],
        "paths": {"/all": {"post": operation}},
        "components": {
            "schemas": {"All": schema},
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key", "description": prose}},
        },
    })
}
