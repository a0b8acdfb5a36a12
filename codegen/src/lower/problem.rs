//! Is a schema of `application/problem+json` the one that the runtime writes?
//!
//! The runtime answers its own failures with one `Problem`: the members of RFC 9457, and `code`, `violations` and
//! `requestId`. A contract may describe it more narrowly (an `enum` for `code`) or with more optional members;
//! if it asks for something else, the body is ordinary JSON.

use super::Lowering;
use super::classify::Class;
use crate::model::Type;
use crate::source::NodeId;

/// The members that are always written.
const ALWAYS: &[&str] = &[
    "type",
    "title",
    "status",
    "detail",
    "instance",
    "code",
    "violations",
    "requestId",
];

impl Lowering<'_> {
    /// Whether the schema takes what the runtime writes.
    pub(super) fn is_problem(&mut self, node: NodeId) -> bool {
        let members = match self.class_of(node) {
            Class::Struct(members) => members,
            Class::FreeObject => {
                return self
                    .view(node)
                    .rules
                    .required
                    .iter()
                    .all(|name| ALWAYS.contains(&name.as_str()));
            }
            _ => return false,
        };
        for member in members {
            let view = self.view(member);
            if !view
                .rules
                .required
                .iter()
                .all(|name| ALWAYS.contains(&name.as_str()))
            {
                return false;
            }
            for (name, schema) in &view.properties {
                let class = self.class_of(*schema);
                let fits = match name.as_str() {
                    "type" | "title" | "detail" | "instance" | "requestId" => {
                        matches!(class, Class::Any | Class::Scalar(Type::String | Type::Uuid))
                    }
                    "code" => matches!(
                        class,
                        Class::Any | Class::Strings | Class::Scalar(Type::String)
                    ),
                    "status" => matches!(
                        class,
                        Class::Any
                            | Class::Scalar(Type::Int32 | Type::Int64 | Type::Double | Type::Float)
                    ),
                    "violations" => matches!(class, Class::Any | Class::Array(_)),
                    _ => true,
                };
                if !fits {
                    return false;
                }
            }
        }
        true
    }
}
