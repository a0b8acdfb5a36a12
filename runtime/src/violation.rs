//! What is wrong with a request, and where.

use std::borrow::Cow;

use serde::Serialize;

use crate::path::Path;

/// A part of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The body.
    Body,
    /// A query parameter.
    Query,
    /// A path parameter.
    Path,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// One rule that a request breaks.
///
/// The message names limits and places. It never repeats what was sent, which may be a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// Which part of the request.
    #[serde(rename = "in")]
    pub part: Part,
    /// The parameter's name; a body has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Cow<'static, str>>,
    /// JSON pointer (RFC 6901) into the body, or into a parameter that has structure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The JSON Schema keyword, or `syntax`, `duplicate`, `unexpected`, or `contentType` of a part of a body.
    pub rule: &'static str,
    /// For people.
    pub message: Cow<'static, str>,
}

/// More violations than this are not collected: they would only make the answer large.
pub const MAX_VIOLATIONS: usize = 100;

/// After so many that were equal to another one, no more are looked for. Where pointers are cut off, all of them may be.
const MAX_REPEATED: usize = 1_000;

/// A pointer is cut off here, in bytes. It repeats the names of members: one large name with many violations below it
/// would make an answer of a hundred times the size of the request.
pub const MAX_POINTER: usize = 1_024;

/// The violations of one request, and the part that is being looked at.
#[derive(Debug)]
pub struct Violations {
    list: Vec<Violation>,
    /// How many were equal to one in the list.
    repeated: usize,
    part: Part,
    name: Option<&'static str>,
}

impl Default for Violations {
    fn default() -> Self {
        Violations {
            list: Vec::new(),
            repeated: 0,
            part: Part::Body,
            name: None,
        }
    }
}

impl Violations {
    /// None so far, looking at the body.
    pub fn new() -> Self {
        Self::default()
    }

    /// From here on, what is added is about the body.
    pub fn locate_body(&mut self) {
        self.part = Part::Body;
        self.name = None;
    }

    /// From here on, what is added is about a part as a whole: the query string itself.
    pub fn locate_part(&mut self, part: Part) {
        self.part = part;
        self.name = None;
    }

    /// From here on, what is added is about this parameter.
    pub fn locate_parameter(&mut self, part: Part, name: &'static str) {
        self.part = part;
        self.name = Some(name);
    }

    /// Adds one about the part that is being looked at.
    pub fn add(
        &mut self,
        at: &Path<'_>,
        rule: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) {
        if self.is_full() {
            return;
        }
        // A scalar parameter is all of its value: a pointer would say nothing.
        let pointer = match (self.part, at) {
            (Part::Body, _) | (_, Path::Key(..) | Path::Index(..)) => Some(at.pointer(MAX_POINTER)),
            (_, Path::Root) => None,
        };
        let violation = Violation {
            part: self.part,
            name: self.name.map(Cow::Borrowed),
            pointer,
            rule,
            message: message.into(),
        };
        // The parts of an `allOf` may say the same of one member.
        if self.list.contains(&violation) {
            self.repeated += 1;
        } else {
            self.list.push(violation);
        }
    }

    /// Takes those of another list in, but not what is about one of these places of the body, or of something in it.
    pub(crate) fn extend_except(&mut self, others: Violations, pointers: &[String]) {
        let is_within = |pointer: &str| {
            pointers.iter().any(|outer| {
                let inner = pointer.strip_prefix(outer.as_str());
                inner.is_some_and(|inner| inner.is_empty() || inner.starts_with('/'))
            })
        };
        for violation in others.list {
            if !self.is_full() && !violation.pointer.as_deref().is_some_and(is_within) {
                self.list.push(violation);
            }
        }
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether no more are collected.
    pub fn is_full(&self) -> bool {
        self.list.len() >= MAX_VIOLATIONS || self.repeated >= MAX_REPEATED
    }

    /// The list, in the order of discovery.
    pub fn into_vec(self) -> Vec<Violation> {
        self.list
    }

    /// The list, in the order of discovery.
    pub fn as_slice(&self) -> &[Violation] {
        &self.list
    }
}
