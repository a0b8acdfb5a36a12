// Written by civicforge-codegen from the contract. Change the contract, not this file.

// allOf 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"allOf","version":"1.0.0"},"paths":{},"components":{"schemas":{"Base":{"type":"object","required":["id"],"properties":{"id":{"type":"string","format":"uuid"},"note":{"type":"string"}}},"Named":{"type":"object","properties":{"name":{"type":"string","minLength":1}}},"Derived":{"allOf":[{"$ref":"#/components/schemas/Base"},{"$ref":"#/components/schemas/Named"},{"type":"object","required":["age"],"properties":{"age":{"type":"integer","format":"int32"}}}]},"Deeper":{"allOf":[{"$ref":"#/components/schemas/Derived"}],"properties":{"extra":{"type":"boolean"}},"type":"object"},"Stricter":{"allOf":[{"$ref":"#/components/schemas/Named"},{"required":["name"]}]},"Alias":{"allOf":[{"$ref":"#/components/schemas/Base"}],"description":"Only prose. The same type as Base."},"Reference":{"$ref":"#/components/schemas/Base"},"Override":{"allOf":[{"$ref":"#/components/schemas/Named"},{"type":"object","properties":{"name":{"type":"string","enum":["ada","grace"]}}}]},"ShortText":{"allOf":[{"type":"string","maxLength":9},{"minLength":2}]},"Narrow":{"allOf":[{"type":"string"},{"type":"string","format":"uuid"}]},"Contradiction":{"allOf":[{"type":"string"},{"type":"integer"}]},"Diamond":{"allOf":[{"$ref":"#/components/schemas/Derived"},{"$ref":"#/components/schemas/Base"}]},"WithMap":{"allOf":[{"$ref":"#/components/schemas/Named"},{"type":"object","additionalProperties":{"type":"integer"}}]},"WithChoice":{"allOf":[{"$ref":"#/components/schemas/Base"},{"oneOf":[{"$ref":"#/components/schemas/Named"},{"type":"object","properties":{"other":{"type":"string"}}}]}]},"Holder":{"type":"object","properties":{"described":{"allOf":[{"$ref":"#/components/schemas/Base"}],"description":"A reference with prose."},"alias":{"$ref":"#/components/schemas/Alias"},"reference":{"$ref":"#/components/schemas/Reference"}}}}}}"##;

    /// All of the contract's traits.
    pub trait Api: super::security::Authenticate {}

    impl<T: super::security::Authenticate> Api for T {}

    /// Every operation of the contract.
    pub static OPERATIONS: &[&rt::Descriptor] = &[];

    /// Every operation of the contract, all carried out by one server. The modules of tags have `routes` too, for servers
    /// that carry out one tag each.
    pub fn routes<S: Api>(_server: &rt::Arc<S>) -> Vec<rt::Route> {
        Vec::new()
    }
}
#[rustfmt::skip]
mod json_schema {
    //! `schemars::JsonSchema` for the types that are component schemas: what the contract says,
    //! word for word. It is there where the runtime's feature `json-schema` is on.
    //!
    //! References in them start with `#/components/schemas/`; the settings
    //! `SchemaSettings::openapi3()` resolve them.

    super::rt::component_schemas! {
        super::CONTRACT; super::types::Base => "Base", super::types::Contradiction =>
        "Contradiction", super::types::Deeper => "Deeper", super::types::Derived =>
        "Derived", super::types::Diamond => "Diamond", super::types::Holder => "Holder",
        super::types::Named => "Named", super::types::Narrow => "Narrow",
        super::types::Override => "Override", super::types::ShortText => "ShortText",
        super::types::Stricter => "Stricter", super::types::WithChoice => "WithChoice",
        super::types::WithMap => "WithMap",
    }
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    /// `/components/schemas/Base`
    pub static BASE: rt::Schema = rt::Schema::object()
        .properties(
            &[
                rt::Property::new("id", &rt::Schema::string().format(rt::Format::Uuid)),
                rt::Property::new("note", &rt::Schema::string()),
            ],
        )
        .required(&["id"]);

    /// `/components/schemas/Contradiction`
    pub static CONTRADICTION: rt::Schema = rt::Schema::ANY
        .all_of(&[&rt::Schema::string(), &rt::Schema::integer()]);

    /// `/components/schemas/Named`
    pub static NAMED: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("name", &rt::Schema::string().min_length(1))]);

    /// `/components/schemas/Narrow`
    pub static NARROW: rt::Schema = rt::Schema::ANY
        .all_of(&[&rt::Schema::string(), &rt::Schema::string().format(rt::Format::Uuid)]);

    /// `/components/schemas/ShortText`
    pub static SHORT_TEXT: rt::Schema = rt::Schema::ANY
        .all_of(&[&rt::Schema::string().max_length(9), &rt::Schema::ANY.min_length(2)]);

    /// `/components/schemas/WithChoice`
    pub static WITH_CHOICE: rt::Schema = rt::Schema::ANY
        .all_of(
            &[
                &BASE,
                &rt::Schema::ANY
                    .one_of(
                        &[
                            &NAMED,
                            &rt::Schema::object()
                                .properties(
                                    &[rt::Property::new("other", &rt::Schema::string())],
                                ),
                        ],
                    ),
            ],
        );
}
#[rustfmt::skip]
pub mod security {
    //! Who may call: the principals of the contract's security schemes.

    /// Checks credentials. The hand-written server implements it, and its associated types are what protected
    /// operations get.
    pub trait Authenticate: Sized + Send + Sync + 'static {}
}
#[rustfmt::skip]
pub mod types {
    //! The types of the contract's schemas.
    //!
    //! A value that came in a request has satisfied every rule of its schema. A value that a
    //! handler makes is trusted to.

    use super::{rt, schemas};

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Base {
        /// `id`.
        pub id: rt::Uuid,
        /// `note`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
    }

    impl rt::Decode for Base {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                id: members.required("id")?,
                note: members.optional("note")?,
            })
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(transparent)]
    pub struct Contradiction(rt::Value);

    impl Contradiction {
        /// What it holds.
        pub fn into_inner(self) -> rt::Value {
            self.0
        }
    }

    impl std::ops::Deref for Contradiction {
        type Target = rt::Value;

        fn deref(&self) -> &rt::Value {
            &self.0
        }
    }

    impl TryFrom<rt::Value> for Contradiction {
        type Error = rt::Invalid;

        fn try_from(value: rt::Value) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::CONTRADICTION)?;
            Ok(Contradiction(value))
        }
    }

    impl rt::Decode for Contradiction {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Contradiction)
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Deeper {
        /// `extra`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub extra: Option<bool>,
        /// `id`.
        pub id: rt::Uuid,
        /// `note`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
        /// `name`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        /// `age`.
        pub age: i32,
    }

    impl rt::Decode for Deeper {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                extra: members.optional("extra")?,
                id: members.required("id")?,
                note: members.optional("note")?,
                name: members.optional("name")?,
                age: members.required("age")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Derived {
        /// `id`.
        pub id: rt::Uuid,
        /// `note`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
        /// `name`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        /// `age`.
        pub age: i32,
    }

    impl rt::Decode for Derived {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                id: members.required("id")?,
                note: members.optional("note")?,
                name: members.optional("name")?,
                age: members.required("age")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Diamond {
        /// `id`.
        pub id: rt::Uuid,
        /// `note`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
        /// `name`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        /// `age`.
        pub age: i32,
    }

    impl rt::Decode for Diamond {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                id: members.required("id")?,
                note: members.optional("note")?,
                name: members.optional("name")?,
                age: members.required("age")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Holder {
        /// A reference with prose.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub described: Option<Base>,
        /// Only prose. The same type as Base.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub alias: Option<Base>,
        /// `reference`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub reference: Option<Base>,
    }

    impl rt::Decode for Holder {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                described: members.optional("described")?,
                alias: members.optional("alias")?,
                reference: members.optional("reference")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Named {
        /// `name`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
    }

    impl rt::Decode for Named {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                name: members.optional("name")?,
            })
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct Narrow(rt::Uuid);

    impl Narrow {
        /// What it holds.
        pub fn into_inner(self) -> rt::Uuid {
            self.0
        }
    }

    impl std::ops::Deref for Narrow {
        type Target = rt::Uuid;

        fn deref(&self) -> &rt::Uuid {
            &self.0
        }
    }

    impl std::fmt::Display for Narrow {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl TryFrom<rt::Uuid> for Narrow {
        type Error = rt::Invalid;

        fn try_from(value: rt::Uuid) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::NARROW)?;
            Ok(Narrow(value))
        }
    }

    impl rt::Decode for Narrow {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Narrow)
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Override {
        /// `name`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<OverrideName>,
    }

    impl rt::Decode for Override {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                name: members.optional("name")?,
            })
        }
    }

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum OverrideName {
        /// `ada`.
        Ada,
        /// `grace`.
        Grace,
    }

    rt::string_enum!(OverrideName { Ada = "ada", Grace = "grace" });

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct ShortText(String);

    impl ShortText {
        /// What it holds.
        pub fn into_inner(self) -> String {
            self.0
        }
    }

    impl std::ops::Deref for ShortText {
        type Target = String;

        fn deref(&self) -> &String {
            &self.0
        }
    }

    impl std::fmt::Display for ShortText {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl TryFrom<String> for ShortText {
        type Error = rt::Invalid;

        fn try_from(value: String) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::SHORT_TEXT)?;
            Ok(ShortText(value))
        }
    }

    impl rt::Decode for ShortText {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(ShortText)
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Stricter {
        /// `name`.
        pub name: String,
    }

    impl rt::Decode for Stricter {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                name: members.required("name")?,
            })
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(transparent)]
    pub struct WithChoice(rt::Map<String, rt::Value>);

    impl WithChoice {
        /// What it holds.
        pub fn into_inner(self) -> rt::Map<String, rt::Value> {
            self.0
        }
    }

    impl std::ops::Deref for WithChoice {
        type Target = rt::Map<String, rt::Value>;

        fn deref(&self) -> &rt::Map<String, rt::Value> {
            &self.0
        }
    }

    impl TryFrom<rt::Map<String, rt::Value>> for WithChoice {
        type Error = rt::Invalid;

        fn try_from(value: rt::Map<String, rt::Value>) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::WITH_CHOICE)?;
            Ok(WithChoice(value))
        }
    }

    impl rt::Decode for WithChoice {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(WithChoice)
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct WithMap {
        /// `name`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        /// The properties that have no field of their own.
        #[serde(flatten)]
        pub additional_properties: rt::BTreeMap<String, i64>,
    }

    impl rt::Decode for WithMap {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                name: members.optional("name")?,
                additional_properties: members.others(&["name"])?,
            })
        }
    }

    rt::deserialize_decoded! {
        Base, Contradiction, Deeper, Derived, Diamond, Holder, Named, Narrow, Override,
        OverrideName, ShortText, Stricter, WithChoice, WithMap
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;
