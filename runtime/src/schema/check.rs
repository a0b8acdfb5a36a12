//! Holding a value against a schema: the walk, its bounds, and where what it finds goes.
//!
//! The walk either reports every violation, or it is a trial (is this alternative of an `anyOf` satisfied?) that stops
//! at the first one and writes nothing down.
//!
//! # Bounds
//!
//! What is sent must not decide how long or how deep the walk is:
//!
//! * Schemas that are applied inside each other are bounded by [`MAX_DEPTH`]. A value has at most 127 levels, so
//!   that only a contract can come near it, by nesting combinations at every level.
//! * Where combinations (`allOf`, `anyOf`, `oneOf`, `not`) nest over several levels, the same value would be held
//!   against the same schema once per path to it: twice at each level is 2^127 in all. From a few levels on, the
//!   outcome for each pair is therefore remembered.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ptr;

use super::{Direction, JsonType, Schema, array, combine, equality, number, object, string, text};
use crate::json::Node;
use crate::path::Path;
use crate::violation::Violations;

/// How many schemas may be applied inside each other.
const MAX_DEPTH: u32 = 384;

/// From how many nested combinations on outcomes are remembered. Below, which is nearly always, nothing is allocated.
const REMEMBER_FROM: u32 = 3;

/// One walk over a value.
pub(super) struct Check<'v> {
    pub(super) direction: Direction,
    /// Where violations go; a trial has none.
    report: Option<&'v mut Violations>,
    failed: bool,
    depth: u32,
    combinations: u32,
    /// By schema, node, and whether it was a trial: whether it held.
    outcomes: BTreeMap<(usize, usize, bool), bool>,
}

/// The schemas that are applied to one node, innermost first.
#[derive(Clone, Copy)]
pub(super) struct Frame<'s> {
    pub(super) schema: &'s Schema,
    pub(super) outer: Option<&'s Frame<'s>>,
}

impl<'v> Check<'v> {
    pub(super) fn new(direction: Direction, report: Option<&'v mut Violations>) -> Self {
        Check {
            direction,
            report,
            failed: false,
            depth: 0,
            combinations: 0,
            outcomes: BTreeMap::new(),
        }
    }

    /// Whether nothing was found.
    pub(super) fn passed(&self) -> bool {
        !self.failed
    }

    /// Whether going on would not change anything.
    pub(super) fn is_over(&self) -> bool {
        match &self.report {
            Some(violations) => violations.is_full(),
            None => self.failed,
        }
    }

    /// Whether violations are written down.
    pub(super) fn is_reporting(&self) -> bool {
        self.report.is_some()
    }

    /// A rule is broken.
    pub(super) fn fail(&mut self, at: &Path<'_>, rule: &'static str, message: fmt::Arguments<'_>) {
        self.failed = true;
        if let Some(violations) = &mut self.report
            && !violations.is_full()
        {
            let message = match message.as_str() {
                Some(text) => Cow::Borrowed(text),
                None => Cow::Owned(message.to_string()),
            };
            violations.add(at, rule, message);
        }
    }

    /// Whether a schema holds, silently. The outcome so far stays as it is.
    pub(super) fn trial(&mut self, rules: impl FnOnce(&mut Self)) -> bool {
        let report = self.report.take();
        let failed = std::mem::replace(&mut self.failed, false);
        rules(self);
        self.report = report;
        !std::mem::replace(&mut self.failed, failed)
    }

    /// Does something inside a combination.
    pub(super) fn combining(&mut self, rules: impl FnOnce(&mut Self)) {
        self.combinations += 1;
        rules(self);
        self.combinations -= 1;
    }

    /// Holds a member or an item against its schema.
    pub(super) fn descend(&mut self, schema: &Schema, node: &Node<'_>, at: &Path<'_>) {
        if self.combinations < REMEMBER_FROM || !matches!(node, Node::Array(_) | Node::Object(_)) {
            return self.apply(schema, node, at, None);
        }
        // Both stay where they are for as long as the walk goes on.
        let key = (
            ptr::from_ref(schema).addr(),
            ptr::from_ref(node).addr(),
            self.is_reporting(),
        );
        if let Some(held) = self.outcomes.get(&key) {
            // Where violations are reported, they were reported the first time.
            self.failed |= !held;
            return;
        }
        let failed = std::mem::replace(&mut self.failed, false);
        self.apply(schema, node, at, None);
        self.outcomes.insert(key, !self.failed);
        self.failed |= failed;
    }

    /// Holds a node against a schema.
    pub(super) fn apply(
        &mut self,
        schema: &Schema,
        node: &Node<'_>,
        at: &Path<'_>,
        outer: Option<&Frame<'_>>,
    ) {
        if self.is_over() || schema.nullable && matches!(node, Node::Null) {
            return;
        }
        if self.depth >= MAX_DEPTH {
            self.fail(at, "depth", format_args!("is nested too deeply"));
            return;
        }
        self.depth += 1;
        match node {
            Node::Text(value) => {
                let node = text::interpret(schema, value, self);
                self.rules(schema, &node, at, outer);
            }
            node => self.rules(schema, node, at, outer),
        }
        self.depth -= 1;
    }

    fn rules(
        &mut self,
        schema: &Schema,
        node: &Node<'_>,
        at: &Path<'_>,
        outer: Option<&Frame<'_>>,
    ) {
        if let Some(expected) = schema.json_type
            && !is_of(expected, node)
        {
            let expected = name(expected);
            self.fail(at, "type", format_args!("must be {expected}"));
            return;
        }
        if let Some(literals) = schema.enumeration
            && !literals
                .iter()
                .any(|literal| equality::is_literal(node, literal))
        {
            self.fail(
                at,
                "enum",
                format_args!("must be {}", super::OneOf(literals)),
            );
        }
        let scope = Frame { schema, outer };
        match node {
            Node::Number(value) => number::check(schema, value, at, self),
            Node::String(value) | Node::Text(value) => string::check(schema, value, at, self),
            Node::File(file) => string::check_file(schema, file, at, self),
            // What lies inside is looked at here, and again by the parts.
            Node::Array(items) if combine::shares_inside(schema) => {
                self.combining(|check| array::check(schema, items, at, check));
            }
            Node::Object(members) if combine::shares_inside(schema) => {
                self.combining(|check| object::check(&scope, members, at, check));
            }
            Node::Array(items) => array::check(schema, items, at, self),
            Node::Object(members) => object::check(&scope, members, at, self),
            Node::Null | Node::Boolean(_) => {}
        }
        combine::check(&scope, node, at, self);
    }
}

/// Whether a node is of a type. A text was made a scalar before.
pub(super) fn is_of(expected: JsonType, node: &Node<'_>) -> bool {
    match (expected, node) {
        (JsonType::Boolean, Node::Boolean(_))
        | (JsonType::Number, Node::Number(_))
        | (JsonType::String, Node::String(_) | Node::Text(_) | Node::File(_))
        | (JsonType::Array, Node::Array(_))
        | (JsonType::Object, Node::Object(_)) => true,
        (JsonType::Integer, Node::Number(value)) => super::Number::of(value).is_whole(),
        _ => false,
    }
}

fn name(expected: JsonType) -> &'static str {
    match expected {
        JsonType::Boolean => "a boolean",
        JsonType::Integer => "an integer",
        JsonType::Number => "a number",
        JsonType::String => "a string",
        JsonType::Array => "an array",
        JsonType::Object => "an object",
    }
}

/// "1 item", "2 items".
pub(super) fn count(limit: u64, thing: &'static str) -> impl fmt::Display {
    struct Count(u64, &'static str);
    impl fmt::Display for Count {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let Count(limit, thing) = self;
            write!(f, "{limit} {thing}{}", if *limit == 1 { "" } else { "s" })
        }
    }
    Count(limit, thing)
}
