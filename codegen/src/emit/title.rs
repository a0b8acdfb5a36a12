//! What operations are called in docs.

use crate::model::{Method, Operation, Selector};

/// The names of an operation on the wire.
pub(super) fn title(operation: &Operation) -> String {
    let title = format!("`{} {}`", method_name(operation.method), operation.path);
    let selectors = operation.selectors.iter().map(|selector| match selector {
        Selector::HasQuery(name) => format!("`{name}`"),
        Selector::Query(name, value) => format!("`{name}={value}`"),
        Selector::Header(name, value) => format!("`{name}: {value}`"),
    });
    let selectors: Vec<String> = selectors.collect();
    match selectors.as_slice() {
        [] => title,
        selectors => format!("{title} with {}", selectors.join(" and ")),
    }
}

/// The method as HTTP writes it.
pub(super) fn method_name(method: Method) -> String {
    format!("{method:?}").to_uppercase()
}
