//! Documents with one or more things wrong at random: nothing brings the generator down, and what it lowers keeps
//! its promises, even with everything allowed that can be.
//!
//! The mutator knows the structure of a document (it deletes, duplicates, replaces, retypes and moves values) and
//! also damages the text itself. Everything comes from one seed, so that a failure can be repeated:
//! `MUTATE_SEED=… MUTATE_RUNS=1 cargo test -p civicforge-codegen mutated`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use civicforge_codegen::diagnostic::Code;
use civicforge_codegen::{Config, load_text};
use serde_json::{Map, Value, json};

use crate::{documents, invariants};

/// A small generator of numbers (splitmix64), the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit.max(1) as u64)).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// Every place in a value.
fn pointers(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                pointers(
                    value,
                    &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")),
                    out,
                );
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                pointers(value, &format!("{at}/{index}"), out);
            }
        }
        _ => {}
    }
}

fn odd_value(random: &mut Random) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1.5),
        json!(u64::MAX),
        json!(1e300),
        json!(""),
        json!("#"),
        json!("x-y"),
        json!("日本"),
        json!("object"),
        json!([]),
        json!({}),
        json!([[]]),
        json!({"": {}}),
        json!({"$ref": "#"}),
        json!({"$ref": "#/components/schemas/Missing"}),
        json!({"type": "object", "properties": {"a": {"$ref": "#/paths"}}}),
        json!({"allOf": [{"type": "object"}, {"type": "string"}], "oneOf": [{}], "anyOf": [], "not": {}}),
        json!({"oneOf": [{"enum": [null]}, {"type": "string", "nullable": true}, {}]}),
        json!({"type": "array", "items": {"type": "array", "items": {}}}),
        json!({"enum": [], "nullable": true}),
        json!({"enum": ["a", 1, null, {}]}),
        json!({"type": "object", "readOnly": true, "required": ["a"], "additionalProperties": false}),
    ];
    random.pick(&values).clone()
}

/// Changes one place.
fn mutate(document: &mut Value, random: &mut Random) {
    let mut places = Vec::new();
    pointers(document, "", &mut places);
    let place = random.pick(&places).clone();
    let other = random.pick(&places).clone();
    let keywords = [
        "allOf",
        "oneOf",
        "anyOf",
        "not",
        "items",
        "properties",
        "required",
        "additionalProperties",
        "enum",
        "type",
        "format",
        "default",
        "nullable",
        "readOnly",
        "writeOnly",
        "discriminator",
        "pattern",
        "minimum",
        "schema",
        "content",
        "parameters",
        "requestBody",
        "responses",
        "security",
        "style",
        "explode",
        "in",
        "name",
        "$ref",
        "servers",
        "tags",
        "operationId",
        "headers",
        "encoding",
    ];
    match random.below(8) {
        0 => remove(document, &place),
        1 => replace(document, &place, odd_value(random)),
        2 => {
            // A copy of another part, and so also cycles of references and schemas in odd places.
            let copy = document.pointer(&other).cloned().unwrap_or_default();
            replace(document, &place, copy);
        }
        3 => {
            let keyword = *random.pick(&keywords);
            let value = if random.below(2) == 0 {
                odd_value(random)
            } else {
                document.pointer(&other).cloned().unwrap_or_default()
            };
            if let Some(Value::Object(map)) = document.pointer_mut(&place) {
                map.insert(keyword.to_owned(), value);
            }
        }
        4 => replace(document, &place, json!({ "$ref": format!("#{other}") })),
        5 => {
            // Another name for a key.
            if let Some(Value::Object(map)) = document.pointer_mut(&place) {
                let keys: Vec<String> = map.keys().cloned().collect();
                if let Some(key) = keys.get(random.below(keys.len())) {
                    let value = map.remove(key).unwrap_or_default();
                    let new = match random.below(4) {
                        0 => String::new(),
                        1 => key.to_uppercase(),
                        2 => format!("{key}/~{{}}"),
                        _ => (*random.pick(&keywords)).to_owned(),
                    };
                    map.insert(new, value);
                }
            }
        }
        6 => {
            // The same again.
            if let Some(Value::Array(items)) = document.pointer_mut(&place)
                && let Some(item) = items.first().cloned()
            {
                items.push(item);
            }
        }
        _ => {
            let wrapped = document.pointer(&place).cloned().unwrap_or_default();
            let keyword = *random.pick(&["allOf", "oneOf", "anyOf"]);
            replace(
                document,
                &place,
                json!({ keyword: [wrapped.clone(), wrapped] }),
            );
        }
    }
}

fn replace(document: &mut Value, place: &str, value: Value) {
    if !place.is_empty()
        && let Some(target) = document.pointer_mut(place)
    {
        *target = value;
    }
}

fn remove(document: &mut Value, place: &str) {
    let Some((parent, step)) = place.rsplit_once('/') else {
        return;
    };
    let step = step.replace("~1", "/").replace("~0", "~");
    match document.pointer_mut(parent) {
        Some(Value::Object(map)) => {
            map.remove(&step);
        }
        Some(Value::Array(items)) => {
            if let Ok(index) = step.parse::<usize>()
                && index < items.len()
            {
                items.remove(index);
            }
        }
        _ => {}
    }
}

/// Damages bytes.
fn damage(text: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(text.len());
    match random.below(5) {
        0 => text.truncate(at),
        1 => text.insert(at, *random.pick(b"{}[]:,&*!|>'\"%@`#-? \t\n\0\xff0")),
        2 => {
            text.remove(at);
        }
        3 => {
            let end = (at + random.below(40)).min(text.len());
            let piece = text[at..end].to_vec();
            let to = random.below(text.len());
            text.splice(to..to, piece);
        }
        _ => {
            if let Some(byte) = text.get_mut(at) {
                *byte = (random.next() & 0xff) as u8;
            }
        }
    }
}

fn hold(name: &str, text: Vec<u8>, seed: u64) {
    let allow: Vec<Code> = Code::ALL
        .iter()
        .copied()
        .filter(|code| code.can_be_allowed())
        .collect();
    let copy = text.clone();
    let start = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let path = std::path::Path::new("tests/documents").join(name);
        let config = Config::new().allow(allow);
        if let Ok((model, _)) = load_text(&path, text, &config) {
            invariants::check(&model);
        }
    }));
    let took = start.elapsed();
    assert!(
        outcome.is_ok() && took < Duration::from_secs(60),
        "seed {seed}, {name}, {took:?}:\n{}",
        String::from_utf8_lossy(&copy)
    );
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

#[test]
fn mutated_documents_do_no_harm() {
    let sources: Vec<(String, Vec<u8>, Value)> = documents("documents")
        .into_iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read(&path).unwrap();
            let (model, _) = civicforge_codegen::load(&path, &Config::default()).unwrap();
            (name, text, model.document)
        })
        .collect();
    let everything = together(&sources);
    let first = setting("MUTATE_SEED", 1);
    for seed in first..first + setting("MUTATE_RUNS", 400) {
        let mut random = Random(seed);
        let (name, text, document) = random.pick(&sources);
        match random.below(4) {
            0 => {
                let mut text = text.clone();
                for _ in 0..=random.below(4) {
                    if !text.is_empty() {
                        damage(&mut text, &mut random);
                    }
                }
                hold(name, text, seed);
            }
            1 => {
                // Schemas of all documents beside each other.
                let mut document = everything.clone();
                for _ in 0..=random.below(12) {
                    mutate(&mut document, &mut random);
                }
                hold("everything.json", document.to_string().into_bytes(), seed);
            }
            _ => {
                let mut document = document.clone();
                for _ in 0..=random.below(6) {
                    mutate(&mut document, &mut random);
                }
                hold("mutated.json", document.to_string().into_bytes(), seed);
            }
        }
    }
}

/// The components of all documents in one; the last of a name stays.
fn together(sources: &[(String, Vec<u8>, Value)]) -> Value {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    for (_, _, document) in sources {
        paths.extend(
            document["paths"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(k, v)| (k.clone(), v.clone())),
        );
        let own = document["components"]["schemas"].as_object();
        schemas.extend(
            own.into_iter()
                .flatten()
                .map(|(k, v)| (k.clone(), v.clone())),
        );
    }
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Everything", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}
