//! The OpenAPI 3.0 specification as tables.
//!
//! The same tables drive the structure check, the search for references and the typed views, so that the three
//! cannot disagree about what may stand where.

mod fields;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A string.
    String,
    /// One of these strings.
    StringEnum(&'static [&'static str]),
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// An integer that is not negative.
    UnsignedInteger,
    /// Any JSON value.
    Any,
    /// An object that must stand here itself.
    Inline(Object),
    /// An object or a reference to one.
    ObjectOrReference(Object),
    /// An array of strings.
    StringArray,
    /// An array of any values.
    Values,
    /// An array of these.
    List(&'static Kind),
    /// An object with free keys.
    Map(&'static Kind),
    /// `additionalProperties`: a boolean or a schema.
    BooleanOrSchema,
}

/// How much a field is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The specification asks for it, and the generated code depends on it.
    Required,
    /// The specification asks for it, and nothing depends on it.
    RequiredDescription,
    /// It may be absent.
    Optional,
}

/// A field of an object.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// How much it is needed.
    pub need: Need,
}

/// The objects of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are those of the specification")]
pub enum Object {
    OpenApi,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OauthFlows,
    ImplicitFlow,
    TokenFlow,
    CodeFlow,
}

/// `style`, anywhere.
pub const STYLES: &[&str] = &[
    "matrix",
    "label",
    "form",
    "simple",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
];

impl Object {
    /// Its name in messages.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::OpenApi => "OpenAPI Object",
            Self::Info => "Info Object",
            Self::Contact => "Contact Object",
            Self::License => "License Object",
            Self::Server => "Server Object",
            Self::ServerVariable => "Server Variable Object",
            Self::Components => "Components Object",
            Self::Paths => "Paths Object",
            Self::PathItem => "Path Item Object",
            Self::Operation => "Operation Object",
            Self::ExternalDocs => "External Documentation Object",
            Self::Parameter => "Parameter Object",
            Self::RequestBody => "Request Body Object",
            Self::MediaType => "Media Type Object",
            Self::Encoding => "Encoding Object",
            Self::Responses => "Responses Object",
            Self::Response => "Response Object",
            Self::Callback => "Callback Object",
            Self::Example => "Example Object",
            Self::Link => "Link Object",
            Self::Header => "Header Object",
            Self::Tag => "Tag Object",
            Self::Schema => "Schema Object",
            Self::Discriminator => "Discriminator Object",
            Self::Xml => "XML Object",
            Self::SecurityScheme => "Security Scheme Object",
            Self::OauthFlows => "OAuth Flows Object",
            Self::ImplicitFlow | Self::TokenFlow | Self::CodeFlow => "OAuth Flow Object",
        }
    }

    /// The section of `components` that it can stand in.
    #[must_use]
    pub fn section(self) -> Option<&'static str> {
        Some(match self {
            Self::Schema => "schemas",
            Self::Response => "responses",
            Self::Parameter => "parameters",
            Self::Example => "examples",
            Self::RequestBody => "requestBodies",
            Self::Header => "headers",
            Self::SecurityScheme => "securitySchemes",
            Self::Link => "links",
            Self::Callback => "callbacks",
            _ => return None,
        })
    }

    /// What fields with a free name hold, where the object has such.
    #[must_use]
    pub fn free(self) -> Option<Kind> {
        match self {
            Self::Paths => Some(Kind::ObjectOrReference(Object::PathItem)),
            Self::Responses => Some(Kind::ObjectOrReference(Object::Response)),
            Self::Callback => Some(Kind::ObjectOrReference(Object::PathItem)),
            _ => None,
        }
    }

    /// A field by its name.
    #[must_use]
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.name == name)
    }
}
