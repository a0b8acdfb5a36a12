//! Text into a tree in which every node knows where it came from.
//!
//! Why not `serde_yaml` straight into `openapiv3`: a diagnostic needs the line and column of the very node that
//! is wrong, and a typed deserializer stops at the first problem and has forgotten where it was. So the text is
//! read once into this tree, everything that is checked is checked on it, and typed access
//! ([`crate::parse::typed`]) is made from it piece by piece.
//!
//! All files of a document live in one [`Tree`], an arena: a node is an index. No function here recurses into
//! the tree, depth and size are bounded while reading ([`build`]), and what comes after may recurse up to
//! [`MAX_DEPTH`].

mod build;
mod files;
mod json;
mod map;
mod pointer;
mod scalar;
mod yaml;

use serde_json::{Number, Value};

pub use files::{ExternalRefs, Files};
pub use map::{Entry, Map};
pub use pointer::{escape, percent_decode, tokens};

use crate::diagnostic::{Diagnostic, Kind};

/// How deep objects and lists may nest. Hand-written documents stay below 30, generated ones below 60.
pub const MAX_DEPTH: usize = 200;

/// How large one file may be.
pub const MAX_BYTES: usize = 64 << 20;

/// Index of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// Index of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Which file.
    pub file: FileId,
    /// One-based.
    pub line: u32,
    /// One-based, in characters.
    pub column: u32,
}

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it starts.
    pub place: Position,
    /// The object or list that it is in.
    pub parent: Option<NodeId>,
    /// Its position there.
    pub index: u32,
    /// What it is.
    pub data: Data,
}

/// A JSON value, one level of it.
#[derive(Debug, Clone)]
pub enum Data {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<NodeId>),
    /// An object.
    Object(Map),
}

impl Data {
    /// What to call it in a message.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

/// All nodes of all files.
#[derive(Debug, Default)]
pub struct Tree {
    nodes: Vec<Node>,
    /// Names of the files, for messages.
    pub files: Vec<String>,
}

impl Tree {
    /// The node.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        // A `NodeId` is only made by `add`, and nodes are never taken away.
        &self.nodes[id.0 as usize]
    }

    /// The value, one level of it.
    #[must_use]
    pub fn data(&self, id: NodeId) -> &Data {
        &self.node(id).data
    }

    /// How many nodes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether nothing was read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    fn add(&mut self, place: Position, data: Data) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Node {
            place,
            parent: None,
            index: 0,
            data,
        });
        id
    }

    fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0 as usize]
    }

    /// Takes the node out of the object that it is a value of.
    pub fn remove(&mut self, id: NodeId) {
        let node = self.node(id);
        let (Some(parent), at) = (node.parent, node.index as usize) else {
            return;
        };
        if self.entry(id).is_none_or(|entry| entry.value != id) {
            return;
        }
        let Data::Object(map) = &mut self.node_mut(parent).data else {
            return;
        };
        map.remove(at);
        let values: Vec<NodeId> = map.entries().iter().map(|entry| entry.value).collect();
        for (at, value) in (0..).zip(values) {
            self.node_mut(value).index = at;
        }
    }

    /// The node as an object.
    #[must_use]
    pub fn map(&self, id: NodeId) -> Option<&Map> {
        match self.data(id) {
            Data::Object(map) => Some(map),
            _ => None,
        }
    }

    /// The items of a list; nothing for anything else.
    #[must_use]
    pub fn list(&self, id: NodeId) -> &[NodeId] {
        match self.data(id) {
            Data::Array(items) => items,
            _ => &[],
        }
    }

    /// The node as a text.
    #[must_use]
    pub fn text(&self, id: NodeId) -> Option<&str> {
        match self.data(id) {
            Data::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a field.
    #[must_use]
    pub fn get(&self, id: NodeId, key: &str) -> Option<NodeId> {
        self.map(id)?.get(key)
    }

    /// The text of a field.
    #[must_use]
    pub fn get_text(&self, id: NodeId, key: &str) -> Option<&str> {
        self.text(self.get(id, key)?)
    }

    /// The entry that the node is the value of, if it is one of an object.
    #[must_use]
    pub fn entry(&self, id: NodeId) -> Option<&Entry> {
        let node = self.node(id);
        self.map(node.parent?)?.entries().get(node.index as usize)
    }

    /// Where to point for a problem with the node: an object or list is best found by its key.
    #[must_use]
    pub fn place(&self, id: NodeId) -> Position {
        match (self.data(id), self.entry(id)) {
            (Data::Object(_) | Data::Array(_), Some(entry)) => entry.place,
            _ => self.node(id).place,
        }
    }

    /// The JSON pointer of the node in its file.
    #[must_use]
    pub fn pointer(&self, id: NodeId) -> String {
        let mut steps = Vec::new();
        let mut at = id;
        while let Some(parent) = self.node(at).parent {
            steps.push(match self.entry(at) {
                Some(entry) => escape(&entry.key),
                None => self.node(at).index.to_string(),
            });
            at = parent;
        }
        steps.iter().rev().flat_map(|step| ["/", step]).collect()
    }

    /// The root of the node's file.
    #[must_use]
    pub fn root_of(&self, id: NodeId) -> NodeId {
        let mut at = id;
        while let Some(parent) = self.node(at).parent {
            at = parent;
        }
        at
    }

    /// The whole value. Depth is bounded by [`MAX_DEPTH`], so that this may recurse.
    #[must_use]
    pub fn value(&self, id: NodeId) -> Value {
        match self.data(id) {
            Data::Null => Value::Null,
            Data::Bool(value) => Value::Bool(*value),
            Data::Number(number) => Value::Number(number.clone()),
            Data::String(text) => Value::String(text.clone()),
            Data::Array(items) => items.iter().map(|item| self.value(*item)).collect(),
            Data::Object(map) => Value::Object(
                map.entries()
                    .iter()
                    .map(|entry| (entry.key.clone(), self.value(entry.value)))
                    .collect(),
            ),
        }
    }

    /// A problem at a node.
    #[must_use]
    pub fn problem<C: Kind>(
        &self,
        id: NodeId,
        code: C,
        message: impl Into<String>,
    ) -> Diagnostic<C> {
        self.problem_at(self.place(id), self.pointer(id), code, message)
    }

    /// A problem at the key that the node is the value of.
    #[must_use]
    pub fn problem_at_key<C: Kind>(
        &self,
        id: NodeId,
        code: C,
        message: impl Into<String>,
    ) -> Diagnostic<C> {
        let place = self
            .entry(id)
            .map_or_else(|| self.place(id), |entry| entry.place);
        self.problem_at(place, self.pointer(id), code, message)
    }

    fn problem_at<C: Kind>(
        &self,
        place: Position,
        pointer: String,
        code: C,
        message: impl Into<String>,
    ) -> Diagnostic<C> {
        Diagnostic {
            file: self
                .files
                .get(place.file.0 as usize)
                .cloned()
                .unwrap_or_default(),
            line: place.line as usize,
            column: place.column as usize,
            severity: code.severity(),
            code,
            message: message.into(),
            pointer,
            hint: None,
        }
    }
}
