//! From a located tree to an OpenAPI document whose structure is known to be sound.
//!
//! * [`grammar`] is the OpenAPI 3.0 specification as tables: which object has which fields.
//! * [`check`] walks the tree by those tables, reports everything that does not fit, and finds the references.
//! * [`mod@reference`] resolves references, within the document and into other files.
//! * [`typed`] gives typed access, with the `openapiv3` crate, to one object at a time.
//! * [`schema`] does so for Schema Objects, of which there are the most.
//! * [`bundle`] makes one document out of several files.

pub mod bundle;
pub mod check;
pub mod grammar;
mod hints;
pub mod reference;
pub mod schema;
pub mod typed;

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Diagnostics;
use crate::source::{Files, NodeId, Tree};

/// A document whose structure was checked.
#[derive(Debug)]
pub struct Document {
    /// All files.
    pub files: Files,
    /// The OpenAPI Object.
    pub root: NodeId,
    /// For each node that is a Reference Object: what it leads to in the end. Nothing if it leads nowhere.
    pub references: HashMap<NodeId, Target>,
    /// References that lead nowhere.
    broken: HashSet<NodeId>,
    /// The nodes that references lead to in the end.
    pub referred: HashSet<NodeId>,
    /// Every Schema Object that was reached, in the order of the files.
    pub schemas: Vec<NodeId>,
}

/// What a reference leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The node that the reference names, which may be a reference itself.
    pub next: NodeId,
    /// The node at the end of the chain.
    pub end: NodeId,
    /// What is expected there.
    pub object: grammar::Object,
}

impl Document {
    /// All nodes.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.files.tree
    }

    /// Whether a reference leads to the node.
    #[must_use]
    pub fn is_referred(&self, node: NodeId) -> bool {
        self.referred.contains(&node)
    }

    /// What a node stands for: itself, or the end of its references. `None`: a reference that leads nowhere.
    #[must_use]
    pub fn resolve(&self, node: NodeId) -> Option<NodeId> {
        match self.references.get(&node) {
            Some(target) => Some(target.end),
            None if reference::is_reference(self.tree(), node) => None,
            None => Some(node),
        }
    }
}

/// Checks the structure of a document that was read.
///
/// `None`: it is no OpenAPI 3.0 document; the reason is among the problems.
pub fn parse(
    files: Files,
    root: NodeId,
    outside: crate::source::ExternalRefs,
    problems: &mut Diagnostics,
) -> Option<Document> {
    if !check::is_openapi_3_0(&files.tree, root, problems) {
        return None;
    }
    let mut document = Document {
        files,
        root,
        references: HashMap::new(),
        broken: HashSet::new(),
        referred: HashSet::new(),
        schemas: Vec::new(),
    };
    check::Check::new(&mut document, outside, problems).run();
    Some(document)
}
