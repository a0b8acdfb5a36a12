//! An object: entries in their order, found by key.

use std::collections::HashMap;

use super::{NodeId, Position};

/// One key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key is.
    pub place: Position,
    /// The value.
    pub value: NodeId,
}

/// Entries in the order of the text. Small ones, which nearly all are, are searched; large ones have an index.
#[derive(Debug, Clone, Default)]
pub struct Map {
    entries: Vec<Entry>,
    index: HashMap<String, usize>,
}

/// From this many entries on, there is an index.
const INDEXED: usize = 16;

impl Map {
    /// The entries, in the order of the text.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Where a key is.
    #[must_use]
    pub fn position(&self, key: &str) -> Option<usize> {
        if self.entries.len() >= INDEXED {
            return self.index.get(key).copied();
        }
        self.entries.iter().position(|entry| entry.key == key)
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<NodeId> {
        self.entries
            .get(self.position(key)?)
            .map(|entry| entry.value)
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Takes an entry out. Those behind it move up.
    pub(super) fn remove(&mut self, at: usize) {
        if at < self.entries.len() {
            self.entries.remove(at);
        }
        let entries = std::mem::take(&mut self.entries);
        self.index.clear();
        for entry in entries {
            self.push(entry);
        }
    }

    /// Puts an entry last. The caller has seen to it that the key is new.
    pub(super) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
        let length = self.entries.len();
        if length == INDEXED {
            self.index = self
                .entries
                .iter()
                .enumerate()
                .map(|(at, entry)| (entry.key.clone(), at))
                .collect();
        } else if let (true, Some(last)) = (length > INDEXED, self.entries.last()) {
            self.index.insert(last.key.clone(), length - 1);
        }
    }
}
