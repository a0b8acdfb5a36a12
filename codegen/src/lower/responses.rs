//! Responses and their headers.

use openapiv3::{ReferenceOr, StatusCode};

use super::Lowering;
use super::names::Names;
use super::operations::RawOperation;
use super::usage::Direction;
use crate::diagnostic::Code;
use crate::model::{Docs, Header, Outcome, Response, Status, Type};
use crate::parse::grammar::Object;
use crate::parse::typed::is_status;
use crate::source::NodeId;

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
            self.report(
                node,
                Code::MissingField,
                "An operation must have a response.",
            );
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
                let problem =
                    self.document
                        .tree()
                        .problem_at_key(entry.value, Code::BadStatus, message);
                self.problems.push(problem);
            } else if entry.key.ends_with('x') {
                let message = format!(
                    "A range is written with capitals: `{}`.",
                    entry.key.to_uppercase()
                );
                let problem =
                    self.document
                        .tree()
                        .problem_at_key(entry.value, Code::MissingProse, message);
                self.problems.push(problem);
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
        let content = self.content(
            node,
            &typed.content,
            Direction::Response,
            &format!("{prefix}{variant}Body"),
        );
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
            // JSON in a header is a text to the handler.
            Some((_, true)) | None => Type::String,
            Some((schema, false)) => {
                // Reports what has no way of being written.
                let _ = self.parameter_shape(schema, node);
                let type_name = format!("{prefix}{}", super::names::upper_camel(name));
                self.operation_type(schema, Direction::Response, &type_name)
            }
        };
        let explode = self.tree().get(node, "explode").is_some_and(|explode| {
            matches!(self.tree().data(explode), crate::source::Data::Bool(true))
        });
        Some(Header {
            name: name.to_owned(),
            field: fields.snake(&super::names::header_words(name)),
            required: typed.required,
            ty,
            explode,
            docs: Docs {
                summary: None,
                description: typed.description,
                deprecated: typed.deprecated.unwrap_or_default(),
            },
        })
    }
}

/// The name of a response, after its reason phrase.
fn variant(status: Status) -> String {
    match status {
        Status::Code(code) => match reason(code) {
            Some(name) => name.to_owned(),
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

fn reason(code: u16) -> Option<&'static str> {
    Some(match code {
        100 => "Continue",
        101 => "SwitchingProtocols",
        102 => "Processing",
        103 => "EarlyHints",
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritativeInformation",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        208 => "AlreadyReported",
        226 => "ImUsed",
        300 => "MultipleChoices",
        301 => "MovedPermanently",
        302 => "Found",
        303 => "SeeOther",
        304 => "NotModified",
        305 => "UseProxy",
        307 => "TemporaryRedirect",
        308 => "PermanentRedirect",
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        407 => "ProxyAuthenticationRequired",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "LengthRequired",
        412 => "PreconditionFailed",
        413 => "ContentTooLarge",
        414 => "UriTooLong",
        415 => "UnsupportedMediaType",
        416 => "RangeNotSatisfiable",
        417 => "ExpectationFailed",
        418 => "ImATeapot",
        421 => "MisdirectedRequest",
        422 => "UnprocessableContent",
        423 => "Locked",
        424 => "FailedDependency",
        425 => "TooEarly",
        426 => "UpgradeRequired",
        428 => "PreconditionRequired",
        429 => "TooManyRequests",
        431 => "RequestHeaderFieldsTooLarge",
        451 => "UnavailableForLegalReasons",
        500 => "InternalServerError",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        505 => "HttpVersionNotSupported",
        506 => "VariantAlsoNegotiates",
        507 => "InsufficientStorage",
        508 => "LoopDetected",
        510 => "NotExtended",
        511 => "NetworkAuthenticationRequired",
        _ => return None,
    })
}
