//! What operations are called in docs.

use crate::model::{Method, Operation};

/// The names of an operation on the wire.
pub(super) fn title(operation: &Operation) -> String {
    format!("`{} {}`", method_name(operation.method), operation.path)
}

/// The method as HTTP writes it.
pub(super) fn method_name(method: Method) -> String {
    format!("{method:?}").to_uppercase()
}
