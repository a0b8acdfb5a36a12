//! Operations: what they take, and what they answer.

use super::{Docs, ErrorBodyId, Presence, SchemaRef, Security, StatusName, Type, status_name};

/// A tag: one trait.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// Name in the contract; operations without a tag share the tag "default".
    pub name: String,
    /// Unique UpperCamelCase name of the trait.
    pub trait_name: String,
    /// Unique snake_case name of the module.
    pub module: String,
    /// Prose.
    pub docs: Docs,
    /// Ordered as in the document.
    pub operations: Vec<Operation>,
}

/// HTTP method of a Path Item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of HTTP")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

/// One operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// `operationId`, or one made from method and path.
    pub id: String,
    /// Unique snake_case name of the method.
    pub method_name: String,
    /// Unique UpperCamelCase prefix of its request, response and error types: `{prefix}Request`, `{prefix}Response`,
    /// `{prefix}Error` are free.
    pub prefix: String,
    /// Method.
    pub method: Method,
    /// Path template, as in the contract but without a query or a fragment, in front of it the path of `servers[0]` where that has
    /// one.
    pub path: String,
    /// What a request has that is for this operation, and not for another one of this method and path.
    pub selectors: Vec<Selector>,
    /// JSON pointer into the document.
    pub pointer: String,
    /// Prose.
    pub docs: Docs,
    /// In the order of the contract: those of the Path Item first.
    pub parameters: Vec<Parameter>,
    /// Request body.
    pub body: Option<Body>,
    /// Ordered by status; ranges after codes, `default` last.
    pub responses: Vec<Response>,
    /// Who may call.
    pub security: Security,
    /// The statuses that the runtime itself can send, whether they are declared or not.
    pub framework_statuses: Vec<u16>,
}

impl Operation {
    /// The response that is declared for a status, most closely.
    pub fn declaring(&self, code: u16) -> Option<&Response> {
        // They are ordered by how close they are.
        self.responses.iter().find(|one| one.status.covers(code))
    }
}

/// A part of a request by which operations of one method and path are told apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Selector {
    /// A query parameter of this name.
    HasQuery(String),
    /// A query parameter with this value.
    Query(String, String),
    /// A header with this value.
    Header(String, String),
}

/// Where a parameter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of OpenAPI")]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

/// `style`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of OpenAPI")]
pub enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

/// How a parameter's value is written.
#[derive(Debug, Clone, PartialEq)]
pub enum Encoding {
    /// `style` and `explode`.
    Style {
        /// `style`.
        style: Style,
        /// `explode`.
        explode: bool,
        /// What the text is split into.
        shape: ParameterShape,
    },
    /// `content` with a JSON media type.
    Json,
}

/// What a parameter's text is split into before its rules apply.
#[derive(Debug, Clone, PartialEq)]
pub enum ParameterShape {
    /// One text.
    Scalar,
    /// A list of texts.
    Array,
    /// Texts by name. `form` with `explode` takes only the query keys named here, unless others are allowed.
    Object {
        /// Names of the properties.
        properties: Vec<String>,
        /// Whether the schema allows other properties.
        open: bool,
    },
    /// Values within values. Only `deepObject` has them.
    Nested(Nested),
}

/// What the values of a schema are made of, where they are in values.
#[derive(Debug, Clone, PartialEq)]
pub enum Nested {
    /// One text.
    Text,
    /// A list.
    List(Box<Nested>),
    /// Values by name.
    Object {
        /// The properties, each with what it is made of.
        properties: Vec<(String, Nested)>,
        /// What the others are made of.
        rest: Box<Nested>,
    },
    /// One text, or else this.
    TextOr(Box<Nested>),
    /// A text, or an object of such values.
    Any,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Name on the wire; header names are as written in the contract.
    pub name: String,
    /// snake_case Rust name, unique in the request (`body` is taken by the body).
    pub field: String,
    /// Where it is.
    pub location: Location,
    /// How it is written.
    pub encoding: Encoding,
    /// Whether it may be absent.
    pub presence: Presence,
    /// Type of a value that is there.
    pub ty: Type,
    /// Its rules.
    pub schema: SchemaRef,
    /// `allowEmptyValue`.
    pub allow_empty: bool,
    /// What an object that takes every key leaves to others: names, and beginnings that end with `[`.
    pub beside: Vec<String>,
    /// Prose.
    pub docs: Docs,
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// Whether it must be there.
    pub required: bool,
    /// At least one.
    pub content: Vec<Media>,
    /// Unique UpperCamelCase name for the enum of its media types, where there are several.
    pub enum_name: String,
    /// Prose.
    pub docs: Docs,
}

/// One media type of a body or of a response.
#[derive(Debug, Clone, PartialEq)]
pub struct Media {
    /// Media type or range, with the parameters that tell it from others; without `charset`.
    pub media_type: String,
    /// Whether the contract says that the charset is UTF-8.
    pub names_charset: bool,
    /// UpperCamelCase name, unique among its siblings.
    pub variant: String,
    /// What its bytes are.
    pub payload: Payload,
}

impl Media {
    /// Whether the contract leaves open which media type it is: then a request says which one it has, and so does a response.
    #[must_use]
    pub fn is_open(&self) -> bool {
        match (self.media_type.split(';').next(), &self.payload) {
            // JSON of any media type is `application/json`.
            (Some("*/*" | "application/*"), Payload::Json { .. }) => false,
            (Some(range), _) => range.contains('*'),
            (None, _) => false,
        }
    }

    /// The media type of a response, where it is not open.
    #[must_use]
    pub fn sent(&self) -> String {
        let charset = match self.names_charset {
            true => "; charset=utf-8",
            false => "",
        };
        match self.media_type.contains('*') {
            true => format!("application/json{charset}"),
            false => format!("{}{charset}", self.media_type),
        }
    }
}

/// What the bytes of a body are.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    /// `application/json`, `+json`, and any media type with a schema that is not of bytes.
    Json {
        /// What it holds.
        ty: Type,
        /// Its rules.
        schema: SchemaRef,
    },
    /// `application/problem+json` whose schema takes what the runtime's own `Problem` writes (RFC 9457).
    Problem,
    /// `application/x-www-form-urlencoded`.
    Form {
        /// What it holds.
        ty: Type,
        /// Its rules.
        schema: SchemaRef,
        /// For each property, how it is split.
        fields: Vec<FormField>,
        /// How the values of other properties are written, where the schema describes them.
        rest: Option<Encoding>,
    },
    /// `multipart/form-data`, of requests only.
    Multipart {
        /// What it holds.
        ty: Type,
        /// Its rules.
        schema: SchemaRef,
        /// For each property, what its parts are.
        fields: Vec<PartField>,
        /// What the parts of other properties are.
        rest: PartEncoding,
    },
    /// `text/*`: UTF-8.
    Text {
        /// Its rules.
        schema: SchemaRef,
    },
    /// Anything else, and whatever has the schema `type: string, format: binary`: bytes as they are.
    Binary,
}

/// How one property of a form is written.
#[derive(Debug, Clone, PartialEq)]
pub struct FormField {
    /// Name on the wire.
    pub name: String,
    /// How it is written.
    pub encoding: Encoding,
}

/// What the content of a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PartKind {
    /// A text that stands for a scalar.
    Text,
    /// A JSON text.
    Json,
    /// Bytes, with the name and the media type that were sent.
    File,
    /// What its own media type says.
    #[default]
    Any,
}

/// How a property of a `multipart/form-data` body is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PartEncoding {
    /// What the content of a part is.
    pub kind: PartKind,
    /// Whether it is an array: a part for each item.
    pub is_list: bool,
    /// The media types and ranges that a part may have, where the contract names them.
    pub media_types: Vec<String>,
}

/// A property of a `multipart/form-data` body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartField {
    /// Name on the wire.
    pub name: String,
    /// How it is written.
    pub encoding: PartEncoding,
}

/// The status that a response is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// `200`.
    Code(u16),
    /// `4XX`: the first digit.
    Range(u8),
    /// `default`.
    Default,
}

impl Status {
    /// Whether a response of this status is for the code.
    pub fn covers(self, code: u16) -> bool {
        match self {
            Self::Code(own) => own == code,
            Self::Range(digit) => u16::from(digit) == code / 100,
            Self::Default => true,
        }
    }
}

/// Which side of the operation's `Result` a response is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// 1xx to 3xx, and `default` where nothing else is a success.
    Success,
    /// 4xx, 5xx, and `default` otherwise.
    Error,
}

/// A declared response.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// For which status.
    pub status: Status,
    /// UpperCamelCase name, unique in its operation: the reason phrase where there is one (`NotFound`).
    pub variant: String,
    /// Which side it is on.
    pub outcome: Outcome,
    /// `description`.
    pub docs: Docs,
    /// Declared headers but `Content-Type`.
    pub headers: Vec<Header>,
    /// None, one, or several.
    pub content: Vec<Media>,
    /// The codes that its problem can have; `None` where the contract lets them be any.
    pub codes: Option<Vec<String>>,
    /// What makes its body of a failure, where that is not a problem.
    pub error_body: Option<ErrorBodyId>,
}

impl Response {
    /// Whether its only body is a problem.
    pub fn is_problem(&self) -> bool {
        matches!(self.content.as_slice(), [media] if media.payload == Payload::Problem)
    }

    /// Whether it has a body, and none that the runtime's own failures are.
    pub fn has_other_body(&self) -> bool {
        let mut content = self.content.iter();
        !self.content.is_empty() && !content.any(|media| media.payload == Payload::Problem)
    }

    /// The body that a failure is sent with: of several media types JSON comes first.
    pub fn failure_media(&self) -> Option<&Media> {
        let json = |media: &&Media| matches!(media.payload, Payload::Json { .. });
        self.content.iter().find(json).or(self.content.first())
    }

    /// The headers that the handler fills in: a problem writes some by itself.
    pub fn own_headers(&self) -> impl Iterator<Item = &Header> {
        let mut content = self.content.iter();
        let has_problem = content.any(|media| media.payload == Payload::Problem);
        self.headers
            .iter()
            .filter(move |header| !(has_problem && header.is_of_a_problem()))
    }

    /// The status and its name, where it is one status and the runtime has a type for it.
    pub fn typed_status(&self) -> Option<&'static StatusName> {
        match self.status {
            Status::Code(code) => status_name(code).filter(|status| status.usual_code.is_some()),
            Status::Range(_) | Status::Default => None,
        }
    }

    /// The codes that its problem can have beside the status's usual one.
    pub fn own_codes(&self) -> impl Iterator<Item = &str> {
        let status = self.typed_status();
        let codes = self.codes.iter().flatten().map(String::as_str);
        codes.filter(move |code| status.is_some_and(|status| status.usual_code != Some(*code)))
    }
}

/// A response header.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Name, as in the contract.
    pub name: String,
    /// snake_case Rust name, unique in its response (`body` is taken by the body).
    pub field: String,
    /// Whether it is always there.
    pub required: bool,
    /// Its type: a scalar, or an array or object written in `simple` style; anything that is written as JSON.
    pub ty: Type,
    /// Whether it is JSON: `content` with a JSON media type.
    pub is_json: bool,
    /// Whether an object is written as `name=value`.
    pub explode: bool,
    /// Prose.
    pub docs: Docs,
}

impl Header {
    /// Whether a problem writes it by itself.
    pub fn is_of_a_problem(&self) -> bool {
        ["retry-after", "www-authenticate"]
            .iter()
            .any(|name| self.name.eq_ignore_ascii_case(name))
    }
}
