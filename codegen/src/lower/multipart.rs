//! Bodies of `multipart/form-data`: what each part is (OpenAPI 3.0, "Special Considerations for multipart Content").
//!
//! A string of `format: binary` is a file where it is a part, or an item of an array of parts. There it has a type of its own, which
//! also holds the name and the media type that are sent with it. [`Lowering::find_files`] finds those schemas before any type is
//! chosen, so that a schema is held in one way wherever it is used.

use std::collections::HashSet;

use super::Lowering;
use super::raw::RawOperation;
use super::type_kind::TypeKind;
use crate::diagnostic::Code;
use crate::media_type::{MediaType, essence, is_json};
use crate::model::{Direction, PartEncoding, PartField, PartKind, Payload, Type};
use crate::parse::schema::Schemas;
use crate::source::NodeId;

/// The one media type whose parts are read.
pub(super) const FORM_DATA: &str = "multipart/form-data";

/// Media types whose content is not a text.
const NOT_TEXTS: [&str; 5] = [
    "application/octet-stream",
    "audio/",
    "font/",
    "image/",
    "video/",
];

impl Lowering<'_> {
    /// Finds the schemas whose values are files in a request.
    pub(super) fn find_files(&mut self, operations: &[RawOperation]) {
        let bodies = operations
            .iter()
            .filter_map(|operation| operation.typed.request_body.as_ref());
        let bodies: HashSet<NodeId> = bodies
            .filter_map(|body| self.document.target(body))
            .collect();
        let mut found = HashSet::new();
        for body in bodies {
            let tree = self.document.tree();
            let content = tree.get(body, "content").and_then(|map| tree.map(map));
            let media = content.map(|map| map.entries()).unwrap_or_default();
            let media = media
                .iter()
                .filter(|entry| essence(&entry.key) == FORM_DATA);
            for media in media.map(|entry| entry.value) {
                let schema = tree.get(media, "schema");
                let Some(schema) = schema.and_then(|schema| self.document.resolve(schema)) else {
                    continue;
                };
                for property in parts_of(&self.schemas, schema) {
                    found.extend(binary(&self.schemas, property));
                }
            }
        }
        self.files = found;
    }

    /// A request body of parts.
    pub(super) fn multipart(
        &mut self,
        node: NodeId,
        schema: Option<NodeId>,
        name: &str,
    ) -> Payload {
        let properties = schema.and_then(|schema| self.form_properties(schema));
        let (Some(schema), Some(properties)) = (schema, properties) else {
            let message = "A multipart body must have a schema, which must be an object.";
            self.report(node, Code::FormSchema, message);
            return Payload::Binary;
        };
        let ignored = ["style", "explode", "allowReserved", "headers"];
        self.lint_encodings(node, &properties, &ignored);
        let mut fields: Vec<PartField> = Vec::new();
        for (property, value) in properties {
            let encoding = self.part_encoding(node, Some(&property), value);
            match fields.iter_mut().find(|field| field.name == property) {
                None => fields.push(PartField {
                    name: property,
                    encoding,
                }),
                Some(known) if encoding == known.encoding => {}
                Some(known) if known.encoding.kind == PartKind::Any => known.encoding = encoding,
                Some(_) if encoding.kind == PartKind::Any => {}
                Some(_) => {
                    let message = format!(
                        "The schemas of `{property}` differ in what a part of it would be."
                    );
                    self.report(value, Code::PartNotSupported, message);
                }
            }
        }
        let rest = match self.form_rest(schema) {
            Some(values) => self.part_encoding(node, None, values),
            None => PartEncoding::default(),
        };
        Payload::Multipart {
            ty: self.operation_type(schema, Direction::Request, name),
            schema: self.rules_of(schema),
            fields,
            rest,
        }
    }

    /// Reports what an Encoding Object says without an effect. `ignored` has the fields that mean nothing for the media type.
    pub(super) fn lint_encodings(
        &mut self,
        media: NodeId,
        properties: &[(String, NodeId)],
        ignored: &[&str],
    ) {
        let tree = self.tree();
        let map = tree.get(media, "encoding").and_then(|map| tree.map(map));
        let entries = map.map(|map| map.entries()).unwrap_or_default();
        let mut found = Vec::new();
        for entry in entries {
            if properties.iter().all(|(name, _)| *name != entry.key) {
                let message = format!("The schema has no property `{}`.", entry.key);
                found.push((entry.value, message));
                continue;
            }
            for field in ignored {
                let place = tree.get(entry.value, field);
                let message = format!("`{field}` has no effect on this media type.");
                found.extend(place.map(|place| (place, message)));
            }
        }
        for (place, message) in found {
            self.report(place, Code::EncodingIgnored, message);
        }
    }

    /// What the parts of a property are; of the properties that have no name, where there is no property.
    fn part_encoding(
        &mut self,
        media: NodeId,
        property: Option<&str>,
        schema: NodeId,
    ) -> PartEncoding {
        let written = property.and_then(|property| self.content_type(media, property));
        let media_types = written.map_or_else(Vec::new, |place| self.part_media_types(place));
        let (items, is_list) = match self.resolved_kind(schema) {
            TypeKind::Array(items) => (items, true),
            _ => (Some(schema), false),
        };
        let has_types = !media_types.is_empty();
        let is_json = media_types.iter().all(|one| is_json(&essence(one)));
        let kind = match items.map_or(Ok(PartKind::Any), |items| self.part_kind(items)) {
            Ok(PartKind::File) => Ok(PartKind::File),
            Ok(_) if has_types && is_json => Ok(PartKind::Json),
            Ok(PartKind::Json) if has_types => Err("An object is read as JSON only."),
            Ok(_) if media_types.iter().any(|one| is_not_text(one)) => {
                Err("Only a file is read of a media type that is not a text.")
            }
            kind => kind,
        };
        let kind = kind.unwrap_or_else(|reason| {
            let name = property.unwrap_or("additionalProperties");
            let message = format!("`{name}` cannot be a part of a body. {reason}");
            let hint =
                "A file is `type: string` with `format: binary`; an object of any shape is JSON.";
            self.report_with_hint(schema, Code::PartNotSupported, message, hint);
            PartKind::Text
        });
        PartEncoding {
            kind,
            is_list,
            media_types,
        }
    }

    /// Where `encoding.contentType` of a property is.
    fn content_type(&self, media: NodeId, property: &str) -> Option<NodeId> {
        let tree = self.tree();
        let encoding = tree.get(tree.get(media, "encoding")?, property)?;
        tree.get(encoding, "contentType")
    }

    /// The media types and ranges in a list.
    fn part_media_types(&mut self, place: NodeId) -> Vec<String> {
        let written = self.tree().text(place).unwrap_or_default().to_owned();
        let mut out = Vec::new();
        for text in written.split(',').map(str::trim) {
            match MediaType::parse(text) {
                Some(mut media_type) => {
                    let charset = media_type.take_charset();
                    self.lint_charset(place, charset.as_deref());
                    out.push(media_type.to_string());
                }
                None => {
                    let message = format!("`{text}` is not a media type.");
                    self.report(place, Code::BadMediaType, message);
                }
            }
        }
        out
    }

    /// What one part of a schema is, or why there is none.
    fn part_kind(&mut self, node: NodeId) -> Result<PartKind, &'static str> {
        let mut found: Option<PartKind> = None;
        let mut seen = HashSet::from([node]);
        let mut work = vec![node];
        while let Some(node) = work.pop() {
            let kind = match self.resolved_kind(node) {
                TypeKind::Struct(_) | TypeKind::Map(_) | TypeKind::FreeObject => PartKind::Json,
                TypeKind::Scalar(Type::File) => PartKind::File,
                TypeKind::Scalar(_) | TypeKind::Strings | TypeKind::Integers => PartKind::Text,
                TypeKind::Any | TypeKind::Json => PartKind::Any,
                TypeKind::Array(_) => return Err("A list is read only of parts of its own."),
                TypeKind::Union(choice) => {
                    let nodes = choice.alternatives.iter().map(|one| one.node);
                    work.extend(nodes.filter(|node| seen.insert(*node)));
                    continue;
                }
                TypeKind::Alias(_) => continue,
            };
            if *found.get_or_insert(kind) != kind {
                return Err("Nothing tells which of its alternatives a part is.");
            }
        }
        Ok(found.unwrap_or(PartKind::Any))
    }
}

fn is_not_text(media_type: &str) -> bool {
    NOT_TEXTS.iter().any(|other| media_type.starts_with(other))
}

/// The schemas of the properties of an object, whatever it is combined from.
fn parts_of(schemas: &Schemas, schema: NodeId) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut seen = HashSet::from([schema]);
    let mut work = vec![schema];
    while let Some(node) = work.pop() {
        let Some(view) = schemas.get(&node) else {
            continue;
        };
        found.extend(view.properties.iter().map(|(_, node)| *node));
        found.extend(view.additional_schema());
        let combined = view.all_of.iter().chain(&view.any_of).chain(&view.one_of);
        work.extend(combined.copied().filter(|node| seen.insert(*node)));
    }
    found
}

/// The schemas of `format: binary` that a property, or an item of it, is combined from.
fn binary(schemas: &Schemas, property: NodeId) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut seen = HashSet::from([property]);
    // Each with whether it is an item.
    let mut work = vec![(property, false)];
    while let Some((node, is_item)) = work.pop() {
        let Some(view) = schemas.get(&node) else {
            continue;
        };
        let (typ, format) = (view.rules.typ.as_deref(), view.rules.format.as_deref());
        if typ == Some("string") && format == Some("binary") {
            found.push(node);
        }
        let combined = view.all_of.iter().chain(&view.any_of).chain(&view.one_of);
        let items = view.items.filter(|_| !is_item);
        let next = combined.map(|node| (*node, is_item));
        let next = next.chain(items.map(|node| (node, true)));
        work.extend(next.filter(|(node, _)| seen.insert(*node)));
    }
    found
}
