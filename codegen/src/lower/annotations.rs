//! What a schema says about itself beside its rules. Fields beside `$ref` are ignored, so `allOf` with a reference and a part that
//! annotates it is how 3.0 says something about a reference (Reference Object); it holds as if the schema itself said it.

use std::collections::HashSet;

use serde_json::Value;

use super::Lowering;
use crate::model::Docs;
use crate::parse::schema::{SchemaView, Schemas};
use crate::source::NodeId;

/// Whether a schema, or a part of its `allOf`, is of this kind.
pub fn any_part(schemas: &Schemas, node: NodeId, is: &dyn Fn(&SchemaView) -> bool) -> bool {
    let mut seen = HashSet::new();
    let mut work = vec![node];
    while let Some(node) = work.pop() {
        let Some(view) = schemas.get(&node) else {
            continue;
        };
        if is(view) {
            return true;
        }
        // The same part can be reached in many ways.
        work.extend(
            view.all_of
                .iter()
                .copied()
                .filter(|part| seen.insert(*part)),
        );
    }
    false
}

impl Lowering<'_> {
    /// Whether a property is not in requests.
    pub(super) fn is_read_only(&self, node: NodeId) -> bool {
        any_part(&self.schemas, node, &|view| view.data.read_only)
    }

    /// Whether a property is not in responses.
    pub(super) fn is_write_only(&self, node: NodeId) -> bool {
        any_part(&self.schemas, node, &|view| view.data.write_only)
    }

    /// Whether a schema is deprecated.
    pub(super) fn is_deprecated(&self, node: NodeId) -> bool {
        any_part(&self.schemas, node, &|view| view.data.deprecated)
    }

    /// What is said of a schema in prose: by itself, or by a part that stands in it. A part that is shared speaks of itself.
    pub(super) fn docs_of(&self, node: NodeId) -> Docs {
        let view = self.view(node);
        if let (true, Some(last)) = (self.is_combination(node), view.all_of.last()) {
            return self.docs_of(*last);
        }
        let parts = view.all_of.iter().rev();
        let mut described = parts.filter(|part| !self.has_name(**part));
        let of_part = || described.find_map(|part| self.docs_of(*part).description);
        Docs {
            summary: view.data.title.clone(),
            description: view.data.description.clone().or_else(of_part),
            deprecated: self.is_deprecated(node),
        }
    }

    /// The default of a schema, if the schema accepts it.
    pub(super) fn default_of(&self, node: NodeId) -> Option<Value> {
        let (_, default) = self.stated_default(node)?;
        (!self.bad_defaults.contains(&node)).then_some(default)
    }

    /// The default of a schema, and the schema that states it: itself, or the last part that does. One that is shared is asked last.
    pub(super) fn stated_default(&self, node: NodeId) -> Option<(NodeId, Value)> {
        let mut seen = HashSet::new();
        let mut work = vec![node];
        while let Some(node) = work.pop() {
            let view = self.view(node);
            if let Some(default) = &view.default {
                return Some((node, default.clone()));
            }
            let (shared, own): (Vec<NodeId>, Vec<NodeId>) =
                view.all_of.iter().partition(|part| self.has_name(**part));
            let parts = shared.into_iter().chain(own);
            work.extend(parts.filter(|part| seen.insert(*part)));
        }
        None
    }
}
