//! Builds the tree from events, with bounds, for both syntaxes.

use super::{Data, Entry, FileId, MAX_DEPTH, Map, NodeId, Position, Tree};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// How many nodes all files of a document may have together.
const MAX_NODES: usize = 4_000_000;

/// How many nodes aliases may add. Real documents use aliases for a handful of shared fragments.
const MAX_COPIED: usize = 200_000;

/// Reading cannot go on; the reason is among the diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Abort;

enum Frame {
    List {
        place: Position,
        items: Vec<NodeId>,
    },
    Map {
        place: Position,
        map: Map,
        key: Option<Key>,
        merged: Vec<NodeId>,
    },
}

struct Key {
    text: String,
    place: Position,
    merge: bool,
}

pub(super) struct Builder<'a> {
    pub(super) tree: &'a mut Tree,
    pub(super) problems: &'a mut Diagnostics,
    pub(super) file: FileId,
    stack: Vec<Frame>,
    root: Option<NodeId>,
    copied: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(tree: &'a mut Tree, problems: &'a mut Diagnostics, file: FileId) -> Self {
        Self {
            tree,
            problems,
            file,
            stack: Vec::new(),
            root: None,
            copied: 0,
        }
    }

    pub(super) fn root(&self) -> Option<NodeId> {
        self.root
    }

    pub(super) fn problem(&mut self, place: Position, code: Code, message: impl Into<String>) {
        self.push_problem(place, code, message, None);
    }

    pub(super) fn push_problem(
        &mut self,
        place: Position,
        code: Code,
        message: impl Into<String>,
        hint: Option<String>,
    ) {
        self.problems.push(Diagnostic {
            file: self
                .tree
                .files
                .get(place.file.0 as usize)
                .cloned()
                .unwrap_or_default(),
            line: place.line as usize,
            column: place.column as usize,
            code,
            message: message.into(),
            pointer: String::new(),
            severity: code.severity(),
            hint,
        });
    }

    fn stop<T>(&mut self, place: Position, code: Code, message: String) -> Result<T, Abort> {
        self.problem(place, code, message);
        Err(Abort)
    }

    /// Whether the next scalar is a key.
    pub(super) fn expects_key(&self) -> bool {
        matches!(self.stack.last(), Some(Frame::Map { key: None, .. }))
    }

    fn open(&mut self, place: Position, frame: Frame) -> Result<(), Abort> {
        if self.stack.len() >= MAX_DEPTH {
            let message = format!("Objects and lists are nested deeper than {MAX_DEPTH} levels.");
            return self.stop(place, Code::TooDeep, message);
        }
        self.stack.push(frame);
        Ok(())
    }

    pub(super) fn open_list(&mut self, place: Position) -> Result<(), Abort> {
        self.open(
            place,
            Frame::List {
                place,
                items: Vec::new(),
            },
        )
    }

    pub(super) fn open_map(&mut self, place: Position) -> Result<(), Abort> {
        self.open(
            place,
            Frame::Map {
                place,
                map: Map::default(),
                key: None,
                merged: Vec::new(),
            },
        )
    }

    /// The key of the next value. `merge`: it is YAML's `<<`.
    pub(super) fn key(&mut self, text: String, place: Position, merge: bool) {
        if let Some(Frame::Map { key, .. }) = self.stack.last_mut() {
            *key = Some(Key { text, place, merge });
        }
    }

    pub(super) fn scalar(&mut self, place: Position, data: Data) -> Result<NodeId, Abort> {
        let node = self.add(place, data)?;
        self.attach(node);
        Ok(node)
    }

    fn add(&mut self, place: Position, data: Data) -> Result<NodeId, Abort> {
        if self.tree.len() >= MAX_NODES {
            let message = format!("The document has more than {MAX_NODES} values.");
            return self.stop(place, Code::TooLarge, message);
        }
        Ok(self.tree.add(place, data))
    }

    /// Ends the innermost object or list.
    pub(super) fn close(&mut self) -> Result<Option<NodeId>, Abort> {
        let node = match self.stack.pop() {
            Some(Frame::List { place, items }) => self.add(place, Data::Array(items))?,
            Some(Frame::Map {
                place,
                mut map,
                merged,
                ..
            }) => {
                for source in merged {
                    let entries = self.tree.map(source).map(Map::entries).unwrap_or_default();
                    for entry in entries {
                        if map.position(&entry.key).is_none() {
                            map.push(entry.clone());
                        }
                    }
                }
                self.add(place, Data::Object(map))?
            }
            None => return Ok(None),
        };
        self.adopt(node);
        self.attach(node);
        Ok(Some(node))
    }

    /// Tells the children of a node where they are.
    fn adopt(&mut self, parent: NodeId) {
        let children: Vec<NodeId> = match self.tree.data(parent) {
            Data::Array(items) => items.clone(),
            Data::Object(map) => map.entries().iter().map(|entry| entry.value).collect(),
            _ => return,
        };
        for (index, child) in children.into_iter().enumerate() {
            let node = self.tree.node_mut(child);
            node.parent = Some(parent);
            node.index = u32::try_from(index).unwrap_or(u32::MAX);
        }
    }

    /// Puts a finished value where it belongs.
    pub(super) fn attach(&mut self, node: NodeId) {
        match self.stack.last_mut() {
            None => self.root = self.root.or(Some(node)),
            Some(Frame::List { items, .. }) => items.push(node),
            Some(Frame::Map {
                map, key, merged, ..
            }) => {
                let Some(Key { text, place, merge }) = key.take() else {
                    return;
                };
                if merge {
                    merged.push(node);
                } else if let Some(first) = map.position(&text) {
                    let line = map.entries()[first].place.line;
                    let message =
                        format!("The key `{text}` is already in this object, in line {line}.");
                    self.problem(place, Code::DuplicateKey, message);
                } else {
                    map.push(Entry {
                        key: text,
                        place,
                        value: node,
                    });
                }
            }
        }
        self.check_merge(node);
    }

    /// The value of a merge key must be a mapping or a list of mappings; a list is replaced by its items.
    fn check_merge(&mut self, node: NodeId) {
        let Some(Frame::Map { merged, .. }) = self.stack.last_mut() else {
            return;
        };
        if merged.last() != Some(&node) {
            return;
        }
        merged.pop();
        let sources = match self.tree.data(node) {
            Data::Array(items) => items.clone(),
            _ => vec![node],
        };
        let place = self.tree.node(node).place;
        if sources
            .iter()
            .all(|source| self.tree.map(*source).is_some())
        {
            if let Some(Frame::Map { merged, .. }) = self.stack.last_mut() {
                merged.extend(sources);
            }
        } else {
            let message = "The merge key `<<` takes a mapping or a sequence of mappings.";
            self.problem(place, Code::BadMergeKey, message);
        }
    }

    /// Puts a copy of a finished value where an alias stands, so that each place in the tree has one pointer.
    pub(super) fn alias(&mut self, source: NodeId, place: Position) -> Result<(), Abort> {
        let top = self.add(place, Data::Null)?;
        let mut work = vec![(source, top, self.stack.len())];
        while let Some((from, to, depth)) = work.pop() {
            self.copied += 1;
            if self.copied > MAX_COPIED {
                let message = format!("Aliases add more than {MAX_COPIED} values to the document.");
                return self.stop(place, Code::AliasBomb, message);
            }
            if depth > MAX_DEPTH {
                let message = format!("Aliases nest deeper than {MAX_DEPTH} levels.");
                return self.stop(place, Code::TooDeep, message);
            }
            let node = self.tree.node(from).clone();
            let data = match node.data {
                Data::Array(items) => {
                    let mut copies = Vec::with_capacity(items.len());
                    for item in items {
                        copies.push(self.add(node.place, Data::Null)?);
                        work.push((item, copies[copies.len() - 1], depth + 1));
                    }
                    Data::Array(copies)
                }
                Data::Object(map) => {
                    let mut copy = Map::default();
                    for entry in map.entries() {
                        let value = self.add(node.place, Data::Null)?;
                        work.push((entry.value, value, depth + 1));
                        copy.push(Entry {
                            value,
                            ..entry.clone()
                        });
                    }
                    Data::Object(copy)
                }
                scalar => scalar,
            };
            let target = self.tree.node_mut(to);
            target.place = node.place;
            target.data = data;
            self.adopt(to);
        }
        self.attach(top);
        Ok(())
    }
}
