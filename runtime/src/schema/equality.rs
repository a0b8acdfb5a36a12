//! When two JSON values are the same: numbers by value, objects without regard to order.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use super::{Literal, Number};
use crate::json::Node;

/// Up to this many, comparing each with each is faster than hashing, and allocates nothing.
const FEW: usize = 16;

/// Whether a value is the one that a contract names.
pub(super) fn is_literal(node: &Node<'_>, literal: &Literal) -> bool {
    match (node, literal) {
        (Node::Null, Literal::Null) => true,
        (Node::Boolean(left), Literal::Boolean(right)) => left == right,
        (Node::Number(left), Literal::Number(right)) => Number::of(left).equals(*right),
        (Node::String(left) | Node::Text(left), Literal::String(right)) => left == right,
        (Node::File(left), Literal::String(right)) => left.bytes == right.as_bytes(),
        (Node::Array(left), Literal::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(*right)
                    .all(|(left, right)| is_literal(left, right))
        }
        (Node::Object(left), Literal::Object(right)) => {
            left.len() == right.len()
                && right.iter().all(|(name, right)| {
                    left.iter()
                        .find(|(other, _)| other == name)
                        .is_some_and(|(_, left)| is_literal(left, right))
                })
        }
        _ => false,
    }
}

/// The places of two items that are equal.
pub(super) fn repeated(items: &[Node<'_>]) -> Option<(usize, usize)> {
    if items.len() <= FEW {
        for (second, item) in items.iter().enumerate() {
            if let Some(first) = items[..second].iter().position(|other| equal(other, item)) {
                return Some((first, second));
            }
        }
        return None;
    }
    // Keyed at random, so that nobody can send a thousand different items with one hash.
    let state = RandomState::new();
    let mut seen: HashMap<u64, Vec<usize>> = HashMap::with_capacity(items.len());
    for (second, item) in items.iter().enumerate() {
        let same_hash = seen.entry(hash(item, &state)).or_default();
        if let Some(first) = same_hash.iter().find(|first| equal(&items[**first], item)) {
            return Some((*first, second));
        }
        same_hash.push(second);
    }
    None
}

type Members<'a> = [(Cow<'a, str>, Node<'a>)];

fn equal(left: &Node<'_>, right: &Node<'_>) -> bool {
    match (left, right) {
        (Node::Null, Node::Null) => true,
        (Node::Boolean(left), Node::Boolean(right)) => left == right,
        (Node::Number(left), Node::Number(right)) => Number::of(left).equals(Number::of(right)),
        (Node::String(left) | Node::Text(left), Node::String(right) | Node::Text(right)) => {
            left == right
        }
        // What a file is called is not a part of its value.
        (Node::File(left), Node::File(right)) => left.bytes == right.bytes,
        (Node::Array(left), Node::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| equal(left, right))
        }
        (Node::Object(left), Node::Object(right)) => equal_members(left, right),
        _ => false,
    }
}

fn equal_members(left: &Members<'_>, right: &Members<'_>) -> bool {
    if left.len() != right.len() {
        return false;
    }
    if left.len() <= FEW {
        return left.iter().all(|(name, left)| {
            right
                .iter()
                .find(|(other, _)| other == name)
                .is_some_and(|(_, right)| equal(left, right))
        });
    }
    // Mostly the order is the same; then nothing needs to be looked up.
    if left
        .iter()
        .zip(right)
        .all(|(left, right)| left.0 == right.0)
    {
        return left
            .iter()
            .zip(right)
            .all(|(left, right)| equal(&left.1, &right.1));
    }
    let right: HashMap<&str, &Node<'_>> = right
        .iter()
        .map(|(name, node)| (name.as_ref(), node))
        .collect();
    left.iter().all(|(name, left)| {
        right
            .get(name.as_ref())
            .is_some_and(|right| equal(left, right))
    })
}

/// Equal values have equal hashes.
fn hash(node: &Node<'_>, state: &RandomState) -> u64 {
    let mut hasher = state.build_hasher();
    match node {
        Node::Null => 0_u8.hash(&mut hasher),
        Node::Boolean(value) => (1_u8, value).hash(&mut hasher),
        Node::Number(value) => (2_u8, Number::of(value).hash_key()).hash(&mut hasher),
        Node::String(value) | Node::Text(value) => (3_u8, value).hash(&mut hasher),
        Node::File(file) => (6_u8, &file.bytes).hash(&mut hasher),
        Node::Array(items) => {
            4_u8.hash(&mut hasher);
            for item in items {
                hash(item, state).hash(&mut hasher);
            }
        }
        Node::Object(members) => {
            // A sum does not depend on the order.
            let sum = members.iter().fold(0_u64, |sum, (name, value)| {
                sum.wrapping_add(state.hash_one((name, hash(value, state))))
            });
            (5_u8, sum).hash(&mut hasher);
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    #[test]
    fn finds_the_first_repetition() {
        for (json, expected) in [
            ("[]", None),
            ("[1]", None),
            ("[1, 1.0]", Some((0, 1))),
            ("[0, -0.0]", Some((0, 1))),
            ("[1, true, \"1\", null, [1], {\"1\": 1}]", None),
            ("[[1, 2], [2, 1]]", None),
            (
                "[{\"a\": 1, \"b\": 2}, {\"b\": 2.0, \"a\": 1}]",
                Some((0, 1)),
            ),
            ("[{\"a\": 1}, {\"a\": 1, \"b\": 2}]", None),
            ("[9007199254740993, 9007199254740992.0]", None),
        ] {
            let Node::Array(items) = Node::parse(json.as_bytes()).unwrap() else {
                panic!("not an array")
            };
            assert_eq!(repeated(&items), expected, "{json}");
            // The same, among many others.
            let mut many: Vec<_> = (0..100)
                .map(|n: u32| Node::String(format!("other {n}").into()))
                .collect();
            many.extend(items);
            let expected = expected.map(|(first, second)| (first + 100, second + 100));
            assert_eq!(repeated(&many), expected, "{json}");
        }
    }

    #[test]
    fn is_not_quadratic() {
        let start = Instant::now();
        let items: Vec<_> = (0..200_000).map(|n: u64| Node::Number(n.into())).collect();
        assert_eq!(repeated(&items), None);
        let object = |reverse: bool| {
            let mut members: Vec<_> = (0..50_000)
                .map(|n: u32| (Cow::Owned(n.to_string()), Node::Null))
                .collect();
            if reverse {
                members.reverse();
            }
            Node::Object(members)
        };
        assert_eq!(repeated(&[object(false), object(true)]), Some((0, 1)));
        assert!(start.elapsed() < Duration::from_secs(10));
    }
}
