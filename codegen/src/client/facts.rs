//! What the contract says that progenitor does not look at.

use std::collections::BTreeSet;

use serde_json::Value;

use super::view::View;
use super::view::tree::{elements, is_true, members, resolved, text};

/// Facts from the contract.
#[derive(Debug)]
pub(super) struct Facts {
    /// Sorted by name.
    pub(super) operations: Vec<Operation>,
    /// The names in the view of the schemas that errors have, sorted.
    pub(super) errors: Vec<String>,
    /// The names in the view of the schemas that have properties which must not be shown, sorted.
    pub(super) secrets: Vec<String>,
}

impl Facts {
    /// `document` is the contract that the view is of.
    pub(super) fn new(document: &Value, view: &View) -> Self {
        let in_view = |names: Vec<String>| {
            let names = names.into_iter();
            let names = names.map(|name| view.renamed.get(&name).cloned().unwrap_or(name));
            names.collect()
        };
        Self {
            operations: operations(document, view),
            errors: in_view(errors(document)),
            secrets: in_view(secrets(document)),
        }
    }
}

/// What a transport has to know about an operation beyond what it sends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Operation {
    /// The name by which hooks know it.
    pub(super) name: String,
    /// Whether it takes an access token in `Authorization: Bearer`.
    pub(super) authorized: bool,
    /// Whether it takes an `Idempotency-Key`.
    pub(super) idempotency_key: bool,
}

fn operations(document: &Value, view: &View) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, item) in members(&view.document, "paths") {
        let published = document.get("paths").and_then(|paths| paths.get(path));
        let published = published.map_or(&Value::Null, |item| resolved(document, item));
        for (method, operation) in item.as_object().into_iter().flatten() {
            operations.push(Operation {
                name: text(operation, "operationId").to_owned(),
                authorized: takes_bearer(document, published.get(method).unwrap_or(&Value::Null)),
                idempotency_key: takes_key(operation),
            });
        }
    }
    operations.sort();
    operations
}

fn takes_key(operation: &Value) -> bool {
    elements(operation, "parameters").any(|parameter| {
        text(parameter, "in") == "header"
            && text(parameter, "name").eq_ignore_ascii_case("idempotency-key")
    })
}

/// Whether one of the alternatives of an operation's security takes a bearer token.
fn takes_bearer(document: &Value, operation: &Value) -> bool {
    let alternatives = operation
        .get("security")
        .or_else(|| document.get("security"))
        .and_then(Value::as_array);
    alternatives
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .flat_map(|alternative| alternative.keys())
        .any(|scheme| {
            let scheme = document
                .get("components")
                .and_then(|components| components.get("securitySchemes")?.get(scheme))
                .map_or(&Value::Null, |scheme| resolved(document, scheme));
            match text(scheme, "type") {
                "http" => text(scheme, "scheme").eq_ignore_ascii_case("bearer"),
                "oauth2" | "openIdConnect" => true,
                _ => false,
            }
        })
}

fn errors(document: &Value) -> Vec<String> {
    let mut names = BTreeSet::new();
    for (_, item) in members(document, "paths") {
        let operations = resolved(document, item).as_object().into_iter().flatten();
        for (_, operation) in operations {
            let errors = members(operation, "responses")
                .filter(|(status, _)| !status.starts_with('2'))
                .map(|(_, response)| resolved(document, response));
            for (_, content) in errors.flat_map(|response| members(response, "content")) {
                let schema = content.get("schema").unwrap_or(&Value::Null);
                let name = text(schema, "$ref").strip_prefix("#/components/schemas/");
                names.extend(name.map(str::to_owned));
            }
        }
    }
    names.into_iter().collect()
}

fn secrets(document: &Value) -> Vec<String> {
    let components = document.get("components").unwrap_or(&Value::Null);
    let mut names: Vec<String> = members(components, "schemas")
        .filter(|(_, schema)| {
            members(schema, "properties").any(|(_, property)| {
                text(property, "format") == "password" || is_true(property, "writeOnly")
            })
        })
        .map(|(name, _)| name.clone())
        .collect();
    names.sort();
    names
}
