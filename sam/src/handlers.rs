//! `functions.rs` of the handlers: which function serves what, and which secrets it reads.

use crate::Stack;
use crate::spec::{Function, Spec};

/// What rustfmt leaves in one line: the inside of a list.
const WIDTH: usize = 60;

/// The file, as rustfmt leaves it.
pub(crate) fn write(stack: &Stack) -> String {
    let spec = &stack.source.spec;
    let functions: String = (spec.functions.iter())
        .map(|(name, function)| one(spec, name, function))
        .collect();
    format!(
        "\
// Generated from sam/functions.yaml by `cargo run -p civicforge-sam -- generate`. Do not edit.

//! Which Lambda function serves which operations, and which secrets each may read.

use crate::function::{{Function, SecretName}};

/// Every function. One that serves no operation handles events of the kind that it is called after.
pub const FUNCTIONS: &[Function] = &[
{functions}];
"
    )
}

fn one(spec: &Spec, name: &str, function: &Function) -> String {
    let operations = function.operations.iter().map(|id| format!("{id:?}"));
    let secrets = spec.secrets_of(function).into_iter();
    let secrets = secrets.map(|(secret, _)| format!("SecretName::{secret}"));
    format!(
        "    Function {{
        name: {name:?},
        operations: {},
        secrets: {},
    }},
",
        list(operations.collect()),
        list(secrets.collect())
    )
}

/// A list in a field, in one line where it is short.
fn list(items: Vec<String>) -> String {
    let line = items.join(", ");
    if line.len() <= WIDTH {
        return format!("&[{line}]");
    }
    let items = items.iter().map(|item| format!("            {item},\n"));
    format!("&[\n{}        ]", items.collect::<String>())
}
