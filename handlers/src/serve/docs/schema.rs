//! Schemas, as a reader of the documentation wants them: a type in a few words, and a table of fields.

use serde_json::Value;

use super::markup::{blocks, escape, inline};
use super::text;

/// The name of a component schema that a reference points to.
fn referred(schema: &Value) -> Option<&str> {
    text(schema, "$ref").strip_prefix("#/components/schemas/")
}

/// A type in a few words, with links to component schemas.
pub fn type_of(schema: &Value) -> String {
    if let Some(name) = referred(schema) {
        return format!("<a href=\"#schema-{0}\">{0}</a>", escape(name));
    }
    if let Some(all) = schema["allOf"].as_array() {
        return all.iter().map(type_of).collect::<Vec<_>>().join(" and ");
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(any) = schema[choice].as_array() {
            return any.iter().map(type_of).collect::<Vec<_>>().join(" or ");
        }
    }
    let mut words = match text(schema, "type") {
        "array" => format!("array of {}", type_of(&schema["items"])),
        "" => "any value".to_owned(),
        name => escape(name),
    };
    if let Some(format) = schema["format"].as_str() {
        words.push_str(&format!(" ({})", escape(format)));
    }
    if schema["nullable"] == true {
        words.push_str(" or null");
    }
    words
}

/// The limits of a value, in words.
pub fn limits(schema: &Value) -> String {
    const NAMES: [(&str, &str); 11] = [
        ("minLength", "at least {} characters"),
        ("maxLength", "at most {} characters"),
        ("minimum", "at least {}"),
        ("maximum", "at most {}"),
        ("minItems", "at least {} items"),
        ("maxItems", "at most {} items"),
        ("multipleOf", "a multiple of {}"),
        ("pattern", "matches {}"),
        ("default", "{} where absent"),
        ("enum", "one of {}"),
        ("uniqueItems", "no item twice: {}"),
    ];
    let limits = NAMES.iter().filter_map(|(name, words)| {
        let value = match schema.get(*name)? {
            Value::String(text) => code(text),
            Value::Array(values) => {
                let values = values.iter().map(|value| code(&plain(value)));
                values.collect::<Vec<_>>().join(", ")
            }
            other => escape(&other.to_string()),
        };
        Some(words.replace("{}", &value))
    });
    limits.collect::<Vec<_>>().join("; ")
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// The section of a component schema.
pub fn section(name: &str, schema: &Value) -> String {
    let name = escape(name);
    let mut html = format!(
        "<section aria-labelledby=\"schema-{name}\">\n<h3 id=\"schema-{name}\">{name}</h3>\n{}",
        blocks(text(schema, "description"), 4)
    );
    let limits = limits(schema);
    if !limits.is_empty() {
        html.push_str(&format!("<p>{}: {limits}.</p>\n", type_of(schema)));
    }
    if let Some(fields) = schema["properties"].as_object() {
        html.push_str(
            "<table>\n<thead><tr><th scope=\"col\">Field</th><th scope=\"col\">Type</th>",
        );
        html.push_str("<th scope=\"col\">Description</th></tr></thead>\n<tbody>\n");
        let required = |name: &str| {
            let names = schema["required"].as_array();
            names.is_some_and(|names| names.iter().any(|one| one == name))
        };
        for (name, field) in fields {
            html.push_str(&row(
                name,
                required(name),
                field,
                text(field, "description"),
            ));
        }
        html.push_str("</tbody>\n</table>\n");
    }
    html.push_str("</section>\n");
    html
}

/// A row of a table of fields or parameters.
pub fn row(name: &str, required: bool, schema: &Value, description: &str) -> String {
    let limits = limits(schema);
    let limits = match limits.is_empty() {
        true => String::new(),
        false => format!("<br><small>{limits}</small>"),
    };
    let required = if required {
        ""
    } else {
        " <small>optional</small>"
    };
    format!(
        "<tr><th scope=\"row\"><code>{}</code>{required}</th><td>{}{limits}</td><td>{}</td></tr>\n",
        escape(name),
        type_of(schema),
        inline(description)
    )
}
