//! The wording of structure problems, and hints for the mistakes that people make.

use super::grammar::{Kind, Object};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Data, NodeId, Tree};

/// A text that is not one of the words that may stand here.
pub(super) fn bad_word(tree: &Tree, node: NodeId, text: &str, words: &[&str]) -> Diagnostic {
    let field = tree
        .entry(node)
        .map(|entry| entry.key.clone())
        .unwrap_or_default();
    let list = words.join("`, `");
    let message = format!("`{field}` cannot be `{text}`: it is one of `{list}`.");
    match (field.as_str(), text) {
        ("type", "null") => tree
            .problem(node, Code::ForeignVersion, message)
            .hint("`type: 'null'` is OpenAPI 3.1; 3.0 has `nullable: true`."),
        ("type", "file") => tree
            .problem(node, Code::ForeignVersion, message)
            .hint("`type: file` is Swagger 2; 3.0 has `type: string, format: binary`."),
        ("type", "basic") => tree
            .problem(node, Code::ForeignVersion, message)
            .hint("`type: basic` is Swagger 2; 3.0 has `type: http, scheme: basic`."),
        ("type", "mutualTLS") => tree
            .problem(node, Code::ForeignVersion, message)
            .hint("`mutualTLS` is OpenAPI 3.1."),
        ("in", "body" | "formData") => tree
            .problem(node, Code::ForeignVersion, message)
            .hint("A body is a parameter in Swagger 2; 3.0 has `requestBody`."),
        _ => {
            let problem = tree.problem(node, Code::BadValue, message);
            match words.iter().find(|word| word.eq_ignore_ascii_case(text)) {
                Some(word) => problem.hint(format!("Write `{word}`.")),
                None => problem,
            }
        }
    }
}

fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::String => "a string",
        Kind::StringEnum(_) => "a string",
        Kind::Boolean => "a boolean",
        Kind::Number => "a number",
        Kind::UnsignedInteger => "an integer that is not negative",
        Kind::Any => "a value",
        Kind::Inline(_) | Kind::Map(_) => "an object",
        Kind::ObjectOrReference(_) => "an object or a reference",
        Kind::StringArray => "an array of strings",
        Kind::Values | Kind::List(_) => "an array",
        Kind::BooleanOrSchema => "a boolean or a schema",
    }
}

/// A value of the wrong kind.
pub(super) fn wrong_kind(tree: &Tree, node: NodeId, kind: Kind) -> Diagnostic {
    let data = tree.data(node);
    let what = match tree.entry(node) {
        Some(entry) => format!("`{}` takes {}", entry.key, wanted(kind)),
        None => format!("The list takes {} here", wanted(kind)),
    };
    let is = match data {
        Data::Number(number) => format!("the number {number}"),
        Data::Bool(value) => format!("the boolean {value}"),
        Data::String(text) if text.len() <= 60 => format!("the text `{text}`"),
        other => other.kind().to_owned(),
    };
    let message = format!("{what}, not {is}.");
    let field = tree
        .entry(node)
        .map(|entry| entry.key.as_str())
        .unwrap_or_default();
    match (field, kind, data) {
        ("type", _, Data::Array(_)) => tree
            .problem(node, Code::ForeignVersion, message)
            .hint("A list of types is OpenAPI 3.1; 3.0 has one type, and `nullable: true`."),
        ("exclusiveMinimum" | "exclusiveMaximum", _, Data::Number(_)) => {
            let bound = field.trim_start_matches("exclusive").to_lowercase();
            tree.problem(node, Code::ForeignVersion, message)
                .hint(format!(
                    "A number is OpenAPI 3.1; 3.0 has `{bound}` and `{field}: true`."
                ))
        }
        (_, Kind::ObjectOrReference(Object::Schema), Data::Bool(_)) => tree
            .problem(node, Code::ForeignVersion, message)
            .hint("A boolean schema is OpenAPI 3.1; 3.0 has `{}` and `not: {}`."),
        ("required", Kind::StringArray, Data::Bool(_)) => tree
            .problem(node, Code::WrongKind, message)
            .hint("List the property's name in the `required` of the object that has it."),
        (_, Kind::String | Kind::StringEnum(_), Data::Number(_) | Data::Bool(_)) => tree
            .problem(node, Code::WrongKind, message)
            .hint("Put it in quotes."),
        (_, Kind::Boolean | Kind::Number | Kind::UnsignedInteger, Data::String(_)) => tree
            .problem(node, Code::WrongKind, message)
            .hint("Take the quotes away."),
        (_, _, Data::Null) => tree
            .problem(node, Code::WrongKind, message)
            .hint("Take the empty field away."),
        _ => tree.problem(node, Code::WrongKind, message),
    }
}

/// A field that the specification does not have.
pub(super) fn unknown(
    tree: &Tree,
    parent: NodeId,
    node: NodeId,
    object: Object,
    key: &str,
) -> Diagnostic {
    let message = format!(
        "The {} has no field `{key}`; it is ignored.",
        object.title()
    );
    let problem = |hint: String| {
        tree.problem_at_key(node, Code::UnknownField, message.clone())
            .hint(hint)
    };
    if key == "$ref" && object == Object::PathItem {
        return problem("A reference stands alone.".to_owned());
    }
    let newer = match object {
        Object::Schema => matches!(
            key,
            "const"
                | "examples"
                | "$defs"
                | "$id"
                | "$schema"
                | "$anchor"
                | "if"
                | "then"
                | "else"
                | "contains"
                | "prefixItems"
                | "patternProperties"
                | "propertyNames"
                | "unevaluatedProperties"
                | "unevaluatedItems"
                | "dependentRequired"
                | "dependentSchemas"
                | "contentEncoding"
                | "contentMediaType"
                | "contentSchema"
                | "$comment"
                | "minContains"
                | "maxContains"
        ),
        Object::OpenApi => matches!(key, "webhooks" | "jsonSchemaDialect"),
        Object::Info => key == "summary",
        Object::License => key == "identifier",
        Object::Components => key == "pathItems",
        _ => false,
    };
    let older = match object {
        Object::OpenApi => matches!(
            key,
            "swagger" | "host" | "basePath" | "schemes" | "definitions" | "consumes" | "produces"
        ),
        Object::Operation => matches!(key, "consumes" | "produces" | "schemes"),
        Object::Parameter | Object::Header => {
            matches!(
                key,
                "type"
                    | "format"
                    | "items"
                    | "collectionFormat"
                    | "enum"
                    | "default"
                    | "pattern"
                    | "minimum"
                    | "maximum"
            )
        }
        Object::Response => matches!(key, "schema"),
        _ => false,
    };
    if newer {
        return problem(format!(
            "`{key}` came with OpenAPI 3.1 or is of JSON Schema."
        ));
    }
    if older {
        let hint = match object {
            Object::Response => "`schema` belongs into a media type of `content`.".to_owned(),
            Object::Parameter | Object::Header if tree.get(parent, "schema").is_some() => {
                format!("`{key}` belongs into `schema`.")
            }
            _ => format!("`{key}` is of Swagger 2."),
        };
        return problem(hint);
    }
    let similar = object
        .fields()
        .iter()
        .map(|field| field.name)
        .find(|name| near(name, key));
    match similar {
        Some(name) => problem(format!("Is `{name}` meant?")),
        None => problem(format!("An extension's name starts with `x-`: `x-{key}`.")),
    }
}

/// Whether two names differ by case, a plural or one letter.
fn near(a: &str, b: &str) -> bool {
    if a.eq_ignore_ascii_case(b) {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 || a.len().min(b.len()) < 3 {
        return false;
    }
    let front = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let most = a.len().min(b.len()) - front;
    let back = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(a, b)| a == b)
        .count()
        .min(most);
    a.len().max(b.len()) - front - back <= 1
}

/// Fields beside `$ref`. Prose there is common and harmless; anything else changes what the reader believes.
pub(super) fn siblings(tree: &Tree, node: NodeId, object: Object) -> Option<Diagnostic> {
    let harmless = [
        "$ref",
        "description",
        "summary",
        "title",
        "example",
        "examples",
    ];
    let names: Vec<&str> = tree
        .map(node)?
        .entries()
        .iter()
        .map(|entry| entry.key.as_str())
        .filter(|key| !harmless.contains(key) && !key.starts_with("x-"))
        .collect();
    if names.is_empty() {
        return None;
    }
    let message = format!("Beside `$ref`, `{}` is ignored.", names.join("`, `"));
    let hint = match object {
        Object::Schema => "Put the reference into `allOf: [{$ref: …}]` to say more about it here.",
        _ => "Put it into what the reference leads to.",
    };
    Some(
        tree.problem(node, Code::ReferenceSiblings, message)
            .hint(hint),
    )
}
