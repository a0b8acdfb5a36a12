//! `functions.rs` of the handlers: which function serves what.

use crate::Stack;

/// What rustfmt leaves in one line: the inside of a list, or of a tuple.
const WIDTH: usize = 60;

/// The file, as rustfmt leaves it.
pub(crate) fn write(stack: &Stack) -> String {
    let functions = &stack.source.spec.functions;
    let (serving, handling): (Vec<_>, Vec<_>) = functions
        .iter()
        .partition(|(_, function)| !function.operations.is_empty());
    let serving: String = serving
        .iter()
        .map(|(name, function)| {
            let operations: Vec<String> = function.operations.iter().map(quoted).collect();
            let line = format!("\"{name}\", &[{}]", operations.join(", "));
            if line.len() <= WIDTH {
                format!("    ({line}),\n")
            } else {
                let operations = list(&operations, 2);
                format!("    (\n        \"{name}\",\n        {operations},\n    ),\n")
            }
        })
        .collect();
    let handling: Vec<String> = handling.iter().map(|(name, _)| quoted(*name)).collect();
    format!(
        "\
// Generated from sam/functions.yaml by `cargo run -p civicforge-sam -- generate`. Do not edit.

//! Which Lambda function serves which operations, and which ones handle other events.

/// Each function that serves requests, and the operations that it serves.
pub const HTTP: &[(&str, &[&str])] = &[
{serving}];

/// The functions that handle other events.
pub const EVENTS: &[&str] = {};
",
        list(&handling, 0)
    )
}

fn quoted(text: impl AsRef<str>) -> String {
    format!("{:?}", text.as_ref())
}

/// A list at a depth, in one line where it is short.
fn list(items: &[String], depth: usize) -> String {
    let line = items.join(", ");
    if line.len() <= WIDTH {
        return format!("&[{line}]");
    }
    let indent = "    ".repeat(depth);
    let items: String = items
        .iter()
        .map(|item| format!("{indent}    {item},\n"))
        .collect();
    format!("&[\n{items}{indent}]")
}
