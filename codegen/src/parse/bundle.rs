//! One document out of several files.
//!
//! What other files hold and the document refers to is moved into `components`, under a name made from its own
//! place, and the references are rewritten. Path Items have no section there, and are put in place.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::Document;
use super::grammar::Object;
use crate::source::{Data, NodeId, Tree, escape};

/// The document as one value, and where things of other files went.
#[derive(Debug, Default)]
pub struct Bundle {
    /// The document.
    pub value: Value,
    /// Things of other files, with their section of `components` and their name there.
    pub moved: HashMap<NodeId, (&'static str, String)>,
    /// Path Items of other files, with the reference in whose place they were put first.
    pub placed: HashMap<NodeId, NodeId>,
}

impl Bundle {
    /// JSON pointer of a node in [`Bundle::value`].
    #[must_use]
    pub fn pointer(&self, tree: &Tree, node: NodeId) -> String {
        let mut steps = Vec::new();
        let mut at = node;
        loop {
            if let Some((section, name)) = self.moved.get(&at) {
                steps.push(escape(name));
                steps.push((*section).to_owned());
                steps.push("components".to_owned());
                break;
            }
            // A Path Item is put in place of a reference outside of it, so this ends.
            at = self.placed.get(&at).copied().unwrap_or(at);
            let Some(parent) = tree.node(at).parent else {
                break;
            };
            steps.push(match tree.entry(at) {
                Some(entry) => escape(&entry.key),
                None => tree.node(at).index.to_string(),
            });
            at = parent;
        }
        steps.iter().rev().flat_map(|step| ["/", step]).collect()
    }
}

/// Makes one document.
#[must_use]
pub fn bundle(document: &Document) -> Bundle {
    let mut bundler = Bundler {
        document,
        moved: HashMap::new(),
        placed: HashMap::new(),
        taken: taken(document),
        queue: Vec::new(),
        open: HashSet::new(),
        copies: 0,
    };
    let mut value = bundler.value(document.root);
    let mut sections: BTreeMap<&'static str, Map<String, Value>> = BTreeMap::new();
    while let Some(node) = bundler.queue.pop() {
        let moved = bundler.value(node);
        if let Some((section, name)) = bundler.moved.get(&node) {
            sections
                .entry(section)
                .or_default()
                .insert(name.clone(), moved);
        }
    }
    for (section, entries) in sections {
        let mut entries: Vec<_> = entries.into_iter().collect();
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        if let Some(target) = section_of(&mut value, section) {
            target.extend(entries);
        }
    }
    Bundle {
        value,
        moved: bundler.moved,
        placed: bundler.placed,
    }
}

/// `components/{section}` of the value, made where it is not there.
fn section_of<'v>(value: &'v mut Value, section: &str) -> Option<&'v mut Map<String, Value>> {
    let components = value
        .as_object_mut()?
        .entry("components")
        .or_insert_with(|| json!({}));
    let section = components
        .as_object_mut()?
        .entry(section)
        .or_insert_with(|| json!({}));
    section.as_object_mut()
}

/// The names that components have already.
fn taken(document: &Document) -> HashSet<(String, String)> {
    let tree = document.tree();
    let sections = tree
        .get(document.root, "components")
        .and_then(|components| tree.map(components));
    let mut out = HashSet::new();
    for section in sections.map(|map| map.entries()).unwrap_or_default() {
        for entry in tree
            .map(section.value)
            .map(|map| map.entries())
            .unwrap_or_default()
        {
            out.insert((section.key.clone(), entry.key.clone()));
        }
    }
    out
}

struct Bundler<'a> {
    document: &'a Document,
    moved: HashMap<NodeId, (&'static str, String)>,
    placed: HashMap<NodeId, NodeId>,
    taken: HashSet<(String, String)>,
    queue: Vec<NodeId>,
    open: HashSet<NodeId>,
    copies: usize,
}

/// How deep Path Items are put in place of each other, which happens only through callbacks, and how many there may
/// be: by then the document is an attack.
const DEEPEST: usize = 3;
const MOST: usize = 10_000;

impl Bundler<'_> {
    fn value(&mut self, node: NodeId) -> Value {
        let tree = self.document.tree();
        if let Some(target) = self.document.references.get(&node) {
            return self.reference(node, target.next, target.end, target.object);
        }
        match tree.data(node) {
            Data::Array(items) => items.iter().map(|item| self.value(*item)).collect(),
            Data::Object(map) => Value::Object(
                map.entries()
                    .iter()
                    .map(|entry| (entry.key.clone(), self.value(entry.value)))
                    .collect(),
            ),
            _ => tree.value(node),
        }
    }

    fn reference(&mut self, node: NodeId, next: NodeId, end: NodeId, object: Object) -> Value {
        let tree = self.document.tree();
        let home = tree.node(self.document.root).place.file;
        let at_home = tree.node(next).place.file == home;
        if at_home && tree.node(node).place.file == home {
            return tree.value(node);
        }
        let text = if at_home {
            format!("#{}", tree.pointer(next))
        } else {
            let Some(section) = object.section() else {
                return self.in_place(node, end);
            };
            format!(
                "#/components/{section}/{}",
                escape(&self.name(next, section))
            )
        };
        match tree.data(node) {
            // A value of a discriminator's mapping.
            Data::String(_) => Value::String(text),
            _ => json!({ "$ref": text }),
        }
    }

    /// A Path Item of another file. One that contains itself, through a callback, ends there.
    fn in_place(&mut self, reference: NodeId, node: NodeId) -> Value {
        if self.open.len() >= DEEPEST || self.copies >= MOST || !self.open.insert(node) {
            return json!({});
        }
        self.copies += 1;
        self.placed.entry(node).or_insert(reference);
        let value = self.value(node);
        self.open.remove(&node);
        value
    }

    /// The name of something that is moved.
    fn name(&mut self, node: NodeId, section: &'static str) -> String {
        if let Some((_, name)) = self.moved.get(&node) {
            return name.clone();
        }
        let wanted = self.wanted(node);
        let mut name = wanted.clone();
        let mut number = 2;
        while !self.taken.insert((section.to_owned(), name.clone())) {
            name = format!("{wanted}{number}");
            number += 1;
        }
        self.moved.insert(node, (section, name.clone()));
        self.queue.push(node);
        name
    }

    /// The last step of its pointer, or the name of the file that it is all of.
    fn wanted(&self, node: NodeId) -> String {
        let tree = self.document.tree();
        let name = match tree.entry(node) {
            Some(entry) => entry.key.clone(),
            None => {
                let file = tree.files.get(tree.node(node).place.file.0 as usize);
                let name = file.map(String::as_str).unwrap_or_default();
                let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
                name.split('.').next().unwrap_or_default().to_owned()
            }
        };
        let good = |c: char| {
            if c.is_ascii_alphanumeric() || "._-".contains(c) {
                c
            } else {
                '_'
            }
        };
        let name: String = name.chars().map(good).collect();
        if name.is_empty() {
            "Other".to_owned()
        } else {
            name
        }
    }
}
