//! The intermediate representation between the parsed contract and the emitted code.
//!
//! Lowering decides everything that needs a decision (names, references, directions, recursion, what a
//! schema is represented as), so that an emitter only prints. Nothing in here points back into the
//! OpenAPI document, except for pointers that say where a thing came from.
//!
//! A JSON Schema becomes two things:
//!
//! * a [`Type`]: what Rust code holds once a value was accepted, and
//! * a [`Schema`]: every rule that a value must satisfy before it is accepted.
//!
//! They are separate because a Rust type can not express most rules (`multipleOf`, `not`, `uniqueItems`), and
//! because one exact rule engine is easier to trust than rules that are spread over conversions. A schema that
//! has no natural Rust type is held as [`Type::Any`] and loses no rule by it.

use serde_json::{Number, Value};

/// A whole contract, lowered.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// Named types, ordered by name. [`TypeId`] indexes this list.
    pub types: Vec<TypeDef>,
    /// Named rules, ordered by name. [`SchemaId`] indexes this list.
    pub schemas: Vec<SchemaDef>,
    /// The security schemes that at least one operation uses, ordered by name. [`SchemeId`] indexes this list.
    pub security_schemes: Vec<SecurityScheme>,
    /// Operations by their first tag, in the order of the document's `tags`, then by name.
    pub tags: Vec<Tag>,
    /// The document with every file inlined (external references moved under `components`), as it is published.
    pub document: Value,
}

/// Index into [`Model::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// Index into [`Model::schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub usize);

/// Index into [`Model::security_schemes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemeId(pub usize);

/// What the contract says about a thing in prose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Docs {
    /// One line: an operation's `summary`, a schema's `title`.
    pub summary: Option<String>,
    /// CommonMark.
    pub description: Option<String>,
    /// Whether the contract marks it as deprecated.
    pub deprecated: bool,
}

/// How a value is held in Rust.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// Any JSON value.
    Any,
    /// Any JSON object.
    FreeObject,
    /// `boolean`.
    Boolean,
    /// `integer` of `format: int32`.
    Int32,
    /// Any other `integer`.
    Int64,
    /// `number` of `format: float`.
    Float,
    /// Any other `number`.
    Double,
    /// `string` without a type of its own.
    String,
    /// `string` of `format: password`: never shown by `Debug`, cleared on drop.
    Password,
    /// `string` of `format: uuid`.
    Uuid,
    /// `string` of `format: date`.
    Date,
    /// `string` of `format: date-time`.
    DateTime,
    /// `string` of `format: ipv4`.
    Ipv4,
    /// `string` of `format: ipv6`.
    Ipv6,
    /// `string` of `format: byte`, decoded.
    Base64,
    /// `array`.
    Array(Box<Type>),
    /// `object` with only `additionalProperties: {schema}`.
    Map(Box<Type>),
    /// A type of [`Model::types`].
    Named(TypeId),
    /// The same on the heap, where a type contains itself.
    Boxed(Box<Type>),
    /// A value or `null`.
    Nullable(Box<Type>),
}

/// A named Rust type.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// Unique UpperCamelCase Rust name.
    pub name: String,
    /// The component schema that it is, for `schemars` and the docs; an inline schema has none.
    pub component: Option<String>,
    /// JSON pointer into the document.
    pub pointer: String,
    /// Prose.
    pub docs: Docs,
    /// What it is.
    pub shape: Shape,
    /// The rules of its values.
    pub schema: SchemaId,
}

/// What a named type is.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// `object` with properties.
    Struct {
        /// In the order of the contract.
        fields: Vec<Field>,
        /// Where `additionalProperties` is `true` or a schema: the type of the others' values. Without the keyword,
        /// other properties are allowed and dropped.
        additional: Option<Additional>,
    },
    /// `enum` of strings or of integers.
    Enum {
        /// Whether the values are integers.
        integers: bool,
        /// In the order of the contract.
        values: Vec<EnumValue>,
    },
    /// `oneOf` or `anyOf`.
    Union {
        /// In the order of the contract.
        variants: Vec<Variant>,
        /// The property that tells the variants apart.
        discriminator: Option<String>,
    },
    /// A component that is a scalar, an array or a map.
    Newtype {
        /// What it holds.
        inner: Type,
    },
}

/// The map that holds the properties that a struct does not name.
#[derive(Debug, Clone, PartialEq)]
pub struct Additional {
    /// Rust name of the field, unique in its struct.
    pub field: String,
    /// Type of the values.
    pub ty: Type,
}

/// A property.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Name on the wire.
    pub json_name: String,
    /// Unique snake_case Rust name, raw (`r#type`) where it must be.
    pub name: String,
    /// Type of a value that is there.
    pub ty: Type,
    /// Whether it may be absent.
    pub presence: Presence,
    /// Prose.
    pub docs: Docs,
}

/// Whether something may be absent.
#[derive(Debug, Clone, PartialEq)]
pub enum Presence {
    /// It is always there.
    Required,
    /// It may be absent.
    Optional,
    /// Where it is absent, this value stands for it. Lowering has checked it against the schema.
    Default(Value),
}

/// One value of an `enum`.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumValue {
    /// Unique UpperCamelCase Rust name.
    pub name: String,
    /// A string or an integer.
    pub value: Value,
}

/// One alternative of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Unique UpperCamelCase Rust name.
    pub name: String,
    /// What it holds.
    pub ty: Type,
    /// What a value must satisfy to be this alternative.
    pub schema: SchemaRef,
    /// The discriminator's values that mean this alternative (mapping keys, else the component's name).
    pub tags: Vec<String>,
}

/// Rules by name.
#[derive(Debug, Clone, PartialEq)]
pub struct SchemaDef {
    /// Unique SCREAMING_SNAKE_CASE Rust name.
    pub name: String,
    /// JSON pointer into the document.
    pub pointer: String,
    /// The rules.
    pub schema: Schema,
}

/// Rules in place, or by name.
#[derive(Debug, Clone, PartialEq)]
pub enum SchemaRef {
    /// A rule set of [`Model::schemas`].
    Named(SchemaId),
    /// Rules that are used once.
    Inline(Box<Schema>),
}

/// `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of JSON Schema")]
pub enum JsonType {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// The formats that are enforced. Any other `format` is a note to the reader, and is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(
    missing_docs,
    reason = "the names are those of the OpenAPI and JSON Schema format registries"
)]
pub enum Format {
    Int32,
    Int64,
    Float,
    Double,
    Uuid,
    Date,
    DateTime,
    Email,
    Uri,
    UriReference,
    Ipv4,
    Ipv6,
    Hostname,
    Byte,
    Password,
}

/// Every rule of an OpenAPI 3.0 Schema Object. The default accepts anything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Schema {
    /// `type`.
    pub json_type: Option<JsonType>,
    /// `nullable`. `null` then satisfies the whole schema.
    pub nullable: bool,
    /// `format`.
    pub format: Option<Format>,
    /// `enum`.
    pub enumeration: Option<Vec<Value>>,
    /// `minimum`, and whether it is exclusive.
    pub minimum: Option<(Number, bool)>,
    /// `maximum`, and whether it is exclusive.
    pub maximum: Option<(Number, bool)>,
    /// `multipleOf`.
    pub multiple_of: Option<Number>,
    /// `minLength`, in Unicode code points.
    pub min_length: Option<u64>,
    /// `maxLength`, in Unicode code points.
    pub max_length: Option<u64>,
    /// `pattern`: an ECMA-262 regular expression that compiles.
    pub pattern: Option<String>,
    /// `items`.
    pub items: Option<SchemaRef>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `properties`, in the order of the contract.
    pub properties: Vec<Property>,
    /// `required`, in the order of the contract.
    pub required: Vec<String>,
    /// `additionalProperties`.
    pub additional: AdditionalRule,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// `allOf`.
    pub all_of: Vec<SchemaRef>,
    /// `anyOf`.
    pub any_of: Vec<SchemaRef>,
    /// `oneOf`.
    pub one_of: Vec<SchemaRef>,
    /// `not`.
    pub not: Option<SchemaRef>,
    /// `discriminator`: the property, and for each of its values the index of the alternative in `one_of` or `any_of`.
    pub discriminator: Option<(String, Vec<(String, usize)>)>,
}

/// A property's rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// Name on the wire.
    pub name: String,
    /// Rules of its value.
    pub schema: SchemaRef,
    /// Not allowed in requests, and not required there.
    pub read_only: bool,
    /// Not allowed in responses, and not required there.
    pub write_only: bool,
}

/// `additionalProperties`.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum AdditionalRule {
    /// `true`, or not said.
    #[default]
    Allowed,
    /// `false`.
    Denied,
    /// A schema.
    Schema(SchemaRef),
}

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
    /// Path template, as in the contract, in front of it the path of `servers[0]` where that has one.
    pub path: String,
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
    /// Media type or range, lower case, without parameters.
    pub media_type: String,
    /// UpperCamelCase name, unique among its siblings.
    pub variant: String,
    /// What its bytes are.
    pub payload: Payload,
}

/// What the bytes of a body are.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    /// `application/json` and `+json`.
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
    },
    /// `text/*`: UTF-8.
    Text {
        /// Its rules.
        schema: SchemaRef,
    },
    /// Anything else: bytes as they are.
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
    /// Its type: a scalar, or an array or object written in `simple` style.
    pub ty: Type,
    /// Whether an object is written as `name=value`.
    pub explode: bool,
    /// Prose.
    pub docs: Docs,
}

/// Who may call an operation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Security {
    /// One of these must be satisfied, each by all of its schemes. None: anyone may call.
    pub alternatives: Vec<Vec<SchemeUse>>,
    /// Whether `{}` is one of the alternatives: a caller without credentials is let in as nobody.
    pub optional: bool,
    /// UpperCamelCase name for the enum of the alternatives, where there are several; shared by operations that have
    /// the same ones.
    pub enum_name: Option<String>,
}

/// A scheme that an alternative asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SchemeUse {
    /// Which.
    pub scheme: SchemeId,
    /// Scopes that the principal must have.
    pub scopes: Vec<String>,
}

/// A security scheme.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityScheme {
    /// Name in the contract.
    pub name: String,
    /// Unique snake_case name of its method.
    pub method_name: String,
    /// Unique UpperCamelCase name of its principal's type.
    pub type_name: String,
    /// How its credential is sent.
    pub kind: SchemeKind,
    /// Prose.
    pub docs: Docs,
}

/// How a credential is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Bearer` (RFC 6750): `http` bearer, `oauth2`, `openIdConnect`.
    Bearer,
    /// `Authorization: Basic` (RFC 7617).
    Basic,
    /// A parameter.
    ApiKey {
        /// `Header`, `Query` or `Cookie`.
        location: Location,
        /// Its name.
        name: String,
    },
}
