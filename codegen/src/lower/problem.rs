//! Is a schema of `application/problem+json` the one that the runtime writes?
//!
//! The runtime answers its own failures with one `Problem`: the members of RFC 9457, and `code`, `violations` and
//! `requestId`. A contract may describe it more narrowly (an `enum` for `code`) or with more optional members;
//! if it asks for something else, the body is ordinary JSON.

use super::Lowering;
use super::type_kind::TypeKind;
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
        let members = match self.resolved_kind(node) {
            TypeKind::Struct(members) => members,
            TypeKind::FreeObject => {
                return self
                    .view(node)
                    .rules
                    .required
                    .iter()
                    .all(|name| ALWAYS.contains(&name.as_str()));
            }
            _ => return false,
        };
        for member in members.all() {
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
                let kind = self.resolved_kind(*schema);
                let fits = match name.as_str() {
                    "type" | "title" | "detail" | "instance" | "requestId" => {
                        matches!(
                            kind,
                            TypeKind::Any | TypeKind::Scalar(Type::String | Type::Uuid)
                        )
                    }
                    "code" => matches!(
                        kind,
                        TypeKind::Any | TypeKind::Strings | TypeKind::Scalar(Type::String)
                    ),
                    "status" => matches!(
                        kind,
                        TypeKind::Any
                            | TypeKind::Scalar(
                                Type::Int32
                                    | Type::Int64
                                    | Type::Uint64
                                    | Type::Double
                                    | Type::Float
                            )
                    ),
                    "violations" => matches!(kind, TypeKind::Any | TypeKind::Array(_)),
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
