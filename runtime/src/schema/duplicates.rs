//! Members that occur twice in an object.
//!
//! JSON leaves open what they mean, and readers differ: what one of them checked, another one may not use. They are
//! refused everywhere, also in parts of a value that no schema describes.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::json::Node;
use crate::path::Path;
use crate::violation::Violations;

/// Up to this many members, comparing each with each is faster than hashing, and allocates nothing.
const FEW: usize = 24;

/// Reports every member that occurs twice in a value, once.
pub(super) fn report(node: &Node<'_>, at: &Path<'_>, violations: &mut Violations) {
    match node {
        Node::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if let Node::Array(_) | Node::Object(_) = item {
                    report(item, &at.index(index), violations);
                }
            }
        }
        Node::Object(members) => {
            in_members(members, at, violations);
            for (name, value) in members {
                if let Node::Array(_) | Node::Object(_) = value {
                    report(value, &at.key(name), violations);
                }
            }
        }
        _ => {}
    }
}

fn in_members(members: &[(Cow<'_, str>, Node<'_>)], at: &Path<'_>, violations: &mut Violations) {
    let mut add = |name: &str| {
        violations.add(&at.key(name), "duplicate", "must not occur more than once");
    };
    if members.len() <= FEW {
        for (index, (name, _)) in members.iter().enumerate() {
            let before = &members[..index];
            if before.iter().filter(|(other, _)| other == name).count() == 1 {
                add(name);
            }
        }
        return;
    }
    let mut seen: HashMap<&str, u32> = HashMap::with_capacity(members.len());
    for (name, _) in members {
        let times = seen.entry(name).or_default();
        *times = times.saturating_add(1);
        if *times == 2 {
            add(name);
        }
    }
}
