//! Rules for path items and operations: R1, R2 and R7.

use serde_json::{Map, Value};

use super::tree::{elements, escaped, picked, resolved, text};
use super::{LeftOut, Names, Note, bodies, parameters, responses};

/// The methods that progenitor can send, in the order of the specification.
const METHODS: [&str; 6] = ["get", "put", "post", "delete", "head", "patch"];

/// Methods of OpenAPI that it cannot send.
const OTHER_METHODS: [&str; 2] = ["options", "trace"];

pub(super) fn item(
    document: &Value,
    path: &str,
    item: &Value,
    names: &Names,
    notes: &mut Vec<Note>,
) -> Map<String, Value> {
    let item = resolved(document, item);
    let base = format!("/paths/{}", escaped(path));
    let mut kept = Map::new();
    for method in METHODS {
        let Some(operation) = item.get(method) else {
            continue;
        };
        let pointer = format!("{base}/{method}");
        match rewritten(document, item, operation, &pointer, names, notes) {
            Ok(operation) => {
                kept.insert(method.to_owned(), operation);
            }
            Err(LeftOut(why)) => notes.push(Note {
                pointer,
                message: format!("The client does not have this operation: {why}."),
            }),
        }
    }
    for method in OTHER_METHODS {
        if item.get(method).is_some() {
            notes.push(Note {
                pointer: format!("{base}/{method}"),
                message: "The client does not have this operation: it cannot send the method."
                    .to_owned(),
            });
        }
    }
    kept
}

fn rewritten(
    document: &Value,
    item: &Value,
    operation: &Value,
    pointer: &str,
    names: &Names,
    notes: &mut Vec<Note>,
) -> Result<Value, LeftOut> {
    let mut found = Vec::new();
    let mut kept = picked(
        operation,
        &["tags", "summary", "description", "operationId"],
    );
    if let Some(name) = names.get(pointer) {
        kept.insert("operationId".to_owned(), name.as_str().into());
    }
    let declared = declared(document, item, operation);
    let sent = parameters::rewritten(document, &declared, pointer, &mut found)?;
    kept.insert("parameters".to_owned(), Value::Array(sent));
    if let Some(body) = operation.get("requestBody") {
        let body = resolved(document, body);
        if let Some(body) = bodies::rewritten(document, body, pointer, &mut found)? {
            kept.insert("requestBody".to_owned(), body);
        }
    }
    kept.insert(
        "responses".to_owned(),
        responses::rewritten(document, operation, pointer, &mut found),
    );
    // Notes about the parts of an operation that is left out as a whole would only distract.
    notes.append(&mut found);
    Ok(Value::Object(kept))
}

/// The parameters of an operation and those of its path that it does not replace.
fn declared<'a>(document: &'a Value, item: &'a Value, operation: &'a Value) -> Vec<&'a Value> {
    let own: Vec<&Value> = elements(operation, "parameters")
        .map(|parameter| resolved(document, parameter))
        .collect();
    let identity = |parameter: &Value| {
        (
            text(parameter, "in").to_owned(),
            text(parameter, "name").to_owned(),
        )
    };
    elements(item, "parameters")
        .map(|parameter| resolved(document, parameter))
        .filter(|shared| !own.iter().any(|one| identity(one) == identity(shared)))
        .chain(own.iter().copied())
        .collect()
}
