//! Operations, by tag.

use std::collections::{HashMap, HashSet};

use super::Lowering;
use super::names::{Names, upper_camel};
use super::raw::{RawOperation, RawParameter};
use crate::diagnostic::Code;
use crate::model::Direction;
use crate::model::{Docs, Method, Operation};
use crate::parse::grammar::Object;
use crate::source::NodeId;

/// `info`, as far as it is generated.
pub(super) struct Info {
    pub title: String,
    pub version: String,
    pub description: Option<String>,
}

const METHODS: [(&str, Method); 8] = [
    ("get", Method::Get),
    ("put", Method::Put),
    ("post", Method::Post),
    ("delete", Method::Delete),
    ("options", Method::Options),
    ("head", Method::Head),
    ("patch", Method::Patch),
    ("trace", Method::Trace),
];

impl Lowering<'_> {
    /// `info`.
    pub(super) fn info(&mut self) -> Info {
        let node = self.tree().get(self.document.root, "info");
        let info = node.and_then(|node| {
            self.document
                .typed::<openapiv3::Info>(node, Object::Info, self.problems)
        });
        let info = info.unwrap_or_default();
        Info {
            title: info.title,
            version: info.version,
            description: info.description,
        }
    }

    /// Every operation, in the order of the document.
    pub(super) fn collect_operations(&mut self) -> Vec<RawOperation> {
        let mut out = Vec::new();
        for (path, item) in self.path_items() {
            let tree = self.document.tree();
            let shared = tree
                .get(item, "parameters")
                .map(|list| tree.list(list).to_vec())
                .unwrap_or_default();
            let present: Vec<(NodeId, Method)> = tree
                .map(item)
                .map(|map| map.entries())
                .unwrap_or_default()
                .iter()
                .filter_map(|entry| {
                    let (_, method) = METHODS.iter().find(|(name, _)| *name == entry.key)?;
                    tree.map(entry.value).map(|_| (entry.value, *method))
                })
                .collect();
            for (node, method) in present {
                let Some(typed) = self.document.typed(node, Object::Operation, self.problems)
                else {
                    continue;
                };
                let raw = self.raw_operation(node, typed, method, &path, item, &shared);
                out.push(raw);
            }
        }
        self.unique_ids(&mut out);
        self.select(&mut out, self.config);
        out
    }

    fn raw_operation(
        &mut self,
        node: NodeId,
        typed: openapiv3::Operation,
        method: Method,
        path: &str,
        item: NodeId,
        shared: &[NodeId],
    ) -> RawOperation {
        let own = self
            .tree()
            .get(node, "parameters")
            .map(|list| self.tree().list(list).to_vec());
        let own = self.raw_parameters(&own.unwrap_or_default());
        let mut parameters = self.raw_parameters(shared);
        parameters.retain(|parameter| {
            !own.iter().any(|own| {
                super::parameters::key(&own.typed) == super::parameters::key(&parameter.typed)
            })
        });
        parameters.extend(own);
        let key = format!("{}{path}", self.server_path(node, item));
        let id = match typed.operation_id.as_deref().map(str::trim) {
            Some(id) if !id.is_empty() => id.to_owned(),
            _ => made_id(method, &key),
        };
        let end = key.find(['?', '#']).unwrap_or(key.len());
        let (path, suffix) = key.split_at(end);
        let (path, suffix) = (path.to_owned(), suffix.to_owned());
        RawOperation {
            node,
            typed,
            method,
            path,
            suffix,
            selectors: Vec::new(),
            id,
            parameters,
        }
    }

    fn raw_parameters(&mut self, list: &[NodeId]) -> Vec<RawParameter> {
        let mut seen = HashSet::new();
        let mut out: Vec<RawParameter> = Vec::new();
        for listed in list.iter().copied() {
            let Some(node) = self
                .document
                .resolve(listed)
                .filter(|node| self.tree().map(*node).is_some())
            else {
                continue;
            };
            // Without a place and a name there is no parameter; the structure check has said so.
            if self.tree().get_text(node, "name").is_none() || !self.has_location(node) {
                continue;
            }
            let typed = self.document.typed(node, Object::Parameter, self.problems);
            let Some(typed) = typed else { continue };
            if !seen.insert(super::parameters::key(&typed)) {
                let name = self.tree().get_text(node, "name").unwrap_or_default();
                let message = format!("The parameter `{name}` is in the list twice.");
                self.report(listed, Code::DuplicateParameter, message);
                continue;
            }
            out.push(RawParameter {
                node,
                listed,
                typed,
            });
        }
        out
    }

    fn has_location(&self, node: NodeId) -> bool {
        matches!(
            self.tree().get_text(node, "in"),
            Some("path" | "query" | "header" | "cookie")
        )
    }

    fn unique_ids(&mut self, operations: &mut [RawOperation]) {
        let mut seen: HashMap<String, NodeId> = HashMap::new();
        // Written ones first: a made one must not take the name of a written one.
        let mut order: Vec<usize> = (0..operations.len()).collect();
        order.sort_by_key(|at| operations[*at].typed.operation_id.is_none());
        for at in order {
            let operation = &mut operations[at];
            let mut number = 2;
            let wanted = operation.id.clone();
            while let Some(first) = seen.get(&operation.id) {
                if number == 2 && operation.typed.operation_id.is_some() {
                    let line = self.document.tree().place(*first).line;
                    let message = format!(
                        "The operationId `{wanted}` is that of the operation in line {line}, too."
                    );
                    let place = self
                        .document
                        .tree()
                        .get(operation.node, "operationId")
                        .unwrap_or(operation.node);
                    let problem =
                        self.document
                            .tree()
                            .problem(place, Code::DuplicateOperation, message);
                    self.problems.push(problem);
                }
                operation.id = format!("{wanted}{number}");
                number += 1;
            }
            seen.insert(operation.id.clone(), operation.node);
        }
    }

    /// The schemas that requests and responses are made of.
    pub(super) fn roots(&mut self, operations: &[RawOperation]) -> (Vec<NodeId>, Vec<NodeId>) {
        let (mut requests, mut responses) = (Vec::new(), Vec::new());
        for operation in operations {
            for parameter in &operation.parameters {
                requests.extend(self.media_schemas(parameter.node));
            }
            let body = operation
                .typed
                .request_body
                .as_ref()
                .and_then(|body| self.document.target(body));
            requests.extend(body.into_iter().flat_map(|body| self.media_schemas(body)));
            let answers = operation
                .typed
                .responses
                .default
                .iter()
                .chain(operation.typed.responses.responses.values());
            for response in answers
                .filter_map(|response| self.document.target(response))
                .collect::<Vec<_>>()
            {
                responses.extend(self.media_schemas(response));
            }
        }
        (requests, responses)
    }

    /// The schemas of `schema`, `content` and `headers` in an object.
    fn media_schemas(&self, node: NodeId) -> Vec<NodeId> {
        let tree = self.tree();
        let mut holders = vec![node];
        let mut next = 0;
        // A header has content, too; it has no headers, so this ends.
        while let Some(node) = holders.get(next).copied() {
            next += 1;
            for field in ["content", "headers"] {
                let entries = tree.get(node, field).and_then(|map| tree.map(map));
                let entries = entries.map(|map| map.entries()).unwrap_or_default();
                let held = entries
                    .iter()
                    .filter_map(|entry| self.document.resolve(entry.value));
                let new: Vec<_> = held.filter(|node| !holders.contains(node)).collect();
                holders.extend(new);
            }
        }
        holders
            .into_iter()
            .filter_map(|holder| self.document.resolve(tree.get(holder, "schema")?))
            .collect()
    }

    /// Lowers one.
    pub(super) fn operation(
        &mut self,
        raw: &RawOperation,
        prefix: String,
        method_name: String,
    ) -> Operation {
        let typed = &raw.typed;
        let mut fields = Names::default();
        fields.take("body");
        let parameters = self.parameters(raw, &prefix, &mut fields);
        let body = self.body(raw, &prefix);
        let responses = self.responses(raw, &prefix);
        let security = self.operation_security(raw);
        let mut operation = Operation {
            id: raw.id.clone(),
            method_name,
            prefix,
            method: raw.method,
            path: raw.path.clone(),
            selectors: raw.selectors.clone(),
            pointer: self.pointer(raw.node),
            docs: Docs {
                summary: typed.summary.clone(),
                description: typed.description.clone(),
                deprecated: typed.deprecated,
            },
            parameters,
            body,
            responses,
            security,
            framework_statuses: Vec::new(),
        };
        self.lint_signed_body(raw, &operation);
        operation.framework_statuses = self.framework_statuses(raw, &operation);
        operation
    }

    /// The type of a schema that an operation uses directly.
    pub(super) fn operation_type(
        &mut self,
        node: NodeId,
        direction: Direction,
        name: &str,
    ) -> crate::model::Type {
        self.ty(node, direction, name)
    }
}

/// Whether a field of a Path Item is an operation.
pub(crate) fn is_method(field: &str) -> bool {
    METHODS.iter().any(|(name, _)| *name == field)
}

/// `GET /pets/{petId}/toys` → `getPetsByPetIdToys`.
fn made_id(method: Method, path: &str) -> String {
    let name = METHODS
        .iter()
        .find(|(_, m)| *m == method)
        .map_or("", |(name, _)| name);
    let mut out = name.to_owned();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let by = if part.starts_with('{') { "By" } else { "" };
        out.push_str(by);
        out.push_str(&upper_camel(part));
    }
    if out == name {
        format!("{name}Root")
    } else {
        out
    }
}
