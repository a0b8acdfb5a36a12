//! The document of all events that webhooks receive: a JSON Schema of the body for each type.

use civicforge_runtime::static_file::StaticFile;
use serde_json::{Map, Value, json};

use crate::app::event_types;

/// The document, as it is served.
///
/// # Errors
///
/// It has no form in JSON.
pub fn asset() -> Result<StaticFile, serde_json::Error> {
    let text = serde_json::to_string(&document())?;
    Ok(StaticFile::new("application/json", text))
}

/// The document: an object with a schema for each kind of events.
pub fn document() -> Value {
    let schemas = event_types().into_iter().map(|event| {
        let mut data = event.schema.map_or(Value::Bool(true), |schema| schema());
        if let Value::Object(data) = &mut data {
            // The whole says it.
            data.remove("$schema");
        }
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": event.kind,
            "description": event.description,
            "type": "object",
            "properties": {
                "type": {"const": event.kind},
                "version": {"const": event.version},
                "timestamp": {"type": "string", "format": "date-time", "description": "When it has happened."},
                "data": data,
            },
            "required": ["type", "version", "timestamp", "data"],
        });
        (event.kind.to_owned(), schema)
    });
    Value::Object(schemas.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Set `EXPECTORATE=overwrite` to write it anew.
    #[test]
    fn the_published_document_is_fresh() {
        let text = serde_json::to_string_pretty(&document()).unwrap() + "\n";
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/events.json");
        expectorate::assert_contents(path, &text);
    }

    #[test]
    fn the_page_about_events_has_every_kind() {
        let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/events.md");
        let page = std::fs::read_to_string(page).unwrap();
        for event in event_types() {
            let row = format!("| `{}` | {} |", event.kind, event.description);
            assert!(page.contains(&row), "{row}");
        }
    }
}
