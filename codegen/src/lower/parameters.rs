//! Parameters.

use openapiv3::{
    CookieStyle, HeaderStyle, Parameter as Typed, ParameterData, ParameterSchemaOrContent,
    PathStyle,
};

use super::Lowering;
use super::names::{Names, upper_camel};
use super::raw::{RawOperation, RawParameter};
use super::style::query_style;
use super::type_kind::TypeKind;
use crate::diagnostic::Code;
use crate::media_type::{essence, is_json};
use crate::model::Direction;
use crate::model::{
    Docs, Encoding, Location, Parameter, ParameterShape, Presence, Schema, SchemaRef, Style, Type,
};
use crate::source::NodeId;

/// What makes two parameters the same one. Header names do not depend on case.
pub(super) fn key(parameter: &Typed) -> (Location, String) {
    let location = location(parameter);
    let name = &parameter.parameter_data_ref().name;
    (
        location,
        if location == Location::Header {
            name.to_ascii_lowercase()
        } else {
            name.clone()
        },
    )
}

fn location(parameter: &Typed) -> Location {
    match parameter {
        Typed::Path { .. } => Location::Path,
        Typed::Query { .. } => Location::Query,
        Typed::Header { .. } => Location::Header,
        Typed::Cookie { .. } => Location::Cookie,
    }
}

fn style(parameter: &Typed) -> Style {
    match parameter {
        Typed::Path {
            style: PathStyle::Simple,
            ..
        }
        | Typed::Header {
            style: HeaderStyle::Simple,
            ..
        } => Style::Simple,
        Typed::Path {
            style: PathStyle::Label,
            ..
        } => Style::Label,
        Typed::Path {
            style: PathStyle::Matrix,
            ..
        } => Style::Matrix,
        Typed::Query { style, .. } => query_style(style),
        Typed::Cookie {
            style: CookieStyle::Form,
            ..
        } => Style::Form,
    }
}

impl Lowering<'_> {
    /// The operation's parameters. `fields` has the names in its request that are taken.
    pub(super) fn parameters(
        &mut self,
        raw: &RawOperation,
        prefix: &str,
        fields: &mut Names,
    ) -> Vec<Parameter> {
        let names = super::paths::template_names(&raw.path);
        let mut out = Vec::new();
        for parameter in &raw.parameters {
            let data = parameter.typed.parameter_data_ref();
            let location = location(&parameter.typed);
            if location == Location::Path && !names.contains(&data.name) {
                let message = format!("The path `{}` has no `{{{}}}`.", raw.path, data.name);
                self.report(parameter.listed, Code::UnusedPathParameter, message);
                continue;
            }
            let ignored = ["accept", "content-type", "authorization"];
            if location == Location::Header
                && ignored.contains(&data.name.to_ascii_lowercase().as_str())
            {
                let message = format!(
                    "A header parameter called `{}` is ignored by the specification.",
                    data.name
                );
                let hint = "Say it with `content` or `security`.";
                self.report_with_hint(parameter.listed, Code::IgnoredHeader, message, hint);
                continue;
            }
            let lowered = self.parameter(parameter, prefix, fields);
            out.push(lowered);
        }
        for name in names {
            if !out
                .iter()
                .any(|parameter| parameter.location == Location::Path && parameter.name == name)
            {
                let message = format!(
                    "The path has `{{{name}}}`, but the operation has no such path parameter."
                );
                self.report(raw.node, Code::UndeclaredPathParameter, message);
                out.push(text_parameter(&name, fields));
            }
        }
        out
    }

    fn parameter(&mut self, raw: &RawParameter, prefix: &str, fields: &mut Names) -> Parameter {
        let data = raw.typed.parameter_data_ref();
        let location = location(&raw.typed);
        let field = field_name(&data.name, location, fields);
        self.lint_parameter(raw, data);
        let type_name = format!("{prefix}{}", upper_camel(&data.name));
        let schema = self.parameter_schema(raw.node, &data.format);
        let (node, json) = match schema {
            Some((node, json)) => (Some(node), json),
            None => (None, false),
        };
        let ty = node.map_or(Type::String, |node| {
            self.operation_type(node, Direction::Request, &type_name)
        });
        let encoding = match node {
            Some(_) if json => Encoding::Json,
            Some(node) => {
                let style = style(&raw.typed);
                self.lint_style(raw.node, style, node);
                Encoding::Style {
                    style,
                    explode: data.explode.unwrap_or(style == Style::Form),
                    shape: match style {
                        Style::DeepObject => self.deep_shape(node, raw.listed),
                        _ => self.parameter_shape(node, raw.listed),
                    },
                }
            }
            None => scalar(style(&raw.typed)),
        };
        let default = node.and_then(|node| self.default_of(node));
        let presence = match default {
            _ if data.required || location == Location::Path => Presence::Required,
            Some(value) => Presence::Default(value),
            None => Presence::Optional,
        };
        let allow_empty = matches!(
            &raw.typed,
            Typed::Query {
                allow_empty_value: Some(true),
                ..
            }
        );
        let docs = Docs {
            summary: None,
            description: data.description.clone(),
            deprecated: data.deprecated.unwrap_or_default(),
        };
        Parameter {
            name: data.name.clone(),
            field,
            location,
            encoding,
            presence,
            ty,
            schema: node.map_or_else(any_text, |node| self.rules_of(node)),
            allow_empty,
            beside: Vec::new(),
            docs,
        }
    }

    fn lint_parameter(&mut self, raw: &RawParameter, data: &ParameterData) {
        if matches!(raw.typed, Typed::Path { .. }) && !data.required {
            let message = format!(
                "The path parameter `{}` must have `required: true`.",
                data.name
            );
            self.report_with_hint(
                raw.node,
                Code::OptionalPathParameter,
                message,
                "Add `required: true`.",
            );
        }
        if let Some(written) = self.tree().get(raw.node, "style")
            && let Some(text) = self.tree().text(written)
            && crate::parse::grammar::STYLES.contains(&text)
        {
            let allowed: &[&str] = match raw.typed {
                Typed::Path { .. } => &["matrix", "label", "simple"],
                Typed::Query { .. } => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
                Typed::Header { .. } => &["simple"],
                Typed::Cookie { .. } => &["form"],
            };
            if !allowed.contains(&text) {
                let message = format!("This parameter cannot have `style: {text}`.");
                let hint = format!("One of `{}`.", allowed.join("`, `"));
                self.report_with_hint(written, Code::ParameterStyle, message, hint);
            }
        }
    }

    /// The schema of a parameter or header, and whether it is written as JSON. `None`: a text.
    pub(super) fn parameter_schema(
        &mut self,
        node: NodeId,
        format: &ParameterSchemaOrContent,
    ) -> Option<(NodeId, bool)> {
        if self.tree().get(node, "schema").is_some() && self.tree().get(node, "content").is_some() {
            let message = "Only one of `schema` and `content` can say what the value is.";
            self.report(node, Code::ParameterContent, message);
        }
        match format {
            ParameterSchemaOrContent::Schema(schema) => {
                self.document.target(schema).map(|node| (node, false))
            }
            ParameterSchemaOrContent::Content(content) => {
                let place = self.tree().get(node, "content").unwrap_or(node);
                let (Some((name, media)), 1) = (content.first(), content.len()) else {
                    if self.tree().get(node, "schema").is_none() {
                        let message = "One of `schema` and `content`, with one media type, must say what the value is.";
                        self.report(place, Code::ParameterContent, message);
                    }
                    return None;
                };
                let schema = media
                    .schema
                    .as_ref()
                    .and_then(|schema| self.document.target(schema));
                let json = is_json(&essence(name));
                if !json && !essence(name).starts_with("text/") {
                    let message = format!("A value written as `{name}` is not supported here.");
                    let hint = "Use `application/json`, or `schema` with a `style`.";
                    self.report_with_hint(place, Code::ParameterContent, message, hint);
                }
                schema.filter(|_| json).map(|schema| (schema, true))
            }
        }
    }

    /// What a parameter's text is split into.
    ///
    /// Remembered, because choices between choices would otherwise be looked at exponentially often.
    pub(super) fn parameter_shape(&mut self, node: NodeId, place: NodeId) -> ParameterShape {
        if let Some(known) = self.parameter_shapes.get(&(node, place)) {
            return known.clone();
        }
        let shape = self.find_parameter_shape(node, place);
        self.parameter_shapes.insert((node, place), shape.clone());
        shape
    }

    fn find_parameter_shape(&mut self, node: NodeId, place: NodeId) -> ParameterShape {
        match self.resolved_kind(node) {
            TypeKind::Array(items) => {
                if let Some(items) = items
                    && self.is_nested(items)
                {
                    self.unwritable(place, "A list of lists or objects");
                }
                ParameterShape::Array
            }
            TypeKind::Struct(members) => {
                let views: Vec<_> = members.all().map(|member| self.view(member)).collect();
                let mut properties: Vec<String> = Vec::new();
                for (name, schema) in views.iter().flat_map(|view| &view.properties) {
                    if !properties.contains(name) {
                        properties.push(name.clone());
                    }
                    if self.is_nested(*schema) {
                        self.unwritable(place, "An object of lists or objects");
                    }
                }
                for name in views.iter().flat_map(|view| &view.rules.required) {
                    if !properties.contains(name) {
                        properties.push(name.clone());
                    }
                }
                let open = views.iter().any(|view| view.is_open());
                ParameterShape::Object { properties, open }
            }
            TypeKind::FreeObject => ParameterShape::Object {
                properties: Vec::new(),
                open: true,
            },
            TypeKind::Map(values) => {
                if self.is_nested(values) {
                    self.unwritable(place, "A map of lists or objects");
                }
                ParameterShape::Object {
                    properties: Vec::new(),
                    open: true,
                }
            }
            TypeKind::Union(choice) => {
                let shapes: Vec<_> = choice
                    .alternatives
                    .iter()
                    .map(|alternative| self.parameter_shape(alternative.node, place))
                    .collect();
                match shapes.first() {
                    Some(first) if shapes.iter().all(|shape| shape == first) => first.clone(),
                    _ => {
                        self.unwritable(
                            place,
                            "A choice between a string and an array or an object",
                        );
                        ParameterShape::Scalar
                    }
                }
            }
            _ => ParameterShape::Scalar,
        }
    }

    fn is_nested(&mut self, node: NodeId) -> bool {
        matches!(
            self.resolved_kind(node),
            TypeKind::Array(_) | TypeKind::Struct(_) | TypeKind::Map(_) | TypeKind::FreeObject
        )
    }

    fn unwritable(&mut self, place: NodeId, what: &str) {
        let message = format!("{what} has no defined way of being written in a parameter.");
        let hint = "Use `content: {application/json: {schema: …}}` instead of `schema`; in a query or a form, also `style: deepObject`.";
        self.report_with_hint(place, Code::ParameterShape, message, hint);
    }

    fn lint_style(&mut self, node: NodeId, style: Style, schema: NodeId) {
        let kind = self.resolved_kind(schema);
        let object = matches!(
            kind,
            TypeKind::Struct(_) | TypeKind::Map(_) | TypeKind::FreeObject
        );
        let fits = match style {
            Style::DeepObject | Style::SpaceDelimited | Style::PipeDelimited => {
                object
                    || matches!(
                        kind,
                        TypeKind::Array(_) | TypeKind::Any | TypeKind::Json | TypeKind::Union(_)
                    )
            }
            _ => true,
        };
        if !fits {
            let place = self.tree().get(node, "style").unwrap_or(node);
            let message = "This style is not for values of this type.";
            let hint = "`deepObject` is for objects and lists, `spaceDelimited` and `pipeDelimited` are for lists.";
            self.report_with_hint(place, Code::ParameterStyle, message, hint);
        }
    }
}

fn scalar(style: Style) -> Encoding {
    Encoding::Style {
        style,
        explode: style == Style::Form,
        shape: ParameterShape::Scalar,
    }
}

/// The rules of a text of which nothing more is known.
fn any_text() -> SchemaRef {
    SchemaRef::Inline(Box::new(Schema {
        json_type: Some(crate::model::JsonType::String),
        ..Schema::default()
    }))
}

fn text_parameter(name: &str, fields: &mut Names) -> Parameter {
    Parameter {
        name: name.to_owned(),
        field: field_name(name, Location::Path, fields),
        location: Location::Path,
        encoding: scalar(Style::Simple),
        presence: Presence::Required,
        ty: Type::String,
        schema: any_text(),
        allow_empty: false,
        beside: Vec::new(),
        docs: Docs::default(),
    }
}

/// A field's name; where it is taken, the place of the parameter is put behind it before a number is.
fn field_name(name: &str, location: Location, fields: &mut Names) -> String {
    let name = match location {
        Location::Header => super::names::header_words(name),
        Location::Path | Location::Query | Location::Cookie => name.to_owned(),
    };
    let plain = super::names::snake(&name);
    if !fields.has(&plain) {
        return fields.snake(&name);
    }
    let place = match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    fields.snake(&format!("{plain}_{place}"))
}
