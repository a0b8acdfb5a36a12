//! Operations of one method and path, and paths with a query or a fragment.
//!
//! The keys of `paths` have neither by the specification, but descriptions of services that have one URL for many operations
//! do: `/#X-Amz-Target=CodeBuild_20161006.StopBuild`, `/?Action=StopBuild`. A fragment is never sent. It names what tells the
//! operation apart: a required parameter in the query or the headers that can have one value only, or a query parameter that the
//! others do not require.

use std::collections::HashMap;

use openapiv3::{Parameter as Typed, ParameterSchemaOrContent};

use super::Lowering;
use super::paths::shape;
use super::raw::{RawOperation, RawParameter};
use crate::diagnostic::Code;
use crate::model::{Method, Selector};

impl Lowering<'_> {
    /// Finds out how requests for operations of one method and path are told apart, and reports where they cannot be.
    pub(super) fn tell_apart(&mut self, operations: &mut [RawOperation]) {
        let mut shapes: HashMap<(String, Method), Vec<usize>> = HashMap::new();
        for (at, operation) in operations.iter_mut().enumerate() {
            let key = (shape(&operation.path), operation.method);
            shapes.entry(key).or_default().push(at);
            operation.selectors = query(&operation.suffix);
        }
        for same in shapes.into_values().filter(|same| same.len() > 1) {
            for at in same {
                let operation = &operations[at];
                let more = self.selectors(operation);
                operations[at].selectors.extend(more);
                operations[at].selectors.sort();
                operations[at].selectors.dedup();
            }
        }
        let mut seen: HashMap<(String, Method, &[Selector]), &RawOperation> = HashMap::new();
        for operation in operations.iter() {
            let key = (
                shape(&operation.path),
                operation.method,
                operation.selectors.as_slice(),
            );
            if let Some(first) = seen.get(&key) {
                let line = self.tree().place(first.node).line;
                let message = format!(
                    "`{}{}` matches the same requests as `{}{}` in line {line}.",
                    operation.path, operation.suffix, first.path, first.suffix
                );
                self.report(operation.node, Code::PathConflict, message);
            } else {
                seen.insert(key, operation);
            }
            if !operation.suffix.is_empty() {
                self.warn_of_suffix(operation);
            }
        }
    }

    fn warn_of_suffix(&mut self, operation: &RawOperation) {
        let selectors = operation.selectors.iter().map(|selector| match selector {
            Selector::HasQuery(name) => format!("the query parameter `{name}`"),
            Selector::Query(name, value) => format!("the query parameter `{name}={value}`"),
            Selector::Header(name, value) => format!("the header `{name}: {value}`"),
        });
        let selectors: Vec<String> = selectors.collect();
        let told = match selectors.as_slice() {
            [] => "No other operation has this path and method.".to_owned(),
            selectors => format!(
                "The operation is for requests with {}.",
                selectors.join(", ")
            ),
        };
        let message = format!(
            "`{}` is no part of the path `{}`. {told}",
            operation.suffix, operation.path
        );
        self.report_at_key(operation.node, Code::PathSuffix, message, None);
    }

    /// What the parameters say that the path's query or fragment names.
    fn selectors(&mut self, operation: &RawOperation) -> Vec<Selector> {
        let named: Vec<&str> = operation
            .suffix
            .split(['?', '#', '&'])
            .map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name))
            .collect();
        let mut out = Vec::new();
        for parameter in &operation.parameters {
            let data = parameter.typed.parameter_data_ref();
            if !data.required || !named.contains(&data.name.as_str()) {
                continue;
            }
            let value = self.only_value(parameter);
            out.extend(match (&parameter.typed, value) {
                (Typed::Query { .. }, Some(value)) => {
                    Some(Selector::Query(data.name.clone(), value))
                }
                (Typed::Query { .. }, None) => Some(Selector::HasQuery(data.name.clone())),
                (Typed::Header { .. }, Some(value)) => {
                    Some(Selector::Header(data.name.clone(), value))
                }
                _ => None,
            });
        }
        out
    }

    /// The one string that a parameter can be.
    fn only_value(&mut self, parameter: &RawParameter) -> Option<String> {
        let ParameterSchemaOrContent::Schema(schema) = &parameter.typed.parameter_data_ref().format
        else {
            return None;
        };
        let schema = self.document.target(schema)?;
        let schema = self.end_of(schema);
        match self.view(schema).enumeration.as_deref()? {
            [value] => value.as_str().map(str::to_owned),
            _ => None,
        }
    }
}

/// What the query of a path says.
fn query(suffix: &str) -> Vec<Selector> {
    let query = suffix.strip_prefix('?').unwrap_or_default();
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut selectors: Vec<Selector> = pairs
        .map(|pair| {
            let mut decoded = form_urlencoded::parse(pair.as_bytes()).into_owned();
            let (name, value) = decoded.next().unwrap_or_default();
            match pair.contains('=') {
                true => Selector::Query(name, value),
                false => Selector::HasQuery(name),
            }
        })
        .collect();
    selectors.sort();
    selectors.dedup();
    selectors
}
