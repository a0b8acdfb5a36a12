//! Reference Objects: `{"$ref": "file#/pointer"}`.

use std::collections::HashSet;

use super::grammar::Object;
use super::{Document, Target};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Data, ExternalRefs, NodeId, Tree, tokens};

/// Whether the node is a Reference Object: an object with a text in `$ref`.
#[must_use]
pub fn is_reference(tree: &Tree, node: NodeId) -> bool {
    tree.get_text(node, "$ref").is_some()
}

/// Why a reference leads nowhere, and which kind of problem that is.
type Failure = (Code, String);

impl Document {
    /// Resolves the reference in `node` to its end, reading files as needed, and remembers it.
    ///
    /// `node` is a Reference Object, or the text of a reference (a value of a discriminator's `mapping`).
    pub fn follow_reference(
        &mut self,
        node: NodeId,
        object: Object,
        outside: ExternalRefs,
        problems: &mut Diagnostics,
    ) -> Option<Target> {
        // Every reference of the chain gets the chain's end, so that a long one is walked once.
        let mut chain: Vec<NodeId> = Vec::new();
        let mut seen = HashSet::new();
        let mut at = node;
        let end = loop {
            if let Some(known) = self.references.get(&at) {
                break Some(known.end);
            }
            let text = self.text_node(at).filter(|text| at == node || *text != at);
            let Some(text) = text else { break Some(at) };
            if self.broken.contains(&at) {
                break None;
            }
            if !seen.insert(at) {
                let message = "This reference leads back to itself.";
                problems.push(self.tree().problem(text, Code::ReferenceCycle, message));
                break None;
            }
            chain.push(at);
            match self.step(text, outside, problems) {
                Ok(next) => at = next,
                Err((code, message)) => {
                    problems.push(self.tree().problem(text, code, message));
                    break None;
                }
            }
        };
        let Some(end) = end else {
            self.broken.extend(chain);
            return None;
        };
        self.referred.insert(end);
        let nexts = chain.iter().skip(1).copied().chain([at]);
        for (from, next) in chain.iter().copied().zip(nexts.collect::<Vec<_>>()) {
            self.references.insert(from, Target { next, end, object });
        }
        self.references.get(&node).copied()
    }

    /// The text of a reference: that of `$ref`, or the node itself.
    fn text_node(&self, node: NodeId) -> Option<NodeId> {
        let text = match self.tree().data(node) {
            Data::String(_) => node,
            _ => self.tree().get(node, "$ref")?,
        };
        self.tree().text(text).map(|_| text)
    }

    /// The node that a reference names.
    fn step(
        &mut self,
        node: NodeId,
        outside: ExternalRefs,
        problems: &mut Diagnostics,
    ) -> Result<NodeId, Failure> {
        let text = self.tree().text(node).unwrap_or_default().to_owned();
        let from = self.tree().node(node).place.file;
        let root = self.file_root(&text, node, outside, problems)?;
        let fragment = text.split_once('#').map_or("", |(_, fragment)| fragment);
        let Some(steps) = tokens(fragment) else {
            let message = format!("`{text}` does not end in a JSON pointer.");
            return Err((Code::UnresolvedReference, message));
        };
        self.tree().follow(root, &steps).ok_or_else(|| {
            let place = self.tree().node(root).place.file;
            let there = self
                .tree()
                .files
                .get(place.0 as usize)
                .cloned()
                .unwrap_or_default();
            let message = if place == from {
                format!("`{text}` leads to nothing in this file.")
            } else {
                format!("`{text}` leads to nothing in {there}.")
            };
            (Code::UnresolvedReference, message)
        })
    }

    fn file_root(
        &mut self,
        text: &str,
        node: NodeId,
        outside: ExternalRefs,
        problems: &mut Diagnostics,
    ) -> Result<NodeId, Failure> {
        let file = text.split_once('#').map_or(text, |(file, _)| file);
        if file.is_empty() {
            return Ok(self.tree().root_of(node));
        }
        let Some(path) = crate::source::percent_decode(file) else {
            let message = format!("`{text}` is not a reference: its escapes are broken.");
            return Err((Code::UnresolvedReference, message));
        };
        let from = self.tree().node(node).place.file;
        match self.files.relative(from, &path, outside, problems) {
            Ok(Some(root)) => Ok(root),
            Ok(None) => Err((
                Code::UnresolvedReference,
                format!("`{path}` could not be read."),
            )),
            Err(message) if message.starts_with("There is no file") => {
                Err((Code::UnresolvedReference, message))
            }
            Err(message) => Err((Code::ReferenceOutside, message)),
        }
    }
}
