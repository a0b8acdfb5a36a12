//! A file in YAML from text to types: `functions.yaml`, and those of [`crate::cost`].
//!
//! The JSON Schema that editors complete by is also what the file is held against, so the two cannot disagree. Each
//! violation is reported where it stands; only a file without any is made into types.

use std::path::Path;
use std::sync::LazyLock;

use civicforge_codegen::diagnostic::Diagnostics;
use civicforge_codegen::source::{Files, NodeId, Tree, tokens};
use jsonschema::JsonType;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::code::{Code, Problem};
use crate::spec::Spec;

/// A file, and what it says.
#[derive(Debug)]
pub struct Source<T = Spec> {
    /// The text with its places.
    pub tree: Tree,
    /// Its root.
    pub root: NodeId,
    /// What it says.
    pub spec: T,
}

impl<T> Source<T> {
    /// The node at these steps, or the deepest one on the way to it.
    #[must_use]
    pub fn at(&self, steps: &[&str]) -> NodeId {
        at(&self.tree, self.root, steps)
    }

    /// A problem at these steps.
    #[must_use]
    pub fn problem(&self, steps: &[&str], code: Code, message: impl Into<String>) -> Problem {
        self.tree.problem(self.at(steps), code, message)
    }

    /// A problem with the name of what is at these steps.
    #[must_use]
    pub fn problem_at_key(
        &self,
        steps: &[&str],
        code: Code,
        message: impl Into<String>,
    ) -> Problem {
        self.tree.problem_at_key(self.at(steps), code, message)
    }
}

fn at(tree: &Tree, root: NodeId, steps: &[&str]) -> NodeId {
    let mut node = root;
    for step in steps {
        match tree.follow(node, &[(*step).to_owned()]) {
            Some(next) => node = next,
            None => break,
        }
    }
    node
}

/// The JSON Schema of `functions.yaml`.
pub static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let mut schema = schemars::schema_for!(Spec);
    schema.insert("title".to_owned(), "functions.yaml".into());
    schema.to_value()
});

/// Reads `functions.yaml` from memory. `path` says what it is called in problems.
///
/// # Errors
/// Everything that is wrong with its text and its structure.
pub fn read(path: &Path, text: Vec<u8>) -> Result<Source, Vec<Problem>> {
    read_as(path, text, &SCHEMA)
}

/// Reads a file of this schema from memory. `path` says what it is called in problems.
///
/// # Errors
/// Everything that is wrong with its text and its structure.
pub fn read_as<T: DeserializeOwned>(
    path: &Path,
    text: Vec<u8>,
    schema: &Value,
) -> Result<Source<T>, Vec<Problem>> {
    let mut problems = Diagnostics::new(&[]);
    let mut files = Files::default();
    let root = files.open_text(path, text, &mut problems);
    let failed = problems.has_errors();
    let mut problems: Vec<Problem> = problems
        .into_sorted()
        .into_iter()
        .map(|problem| problem.map_code(Code::Document))
        .collect();
    let Some(root) = root.filter(|_| !failed) else {
        return Err(problems);
    };
    let tree = files.tree;
    let value = tree.value(root);
    match jsonschema::draft202012::new(schema) {
        Ok(validator) => problems.extend(
            validator
                .iter_errors(&value)
                .flat_map(|error| violation(&tree, root, schema, &error)),
        ),
        // The schema comes from the types of this very program, and a test builds it.
        Err(error) => problems.push(tree.problem(root, Code::BadValue, error.to_string())),
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    match serde_json::from_value(value) {
        Ok(spec) => Ok(Source { tree, root, spec }),
        // What the schema cannot say.
        Err(error) => Err(vec![tree.problem(
            root,
            Code::BadValue,
            format!("{error}."),
        )]),
    }
}

/// A violation of the schema, in words.
fn violation(
    tree: &Tree,
    root: NodeId,
    schema: &Value,
    error: &jsonschema::ValidationError<'_>,
) -> Vec<Problem> {
    let path = tokens(error.instance_path().as_str()).unwrap_or_default();
    let steps: Vec<&str> = path.iter().map(String::as_str).collect();
    let node = at(tree, root, &steps);
    let name = path.last().map_or("The document", String::as_str);
    let problem = |code, message: String| tree.problem(node, code, message);
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => unexpected
            .iter()
            .map(|field| {
                let at = tree.get(node, field).unwrap_or(node);
                let message = format!("There is no field `{field}` here.");
                let problem = tree.problem_at_key(at, Code::UnknownField, message);
                let known = error
                    .schema_path()
                    .as_str()
                    .strip_suffix("/additionalProperties")
                    .and_then(|path| schema.pointer(&format!("{path}/properties")).cloned());
                let known: Vec<String> = known
                    .as_ref()
                    .and_then(Value::as_object)
                    .map(|fields| fields.keys().cloned().collect())
                    .unwrap_or_default();
                hinted(problem, field, known.iter().map(String::as_str))
            })
            .collect(),
        ValidationErrorKind::Required { property } => {
            let field = property.as_str().unwrap_or_default();
            vec![problem(
                Code::MissingField,
                format!("`{name}` must have `{field}`."),
            )]
        }
        ValidationErrorKind::Type { kind } => {
            let wanted = match kind {
                TypeKind::Single(one) => one.to_string(),
                TypeKind::Multiple(set) => set
                    .iter()
                    .map(|one| one.to_string())
                    .filter(|one| one != "null")
                    .collect::<Vec<_>>()
                    .join(" or "),
            };
            let found = tree.data(node).kind();
            vec![problem(
                Code::WrongKind,
                format!("`{name}` must be of the type {wanted}; this is {found}."),
            )]
        }
        ValidationErrorKind::Minimum { limit } => vec![problem(
            Code::OutOfRange,
            format!("`{name}` must be {limit} or more."),
        )],
        ValidationErrorKind::Maximum { limit } => vec![problem(
            Code::OutOfRange,
            format!("`{name}` must be {limit} or less."),
        )],
        ValidationErrorKind::Pattern { pattern } => {
            let found = tree.text(node).unwrap_or_default();
            let message = format!("`{found}` cannot stand here: it does not match `{pattern}`.");
            vec![problem(Code::BadValue, message)]
        }
        ValidationErrorKind::MinLength { .. }
        | ValidationErrorKind::MinItems { .. }
        | ValidationErrorKind::MinProperties { .. } => {
            vec![problem(Code::BadValue, format!("`{name}` is empty."))]
        }
        ValidationErrorKind::MaxLength { limit } => vec![problem(
            Code::BadValue,
            format!("`{name}` has more than {limit} characters."),
        )],
        // What may be left out is a choice of itself and null to schemars.
        ValidationErrorKind::AnyOf { context } if constants(schema, error).is_empty() => context
            .iter()
            .filter(|choice| !choice.iter().any(wants_null))
            .flatten()
            .flat_map(|error| violation(tree, root, schema, error))
            .collect(),
        // An enum with documented values is a choice of constants to schemars.
        ValidationErrorKind::OneOfNotValid { .. }
        | ValidationErrorKind::AnyOf { .. }
        | ValidationErrorKind::Enum { .. }
        | ValidationErrorKind::Constant { .. } => {
            let found = tree.text(node).map_or_else(
                || tree.data(node).kind().to_owned(),
                |text| format!("`{text}`"),
            );
            let known = constants(schema, error);
            let message = format!("{found} is not one of `{}`.", known.join("`, `"));
            let text = tree.text(node).unwrap_or_default();
            vec![hinted(
                problem(Code::BadValue, message),
                text,
                known.iter().map(String::as_str),
            )]
        }
        _ => vec![problem(Code::BadValue, format!("`{name}`: {error}."))],
    }
}

fn wants_null(error: &jsonschema::ValidationError<'_>) -> bool {
    let ValidationErrorKind::Type { kind } = error.kind() else {
        return false;
    };
    matches!(kind, TypeKind::Single(JsonType::Null))
}

/// The texts that a schema lets through, where it is a choice of such.
fn constants(schema: &Value, error: &jsonschema::ValidationError<'_>) -> Vec<String> {
    let path = error.schema_path().as_str();
    let Some(choice) = schema.pointer(path) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    collect(schema, choice, &mut out);
    out
}

fn collect(root: &Value, choice: &Value, out: &mut Vec<String>) {
    match choice {
        Value::String(text) => out.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(root, item, out)),
        Value::Object(fields) => {
            if let Some(text) = fields.get("const") {
                collect(root, text, out);
            }
            for key in ["enum", "oneOf", "anyOf"] {
                if let Some(inner) = fields.get(key) {
                    collect(root, inner, out);
                }
            }
            let target = fields
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|target| root.pointer(target.strip_prefix('#')?));
            if let Some(target) = target {
                collect(root, target, out);
            }
        }
        _ => {}
    }
}

/// The problem with a hint at what was probably meant.
pub(crate) fn hinted<'a>(
    problem: Problem,
    text: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Problem {
    let nearest = known
        .into_iter()
        .map(|name| {
            (
                strsim::jaro_winkler(&text.to_lowercase(), &name.to_lowercase()),
                name,
            )
        })
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match nearest {
        Some((_, name)) => problem.hint(format!("Write `{name}`.")),
        None => problem,
    }
}
