//! Bodies and media types.

use std::collections::HashSet;

use super::Lowering;
use super::multipart::FORM_DATA;
use super::names::{Names, upper_camel};
use super::raw::RawOperation;
use super::style::query_style;
use super::type_kind::TypeKind;
use crate::diagnostic::Code;
use crate::media_type::{MediaType, essence, is_json};
use crate::model::Direction;
use crate::model::{
    Body, Docs, Encoding, FormField, Media, Method, ParameterShape, Payload, SchemaRef, Style, Type,
};
use crate::parse::grammar::Object;
use crate::source::NodeId;

impl Lowering<'_> {
    /// The request body.
    pub(super) fn body(&mut self, raw: &RawOperation, prefix: &str) -> Option<Body> {
        let reference = raw.typed.request_body.as_ref()?;
        let node = self.document.target(reference)?;
        let body: openapiv3::RequestBody =
            self.document
                .typed(node, Object::RequestBody, self.problems)?;
        if matches!(
            raw.method,
            Method::Get | Method::Head | Method::Delete | Method::Trace | Method::Options
        ) {
            let place = self.tree().get(raw.node, "requestBody").unwrap_or(raw.node);
            let message =
                "Requests of this method have no body by HTTP; many clients and proxies drop it.";
            self.report(place, Code::UnexpectedBody, message);
        }
        if body.content.len() == 1 {
            // It was put aside with the prefix for an enum that is not needed.
            self.type_names.release(&format!("{prefix}Body"));
        }
        let content = self.content(
            node,
            &body.content,
            Direction::Request,
            &format!("{prefix}Body"),
        );
        if content.is_empty() {
            if self.tree().get(node, "content").is_some_and(|content| {
                self.tree()
                    .map(content)
                    .is_some_and(crate::source::Map::is_empty)
            }) {
                let message = "A request body must have a media type.";
                self.report(node, Code::MissingField, message);
            }
            return None;
        }
        Some(Body {
            required: body.required,
            content,
            enum_name: format!("{prefix}Body"),
            docs: Docs {
                description: body.description,
                ..Docs::default()
            },
        })
    }

    /// The media types of a body or a response. `name` is for types that have to be made.
    pub(super) fn content(
        &mut self,
        holder: NodeId,
        content: &openapiv3::Content,
        direction: Direction,
        name: &str,
    ) -> Vec<Media> {
        let mut names = Names::default();
        let mut out: Vec<Media> = Vec::new();
        let mut nodes: Vec<(String, NodeId)> = Vec::new();
        let several = content.len() > 1;
        if several {
            self.type_names.take(name);
        }
        for (written, media) in content {
            let node = self
                .tree()
                .get(holder, "content")
                .and_then(|map| self.tree().get(map, written));
            let node = node.unwrap_or(holder);
            let Some(mut media_type) = MediaType::parse(written) else {
                let message = format!("`{written}` is not a media type.");
                self.report(node, Code::BadMediaType, message);
                continue;
            };
            let charset = media_type.take_charset();
            self.lint_charset(node, charset.as_deref());
            let full = media_type.to_string();
            if let Some(known) = nodes.iter().find(|(known, _)| *known == full) {
                self.repeated(&full, node, known.1);
                continue;
            }
            nodes.push((full.clone(), node));
            let essence = media_type.essence.as_str();
            let variant = names.variant(&variant_name(&media_type));
            // Where there are several media types, the plain name is that of their enum.
            let type_name = if several {
                format!("{name}{variant}")
            } else {
                name.to_owned()
            };
            let payload = self.payload(node, essence, media, direction, &type_name);
            out.push(Media {
                media_type: full,
                names_charset: charset.is_some(),
                variant,
                payload,
            });
        }
        out
    }

    pub(super) fn lint_charset(&mut self, node: NodeId, charset: Option<&str>) {
        if let Some(charset) = charset
            && !charset.eq_ignore_ascii_case("utf-8")
        {
            let message = format!("The charset `{charset}` is not supported.");
            self.report_with_hint(node, Code::CharsetNotSupported, message, "Use UTF-8.");
        }
    }

    /// A media type that no request tells from one before it.
    fn repeated(&mut self, media_type: &str, node: NodeId, first: NodeId) {
        let schema = |node| {
            let schema = self.tree().get(node, "schema");
            schema.map(|schema| self.tree().value(schema))
        };
        if schema(node) == schema(first) {
            let message = format!("`{media_type}` is in the list already.");
            return self.report(node, Code::DuplicateMediaType, message);
        }
        let message = format!("`{media_type}` is in the list already, with another schema.");
        let hint = "Media types are told apart by parameters other than `charset`.";
        self.report_with_hint(node, Code::ConflictingMediaTypes, message, hint);
    }

    fn payload(
        &mut self,
        node: NodeId,
        essence: &str,
        media: &openapiv3::MediaType,
        direction: Direction,
        name: &str,
    ) -> Payload {
        let schema = media
            .schema
            .as_ref()
            .and_then(|schema| self.document.target(schema));
        if essence == "application/problem+json"
            && schema.is_none_or(|schema| self.is_problem(schema))
        {
            return Payload::Problem;
        }
        if schema.is_some_and(|schema| self.is_binary(schema)) {
            return Payload::Binary;
        }
        if essence == FORM_DATA && direction == Direction::Request {
            return self.multipart(node, schema, name);
        }
        let is_form = essence == "application/x-www-form-urlencoded";
        if !is_form && let Some(encoding) = self.tree().get(node, "encoding") {
            let message = "`encoding` has no effect on this media type.";
            self.report(encoding, Code::EncodingIgnored, message);
        }
        if essence.starts_with("multipart/") {
            let message = match essence == FORM_DATA {
                true => "A response of parts is not supported.".to_owned(),
                false => format!("`{essence}` is not supported."),
            };
            self.report(node, Code::MultipartNotSupported, message);
            return Payload::Binary;
        }
        if STREAMS.contains(&essence) {
            let message = format!("`{essence}` is a stream, which is read and sent as one body.");
            self.report(node, Code::StreamNotSupported, message);
        }
        let takes_anything = matches!(essence, "*/*" | "application/*");
        if is_json(essence) || (takes_anything && schema.is_some()) {
            return match schema {
                Some(schema) => Payload::Json {
                    ty: self.operation_type(schema, direction, name),
                    schema: self.rules_of(schema),
                },
                None => Payload::Json {
                    ty: Type::Any,
                    schema: anything(),
                },
            };
        }
        if is_form {
            return self.form(node, schema, media, direction, name);
        }
        if essence.starts_with("text/") {
            return Payload::Text {
                schema: self.text_rules(node, schema),
            };
        }
        if let Some(schema) = schema
            && self.resolved_kind(schema) != TypeKind::Any
        {
            let message = format!(
                "`{essence}` is not read: the body is bytes, and the rules of its schema are left out."
            );
            let hint = "Use `type: string` with `format: binary`.";
            self.report_with_hint(node, Code::OpaqueBody, message, hint);
        }
        Payload::Binary
    }

    /// Whether the schema says that the body is bytes, whatever its media type says of them (OpenAPI 3.0, "Considerations for File
    /// Uploads").
    fn is_binary(&mut self, schema: NodeId) -> bool {
        let end = self.end_of(schema);
        let view = self.view(end);
        view.rules.typ.as_deref() == Some("string")
            && view.rules.format.as_deref() == Some("binary")
    }

    /// The rules of a text, if they can be rules of a text.
    fn text_rules(&mut self, node: NodeId, schema: Option<NodeId>) -> SchemaRef {
        let Some(schema) = schema else {
            return anything();
        };
        match self.resolved_kind(schema) {
            TypeKind::Scalar(ty)
                if !matches!(
                    ty,
                    Type::Boolean
                        | Type::Int32
                        | Type::Int64
                        | Type::Uint64
                        | Type::Float
                        | Type::Double
                ) =>
            {
                self.rules_of(schema)
            }
            TypeKind::Strings | TypeKind::Any | TypeKind::Json => self.rules_of(schema),
            _ => {
                let message = "The bytes of this media type are a text, which this schema does not accept; \
                    its rules are left out.";
                self.report_with_hint(node, Code::TextSchema, message, "Use `type: string`.");
                anything()
            }
        }
    }

    fn form(
        &mut self,
        node: NodeId,
        schema: Option<NodeId>,
        media: &openapiv3::MediaType,
        direction: Direction,
        name: &str,
    ) -> Payload {
        let Some(schema) = schema else {
            self.report(
                node,
                Code::FormSchema,
                "A form must have a schema, which must be an object.",
            );
            return Payload::Binary;
        };
        let Some(properties) = self.form_properties(schema) else {
            self.report(
                node,
                Code::FormSchema,
                "The schema of a form must be an object.",
            );
            return Payload::Binary;
        };
        self.lint_encodings(node, &properties, &["headers"]);
        let mut fields: Vec<FormField> = Vec::new();
        for (property, value) in properties {
            if fields.iter().all(|field| field.name != property) {
                let encoding = self.form_encoding(node, value, media.encoding.get(&property));
                fields.push(FormField {
                    name: property,
                    encoding,
                });
            }
        }
        let rest = self.form_rest(schema);
        let rest = rest.map(|values| self.form_encoding(node, values, None));
        Payload::Form {
            ty: self.operation_type(schema, direction, name),
            schema: self.rules_of(schema),
            fields,
            rest,
        }
    }

    /// The properties of an object, or of a choice of objects. `None`: it is something else.
    pub(super) fn form_properties(&mut self, schema: NodeId) -> Option<Vec<(String, NodeId)>> {
        let mut properties = Vec::new();
        let mut seen = HashSet::from([schema]);
        let mut work = vec![schema];
        while let Some(node) = work.pop() {
            match self.resolved_kind(node) {
                TypeKind::Struct(members) => {
                    for member in members.all() {
                        properties.extend(self.view(member).properties.iter().cloned());
                    }
                }
                TypeKind::Map(_) | TypeKind::FreeObject => {}
                TypeKind::Union(choice) => {
                    let alternatives = choice.alternatives.iter().rev();
                    let nodes = alternatives.map(|alternative| alternative.node);
                    work.extend(nodes.filter(|node| seen.insert(*node)));
                }
                _ => return None,
            }
        }
        Some(properties)
    }

    /// The schema of the properties that a form does not name, if it has one.
    pub(super) fn form_rest(&mut self, schema: NodeId) -> Option<NodeId> {
        let members = self.members_of(schema);
        let views = members.all().map(|member| self.view(member));
        let values: Vec<NodeId> = views.filter_map(|view| view.additional_schema()).collect();
        (!values.is_empty()).then(|| self.all_of(&values))
    }

    /// How a property of a form is written: as a query parameter would be, or, for an object, as JSON, unless
    /// `encoding` says otherwise.
    fn form_encoding(
        &mut self,
        place: NodeId,
        schema: NodeId,
        encoding: Option<&openapiv3::Encoding>,
    ) -> Encoding {
        let written = encoding
            .and_then(|encoding| encoding.style.as_ref())
            .map(query_style);
        let json = encoding
            .and_then(|encoding| encoding.content_type.as_deref())
            .is_some_and(|content_type| is_json(&essence(content_type)));
        if json {
            return Encoding::Json;
        }
        let complex = match self.resolved_kind(schema) {
            TypeKind::Struct(_) | TypeKind::Map(_) | TypeKind::FreeObject => true,
            TypeKind::Array(Some(items)) => matches!(
                self.resolved_kind(items),
                TypeKind::Struct(_) | TypeKind::Map(_) | TypeKind::FreeObject | TypeKind::Array(_)
            ),
            _ => false,
        };
        if complex && written.is_none() {
            return Encoding::Json;
        }
        let style = written.unwrap_or(Style::Form);
        let shape = match self.resolved_kind(schema) {
            _ if style == Style::DeepObject => self.deep_shape(schema, place),
            // A choice is taken as it comes; its variants say the rest.
            TypeKind::Union(_) => ParameterShape::Scalar,
            _ => self.parameter_shape(schema, place),
        };
        let explode = encoding.map_or(style == Style::Form, |encoding| encoding.explode);
        Encoding::Style {
            style,
            explode,
            shape,
        }
    }
}

fn anything() -> SchemaRef {
    SchemaRef::Inline(Box::default())
}

/// Media types of which a body has no end, or is read in parts.
const STREAMS: &[&str] = &[
    "text/event-stream",
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "application/json-seq",
    "multipart/x-mixed-replace",
];

/// `application/vnd.pet+json` → `VndPetJson`; the usual ones have short names.
fn variant_name(media_type: &MediaType) -> String {
    let essence = media_type.essence.as_str();
    let plain = match essence {
        "application/json" => "Json".to_owned(),
        "application/problem+json" => "Problem".to_owned(),
        "application/x-www-form-urlencoded" => "Form".to_owned(),
        "application/octet-stream" => "Bytes".to_owned(),
        "multipart/form-data" => "Multipart".to_owned(),
        "text/plain" => "Text".to_owned(),
        "*/*" => "Any".to_owned(),
        _ => match essence.split_once('/') {
            Some(("application", subtype)) => match subtype.strip_prefix('*') {
                Some("") => "AnyApplication".to_owned(),
                Some(suffix) => format!("AnyApplication{}", upper_camel(suffix)),
                None => upper_camel(subtype),
            },
            Some((kind, "*")) => format!("Any{}", upper_camel(kind)),
            _ => upper_camel(essence),
        },
    };
    let parameters = media_type.parameters.iter();
    parameters.fold(plain, |name, (parameter, value)| {
        format!("{name}{}", upper_camel(&format!("{parameter} {value}")))
    })
}
