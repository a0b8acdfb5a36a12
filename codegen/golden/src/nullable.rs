// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Nullable 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Nullable","version":"1.0.0"},"paths":{},"components":{"schemas":{"Holder":{"type":"object","required":["both","neither","viaAllOf","viaOneOf","viaComponent","viaEnum"],"properties":{"both":{"type":"string","nullable":true},"neither":{"type":"string"},"optional":{"type":"string"},"optionalNullable":{"type":"string","nullable":true},"viaAllOf":{"nullable":true,"allOf":[{"$ref":"#/components/schemas/Plain"}]},"viaOneOf":{"oneOf":[{"$ref":"#/components/schemas/Plain"},{"enum":[null]}]},"viaAnyOf":{"anyOf":[{"$ref":"#/components/schemas/Plain"},{"nullable":true,"enum":[null]}]},"viaComponent":{"$ref":"#/components/schemas/NullableText"},"viaComponents":{"type":"array","items":{"$ref":"#/components/schemas/NullableStruct"}},"viaEnum":{"type":"string","nullable":true,"enum":["a","b",null]},"viaUntypedEnum":{"enum":["a",null]},"choice":{"nullable":true,"oneOf":[{"$ref":"#/components/schemas/Plain"},{"type":"integer"}]},"withDefault":{"type":"string","nullable":true,"default":null},"notNullable":{"allOf":[{"$ref":"#/components/schemas/NullableText"},{"type":"string"}]}}},"Plain":{"type":"object","properties":{"a":{"type":"string"}}},"NullableText":{"type":"string","nullable":true,"maxLength":5},"NullableStruct":{"type":"object","nullable":true,"properties":{"a":{"type":"string"}}}}}}"##;

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
        super::CONTRACT; super::types::Holder => "Holder", super::types::NullableStruct =>
        "NullableStruct", super::types::NullableText => "NullableText", super::types::Plain
        => "Plain",
    }
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    /// `/components/schemas/NullableText`
    pub static NULLABLE_TEXT: rt::Schema = rt::Schema::string().nullable().max_length(5);

    /// `/components/schemas/Plain`
    pub static PLAIN: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("a", &rt::Schema::string())]);

    pub(crate) static HOLDER_CHOICE__INT64: rt::Schema = rt::Schema::integer();
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
    #[serde(rename_all = "camelCase")]
    pub struct Holder {
        /// `both`.
        pub both: rt::Nullable<String>,
        /// `neither`.
        pub neither: String,
        /// `optional`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub optional: Option<String>,
        /// `optionalNullable`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub optional_nullable: Option<rt::Nullable<String>>,
        /// `viaAllOf`.
        pub via_all_of: rt::Nullable<Plain>,
        /// `viaOneOf`.
        pub via_one_of: rt::Nullable<Plain>,
        /// `viaAnyOf`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub via_any_of: Option<rt::Nullable<Plain>>,
        /// `viaComponent`.
        pub via_component: rt::Nullable<NullableText>,
        /// `viaComponents`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub via_components: Option<Vec<rt::Nullable<NullableStruct>>>,
        /// `viaEnum`.
        pub via_enum: rt::Nullable<HolderViaEnum>,
        /// `viaUntypedEnum`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub via_untyped_enum: Option<rt::Nullable<HolderViaUntypedEnum>>,
        /// `choice`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub choice: Option<rt::Nullable<HolderChoice>>,
        /// `withDefault`.
        ///
        /// Where it is absent: `null`.
        pub with_default: rt::Nullable<String>,
        /// `notNullable`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub not_nullable: Option<String>,
    }

    impl rt::Decode for Holder {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                both: members.required("both")?,
                neither: members.required("neither")?,
                optional: members.optional("optional")?,
                optional_nullable: members.optional("optionalNullable")?,
                via_all_of: members.required("viaAllOf")?,
                via_one_of: members.required("viaOneOf")?,
                via_any_of: members.optional("viaAnyOf")?,
                via_component: members.required("viaComponent")?,
                via_components: members.optional("viaComponents")?,
                via_enum: members.required("viaEnum")?,
                via_untyped_enum: members.optional("viaUntypedEnum")?,
                choice: members.optional("choice")?,
                with_default: members.optional("withDefault")?.unwrap_or(rt::Nullable::Null),
                not_nullable: members.optional("notNullable")?,
            })
        }
    }

    /// One of several alternatives.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(untagged)]
    pub enum HolderChoice {
        /// `Plain`.
        Plain(Plain),
        /// `Int64`.
        Int64(i64),
    }

    impl rt::Decode for HolderChoice {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            if schemas::PLAIN.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Plain);
            }
            if schemas::HOLDER_CHOICE__INT64.is_valid(node, rt::Direction::Request) {
                return rt::Decode::decode(node).map(Self::Int64);
            }
            Err(rt::Mismatch::new("one of the alternatives that the contract lists"))
        }
    }

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum HolderViaEnum {
        /// `a`.
        A,
        /// `b`.
        B,
    }

    rt::string_enum!(HolderViaEnum { A = "a", B = "b" });

    /// One of the values that the contract lists.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum HolderViaUntypedEnum {
        /// `a`.
        A,
    }

    rt::string_enum!(HolderViaUntypedEnum { A = "a" });

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct NullableStruct {
        /// `a`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
    }

    impl rt::Decode for NullableStruct {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self { a: members.optional("a")? })
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct NullableText(String);

    impl NullableText {
        /// What it holds.
        pub fn into_inner(self) -> String {
            self.0
        }
    }

    impl std::ops::Deref for NullableText {
        type Target = String;

        fn deref(&self) -> &String {
            &self.0
        }
    }

    impl std::fmt::Display for NullableText {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl TryFrom<String> for NullableText {
        type Error = rt::Invalid;

        fn try_from(value: String) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::NULLABLE_TEXT)?;
            Ok(NullableText(value))
        }
    }

    impl rt::Decode for NullableText {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(NullableText)
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Plain {
        /// `a`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub a: Option<String>,
    }

    impl rt::Decode for Plain {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self { a: members.optional("a")? })
        }
    }

    rt::deserialize_decoded! {
        Holder, HolderChoice, HolderViaEnum, HolderViaUntypedEnum, NullableStruct,
        NullableText, Plain
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;
