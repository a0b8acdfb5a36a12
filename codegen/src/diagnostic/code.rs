//! The kinds of problems. Their names are stable: people put them into scripts.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::Severity;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $severity:ident, $allow:literal;)+) => {
        /// What kind of problem a diagnostic reports.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its stable name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// How bad it is, unless it is allowed.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)+ }
            }

            /// Whether it is an error where a document is read strictly, because the document says less than the server does.
            #[must_use]
            pub fn is_strict(self) -> bool {
                matches!(
                    self,
                    Self::UndeclaredStatus
                        | Self::ErrorShape
                        | Self::MissingResponse
                        | Self::UndeclaredPathParameter
                        | Self::OptionalPathParameter
                )
            }

            /// Whether a caller may turn it into a warning, because there is a sensible way to go on.
            #[must_use]
            pub fn can_be_allowed(self) -> bool {
                match self { $(Self::$variant => $allow,)+ }
            }

            /// What it means, and what happens where it is allowed.
            #[must_use]
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => concat!($($doc,)+).trim_ascii(),)+ }
            }
        }
    };
}

codes! {
    /// A file cannot be read.
    Io = "io", Error, false;
    /// The text is not YAML or JSON.
    Syntax = "syntax", Error, false;
    /// The bytes are not UTF-8.
    NotUtf8 = "not-utf8", Error, false;
    /// The files are larger than the generator reads.
    TooLarge = "too-large", Error, false;
    /// The text, or a chain of schemas in place of each other, is nested deeper than the generator follows.
    TooDeep = "too-deep", Error, false;
    /// Aliases make a small text into an enormous document.
    AliasBomb = "alias-bomb", Error, false;
    /// The file has more than one YAML document.
    MultipleDocuments = "multiple-documents", Error, false;
    /// A byte order mark is in front of the text. It is skipped.
    ByteOrderMark = "byte-order-mark", Warning, true;
    /// The same key twice in one object. If allowed, the first counts.
    DuplicateKey = "duplicate-key", Error, true;
    /// A key that is not a string. If allowed, it is taken as it is written.
    KeyNotString = "key-not-string", Error, true;
    /// A YAML tag without a meaning in JSON. It is ignored.
    YamlTag = "yaml-tag", Warning, true;
    /// A merge key (`<<`) whose value is not a mapping or a list of mappings.
    BadMergeKey = "bad-merge-key", Error, false;
    /// A number that JSON cannot hold, such as `.nan`. If allowed, it is taken as a string.
    NumberRange = "number-range", Error, true;
    /// An integer that is wider than 64 bits, and is rounded.
    NumberPrecision = "number-precision", Warning, true;

    /// A config that is not TOML, a setting that there is not, or a value that a setting cannot have.
    Config = "config", Error, false;
    /// A setting of the config names something that the document does not have.
    ConfigName = "config-name", Error, false;
    /// The config gives something a name that something else has.
    ConfigClash = "config-clash", Error, false;
    /// A setting of the config names something that no type is made of, such as a schema of operations that are left out.
    ConfigUnused = "config-unused", Warning, true;

    /// The generator wrote something that is not Rust. That is never the document's fault.
    Internal = "internal", Error, false;

    /// The document is not OpenAPI 3.0.
    UnsupportedVersion = "unsupported-version", Error, false;
    /// A field that must be there is missing, and the generated code needs it. If allowed, the emptiest value stands for it.
    MissingField = "missing-field", Error, true;
    /// A field that the specification asks for is missing, and nothing in the generated code depends on it.
    MissingDescription = "missing-description", Warning, true;
    /// A field that OpenAPI 3.0 does not know. It is ignored.
    UnknownField = "unknown-field", Warning, true;
    /// A value of the wrong kind, such as a text for an object. If allowed, it is left out.
    WrongKind = "wrong-kind", Error, true;
    /// A value of the right kind that the field cannot have. If allowed, it is left out.
    BadValue = "bad-value", Error, true;
    /// A construct of OpenAPI 3.1 or of Swagger 2 in a 3.0 document. If allowed, it is left out.
    ForeignVersion = "foreign-version", Error, true;
    /// A component's name with characters that the specification does not allow.
    ComponentName = "component-name", Warning, true;
    /// A reference to something that is not there. If allowed, the thing is left out, and a schema accepts anything.
    UnresolvedReference = "unresolved-reference", Error, true;
    /// A reference that leads back to itself. If allowed, it is left out like one to nothing.
    ReferenceCycle = "reference-cycle", Error, true;
    /// A reference to a file outside of the root document's folder, or to the network. If allowed, it is left out like one to nothing.
    ReferenceOutside = "reference-outside", Error, true;
    /// Fields beside `$ref`, which the specification says are ignored.
    ReferenceSiblings = "reference-siblings", Warning, true;

    /// A schema that contains itself in place (`allOf`, `oneOf`, `anyOf`, `not`), so that checking a value never ends.
    EndlessSchema = "endless-schema", Error, false;
    /// Rules that no value can satisfy together. If allowed, the rules stay as they are.
    ImpossibleSchema = "impossible-schema", Error, true;
    /// A `pattern` that is not an ECMA-262 regular expression. If allowed, the pattern is left out.
    BadPattern = "bad-pattern", Error, true;
    /// A pattern in the dialect of Java or PCRE, which ECMA-262 can say in another way. It is checked so, and published as it is.
    ForeignPattern = "foreign-pattern", Warning, true;
    /// A `default` that its schema does not accept. If allowed, the default is left out.
    BadDefault = "bad-default", Error, true;
    /// A value in `enum` that can never be taken, because of `type` or because it is there twice.
    BadEnumValue = "bad-enum-value", Warning, true;
    /// Properties without `type: object`. The schema is taken as an object.
    ImpliedObject = "implied-object", Warning, true;
    /// An array without `items`. Its items can be anything.
    MissingItems = "missing-items", Warning, true;
    /// A schema of which no type holds all that it declares. Its values are held as JSON, and no rule is lost.
    Untyped = "untyped", Warning, true;
    /// A discriminator that cannot tell the alternatives apart. If allowed, it is left out.
    BadDiscriminator = "bad-discriminator", Error, true;
    /// A discriminator without `oneOf` or `anyOf`. The schema is taken as it is, without the ones that extend it.
    DiscriminatorWithoutAlternatives = "discriminator-without-alternatives", Warning, true;

    /// A path that can never be requested, such as one that does not start with `/`. If allowed, it stays if it can.
    BadPath = "bad-path", Error, true;
    /// A path with a query or a fragment, which are no part of a path. What they name tells its operations from others.
    PathSuffix = "path-suffix", Warning, true;
    /// Two paths that match the same requests. If allowed, both stay.
    PathConflict = "path-conflict", Error, true;
    /// An operation that is left out because of an error, with `--skip-unsupported`.
    OperationSkipped = "operation-skipped", Warning, true;
    /// Two operations with one `operationId`. If allowed, a number is put behind the second.
    DuplicateOperation = "duplicate-operation", Error, true;
    /// A name in braces in a path without a parameter. It is taken as a string. An error with `--strict`.
    UndeclaredPathParameter = "undeclared-path-parameter", Warning, true;
    /// A path parameter that its path does not have. If allowed, it is left out.
    UnusedPathParameter = "unused-path-parameter", Error, true;
    /// A path parameter without `required: true`. It is required all the same. An error with `--strict`.
    OptionalPathParameter = "optional-path-parameter", Warning, true;
    /// Two parameters with one name in one place. If allowed, the first counts.
    DuplicateParameter = "duplicate-parameter", Error, true;
    /// A header parameter, or response header, that the specification says is ignored.
    IgnoredHeader = "ignored-header", Warning, true;
    /// A `style` that this place, or this shape of value, does not have. If allowed, the default style is taken.
    ParameterStyle = "parameter-style", Error, true;
    /// A parameter whose value has no defined way of being written, such as a list of lists. If allowed, the inner value is one text.
    ParameterShape = "parameter-shape", Error, true;
    /// A parameter with neither, or both, of `schema` and `content`, or with `content` that is not one JSON type. If allowed, it is a text.
    ParameterContent = "parameter-content", Error, true;
    /// A request body on an operation whose method has none. It is read if it is sent.
    UnexpectedBody = "unexpected-body", Warning, true;
    /// A media type that is not one. If allowed, it is left out.
    BadMediaType = "bad-media-type", Error, true;
    /// A media type that is there twice, with the same schema. The first counts.
    DuplicateMediaType = "duplicate-media-type", Warning, true;
    /// Two media types that no request tells apart, with different schemas. If allowed, the first counts.
    ConflictingMediaTypes = "conflicting-media-types", Error, true;
    /// A charset other than UTF-8. If allowed, it is taken as UTF-8.
    CharsetNotSupported = "charset-not-supported", Error, true;
    /// A media type whose bodies are streams, such as `text/event-stream`. A body is read and sent as a whole.
    StreamNotSupported = "stream-not-supported", Warning, true;
    /// A schema for a media type that is not read, such as XML. The body is bytes, and the schema's rules are left out.
    OpaqueBody = "opaque-body", Warning, true;
    /// A multipart body other than a request of `multipart/form-data`. If allowed, the body is bytes.
    MultipartNotSupported = "multipart-not-supported", Error, true;
    /// A property that cannot be a part of a multipart body, such as a choice between a file and an object. If allowed, it is a text.
    PartNotSupported = "part-not-supported", Error, true;
    /// A part of an Encoding Object that has no effect, or that nothing checks. It is ignored.
    EncodingIgnored = "encoding-ignored", Warning, true;
    /// A form, or a multipart body, whose schema is not an object. If allowed, the body is bytes.
    FormSchema = "form-schema", Error, true;
    /// A text body whose schema is not a string. Its rules are left out.
    TextSchema = "text-schema", Warning, true;
    /// A status that is not one. If allowed, it is left out.
    BadStatus = "bad-status", Error, true;
    /// Content of a response whose status has none by HTTP: 1xx, 204, 205 and 304. It is never sent.
    ContentNotSent = "content-not-sent", Warning, true;
    /// A range of statuses with a lower-case `x`. It is taken as if it were written with capitals.
    StatusCase = "status-case", Warning, true;
    /// An operation without a response. Its handler answers with a status and no content. An error with `--strict`.
    MissingResponse = "missing-response", Warning, true;
    /// An operation that can answer a status that it does not declare. The runtime answers it all the same. An error with `--strict`.
    UndeclaredStatus = "undeclared-status", Warning, true;
    /// An operation that can answer a status in another shape than it declares: a failure where `default` is its only success, or an error without a header that is required. An error with `--strict`.
    ErrorShape = "error-shape", Warning, true;
    /// A code under `x-problem-codes` that the problem cannot have, or a list of codes where there is no problem. It is ignored.
    ProblemCode = "problem-code", Error, true;
    /// A security scheme that is not declared. If allowed, it is taken as `http` `bearer`.
    UndeclaredSecurity = "undeclared-security", Error, true;
    /// A scope that the security scheme does not list. It is asked for all the same.
    UndeclaredScope = "undeclared-scope", Warning, true;
    /// An `http` security scheme other than `bearer` and `basic`. If allowed, it is taken as `bearer`.
    SecuritySchemeNotSupported = "security-scheme-not-supported", Error, true;
    /// `x-signs-body` on a scheme whose credential cannot depend on a body, or a scheme with it where there is no body. If allowed, such a credential is checked without one.
    SignsBody = "signs-body", Error, true;
    /// A server URL that is not one. Its path is not put in front.
    BadServer = "bad-server", Warning, true;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Code {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.name() == text)
            .ok_or_else(|| format!("`{text}` is not the code of a diagnostic"))
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
