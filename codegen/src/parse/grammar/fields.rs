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
    Any, Boolean, BooleanOrSchema, Count, Inline, List, Map, Number, Referable, Text, Texts,
    Values, Word,
};

const SCHEMA: Kind = Referable(Object::Schema);
const EXTERNAL_DOCS: Field = may("externalDocs", Inline(Object::ExternalDocs));
const DESCRIPTION: Field = may("description", Text);
const SERVERS: Field = may("servers", List(&Inline(Object::Server)));
const SECURITY: Field = may("security", List(&Map(&Texts)));
const PARAMETERS: Field = may("parameters", List(&Referable(Object::Parameter)));
const EXAMPLES: Field = may("examples", Map(&Referable(Object::Example)));
const CONTENT: Kind = Map(&Inline(Object::MediaType));
const HEADERS: Field = may("headers", Map(&Referable(Object::Header)));
const SCOPES: Field = prose("scopes", Map(&Text));
const OPERATION: Kind = Inline(Object::Operation);

impl Object {
    /// The fields with a fixed name.
    #[must_use]
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::OpenApi => OPEN_API,
            Self::Info => INFO,
            Self::Contact => const { &[may("name", Text), may("url", Text), may("email", Text)] },
            Self::License => const { &[prose("name", Text), may("url", Text)] },
            Self::Server => {
                const {
                    &[
                        must("url", Text),
                        DESCRIPTION,
                        may("variables", Map(&Inline(Object::ServerVariable))),
                    ]
                }
            }
            Self::ServerVariable => {
                const { &[may("enum", Texts), must("default", Text), DESCRIPTION] }
            }
            Self::Components => COMPONENTS,
            Self::Paths | Self::Responses | Self::Callback => const { &[] },
            Self::PathItem => PATH_ITEM,
            Self::Operation => OPERATION_FIELDS,
            Self::ExternalDocs => const { &[DESCRIPTION, prose("url", Text)] },
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
                        prose("description", Text),
                        HEADERS,
                        may("content", CONTENT),
                        may("links", Map(&Referable(Object::Link))),
                    ]
                }
            }
            Self::Example => {
                const {
                    &[
                        may("summary", Text),
                        DESCRIPTION,
                        may("value", Any),
                        may("externalValue", Text),
                    ]
                }
            }
            Self::Link => LINK,
            Self::Header => HEADER,
            Self::Tag => const { &[must("name", Text), DESCRIPTION, EXTERNAL_DOCS] },
            Self::Schema => SCHEMA_FIELDS,
            Self::Discriminator => {
                const { &[must("propertyName", Text), may("mapping", Map(&Text))] }
            }
            Self::Xml => XML,
            Self::SecurityScheme => SECURITY_SCHEME,
            Self::OauthFlows => FLOWS,
            Self::ImplicitFlow => {
                const {
                    &[
                        prose("authorizationUrl", Text),
                        may("refreshUrl", Text),
                        SCOPES,
                        may("tokenUrl", Text),
                    ]
                }
            }
            Self::TokenFlow => {
                const {
                    &[
                        prose("tokenUrl", Text),
                        may("refreshUrl", Text),
                        SCOPES,
                        may("authorizationUrl", Text),
                    ]
                }
            }
            Self::CodeFlow => {
                const {
                    &[
                        prose("authorizationUrl", Text),
                        prose("tokenUrl", Text),
                        may("refreshUrl", Text),
                        SCOPES,
                    ]
                }
            }
        }
    }
}

const OPEN_API: &[Field] = &[
    must("openapi", Text),
    must("info", Inline(Object::Info)),
    SERVERS,
    must("paths", Inline(Object::Paths)),
    may("components", Inline(Object::Components)),
    SECURITY,
    may("tags", List(&Inline(Object::Tag))),
    EXTERNAL_DOCS,
];

const INFO: &[Field] = &[
    must("title", Text),
    DESCRIPTION,
    may("termsOfService", Text),
    may("contact", Inline(Object::Contact)),
    may("license", Inline(Object::License)),
    must("version", Text),
];

const COMPONENTS: &[Field] = &[
    may("schemas", Map(&SCHEMA)),
    may("responses", Map(&Referable(Object::Response))),
    may("parameters", Map(&Referable(Object::Parameter))),
    may("examples", Map(&Referable(Object::Example))),
    may("requestBodies", Map(&Referable(Object::RequestBody))),
    may("headers", Map(&Referable(Object::Header))),
    may("securitySchemes", Map(&Referable(Object::SecurityScheme))),
    may("links", Map(&Referable(Object::Link))),
    may("callbacks", Map(&Referable(Object::Callback))),
];

const PATH_ITEM: &[Field] = &[
    may("summary", Text),
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
    may("tags", Texts),
    may("summary", Text),
    DESCRIPTION,
    EXTERNAL_DOCS,
    may("operationId", Text),
    PARAMETERS,
    may("requestBody", Referable(Object::RequestBody)),
    must("responses", Inline(Object::Responses)),
    may("callbacks", Map(&Referable(Object::Callback))),
    may("deprecated", Boolean),
    SECURITY,
    SERVERS,
];

const PARAMETER: &[Field] = &[
    must("name", Text),
    must("in", Word(&["query", "header", "path", "cookie"])),
    DESCRIPTION,
    may("required", Boolean),
    may("deprecated", Boolean),
    may("allowEmptyValue", Boolean),
    may("style", Word(STYLES)),
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
    may("style", Word(STYLES)),
    may("explode", Boolean),
    may("allowReserved", Boolean),
    may("schema", SCHEMA),
    may("example", Any),
    EXAMPLES,
    may("content", CONTENT),
];

const ENCODING: &[Field] = &[
    may("contentType", Text),
    HEADERS,
    may("style", Word(STYLES)),
    may("explode", Boolean),
    may("allowReserved", Boolean),
];

const LINK: &[Field] = &[
    may("operationRef", Text),
    may("operationId", Text),
    may("parameters", Map(&Any)),
    may("requestBody", Any),
    DESCRIPTION,
    may("server", Inline(Object::Server)),
];

const XML: &[Field] = &[
    may("name", Text),
    may("namespace", Text),
    may("prefix", Text),
    may("attribute", Boolean),
    may("wrapped", Boolean),
];

const SECURITY_SCHEME: &[Field] = &[
    must("type", Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
    DESCRIPTION,
    may("name", Text),
    may("in", Word(&["query", "header", "cookie"])),
    may("scheme", Text),
    may("bearerFormat", Text),
    may("flows", Inline(Object::OauthFlows)),
    may("openIdConnectUrl", Text),
];

const FLOWS: &[Field] = &[
    may("implicit", Inline(Object::ImplicitFlow)),
    may("password", Inline(Object::TokenFlow)),
    may("clientCredentials", Inline(Object::TokenFlow)),
    may("authorizationCode", Inline(Object::CodeFlow)),
];

const SCHEMA_FIELDS: &[Field] = &[
    may("title", Text),
    may("multipleOf", Number),
    may("maximum", Number),
    may("exclusiveMaximum", Boolean),
    may("minimum", Number),
    may("exclusiveMinimum", Boolean),
    may("maxLength", Count),
    may("minLength", Count),
    may("pattern", Text),
    may("maxItems", Count),
    may("minItems", Count),
    may("uniqueItems", Boolean),
    may("maxProperties", Count),
    may("minProperties", Count),
    may("required", Texts),
    may("enum", Values),
    may(
        "type",
        Word(&["boolean", "integer", "number", "string", "array", "object"]),
    ),
    may("allOf", List(&SCHEMA)),
    may("oneOf", List(&SCHEMA)),
    may("anyOf", List(&SCHEMA)),
    may("not", SCHEMA),
    may("items", SCHEMA),
    may("properties", Map(&SCHEMA)),
    may("additionalProperties", BooleanOrSchema),
    DESCRIPTION,
    may("format", Text),
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
