//! `functions.rs` of the handlers: which function serves what and reads which secrets, and what each program is made of.
//!
//! A program names the operations of its functions one by one, by their types. So the linker leaves out whatever only other
//! operations need, and a new operation is in the right program once it is in `functions.yaml`.

use std::collections::BTreeSet;

use civicforge_codegen::model::{Operation, Tag};

use crate::Stack;
use crate::spec::{Function, Spec};

/// What rustfmt leaves in one line: the inside of a list.
const WIDTH: usize = 60;

/// The longest line, with its end.
const LINE: usize = 101;

/// The file, as rustfmt leaves it.
pub(crate) fn write(stack: &Stack) -> String {
    let spec = &stack.source.spec;
    let functions: String = (spec.functions.iter())
        .map(|(name, function)| one(spec, name, function))
        .collect();
    let programs = spec.programs_run();
    let programs: Vec<Program<'_>> = (programs.into_iter())
        .map(|name| Program::new(stack, name))
        .collect();
    let serves = programs.iter().any(|program| !program.routes.is_empty());
    let handles = |program: &&Program<'_>| program.handles_events && program.feature.is_none();
    let handles = programs.iter().any(|program| handles(&program));
    let mut imports = Vec::new();
    if serves {
        let modules: BTreeSet<&str> = (programs.iter())
            .flat_map(|program| &program.routes)
            .map(|(tag, _)| &*tag.module)
            .collect();
        imports.push(import("civicforge_api", &modules));
        imports.push("use civicforge_runtime::operation::Route;\n".to_owned());
        imports.push("\nuse crate::app::CivicForge;\n".to_owned());
    }
    for program in programs.iter().filter(|program| program.feature.is_some()) {
        if let Some(events) = program.events() {
            let attribute = program.attribute();
            imports.push(format!("{attribute}use crate::function::{events};\n"));
        }
    }
    let events = if handles { "EVENTS, " } else { "" };
    imports.push(format!(
        "use crate::function::{{{events}Function, Program, SecretName}};\n"
    ));
    let imports = imports.concat();
    let programs: String = programs.iter().map(Program::text).collect();
    format!(
        "\
// Generated from sam/functions.yaml by `cargo run -p civicforge-sam -- generate`. Do not edit.

//! Which Lambda function serves which operations, which secrets each may read, and what each program is made of.

{imports}
/// Every function. One that serves no operation handles events of the kind that it is called after.
pub const FUNCTIONS: &[Function] = &[
{functions}];
{programs}"
    )
}

/// A program, with what its functions need.
struct Program<'a> {
    name: &'a str,
    description: Option<&'a str>,
    feature: Option<&'a str>,
    routes: Vec<(&'a Tag, &'a Operation)>,
    handles_events: bool,
}

impl<'a> Program<'a> {
    fn new(stack: &'a Stack, name: &'a str) -> Self {
        let spec = &stack.source.spec;
        let functions = spec.functions.values();
        let functions: Vec<&Function> = functions
            .filter(|function| spec.program(function) == name)
            .collect();
        let operations = functions.iter().flat_map(|function| &function.operations);
        Self {
            name,
            description: (spec.programs.get(name)).map(|program| &*program.description),
            feature: (spec.programs.get(name)).and_then(|program| program.feature.as_deref()),
            routes: operations
                .filter_map(|id| stack.contract.place_of(id))
                .collect(),
            handles_events: functions.iter().any(|function| !function.serves()),
        }
    }

    /// What handles its events.
    fn events(&self) -> Option<String> {
        let of_all = || "EVENTS".to_owned();
        let own = |_| format!("{}_EVENTS", constant(self.name));
        self.handles_events
            .then(|| self.feature.map_or_else(of_all, own))
    }

    /// What keeps it out where its feature is off.
    fn attribute(&self) -> String {
        let feature = self
            .feature
            .map(|name| format!("#[cfg(feature = {name:?})]\n"));
        feature.unwrap_or_default()
    }

    fn text(&self) -> String {
        let Self { name, routes, .. } = self;
        let constant = constant(name);
        let description = self.description.unwrap_or("Everything.");
        let (makes, function) = match routes.is_empty() {
            true => ("|_| Vec::new()".to_owned(), String::new()),
            false => {
                let function = format!("routes_of_{}", name.replace('-', "_"));
                let routes = routes.iter().map(|(tag, operation)| {
                    let (module, method) = (&tag.module, &operation.method_name);
                    let operation = &operation.prefix;
                    format!(
                        "        Route::of::<{module}::{method}::{operation}, _>(&app.{module}),\n"
                    )
                });
                let routes: String = routes.collect();
                let text = format!(
                    "\nfn {function}(app: &CivicForge) -> Vec<Route> {{\n    vec![\n{routes}    ]\n}}\n"
                );
                (function, text)
            }
        };
        let events = match self.events() {
            Some(events) => format!("Some(&{events})"),
            None => "None".to_owned(),
        };
        let attribute = self.attribute();
        format!(
            "
/// The program `{name}`. {description}
{attribute}pub static {constant}: Program = Program {{
    routes: {makes},
    events: {events},
}};
{function}"
        )
    }
}

/// The constant of a program.
fn constant(program: &str) -> String {
    program.to_ascii_uppercase().replace('-', "_")
}

fn one(spec: &Spec, name: &str, function: &Function) -> String {
    let operations = function.operations.iter().map(|id| format!("{id:?}"));
    let secrets = spec.secrets_of(function).into_iter();
    let secrets = secrets.map(|(secret, _)| format!("SecretName::{secret}"));
    format!(
        "    Function {{
        name: {name:?},
        program: {:?},
        operations: {},
        secrets: {},
    }},
",
        spec.program(function),
        list(operations.collect()),
        list(secrets.collect())
    )
}

/// An import of several names, in several lines where one would be too long.
fn import(from: &str, names: &BTreeSet<&str>) -> String {
    let names: Vec<&str> = names.iter().copied().collect();
    let line = format!("use {from}::{{{}}};\n", names.join(", "));
    if line.len() <= LINE {
        return line;
    }
    let mut lines = vec![String::from("   ")];
    for name in names {
        match lines.last_mut() {
            // A blank before and a comma behind.
            Some(line) if line.len() + name.len() + 2 < LINE => {
                line.push(' ');
                line.push_str(name);
                line.push(',');
            }
            _ => lines.push(format!("    {name},")),
        }
    }
    format!("use {from}::{{\n{}\n}};\n", lines.join("\n"))
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
