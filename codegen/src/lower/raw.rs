//! Operations and parameters before they are lowered.

use crate::model::{Method, Selector};
use crate::source::NodeId;

/// An operation before it is lowered.
pub(super) struct RawOperation {
    /// The Operation Object.
    pub node: NodeId,
    /// The same, typed.
    pub typed: openapiv3::Operation,
    /// Method.
    pub method: Method,
    /// Path, with the server's path in front, without a query or a fragment.
    pub path: String,
    /// What follows the path in its key: `?` and a query, `#` and a fragment.
    pub suffix: String,
    /// What tells it from other operations of its method and path.
    pub selectors: Vec<Selector>,
    /// `operationId`, or one made from method and path.
    pub id: String,
    /// Parameters: those of the Path Item that the operation does not have itself, then its own.
    pub parameters: Vec<RawParameter>,
}

/// A parameter before it is lowered.
pub(super) struct RawParameter {
    /// The Parameter Object.
    pub node: NodeId,
    /// Where it is listed, which may be a reference.
    pub listed: NodeId,
    /// The same, typed.
    pub typed: openapiv3::Parameter,
}
