//! The structure check: does every value fit the place where it stands?
//!
//! It walks the document by the tables of [`super::grammar`], from the root and through every reference, each
//! node once for each role that it has, with a work list instead of recursion.

use std::collections::HashSet;

use super::grammar::{Field, Kind, Need, Object};
use super::{Document, hints};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Data, ExternalRefs, NodeId, Tree};

/// Whether the root says `openapi: 3.0.x`. Anything else is reported for what it is.
pub fn is_openapi_3_0(tree: &Tree, root: NodeId, problems: &mut Diagnostics) -> bool {
    if tree.map(root).is_none() {
        let message = format!(
            "An OpenAPI document is an object; this is {}.",
            tree.data(root).kind()
        );
        problems.push(tree.problem(root, Code::UnsupportedVersion, message));
        return false;
    }
    let (key, version) = match (tree.get(root, "openapi"), tree.get(root, "swagger")) {
        (Some(node), _) => ("openapi", node),
        (None, Some(node)) => ("swagger", node),
        (None, None) => {
            let message = "The document does not say which version of OpenAPI it is.";
            problems.push(
                tree.problem(root, Code::UnsupportedVersion, message)
                    .hint("Add `openapi: 3.0.3`."),
            );
            return false;
        }
    };
    let text = match tree.data(version) {
        Data::String(text) => text.clone(),
        Data::Number(number) => number.to_string(),
        other => other.kind().to_owned(),
    };
    if key == "openapi" && (text == "3.0" || text.starts_with("3.0.")) {
        return true;
    }
    let problem = if key == "swagger" {
        tree.problem(
            version,
            Code::UnsupportedVersion,
            format!("This is Swagger {text}, not OpenAPI 3.0."),
        )
        .hint("Convert it to OpenAPI 3.0 first.")
    } else if text.starts_with("3.1") || text.starts_with("3.2") {
        tree.problem(version, Code::UnsupportedVersion, format!("This is OpenAPI {text}; only 3.0 is supported."))
            .hint("Write it as 3.0.3: `nullable: true` for an array of types, one `example` for `examples`.")
    } else {
        tree.problem(
            version,
            Code::UnsupportedVersion,
            format!("`{text}` is not a version of OpenAPI 3.0."),
        )
    };
    problems.push(problem);
    false
}

/// The walk.
pub struct Check<'a> {
    document: &'a mut Document,
    problems: &'a mut Diagnostics,
    outside: ExternalRefs,
    work: Vec<(NodeId, Kind)>,
    seen: HashSet<(NodeId, Object)>,
}

impl<'a> Check<'a> {
    /// Nothing is done yet.
    pub fn new(
        document: &'a mut Document,
        outside: ExternalRefs,
        problems: &'a mut Diagnostics,
    ) -> Self {
        Self {
            document,
            problems,
            outside,
            work: Vec::new(),
            seen: HashSet::new(),
        }
    }

    /// Walks the whole document.
    pub fn run(mut self) {
        self.work
            .push((self.document.root, Kind::Inline(Object::OpenApi)));
        while let Some((node, kind)) = self.work.pop() {
            self.value(node, kind);
        }
        self.document.schemas.sort_unstable();
    }

    fn tree(&self) -> &Tree {
        self.document.tree()
    }

    fn report(&mut self, node: NodeId, code: Code, message: impl Into<String>) {
        let problem = self.document.tree().problem(node, code, message);
        self.problems.push(problem);
    }

    fn value(&mut self, node: NodeId, kind: Kind) {
        let data = self.tree().data(node);
        match (kind, data) {
            (Kind::Inline(object), Data::Object(_)) => self.object(node, object),
            (Kind::ObjectOrReference(object), Data::Object(_)) => self.referable(node, object),
            (Kind::BooleanOrSchema, Data::Object(_)) => self.referable(node, Object::Schema),
            (Kind::Map(inner), Data::Object(map)) => {
                let values: Vec<_> = map
                    .entries()
                    .iter()
                    .rev()
                    .map(|entry| (entry.value, *inner))
                    .collect();
                self.work.extend(values);
            }
            (Kind::List(inner), Data::Array(items)) => {
                let items: Vec<_> = items.iter().rev().map(|item| (*item, *inner)).collect();
                self.work.extend(items);
            }
            (Kind::StringArray, Data::Array(items)) => {
                let items: Vec<_> = items
                    .iter()
                    .rev()
                    .map(|item| (*item, Kind::String))
                    .collect();
                self.work.extend(items);
            }
            (Kind::StringEnum(words), Data::String(text)) if !words.contains(&text.as_str()) => {
                let problem = hints::bad_word(self.tree(), node, text, words);
                self.problems.push(problem);
            }
            _ if fits(kind, data) => {}
            _ => {
                let problem = hints::wrong_kind(self.tree(), node, kind);
                self.problems.push(problem);
            }
        }
    }

    /// An object or a reference to one.
    fn referable(&mut self, node: NodeId, object: Object) {
        let Some(reference) = self.tree().get(node, "$ref") else {
            return self.object(node, object);
        };
        if self.tree().text(reference).is_none() {
            let message = format!(
                "`$ref` takes a string, not {}.",
                self.tree().data(reference).kind()
            );
            return self.report(reference, Code::WrongKind, message);
        }
        if !self.seen.insert((node, object)) {
            return;
        }
        if let Some(problem) = hints::siblings(self.tree(), node, object) {
            self.problems.push(problem);
        }
        if let Some(target) =
            self.document
                .follow_reference(node, object, self.outside, self.problems)
        {
            self.work
                .push((target.next, Kind::ObjectOrReference(object)));
        }
    }

    fn object(&mut self, node: NodeId, object: Object) {
        if !self.seen.insert((node, object)) {
            return;
        }
        if object == Object::Schema {
            self.document.schemas.push(node);
        }
        let Some(map) = self.tree().map(node) else {
            return;
        };
        let mut found = Vec::new();
        let mut unknown = Vec::new();
        for entry in map.entries() {
            if let Some(field) = object.field(&entry.key) {
                found.push((entry.value, field.kind));
            } else if entry.key.starts_with("x-") {
                // An extension holds what it likes.
            } else if let Some(kind) = object.free() {
                found.push((entry.value, kind));
            } else {
                unknown.push(hints::unknown(
                    self.tree(),
                    node,
                    entry.value,
                    object,
                    &entry.key,
                ));
            }
        }
        let missing: Vec<&Field> = object
            .fields()
            .iter()
            .filter(|field| field.need != Need::Optional && map.get(field.name).is_none())
            .collect();
        self.work.extend(found.into_iter().rev());
        for problem in unknown {
            self.problems.push(problem);
        }
        for field in missing {
            let code = if field.need == Need::Required {
                Code::MissingField
            } else {
                Code::MissingDescription
            };
            let message = format!("The {} must have `{}`.", object.title(), field.name);
            self.report(node, code, message);
        }
        match object {
            Object::Components => self.component_names(node),
            Object::Discriminator => self.mapping(node),
            _ => {}
        }
    }

    /// The values of `mapping` are names of component schemas, or references.
    fn mapping(&mut self, node: NodeId) {
        let tree = self.document.tree();
        let root = tree.root_of(node);
        let names = tree
            .get(root, "components")
            .and_then(|components| tree.get(components, "schemas"));
        let entries = tree
            .get(node, "mapping")
            .and_then(|mapping| tree.map(mapping));
        let mut references = Vec::new();
        for entry in entries.map(|map| map.entries()).unwrap_or_default() {
            let Some(text) = tree.text(entry.value) else {
                continue;
            };
            let named = names.and_then(|names| tree.get(names, text)).is_some();
            if !named && text.contains(['/', '#', '.']) {
                references.push(entry.value);
            }
        }
        for value in references {
            let target =
                self.document
                    .follow_reference(value, Object::Schema, self.outside, self.problems);
            if let Some(target) = target {
                self.work
                    .push((target.next, Kind::ObjectOrReference(Object::Schema)));
            }
        }
    }

    fn component_names(&mut self, node: NodeId) {
        let tree = self.document.tree();
        let sections = tree.map(node).map(|map| map.entries()).unwrap_or_default();
        for section in sections
            .iter()
            .filter(|section| Object::Components.field(&section.key).is_some())
        {
            for entry in tree
                .map(section.value)
                .map(|map| map.entries())
                .unwrap_or_default()
            {
                let good = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
                if entry.key.is_empty() || !entry.key.chars().all(good) {
                    let message = format!("`{}` is not a name for a component.", entry.key);
                    self.problems.push(
                        tree.problem_at_key(entry.value, Code::ComponentName, message)
                            .hint("Use letters, digits, `.`, `-` and `_` of ASCII."),
                    );
                }
            }
        }
    }
}

/// Whether one level of a value is of a kind.
#[must_use]
pub fn fits(kind: Kind, data: &Data) -> bool {
    match (kind, data) {
        (Kind::Any, _)
        | (Kind::String, Data::String(_))
        | (Kind::Boolean | Kind::BooleanOrSchema, Data::Bool(_))
        | (Kind::Number, Data::Number(_))
        | (
            Kind::Inline(_) | Kind::ObjectOrReference(_) | Kind::Map(_) | Kind::BooleanOrSchema,
            Data::Object(_),
        )
        | (Kind::StringArray | Kind::Values | Kind::List(_), Data::Array(_)) => true,
        (Kind::StringEnum(words), Data::String(text)) => words.contains(&text.as_str()),
        (Kind::UnsignedInteger, Data::Number(number)) => count(number).is_some(),
        _ => false,
    }
}

/// A number as a count: `5` and `5.0` are, `-1` and `5.5` are not.
#[must_use]
pub fn count(number: &serde_json::Number) -> Option<u64> {
    number.as_u64().or_else(|| {
        let value = number.as_f64()?;
        let exact = value >= 0.0 && value.fract() == 0.0 && value < 9_007_199_254_740_992.0;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "just checked"
        )]
        exact.then_some(value as u64)
    })
}
