//! The fields of each object, in the order of the specification.

use super::{Field, Kind, Need, Object, STYLES};

const fn must(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        need: Need::Required,
    }
}

const fn prose(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        need: Need::RequiredDescription,
    }
}

const fn may(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        need: Need::Optional,
    }
}

use Kind::{
    Any, Boolean, BooleanOrSchema, Inline, List, Map, Number, ObjectOrReference, String,
    StringArray, StringEnum, UnsignedInteger, Values,
};

const SCHEMA: Kind = ObjectOrReference(Object::Schema);
const EXTERNAL_DOCS: Field = may("externalDocs", Inline(Object::ExternalDocs));
const DESCRIPTION: Field = may("description", String);
const SERVERS: Field = may("servers", List(&Inline(Object::Server)));
const SECURITY: Field = may("security", List(&Map(&StringArray)));
const PARAMETERS: Field = may("parameters", List(&ObjectOrReference(Object::Parameter)));
const EXAMPLES: Field = may("examples", Map(&ObjectOrReference(Object::Example)));
const CONTENT: Kind = Map(&Inline(Object::MediaType));
const HEADERS: Field = may("headers", Map(&ObjectOrReference(Object::Header)));
const SCOPES: Field = prose("scopes", Map(&String));
const OPERATION: Kind = Inline(Object::Operation);

impl Object {
    /// The fields with a fixed name.
    #[must_use]
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::OpenApi => OPEN_API,
            Self::Info => INFO,
            Self::Contact => {
                const {
                    &[
                        may("name", String),
                        may("url", String),
                        may("email", String),
                    ]
                }
            }
            Self::License => const { &[prose("name", String), may("url", String)] },
            Self::Server => {
                const {
                    &[
                        must("url", String),
                        DESCRIPTION,
                        may("variables", Map(&Inline(Object::ServerVariable))),
                    ]
                }
            }
            Self::ServerVariable => {
                const {
                    &[
                        may("enum", StringArray),
                        must("default", String),
                        DESCRIPTION,
                    ]
                }
            }
            Self::Components => COMPONENTS,
            Self::Paths | Self::Responses | Self::Callback => const { &[] },
            Self::PathItem => PATH_ITEM,
            Self::Operation => OPERATION_FIELDS,
            Self::ExternalDocs => const { &[DESCRIPTION, prose("url", String)] },
            Self::Parameter => PARAMETER,
            Self::RequestBody => {
                const {
                    &[
                        DESCRIPTION,
                        must("content", CONTENT),
                        may("required", Boolean),
                    ]
                }
            }
            Self::MediaType => {
                const {
                    &[
                        may("schema", SCHEMA),
                        may("example", Any),
                        EXAMPLES,
                        may("encoding", Map(&Inline(Object::Encoding))),
                    ]
                }
            }
            Self::Encoding => ENCODING,
            Self::Response => {
                const {
                    &[
                        prose("description", String),
                        HEADERS,
                        may("content", CONTENT),
                        may("links", Map(&ObjectOrReference(Object::Link))),
                    ]
                }
            }
            Self::Example => {
                const {
                    &[
                        may("summary", String),
                        DESCRIPTION,
                        may("value", Any),
                        may("externalValue", String),
                    ]
                }
            }
            Self::Link => LINK,
            Self::Header => HEADER,
            Self::Tag => const { &[must("name", String), DESCRIPTION, EXTERNAL_DOCS] },
            Self::Schema => SCHEMA_FIELDS,
            Self::Discriminator => {
                const { &[must("propertyName", String), may("mapping", Map(&String))] }
            }
            Self::Xml => XML,
            Self::SecurityScheme => SECURITY_SCHEME,
            Self::OauthFlows => FLOWS,
            Self::ImplicitFlow => {
                const {
                    &[
                        prose("authorizationUrl", String),
                        may("refreshUrl", String),
                        SCOPES,
                        may("tokenUrl", String),
                    ]
                }
            }
            Self::TokenFlow => {
                const {
                    &[
                        prose("tokenUrl", String),
                        may("refreshUrl", String),
                        SCOPES,
                        may("authorizationUrl", String),
                    ]
                }
            }
            Self::CodeFlow => {
                const {
                    &[
                        prose("authorizationUrl", String),
                        prose("tokenUrl", String),
                        may("refreshUrl", String),
                        SCOPES,
                    ]
                }
            }
        }
    }
}

const OPEN_API: &[Field] = &[
    must("openapi", String),
    must("info", Inline(Object::Info)),
    SERVERS,
    must("paths", Inline(Object::Paths)),
    may("components", Inline(Object::Components)),
    SECURITY,
    may("tags", List(&Inline(Object::Tag))),
    EXTERNAL_DOCS,
];

const INFO: &[Field] = &[
    must("title", String),
    DESCRIPTION,
    may("termsOfService", String),
    may("contact", Inline(Object::Contact)),
    may("license", Inline(Object::License)),
    must("version", String),
];

const COMPONENTS: &[Field] = &[
    may("schemas", Map(&SCHEMA)),
    may("responses", Map(&ObjectOrReference(Object::Response))),
    may("parameters", Map(&ObjectOrReference(Object::Parameter))),
    may("examples", Map(&ObjectOrReference(Object::Example))),
    may(
        "requestBodies",
        Map(&ObjectOrReference(Object::RequestBody)),
    ),
    may("headers", Map(&ObjectOrReference(Object::Header))),
    may(
        "securitySchemes",
        Map(&ObjectOrReference(Object::SecurityScheme)),
    ),
    may("links", Map(&ObjectOrReference(Object::Link))),
    may("callbacks", Map(&ObjectOrReference(Object::Callback))),
];

const PATH_ITEM: &[Field] = &[
    may("summary", String),
    DESCRIPTION,
    may("get", OPERATION),
    may("put", OPERATION),
    may("post", OPERATION),
    may("delete", OPERATION),
    may("options", OPERATION),
    may("head", OPERATION),
    may("patch", OPERATION),
    may("trace", OPERATION),
    SERVERS,
    PARAMETERS,
];

const OPERATION_FIELDS: &[Field] = &[
    may("tags", StringArray),
    may("summary", String),
    DESCRIPTION,
    EXTERNAL_DOCS,
    may("operationId", String),
    PARAMETERS,
    may("requestBody", ObjectOrReference(Object::RequestBody)),
    must("responses", Inline(Object::Responses)),
    may("callbacks", Map(&ObjectOrReference(Object::Callback))),
    may("deprecated", Boolean),
    SECURITY,
    SERVERS,
];

const PARAMETER: &[Field] = &[
    must("name", String),
    must("in", StringEnum(&["query", "header", "path", "cookie"])),
    DESCRIPTION,
    may("required", Boolean),
    may("deprecated", Boolean),
    may("allowEmptyValue", Boolean),
    may("style", StringEnum(STYLES)),
    may("explode", Boolean),
    may("allowReserved", Boolean),
    may("schema", SCHEMA),
    may("example", Any),
    EXAMPLES,
    may("content", CONTENT),
];

const HEADER: &[Field] = &[
    DESCRIPTION,
    may("required", Boolean),
    may("deprecated", Boolean),
    may("allowEmptyValue", Boolean),
    may("style", StringEnum(STYLES)),
    may("explode", Boolean),
    may("allowReserved", Boolean),
    may("schema", SCHEMA),
    may("example", Any),
    EXAMPLES,
    may("content", CONTENT),
];

const ENCODING: &[Field] = &[
    may("contentType", String),
    HEADERS,
    may("style", StringEnum(STYLES)),
    may("explode", Boolean),
    may("allowReserved", Boolean),
];

const LINK: &[Field] = &[
    may("operationRef", String),
    may("operationId", String),
    may("parameters", Map(&Any)),
    may("requestBody", Any),
    DESCRIPTION,
    may("server", Inline(Object::Server)),
];

const XML: &[Field] = &[
    may("name", String),
    may("namespace", String),
    may("prefix", String),
    may("attribute", Boolean),
    may("wrapped", Boolean),
];

const SECURITY_SCHEME: &[Field] = &[
    must(
        "type",
        StringEnum(&["apiKey", "http", "oauth2", "openIdConnect"]),
    ),
    DESCRIPTION,
    may("name", String),
    may("in", StringEnum(&["query", "header", "cookie"])),
    may("scheme", String),
    may("bearerFormat", String),
    may("flows", Inline(Object::OauthFlows)),
    may("openIdConnectUrl", String),
    // Extensions that change what is generated.
    may("x-refusal", UnsignedInteger),
    may("x-signs-body", Boolean),
];

const FLOWS: &[Field] = &[
    may("implicit", Inline(Object::ImplicitFlow)),
    may("password", Inline(Object::TokenFlow)),
    may("clientCredentials", Inline(Object::TokenFlow)),
    may("authorizationCode", Inline(Object::CodeFlow)),
];

const SCHEMA_FIELDS: &[Field] = &[
    may("title", String),
    may("multipleOf", Number),
    may("maximum", Number),
    may("exclusiveMaximum", Boolean),
    may("minimum", Number),
    may("exclusiveMinimum", Boolean),
    may("maxLength", UnsignedInteger),
    may("minLength", UnsignedInteger),
    may("pattern", String),
    may("maxItems", UnsignedInteger),
    may("minItems", UnsignedInteger),
    may("uniqueItems", Boolean),
    may("maxProperties", UnsignedInteger),
    may("minProperties", UnsignedInteger),
    may("required", StringArray),
    may("enum", Values),
    may(
        "type",
        StringEnum(&["boolean", "integer", "number", "string", "array", "object"]),
    ),
    may("allOf", List(&SCHEMA)),
    may("oneOf", List(&SCHEMA)),
    may("anyOf", List(&SCHEMA)),
    may("not", SCHEMA),
    may("items", SCHEMA),
    may("properties", Map(&SCHEMA)),
    may("additionalProperties", BooleanOrSchema),
    DESCRIPTION,
    may("format", String),
    may("default", Any),
    may("nullable", Boolean),
    may("discriminator", Inline(Object::Discriminator)),
    may("readOnly", Boolean),
    may("writeOnly", Boolean),
    may("xml", Inline(Object::Xml)),
    EXTERNAL_DOCS,
    may("example", Any),
    may("deprecated", Boolean),
];
