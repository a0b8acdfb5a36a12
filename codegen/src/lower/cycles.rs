//! Schemas that contain themselves in place.
//!
//! `allOf`, `oneOf`, `anyOf` and `not` apply to the same value as the schema that they stand in. A schema that
//! reaches itself through them alone can never be decided: a checker would run for ever. Recursion through
//! `properties`, `items` and `additionalProperties` is fine, because each step there goes into a smaller value.
//!
//! The edges that close such a circle are taken away here, before anything follows them, and so are those that
//! make a chain longer than [`MOST`], so that everything later may recurse along these edges.

use std::collections::HashMap;
use std::rc::Rc;

use crate::diagnostic::{Code, Diagnostics};
use crate::parse::Document;
use crate::parse::schema::{SchemaView, Schemas};
use crate::source::NodeId;

/// The longest chain of schemas in place of each other.
const MOST: usize = 64;

/// The schemas that stand in place of a schema.
pub fn in_place(view: &SchemaView) -> Vec<NodeId> {
    view.all_of
        .iter()
        .chain(&view.one_of)
        .chain(&view.any_of)
        .chain(&view.not)
        .copied()
        .collect()
}

/// Takes endless edges away, and reports them.
pub fn cut(document: &Document, schemas: &mut Schemas, problems: &mut Diagnostics) {
    for (from, to, code) in endless(&document.schemas, schemas) {
        let message = match code {
            Code::TooDeep => {
                format!("Schemas stand in place of each other more than {MOST} times in a row.")
            }
            _ => "This schema contains itself in place, so that a value can never be checked."
                .to_owned(),
        };
        problems.push(document.tree().problem(from, code, message));
        if let Some(view) = schemas.get_mut(&from) {
            let view = Rc::make_mut(view);
            for list in [&mut view.all_of, &mut view.one_of, &mut view.any_of] {
                list.retain(|node| *node != to);
            }
            view.not = view.not.filter(|node| *node != to);
        }
    }
}

enum State {
    Open,
    /// How long the longest chain below is.
    Done(usize),
}

/// The edges to take away. Depth first with a stack of its own: chains can be long here.
fn endless(nodes: &[NodeId], schemas: &Schemas) -> Vec<(NodeId, NodeId, Code)> {
    let mut states: HashMap<NodeId, State> = HashMap::new();
    let mut found = Vec::new();
    for start in nodes {
        if states.contains_key(start) {
            continue;
        }
        states.insert(*start, State::Open);
        let mut stack = vec![(*start, children(*start, schemas), 0, 0)];
        while let Some((node, below, next, height)) = stack.last_mut() {
            let Some(child) = below.get(*next).copied() else {
                let (node, height) = (*node, *height);
                states.insert(node, State::Done(height));
                stack.pop();
                if let Some((parent, _, _, above)) = stack.last_mut() {
                    if height >= MOST {
                        found.push((*parent, node, Code::TooDeep));
                    } else {
                        *above = (*above).max(height + 1);
                    }
                }
                continue;
            };
            *next += 1;
            match states.get(&child) {
                Some(State::Open) => found.push((*node, child, Code::EndlessSchema)),
                Some(State::Done(below)) if *below >= MOST => {
                    found.push((*node, child, Code::TooDeep))
                }
                Some(State::Done(below)) => *height = (*height).max(below + 1),
                None => {
                    states.insert(child, State::Open);
                    stack.push((child, children(child, schemas), 0, 0));
                }
            }
        }
    }
    found
}

fn children(node: NodeId, schemas: &Schemas) -> Vec<NodeId> {
    schemas
        .get(&node)
        .map(|view| in_place(view))
        .unwrap_or_default()
}
