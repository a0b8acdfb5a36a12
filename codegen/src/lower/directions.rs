//! Which schemas travel in which direction.
//!
//! A `readOnly` property is not in requests and a `writeOnly` one is not in responses. A schema that has one, or
//! contains a schema that has one, needs two Rust types if it is used in both directions, and one if it is not.

use std::collections::{HashMap, HashSet};

use super::annotations::any_part;
use crate::model::Direction;
use crate::parse::schema::{SchemaView, Schemas};
use crate::source::NodeId;

/// What is known about directions.
#[derive(Debug, Default)]
pub struct Usage {
    /// Schemas whose type depends on the direction.
    sensitive: HashSet<NodeId>,
    requests: HashSet<NodeId>,
    responses: HashSet<NodeId>,
}

/// The schemas that a schema's type is made of.
pub fn parts(view: &SchemaView) -> Vec<NodeId> {
    view.properties
        .iter()
        .map(|(_, node)| *node)
        .chain(view.additional_schema())
        .chain(view.items)
        .chain(view.all_of.iter().copied())
        .chain(view.one_of.iter().copied())
        .chain(view.any_of.iter().copied())
        .collect()
}

impl Usage {
    /// Finds it out from the schemas that operations use.
    pub fn new(schemas: &Schemas, requests: &[NodeId], responses: &[NodeId]) -> Self {
        Self {
            sensitive: sensitive(schemas),
            requests: reach(schemas, requests),
            responses: reach(schemas, responses),
        }
    }

    /// Takes in a schema that is made from others.
    pub fn add(&mut self, made: NodeId, of: &[NodeId]) {
        for set in [&mut self.sensitive, &mut self.requests, &mut self.responses] {
            if of.iter().any(|node| set.contains(node)) {
                set.insert(made);
            }
        }
    }

    /// Whether the schema's type depends on the direction.
    pub fn is_sensitive(&self, node: NodeId) -> bool {
        self.sensitive.contains(&node)
    }

    /// Whether there are two types for the schema.
    pub fn is_split(&self, node: NodeId) -> bool {
        self.sensitive.contains(&node)
            && self.requests.contains(&node)
            && self.responses.contains(&node)
    }

    /// The direction that decides about the type: schemas that are not split have one type whoever asks.
    pub fn direction(&self, node: NodeId, asked: Direction) -> Direction {
        if self.is_split(node) {
            asked
        } else if self.requests.contains(&node) && self.sensitive.contains(&node) {
            Direction::Request
        } else {
            Direction::Response
        }
    }
}

fn reach(schemas: &Schemas, roots: &[NodeId]) -> HashSet<NodeId> {
    let mut found: HashSet<NodeId> = roots.iter().copied().collect();
    let mut work: Vec<NodeId> = roots.to_vec();
    while let Some(node) = work.pop() {
        for part in schemas
            .get(&node)
            .map(|view| parts(view))
            .unwrap_or_default()
        {
            if found.insert(part) {
                work.push(part);
            }
        }
    }
    found
}

fn sensitive(schemas: &Schemas) -> HashSet<NodeId> {
    let marked = |node: &NodeId| {
        any_part(schemas, *node, &|view| {
            view.data.read_only || view.data.write_only
        })
    };
    let mut users: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
    let mut found = HashSet::new();
    for (node, view) in schemas {
        for part in parts(view) {
            users.entry(part).or_default().push(*node);
        }
        if view.properties.iter().any(|(_, property)| marked(property)) {
            found.insert(*node);
        }
    }
    let mut work: Vec<NodeId> = found.iter().copied().collect();
    while let Some(node) = work.pop() {
        for user in users.get(&node).into_iter().flatten() {
            if found.insert(*user) {
                work.push(*user);
            }
        }
    }
    found
}
