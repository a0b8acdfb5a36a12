//! The client view of a contract: the same operations and values, said in the part of OpenAPI that progenitor takes.
//!
//! The published contract is written for people and for the server. A client generated from it as it is would not
//! come into being (progenitor 0.15 panics on two media types, on two successes and on `default`), or would be worse
//! than necessary: it would refuse stored data that an older, laxer rule let in, and stop at the first new value of an
//! enum. The view is a pure rewriting of JSON to JSON. Its rules:
//!
//! | rule | what happens | why |
//! |---|---|---|
//! | R1 | references to parameters, bodies, responses and path items are replaced by what they refer to; only `components.schemas` stays | the other rules change them for one operation at a time |
//! | R2 | `operationId` becomes the model's unique snake_case name | progenitor wants one everywhere, and its hooks tell operations apart by it |
//! | R3 | responses other than success are dropped: errors, 1xx, 3xx, `default` | the layer above decodes every error itself, with whatever status and media type it came, so that an answer of a proxy is an error like any other; progenitor panics where error bodies differ |
//! | R4 | one success is kept, the lowest status with JSON, or else the lowest | progenitor panics on several |
//! | R5 | of several media types JSON is kept; a media type other than `application/json`, or with the schema `type: string, format: binary`, becomes a stream of bytes | progenitor panics, or takes the first silently |
//! | R6 | parameters that progenitor cannot send (cookies, `content`, styles other than the default one, lists that are not exploded, lists in headers and paths) are left out if optional, with a note | the client can still do the rest |
//! | R7 | where such a parameter, or a body of a media type that it cannot send (`multipart/form-data`, forms with a `style`, and JSON and forms that are bytes to the contract among them), is required, the operation is left out with a note, as are TRACE and OPTIONS | a call that can only fail is worse than none |
//! | R8 | header parameters `Accept`, `Content-Type` and `Authorization` are dropped | OpenAPI says that they are to be ignored |
//! | R9 | what schemas say beyond the shape of values is dropped: lengths, ranges, `pattern`, `not`, defaults, closed objects, `discriminator`, formats that have no type of their own | the server is the judge of requests, and reports all violations at once; its answers are its own, also those that older rules let in |
//! | R10 | `readOnly` properties of what is sent and `writeOnly` properties of what is answered are not required | they are absent there |
//! | R11 | enums of anything but strings are dropped, and values that an enum has twice | they have no names to make variants from |
//! | R12 | examples, servers, security, headers, links, callbacks and extensions are dropped | the generator does not look at them |
//! | R13 | schemas whose Rust names would be the same get numbers, and a choice that may be `null` is a schema apart from the `null` | typify gives both one name |
//!
//! Nothing is skipped silently: what is left out and matters to a caller is a [`Note`].

mod bodies;
mod direction;
mod names;
mod operations;
mod parameters;
mod responses;
mod schemas;
pub(super) mod tree;

use std::collections::HashMap;

use serde_json::{Map, Value};

/// A contract as a client generator can take it.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The document.
    pub document: Value,
    /// What a caller should know about what was left out.
    pub notes: Vec<Note>,
    /// The schemas that have another name than in the contract, with that name (R13).
    pub renamed: HashMap<String, String>,
}

/// Something that the view leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// JSON pointer into the published contract.
    pub pointer: String,
    /// What was left out, and why.
    pub message: String,
}

/// Names of operations by their JSON pointer, such as `/paths/~1health/get`.
pub type Names = HashMap<String, String>;

/// Rewrites a contract whose external references are already part of it. Operations without a name in `names` keep
/// their `operationId`.
pub fn view(document: &Value, names: &Names) -> View {
    let mut notes = Vec::new();
    let mut paths = Map::new();
    for (path, item) in tree::members(document, "paths") {
        let item = operations::item(document, path, item, names, &mut notes);
        if !item.is_empty() {
            paths.insert(path.clone(), Value::Object(item));
        }
    }

    let mut schemas = Map::new();
    let directions = direction::directions(document);
    if let Some(components) = document.get("components") {
        for (name, schema) in tree::members(components, "schemas") {
            let schema = schemas::relaxed(document, schema, directions.of(name));
            schemas.insert(name.clone(), schema);
        }
    }

    let mut view = Map::new();
    view.insert("openapi".to_owned(), "3.0.3".into());
    let info = document.get("info").unwrap_or(&Value::Null);
    view.insert(
        "info".to_owned(),
        Value::Object(tree::picked(info, &["title", "description", "version"])),
    );
    view.insert("paths".to_owned(), Value::Object(paths));
    let mut components = Map::new();
    components.insert("schemas".to_owned(), Value::Object(schemas));
    view.insert("components".to_owned(), Value::Object(components));
    let mut document = Value::Object(view);
    let renamed = names::separate(&mut document);
    View {
        document,
        notes,
        renamed,
    }
}

/// Why an operation cannot be part of the view.
struct LeftOut(String);
