//! Schemas that others extend: a discriminator without `oneOf` or `anyOf`.
//!
//! `Cat: {allOf: [{$ref: Pet}, …]}` extends `Pet`, and a `discriminator` in `Pet` says which of the schemas that extend it a value is of
//! (OpenAPI 3.0, Discriminator Object, and "Models with Polymorphism Support"). Where a value is a `Pet`, it is one of them, or a `Pet`
//! that is nothing more; where `Pet` is a part of an `allOf`, it is only that part. So the schema becomes a choice, and what it was before
//! is a schema of its own, which is the part, and the last alternative.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::{Lowering, cycles};
use crate::parse::schema::SchemaView;
use crate::source::NodeId;

impl Lowering<'_> {
    /// Makes choices of the schemas that are extended.
    pub(super) fn find_subtypes(&mut self) {
        let bases: Vec<NodeId> = self
            .components_in_order()
            .into_iter()
            .filter(|node| {
                let view = self.view(*node);
                let chooses = !view.one_of.is_empty() || !view.any_of.is_empty();
                view.data.discriminator.is_some() && !chooses
            })
            .collect();
        if bases.is_empty() {
            return;
        }
        let mapped: HashSet<NodeId> = bases
            .iter()
            .flat_map(|base| self.mapping_targets(*base))
            .collect();
        let extending: Vec<(NodeId, HashSet<NodeId>)> = self
            .components_in_order()
            .into_iter()
            .filter(|node| mapped.contains(node) || !self.only_annotates(*node))
            .map(|node| (node, self.extended_by(node)))
            .collect();
        let rewritten: HashSet<NodeId> = extending.iter().map(|(node, _)| *node).collect();
        let mut reached: HashMap<NodeId, HashSet<NodeId>> = HashMap::new();
        let mut choices: Vec<(NodeId, Vec<NodeId>)> = Vec::new();
        for base in bases.iter().copied() {
            let extending = extending
                .iter()
                .filter(|(node, extended)| *node != base && extended.contains(&base))
                .map(|(node, _)| *node);
            let mut alternatives: Vec<NodeId> = extending.collect();
            for target in self.mapping_targets(base) {
                if target != base && !alternatives.contains(&target) {
                    alternatives.push(target);
                }
            }
            alternatives.retain(|node| {
                let reached = reached
                    .entry(*node)
                    .or_insert_with(|| self.reached_from(*node, &bases, &rewritten));
                !reached.contains(&base)
            });
            if !alternatives.is_empty() {
                choices.push((base, alternatives));
            }
        }
        let alone: HashMap<NodeId, NodeId> = choices
            .iter()
            .map(|(base, _)| (*base, self.without_subtypes(*base)))
            .collect();
        for node in rewritten.iter().chain(alone.values()) {
            let view = self.view(*node);
            if view.all_of.iter().any(|part| alone.contains_key(part)) {
                let mut view = (*view).clone();
                for part in &mut view.all_of {
                    *part = alone.get(part).copied().unwrap_or(*part);
                }
                self.schemas.insert(*node, Rc::new(view));
            }
        }
        for (base, mut alternatives) in choices {
            alternatives.extend(alone.get(&base));
            let own = self.view(base);
            let mut view = SchemaView {
                data: own.data.clone(),
                default: own.default.clone(),
                any_of: alternatives,
                ..SchemaView::default()
            };
            view.rules.typ = Some("object".to_owned());
            self.schemas.insert(base, Rc::new(view));
        }
        cycles::cut(self.document, &mut self.schemas, self.problems);
    }

    /// The schemas that a schema extends, however far.
    fn extended_by(&self, node: NodeId) -> HashSet<NodeId> {
        let mut found = HashSet::new();
        let mut work = vec![node];
        while let Some(node) = work.pop() {
            let view = self.view(node);
            work.extend(
                view.all_of
                    .iter()
                    .copied()
                    .filter(|part| found.insert(*part)),
            );
        }
        found
    }

    /// Whether a schema is another one with annotations: then it is no other kind of value.
    fn only_annotates(&self, node: NodeId) -> bool {
        let says = |view: &SchemaView| {
            !view.properties.is_empty()
                || !view.rules.required.is_empty()
                || view.additional.is_some()
        };
        let view = self.view(node);
        let (shared, own): (Vec<NodeId>, Vec<NodeId>) =
            view.all_of.iter().partition(|part| self.has_name(**part));
        shared.len() == 1 && !says(&view) && own.iter().all(|part| !says(&self.view(*part)))
    }

    fn mapping_targets(&self, base: NodeId) -> Vec<NodeId> {
        let view = self.view(base);
        let discriminator = view.data.discriminator.as_ref();
        let keys = discriminator.map(|discriminator| discriminator.mapping.keys());
        let targets = keys
            .into_iter()
            .flatten()
            .filter_map(|key| self.mapped(base, key));
        targets
            .filter(|target| self.schemas.contains_key(target))
            .collect()
    }

    /// The schemas that a value is held against which is held against this one, but for the bases that it is a part of.
    fn reached_from(
        &self,
        node: NodeId,
        bases: &[NodeId],
        rewritten: &HashSet<NodeId>,
    ) -> HashSet<NodeId> {
        let mut found = HashSet::new();
        let mut seen = HashSet::from([node]);
        let mut work = vec![node];
        while let Some(node) = work.pop() {
            let view = self.view(node);
            for next in cycles::in_place(&view) {
                let is_part = rewritten.contains(&node)
                    && view.all_of.contains(&next)
                    && bases.contains(&next);
                if !is_part {
                    found.insert(next);
                }
                if seen.insert(next) {
                    work.push(next);
                }
            }
        }
        found
    }
}
