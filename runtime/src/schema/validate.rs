//! The two questions that are asked of a schema.

use super::check::Check;
use super::{Schema, duplicates};
use crate::json::Node;
use crate::path::Path;
use crate::violation::Violations;

/// Where a value goes: `readOnly` properties have no place in a request, and `writeOnly` ones none in a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// To the server.
    Request,
    /// From the server.
    Response,
}

impl Schema {
    /// Adds everything that is wrong with a value: each rule that it breaks, and each member that occurs twice.
    pub fn validate(&self, node: &Node<'_>, direction: Direction, violations: &mut Violations) {
        duplicates::report(node, &Path::Root, violations);
        Check::new(direction, Some(violations)).apply(self, node, &Path::Root, None);
    }

    /// Whether a value satisfies this schema, for telling the alternatives of a union apart. Members that occur twice
    /// are not looked for: [`Schema::validate`] has refused them in the whole value.
    pub fn is_valid(&self, node: &Node<'_>, direction: Direction) -> bool {
        let mut check = Check::new(direction, None);
        check.apply(self, node, &Path::Root, None);
        check.passed()
    }
}
