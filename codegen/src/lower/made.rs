//! Schemas that no document has.
//!
//! A member that several parts of an `allOf` describe has the rules of all of them, so its type is that of a schema that says so. A
//! choice with properties beside it is a choice between alternatives that each have those properties, too. Such schemas are made here,
//! once for each list of schemas that they are made from. Their numbers come after those of the tree.

use std::collections::HashMap;
use std::rc::Rc;

use super::Lowering;
use crate::diagnostic::Code;
use crate::parse::schema::SchemaView;
use crate::source::NodeId;

/// How many schemas are made at most, whatever a document says.
const MOST: usize = 100_000;

/// The schemas that were made.
#[derive(Debug, Default)]
pub(super) struct Made {
    known: HashMap<Key, NodeId>,
    /// What each of them is made from.
    keys: Vec<Key>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    All(Vec<NodeId>),
    Any(Vec<NodeId>),
    OneOf(NodeId),
    AnyOf(NodeId),
    WithoutAllOf(NodeId),
    Bare(NodeId),
    WithoutSubtypes(NodeId),
}

impl Key {
    /// Where what is said of it is said: of a choice with something beside it, at the alternative, which comes last.
    fn origin(&self) -> Option<NodeId> {
        match self {
            Key::All(nodes) => nodes.last().copied(),
            _ => self.nodes().first().copied(),
        }
    }

    fn nodes(&self) -> &[NodeId] {
        match self {
            Key::All(nodes) | Key::Any(nodes) => nodes,
            Key::OneOf(node)
            | Key::AnyOf(node)
            | Key::WithoutAllOf(node)
            | Key::Bare(node)
            | Key::WithoutSubtypes(node) => std::slice::from_ref(node),
        }
    }
}

impl Lowering<'_> {
    /// A schema of the values that all of these accept.
    pub(super) fn all_of(&mut self, nodes: &[NodeId]) -> NodeId {
        // Taken apart, so that recursion comes back to a list that is known.
        let parts: Vec<NodeId> = nodes
            .iter()
            .flat_map(|node| match self.key(*node) {
                Some(Key::All(parts)) => parts.clone(),
                _ => vec![*node],
            })
            .collect();
        self.combination(parts, Key::All)
    }

    /// A schema of the values that at least one of these accepts.
    pub(super) fn any_of(&mut self, nodes: &[NodeId]) -> NodeId {
        self.combination(nodes.to_vec(), Key::Any)
    }

    /// The schema's `oneOf` alone, with the discriminator.
    pub(super) fn only_one_of(&mut self, node: NodeId) -> NodeId {
        self.make(Key::OneOf(node))
    }

    /// The schema's `anyOf` alone. The discriminator is that of `oneOf`, where there is one.
    pub(super) fn only_any_of(&mut self, node: NodeId) -> NodeId {
        self.make(Key::AnyOf(node))
    }

    /// The schema without its `allOf`.
    pub(super) fn without_all_of(&mut self, node: NodeId) -> NodeId {
        self.make(Key::WithoutAllOf(node))
    }

    /// The schema without the schemas that apply to the same value.
    pub(super) fn bare(&mut self, node: NodeId) -> NodeId {
        self.make(Key::Bare(node))
    }

    /// The schema without the ones that extend it.
    pub(super) fn without_subtypes(&mut self, node: NodeId) -> NodeId {
        self.make(Key::WithoutSubtypes(node))
    }

    /// The schema that this one is without the ones that extend it.
    pub(super) fn extended(&self, node: NodeId) -> Option<NodeId> {
        match self.key(node) {
            Some(Key::WithoutSubtypes(of)) => Some(*of),
            _ => None,
        }
    }

    /// Whether a schema is what several hold together.
    pub(super) fn is_combination(&self, node: NodeId) -> bool {
        matches!(self.key(node), Some(Key::All(_)))
    }

    /// The node of the document that a schema is, or that it was first made from.
    pub(super) fn origin(&self, node: NodeId) -> NodeId {
        let mut at = node;
        while let Some(origin) = self.key(at).and_then(Key::origin) {
            at = origin;
        }
        at
    }

    /// Whether a schema was made here.
    pub(super) fn is_made(&self, node: NodeId) -> bool {
        self.key(node).is_some()
    }

    fn key(&self, node: NodeId) -> Option<&Key> {
        let place = (node.0 as usize).checked_sub(self.tree().len())?;
        self.made.keys.get(place)
    }

    fn combination(&mut self, nodes: Vec<NodeId>, key: fn(Vec<NodeId>) -> Key) -> NodeId {
        let mut distinct = Vec::with_capacity(nodes.len());
        for node in nodes {
            if !distinct.contains(&node) {
                distinct.push(node);
            }
        }
        match distinct.as_slice() {
            [only] => *only,
            _ => self.make(key(distinct)),
        }
    }

    fn make(&mut self, key: Key) -> NodeId {
        if let Some(known) = self.made.known.get(&key) {
            return *known;
        }
        let place = self.tree().len() + self.made.keys.len();
        let made = NodeId(u32::try_from(place).unwrap_or(u32::MAX));
        let is_full = self.made.keys.len() >= MOST;
        let view = if is_full {
            SchemaView::default()
        } else {
            self.made_view(&key)
        };
        self.usage.add(made, key.nodes());
        if let Key::WithoutAllOf(node) | Key::Bare(node) = &key
            && self.files.contains(node)
        {
            self.files.insert(made);
        }
        self.schemas.insert(made, Rc::new(view));
        self.made.known.insert(key.clone(), made);
        self.made.keys.push(key);
        if is_full && self.made.keys.len() == MOST + 1 {
            let message =
                format!("More than {MOST} schemas are combined here; the rest are untyped.");
            self.report(made, Code::TooDeep, message);
        }
        made
    }

    fn made_view(&self, key: &Key) -> SchemaView {
        let mut view = SchemaView::default();
        match key {
            Key::All(nodes) => view.all_of = nodes.clone(),
            Key::Any(nodes) => view.any_of = nodes.clone(),
            Key::OneOf(node) => {
                let of = self.view(*node);
                view.one_of = of.one_of.clone();
                view.data.discriminator = of.data.discriminator.clone();
            }
            Key::AnyOf(node) => {
                let of = self.view(*node);
                view.any_of = of.any_of.clone();
                if of.one_of.is_empty() {
                    view.data.discriminator = of.data.discriminator.clone();
                }
            }
            Key::WithoutAllOf(node) => {
                view = (*self.view(*node)).clone();
                view.all_of.clear();
            }
            Key::WithoutSubtypes(node) => {
                view = (*self.view(*node)).clone();
                view.data.discriminator = None;
            }
            Key::Bare(node) => {
                view = (*self.view(*node)).clone();
                view.all_of.clear();
                view.any_of.clear();
                view.one_of.clear();
                view.not = None;
                view.data.discriminator = None;
            }
        }
        view
    }
}
