//! Typed access to one object of the document, with the `openapiv3` crate.
//!
//! A whole document is never deserialized at once, because then the first problem would be the last, and nobody
//! would know where it is; also, `openapiv3` tries each `oneOf` of shapes anew at every level, which takes
//! exponential time on a deep document that is wrong at the bottom. Instead a *view* of one object is made and
//! deserialized:
//!
//! * where the specification allows a reference, the view has one, `{"$ref": "#123"}`, whose text is the number
//!   of the node ([`NodeId`]) that stands there or is referred to. Following it ([`Document::target`]) leads back
//!   into the located tree, so every typed value keeps its place;
//! * values that did not pass the structure check are left out, and what is missing is filled with the emptiest
//!   value: the problem was reported, and the rest can still be looked at;
//! * examples and extensions are left out.

use openapiv3::ReferenceOr;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::Document;
use super::check::{count, fits};
use super::grammar::{Field, Kind, Need, Object};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::{Data, NodeId};

impl Document {
    /// One object, typed. `None`: `openapiv3` does not take it; the reason is among the problems.
    pub fn typed<T: DeserializeOwned>(
        &self,
        node: NodeId,
        object: Object,
        problems: &mut Diagnostics,
    ) -> Option<T> {
        let view = self.view(node, Kind::Inline(object))?;
        match serde_path_to_error::deserialize(view) {
            Ok(value) => Some(value),
            Err(error) => {
                let steps: Vec<String> = error.path().iter().map(ToString::to_string).collect();
                let at = (0..=steps.len())
                    .rev()
                    .find_map(|length| self.tree().follow(node, &steps[..length]))
                    .unwrap_or(node);
                let message = format!(
                    "The {} is not as it should be: {}.",
                    object.title(),
                    error.inner()
                );
                problems.push(self.tree().problem(at, Code::BadValue, message));
                None
            }
        }
    }

    /// The node behind a reference of a view.
    pub fn target<T>(&self, reference: &ReferenceOr<T>) -> Option<NodeId> {
        match reference {
            ReferenceOr::Reference { reference } => {
                let node = NodeId(reference.strip_prefix('#')?.parse().ok()?);
                ((node.0 as usize) < self.tree().len()).then_some(node)
            }
            // A view has references only.
            ReferenceOr::Item(_) => None,
        }
    }

    fn reference(&self, node: NodeId) -> Option<Value> {
        let end = self.resolve(node)?;
        self.tree().map(end)?;
        Some(json!({ "$ref": format!("#{}", end.0) }))
    }

    /// The view of a value; `None` where it does not fit.
    fn view(&self, node: NodeId, kind: Kind) -> Option<Value> {
        let data = self.tree().data(node);
        if !fits(kind, data) {
            return None;
        }
        Some(match (kind, data) {
            (Kind::ObjectOrReference(_), _) | (Kind::BooleanOrSchema, Data::Object(_)) => {
                self.reference(node)?
            }
            (Kind::Inline(object), _) => Value::Object(self.fields(node, object)),
            (Kind::Map(inner), Data::Object(map)) => Value::Object(
                map.entries()
                    .iter()
                    .filter_map(|entry| Some((entry.key.clone(), self.view(entry.value, *inner)?)))
                    .collect(),
            ),
            (Kind::List(inner), Data::Array(items)) => items
                .iter()
                .filter_map(|item| self.view(*item, *inner))
                .collect(),
            (Kind::StringArray, Data::Array(items)) => items
                .iter()
                .filter_map(|item| self.view(*item, Kind::String))
                .collect(),
            (Kind::UnsignedInteger, Data::Number(number)) => json!(count(number)?),
            _ => self.tree().value(node),
        })
    }

    fn fields(&self, node: NodeId, object: Object) -> Map<String, Value> {
        let mut out = Map::new();
        let Some(map) = self.tree().map(node) else {
            return out;
        };
        for entry in map.entries() {
            if matches!(
                entry.key.as_str(),
                "example" | "examples" | "callbacks" | "links"
            ) {
                continue;
            }
            let kind = match object.field(&entry.key) {
                Some(field) => Some(field.kind),
                None if entry.key.starts_with("x-") => None,
                None => object.free(),
            };
            if let Some(value) = kind.and_then(|kind| self.view(entry.value, kind)) {
                out.insert(entry.key.clone(), value);
            }
        }
        for field in object.fields() {
            if field.need != Need::Optional && !out.contains_key(field.name) {
                out.insert(field.name.to_owned(), self.emptiest(field));
            }
        }
        repair(object, &mut out);
        out
    }

    fn emptiest(&self, field: &Field) -> Value {
        match field.kind {
            Kind::StringEnum(words) => json!(words.first()),
            Kind::Boolean => json!(false),
            Kind::Number | Kind::UnsignedInteger => json!(0),
            Kind::Inline(object) => {
                let mut out = Map::new();
                for field in object
                    .fields()
                    .iter()
                    .filter(|field| field.need != Need::Optional)
                {
                    out.insert(field.name.to_owned(), self.emptiest(field));
                }
                repair(object, &mut out);
                Value::Object(out)
            }
            Kind::Map(_) | Kind::ObjectOrReference(_) => json!({}),
            Kind::StringArray | Kind::Values | Kind::List(_) => json!([]),
            Kind::String | Kind::Any | Kind::BooleanOrSchema => json!(""),
        }
    }
}

/// What `openapiv3` asks for beyond the tables. Each of these was reported where it is lowered.
fn repair(object: Object, out: &mut Map<String, Value>) {
    match object {
        Object::Parameter | Object::Header => {
            let styles: &[&str] = match out.get("in").and_then(Value::as_str) {
                Some("path") => &["matrix", "label", "simple"],
                Some("query") => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
                Some("cookie") => &["form"],
                _ => &["simple"],
            };
            if !out
                .get("style")
                .and_then(Value::as_str)
                .is_some_and(|style| styles.contains(&style))
            {
                out.remove("style");
            }
            if out.contains_key("content") && out.contains_key("schema") {
                out.remove("content");
            }
            if !out.contains_key("schema") && !out.contains_key("content") {
                out.insert("content".to_owned(), json!({}));
            }
        }
        Object::Encoding => {
            let styles = ["form", "spaceDelimited", "pipeDelimited", "deepObject"];
            if !out
                .get("style")
                .and_then(Value::as_str)
                .is_some_and(|style| styles.contains(&style))
            {
                out.remove("style");
            }
            // `openapiv3` has no third state for "not said".
            let form = out.get("style").is_none_or(|style| style == "form");
            out.entry("explode").or_insert(json!(form));
        }
        Object::Paths => out.retain(|path, _| path.starts_with('/')),
        Object::Responses => out.retain(|status, _| is_status(status)),
        Object::SecurityScheme => {
            for (kind, name, value) in [
                ("apiKey", "name", json!("")),
                ("apiKey", "in", json!("header")),
                ("http", "scheme", json!("bearer")),
                ("oauth2", "flows", json!({})),
                ("openIdConnect", "openIdConnectUrl", json!("")),
            ] {
                if out.get("type").and_then(Value::as_str) == Some(kind) && !out.contains_key(name)
                {
                    out.insert(name.to_owned(), value);
                }
            }
        }
        _ => {}
    }
}

/// Whether a key of `responses` is one.
#[must_use]
pub fn is_status(key: &str) -> bool {
    let bytes = key.as_bytes();
    key == "default"
        || (bytes.len() == 3
            && (b'1'..=b'5').contains(&bytes[0])
            && (bytes[1..].iter().all(u8::is_ascii_digit)
                || bytes[1..].iter().all(|b| b.eq_ignore_ascii_case(&b'x'))))
}
