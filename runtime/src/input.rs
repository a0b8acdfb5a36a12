//! The parts of a request, as generated code asks for them.

use std::borrow::Cow;

use bytes::Bytes;

use crate::checked;
use crate::context::Context;
use crate::decode::{self, Decode};
use crate::json::Node;
use crate::multipart::{self, PartEncoding, PartField};
use crate::negotiate::{self, ContentType};
use crate::parameter::{Encoding, FormField, Parameter, RawParameters, form};
use crate::path::Path;
use crate::schema::{Direction, Schema};
use crate::typed::Typed;
use crate::violation::Violations;

/// A request that is being decoded. Every part that is asked for adds its violations, so that all of them are known at the
/// end. That a body is missing is one of them, and a body that is not there has no others.
#[derive(Debug)]
pub struct Input<'a> {
    context: &'a Context,
    raw: RawParameters<'a>,
    media: Option<usize>,
    violations: Violations,
}

impl<'a> Input<'a> {
    pub(crate) fn new(context: &'a Context, media: Option<usize>) -> Self {
        let names = context
            .operation
            .parameters
            .iter()
            .filter(|parameter| parameter.location == crate::parameter::Location::Path)
            .map(|parameter| parameter.name);
        let path = names.zip(context.captures()).collect();
        let raw = RawParameters::new(path, context.parts.uri.query(), &context.parts.headers);
        let mut violations = Violations::new();
        if media.is_none() && context.operation.body.is_some_and(|body| body.required) {
            violations.add(&Path::Root, "required", "a body is required");
        }
        Input {
            context,
            raw,
            media,
            violations,
        }
    }

    pub(crate) fn into_violations(self) -> Violations {
        self.violations
    }

    /// A parameter that may be absent. For one that must not be, absence is a violation.
    pub fn parameter<T: Decode>(&mut self, parameter: &'static Parameter) -> Option<T> {
        parameter.read(&self.raw, &mut self.violations)
    }

    /// The value, or where it is absent this JSON.
    pub fn or_default<T: Decode>(&self, value: Option<T>, json: &'static str) -> Option<T> {
        value.or_else(|| checked::default(json).ok())
    }

    /// Which of the operation's media types the body has; `None` where there is no body.
    pub fn media(&self) -> Option<usize> {
        self.media
    }

    /// A JSON body.
    pub fn json<T: Decode>(&mut self, schema: &Schema) -> Option<T> {
        self.media?;
        self.violations.locate_body();
        match Node::parse(self.context.body()) {
            Ok(node) => decode::validate_and_decode(&node, schema, &mut self.violations),
            Err(error) => {
                self.violations.add(&Path::Root, "syntax", error.message);
                None
            }
        }
    }

    /// A JSON body whose media type is not said.
    pub fn typed_json<T: Decode>(&mut self, schema: &Schema) -> Option<Typed<T>> {
        let content = self.json(schema)?;
        self.typed(content)
    }

    /// An `application/x-www-form-urlencoded` body.
    pub fn form<T: Decode>(&mut self, fields: &'static [FormField], schema: &Schema) -> Option<T> {
        self.read_form(fields, None, schema)
    }

    /// An `application/x-www-form-urlencoded` body whose other properties are written in this way.
    pub fn open_form<T: Decode>(
        &mut self,
        fields: &'static [FormField],
        rest: Encoding,
        schema: &Schema,
    ) -> Option<T> {
        self.read_form(fields, Some(rest), schema)
    }

    fn read_form<T: Decode>(
        &mut self,
        fields: &'static [FormField],
        rest: Option<Encoding>,
        schema: &Schema,
    ) -> Option<T> {
        self.media?;
        self.violations.locate_body();
        let node = form(self.context.body(), fields, rest, &mut self.violations)?;
        decode::validate_and_decode(&node, schema, &mut self.violations)
    }

    /// A `multipart/form-data` body. Properties that no field names are written as `rest` says.
    pub fn multipart<T: Decode>(
        &mut self,
        fields: &'static [PartField],
        rest: PartEncoding,
        schema: &Schema,
    ) -> Option<T> {
        self.media?;
        self.violations.locate_body();
        let body = self.context.body.get().cloned().unwrap_or_default();
        let parts = match self.boundary() {
            Ok(boundary) => multipart::parts(&body, &boundary),
            Err(message) => Err(message),
        };
        let parts = match parts {
            Ok(parts) => parts,
            Err(message) => {
                self.violations.add(&Path::Root, "syntax", message);
                return None;
            }
        };
        let form = multipart::form(&parts, fields, rest, &mut self.violations)?;
        if form.unread.is_empty() {
            return decode::validate_and_decode(&form.node, schema, &mut self.violations);
        }
        // What was not read is there, and breaks no other rule.
        let mut others = Violations::new();
        schema.validate(&form.node, Direction::Request, &mut others);
        self.violations.extend_except(others, &form.unread);
        None
    }

    fn boundary(&self) -> Result<String, &'static str> {
        match negotiate::content_type(&self.context.parts.headers) {
            ContentType::MediaType(text) => multipart::boundary(text),
            ContentType::Absent => Err("there is no Content-Type"),
            ContentType::Unusable(why) => Err(why),
        }
    }

    /// A body of text: UTF-8.
    pub fn text(&mut self, schema: &Schema) -> Option<String> {
        self.media?;
        self.violations.locate_body();
        match std::str::from_utf8(self.context.body()) {
            Ok(text) => decode::validate_and_decode(
                &Node::String(Cow::Borrowed(text)),
                schema,
                &mut self.violations,
            ),
            Err(_) => {
                self.violations
                    .add(&Path::Root, "syntax", "the text is not UTF-8");
                None
            }
        }
    }

    /// A body of text whose media type is not said.
    pub fn typed_text(&mut self, schema: &Schema) -> Option<Typed<String>> {
        let content = self.text(schema)?;
        self.typed(content)
    }

    /// A body of bytes whose media type is not said.
    pub fn typed_bytes(&mut self) -> Option<Typed<Bytes>> {
        let content = self.bytes()?;
        self.typed(content)
    }

    /// With the media type that it was sent as.
    fn typed<T>(&mut self, content: T) -> Option<Typed<T>> {
        let sent = match negotiate::content_type(&self.context.parts.headers) {
            ContentType::MediaType(sent) => Typed::new(sent, content).ok(),
            ContentType::Absent | ContentType::Unusable(_) => None,
        };
        if sent.is_none() {
            self.violations.locate_body();
            self.violations
                .add(&Path::Root, "syntax", "the Content-Type is no media type");
        }
        sent
    }

    /// A body of bytes, with any rule left to the handler.
    pub fn bytes(&mut self) -> Option<Bytes> {
        self.media?;
        Some(self.context.body.get().cloned().unwrap_or_default())
    }
}
