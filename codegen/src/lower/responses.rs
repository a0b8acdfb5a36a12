//! Responses and their headers.

use openapiv3::{ReferenceOr, StatusCode};

use super::Lowering;
use super::names::Names;
use super::raw::RawOperation;
use super::type_kind::TypeKind;
use crate::diagnostic::Code;
use crate::model::Direction;
use crate::model::{Docs, Header, Media, Outcome, Payload, Response, Status, Type, status_name};
use crate::parse::grammar::Object;
use crate::parse::typed::is_status;
use crate::source::{Data, NodeId};

/// The extension that lists the codes of a response's problem.
const LIST: &str = "x-problem-codes";

impl Lowering<'_> {
    /// The operation's responses: codes, then ranges, then `default`.
    pub(super) fn responses(&mut self, raw: &RawOperation, prefix: &str) -> Vec<Response> {
        self.lint_statuses(raw);
        let declared = &raw.typed.responses;
        let mut all: Vec<(Status, &ReferenceOr<openapiv3::Response>)> = declared
            .responses
            .iter()
            .filter_map(|(status, response)| {
                let status = match status {
                    StatusCode::Code(code) => Status::Code(*code),
                    StatusCode::Range(digit) => Status::Range(u8::try_from(*digit).ok()?),
                };
                Some((status, response))
            })
            .chain(
                declared
                    .default
                    .iter()
                    .map(|response| (Status::Default, response)),
            )
            .collect();
        all.sort_by_key(|(status, _)| *status);
        let succeeds = |status: &Status| match status {
            Status::Code(code) => *code < 400,
            Status::Range(digit) => *digit < 4,
            Status::Default => false,
        };
        let has_success = all.iter().any(|(status, _)| succeeds(status));
        let mut out = Vec::new();
        for (status, reference) in all {
            let Some(node) = self.document.target(reference) else {
                continue;
            };
            let outcome = if succeeds(&status) || (status == Status::Default && !has_success) {
                Outcome::Success
            } else {
                Outcome::Error
            };
            out.extend(self.response(node, status, outcome, prefix));
        }
        if declared.responses.is_empty() && declared.default.is_none() {
            out.push(undeclared());
        }
        out
    }

    fn lint_statuses(&mut self, raw: &RawOperation) {
        let Some(node) = self.tree().get(raw.node, "responses") else {
            return;
        };
        let entries = self
            .tree()
            .map(node)
            .map(|map| map.entries().to_vec())
            .unwrap_or_default();
        if !entries.iter().any(|entry| !entry.key.starts_with("x-")) {
            let message = "An operation must have a response. It is taken as one that can have any status, and no content.";
            self.report(node, Code::MissingResponse, message);
        }
        for entry in entries {
            if entry.key.starts_with("x-") {
                continue;
            }
            if !is_status(&entry.key) {
                let message = format!(
                    "`{}` is not a status, a range such as `4XX`, or `default`.",
                    entry.key
                );
                self.report_at_key(entry.value, Code::BadStatus, message, None);
            } else if entry.key.ends_with('x') {
                let message = format!(
                    "A range is written with capitals: `{}`.",
                    entry.key.to_uppercase()
                );
                self.report_at_key(entry.value, Code::StatusCase, message, None);
            }
        }
    }

    fn response(
        &mut self,
        node: NodeId,
        status: Status,
        outcome: Outcome,
        prefix: &str,
    ) -> Option<Response> {
        let typed: openapiv3::Response =
            self.document.typed(node, Object::Response, self.problems)?;
        let variant = variant(status);
        let mut fields = Names::default();
        fields.take("body");
        if !matches!(status, Status::Code(_)) {
            // The handler says which.
            fields.take("status");
        }
        let mut headers = Vec::new();
        for (name, header) in &typed.headers {
            let Some(header) = self.document.target(header) else {
                continue;
            };
            if name.eq_ignore_ascii_case("content-type") {
                let message =
                    "A response header called `Content-Type` is ignored by the specification.";
                self.report(header, Code::IgnoredHeader, message);
                continue;
            }
            headers.extend(self.header(header, name, prefix, &mut fields));
        }
        // RFC 9110, sections 15.2, 15.3.5, 15.3.6 and 15.4.5.
        let has_no_content = matches!(
            status,
            Status::Code(100..=199 | 204 | 205 | 304) | Status::Range(1)
        );
        let content = if has_no_content {
            if !typed.content.is_empty() {
                let at = self.tree().get(node, "content").unwrap_or(node);
                let message = "A response of this status has no content.";
                self.report(at, Code::ContentNotSent, message);
            }
            Vec::new()
        } else {
            self.content(
                node,
                &typed.content,
                Direction::Response,
                &format!("{prefix}{variant}Body"),
            )
        };
        let codes = self.problem_codes(node, &typed, &content);
        let docs = Docs {
            description: Some(typed.description).filter(|text| !text.is_empty()),
            ..Docs::default()
        };
        Some(Response {
            status,
            variant,
            outcome,
            docs,
            headers,
            content,
            codes,
            error_body: None,
        })
    }

    /// The codes that a problem can have: those that `x-problem-codes` lists of those that its schema has as an `enum`.
    fn problem_codes(
        &mut self,
        node: NodeId,
        typed: &openapiv3::Response,
        content: &[Media],
    ) -> Option<Vec<String>> {
        let listed = self.tree().get(node, LIST);
        let ([media], Some((_, declared))) = (content, typed.content.first()) else {
            return self.stray_list(listed);
        };
        if media.payload != Payload::Problem {
            return self.stray_list(listed);
        }
        let schema = declared.schema.as_ref();
        let schema = schema.and_then(|schema| self.document.target(schema));
        let possible = schema.and_then(|schema| self.codes_of_schema(schema));
        let Some(listed) = listed else {
            return possible;
        };
        let mut codes: Vec<String> = Vec::new();
        for item in self.tree().list(listed).to_vec() {
            let code = match self.tree().data(item) {
                Data::String(text) => text.clone(),
                _ => {
                    self.report(item, Code::ProblemCode, "A code is a string.");
                    continue;
                }
            };
            let is_possible = possible.as_ref().is_none_or(|all| all.contains(&code));
            let message = match (is_possible, codes.contains(&code)) {
                (true, false) => None,
                (true, true) => Some(format!("`{code}` is listed already.")),
                (false, _) => Some(format!(
                    "`{code}` is not in the `enum` of the problem's `code`."
                )),
            };
            if let Some(message) = message {
                self.report(item, Code::ProblemCode, message);
                continue;
            }
            codes.push(code);
        }
        if self.tree().list(listed).is_empty() {
            let message = format!("`{LIST}` is an array of at least one code.");
            self.report(listed, Code::ProblemCode, message);
        }
        if codes.is_empty() {
            return possible;
        }
        Some(codes)
    }

    /// A list of codes where there is no problem.
    fn stray_list(&mut self, listed: Option<NodeId>) -> Option<Vec<String>> {
        if let Some(listed) = listed {
            let message = format!("`{LIST}` is for responses whose one body is a problem.");
            self.report(listed, Code::ProblemCode, message);
        }
        None
    }

    /// The `enum` of the property `code`.
    fn codes_of_schema(&mut self, schema: NodeId) -> Option<Vec<String>> {
        let members = match self.resolved_kind(schema) {
            TypeKind::Struct(members) => members,
            _ => return None,
        };
        members.always.into_iter().find_map(|member| {
            let code = self.view(member).property("code")?;
            let code = self.end_of(code);
            let values = self.view(code).enumeration.clone()?;
            let texts = values.iter().filter_map(|value| value.as_str());
            Some(texts.map(str::to_owned).collect())
        })
    }

    fn header(
        &mut self,
        node: NodeId,
        name: &str,
        prefix: &str,
        fields: &mut Names,
    ) -> Option<Header> {
        let typed: openapiv3::Header = self.document.typed(node, Object::Header, self.problems)?;
        let schema = self.parameter_schema(node, &typed.format);
        let ty = match schema {
            None => Type::String,
            Some((schema, is_json)) => {
                if !is_json {
                    // Reports what has no way of being written.
                    let _ = self.parameter_shape(schema, node);
                }
                let type_name = format!("{prefix}{}", super::names::upper_camel(name));
                self.operation_type(schema, Direction::Response, &type_name)
            }
        };
        let explode = self
            .tree()
            .get(node, "explode")
            .is_some_and(|explode| matches!(self.tree().data(explode), Data::Bool(true)));
        Some(Header {
            name: name.to_owned(),
            field: fields.snake(&super::names::header_words(name)),
            required: typed.required,
            ty,
            is_json: schema.is_some_and(|(_, is_json)| is_json),
            explode,
            docs: Docs {
                summary: None,
                description: typed.description,
                deprecated: typed.deprecated.unwrap_or_default(),
            },
        })
    }
}

/// The response of an operation that declares none.
fn undeclared() -> Response {
    Response {
        status: Status::Default,
        variant: variant(Status::Default),
        outcome: Outcome::Success,
        docs: Docs::default(),
        headers: Vec::new(),
        content: Vec::new(),
        codes: None,
        error_body: None,
    }
}

/// The name of a response, after its reason phrase.
fn variant(status: Status) -> String {
    match status {
        Status::Code(code) => match status_name(code) {
            Some(status) => status.name.to_owned(),
            None => format!("Status{code}"),
        },
        Status::Range(1) => "Informational".to_owned(),
        Status::Range(2) => "Successful".to_owned(),
        Status::Range(3) => "Redirection".to_owned(),
        Status::Range(4) => "ClientError".to_owned(),
        Status::Range(5) => "ServerError".to_owned(),
        Status::Range(digit) => format!("Status{digit}xx"),
        Status::Default => "Default".to_owned(),
    }
}
