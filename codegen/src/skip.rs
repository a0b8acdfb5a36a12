//! Leaving out operations that cannot be generated, and what only they need.
//!
//! An error stands in a unit: an operation, what a Path Item says for all of its operations, a component, or what a reference leads
//! to in another file. A unit that refers to one with an error is no better than that one. Operations and components among these
//! units are taken out of the document, which is then read again.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::lower::is_method;
use crate::parse::Document;
use crate::parse::grammar::Object;
use crate::source::{Files, NodeId, Tree};

/// A part of a document that is left out as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Unit {
    /// An operation, a component, or what a reference leads to in another file.
    Node(NodeId),
    /// What a Path Item says for all of its operations.
    PathItem(NodeId),
}

/// A document without what has errors.
pub(crate) struct Cut {
    pub files: Files,
    /// A warning for each operation that was left out.
    pub skipped: Vec<Diagnostic>,
}

/// What is taken out can be what something else was valid by. So often is a document read again.
pub(crate) const MOST_READS: usize = 10;

/// Takes out of the document what the errors are in. `None` where one of them is in no unit that can be taken out, so that nothing
/// can be generated.
pub(crate) fn leave_out(document: Document, found: &[Diagnostic]) -> Option<Cut> {
    let units = Units::of(&document);
    let tree = document.tree();
    let roots = document.files.roots();
    let roots: HashMap<usize, NodeId> = roots
        .map(|root| (tree.node(root).place.file.0 as usize, root))
        .collect();
    let mut reasons: HashMap<Unit, &Diagnostic> = HashMap::new();
    let mut work = VecDeque::new();
    for problem in found
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
    {
        let file = tree.files.iter().position(|name| *name == problem.file)?;
        // What refers to a file that cannot be read has an error of its own.
        let Some(root) = roots.get(&file) else {
            continue;
        };
        let node = tree.follow(*root, &steps(&problem.pointer))?;
        let unit = units.unit_of(tree, node)?;
        if reasons.insert(unit, problem).is_none() {
            work.push_back(unit);
        }
    }
    let users = units.users(&document);
    while let Some(unit) = work.pop_front() {
        let reason = *reasons.get(&unit)?;
        for user in users.get(&unit).into_iter().flatten() {
            if !reasons.contains_key(user) {
                reasons.insert(*user, reason);
                work.push_back(*user);
            }
        }
    }
    let mut cut: Vec<(Unit, &Diagnostic)> = reasons.into_iter().collect();
    cut.sort_by_key(|(unit, _)| *unit);
    let mut skipped = Vec::new();
    let mut nodes = Vec::new();
    for (unit, reason) in cut {
        let (Unit::Node(node) | Unit::PathItem(node)) = unit;
        let is_path = units.paths.contains(&node);
        if units.operations.contains(&node) {
            let name = tree
                .get_text(node, "operationId")
                .unwrap_or("The operation");
            skipped.push(warning(tree, node, &format!("`{name}`"), reason));
        } else if is_path && tree.get(node, "$ref").is_some() {
            let name = tree.entry(node).map_or("", |entry| &entry.key);
            skipped.push(warning(tree, node, &format!("The path `{name}`"), reason));
        }
        if units.operations.contains(&node) || units.components.contains(&node) || is_path {
            nodes.push(node);
        }
    }
    if nodes.is_empty() {
        return None;
    }
    let mut files = document.files;
    for node in nodes {
        files.tree.remove(node);
    }
    Some(Cut { files, skipped })
}

fn warning(tree: &Tree, node: NodeId, what: &str, reason: &Diagnostic) -> Diagnostic {
    let Diagnostic {
        file,
        line,
        code,
        message,
        ..
    } = reason;
    let message = format!("{what} is left out, because of {file}:{line}: {code}: {message}");
    tree.problem_at_key(node, Code::OperationSkipped, message)
}

/// The nodes that units are made of.
struct Units {
    operations: HashSet<NodeId>,
    components: HashSet<NodeId>,
    /// The values of `paths`, and the Path Items that they lead to.
    path_items: HashSet<NodeId>,
    /// The values of `paths`.
    paths: HashSet<NodeId>,
    /// What references lead to in other files.
    elsewhere: HashSet<NodeId>,
}

impl Units {
    fn of(document: &Document) -> Self {
        let tree = document.tree();
        let values = |node: Option<NodeId>| {
            let map = node.and_then(|node| tree.map(node));
            let entries = map.map(|map| map.entries()).unwrap_or_default();
            entries.iter().map(|entry| entry.value)
        };
        let paths: HashSet<NodeId> = values(tree.get(document.root, "paths")).collect();
        let ends = paths.iter().filter_map(|path| document.resolve(*path));
        let path_items: HashSet<NodeId> = paths.iter().copied().chain(ends).collect();
        let sections = values(tree.get(document.root, "components"));
        let components = sections.flat_map(|section| values(Some(section))).collect();
        let operations = path_items.iter().filter_map(|item| tree.map(*item));
        let operations = operations.flat_map(|item| item.entries());
        let operations = operations.filter(|entry| is_method(&entry.key));
        let home = tree.node(document.root).place.file;
        let nexts = document.references.values().map(|target| target.next);
        Units {
            operations: operations.map(|entry| entry.value).collect(),
            components,
            elsewhere: nexts
                .filter(|node| tree.node(*node).place.file != home)
                .collect(),
            path_items,
            paths,
        }
    }

    /// The innermost unit that a node is in.
    fn unit_of(&self, tree: &Tree, node: NodeId) -> Option<Unit> {
        let mut at = Some(node);
        while let Some(node) = at {
            if self.path_items.contains(&node) {
                return Some(Unit::PathItem(node));
            }
            let units = [&self.operations, &self.components, &self.elsewhere];
            if units.iter().any(|units| units.contains(&node)) {
                return Some(Unit::Node(node));
            }
            at = tree.node(node).parent;
        }
        None
    }

    /// For each unit, those that need it.
    fn users(&self, document: &Document) -> HashMap<Unit, Vec<Unit>> {
        let tree = document.tree();
        let mut users: HashMap<Unit, Vec<Unit>> = HashMap::new();
        let mut add = |used: Option<Unit>, user: Option<Unit>| {
            if let (Some(used), Some(user)) = (used, user)
                && used != user
            {
                users.entry(used).or_default().push(user);
            }
        };
        for (node, target) in &document.references {
            let user = self.unit_of(tree, *node);
            let used = self.unit_of(tree, target.next);
            add(used, user);
            // A schema with a discriminator stands for those that extend it.
            let is_part = target.object == Object::Schema && is_in_all_of(tree, *node);
            if is_part && tree.get(target.end, "discriminator").is_some() {
                add(user, self.unit_of(tree, target.end));
            }
        }
        for operation in &self.operations {
            let item = tree.node(*operation).parent;
            add(item.map(Unit::PathItem), Some(Unit::Node(*operation)));
        }
        // What is in another file can be in something else that is referred to.
        for node in &self.elsewhere {
            let around = tree.node(*node).parent;
            let around = around.and_then(|around| self.unit_of(tree, around));
            add(Some(Unit::Node(*node)), around);
        }
        users
    }
}

fn is_in_all_of(tree: &Tree, node: NodeId) -> bool {
    let list = tree.node(node).parent;
    let key = list.and_then(|list| tree.entry(list));
    key.is_some_and(|entry| entry.key == "allOf")
}

/// The steps of a JSON pointer (RFC 6901).
fn steps(pointer: &str) -> Vec<String> {
    let steps = pointer.split('/').skip(1);
    steps
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
        .collect()
}
