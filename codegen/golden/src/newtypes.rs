// Written by civicforge-codegen from the contract. Change the contract, not this file.

// Newtypes 1.0.0
//
// One trait for each tag, whose methods have typed requests and closed responses; [`routes`]
// makes a `civicforge_runtime::service::Service` of whatever implements all of them ([`Api`]).

#[rustfmt::skip]
mod api {
    //! The contract as a whole.

    use super::rt;

    /// The contract, as it is published: OpenAPI 3.0 in JSON, all files in one.
    pub const CONTRACT: &str = r##"{"openapi":"3.0.3","info":{"title":"Newtypes","version":"1.0.0"},"paths":{},"components":{"schemas":{"Text":{"type":"string","maxLength":3},"Whole":{"type":"integer"},"Truth":{"type":"boolean"},"Names":{"type":"array","items":{"$ref":"#/components/schemas/Text"}},"Ages":{"type":"object","additionalProperties":{"type":"integer"}},"Anything":{},"AnyObject":{"type":"object"},"AnyList":{"type":"array","items":{}},"Pair":{"type":"array","items":{"type":"array","items":{"type":"object","properties":{"inner":{"type":"string"}}}}},"Owner":{"type":"object","properties":{"address":{"type":"object","properties":{"city":{"type":"string","minLength":1}}},"list":{"type":"array","items":{"type":"object","properties":{"inList":{"type":"string"}}}},"map":{"type":"object","additionalProperties":{"type":"object","properties":{"inMap":{"type":"string"}}}}}},"Borrower":{"type":"object","properties":{"address":{"$ref":"#/components/schemas/Owner/properties/address"},"city":{"$ref":"#/components/schemas/Owner/properties/address/properties/city"}}}}}}"##;

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
        super::CONTRACT; super::types::Ages => "Ages", super::types::AnyList => "AnyList",
        super::types::AnyObject => "AnyObject", super::types::Anything => "Anything",
        super::types::Borrower => "Borrower", super::types::Names => "Names",
        super::types::Owner => "Owner", super::types::Pair => "Pair", super::types::Text =>
        "Text", super::types::Truth => "Truth", super::types::Whole => "Whole",
    }
}
#[rustfmt::skip]
pub mod schemas {
    //! The rules of the contract's schemas, as data that is there when the program starts.

    use super::rt;

    /// `/components/schemas/Ages`
    pub static AGES: rt::Schema = rt::Schema::object().additional(&rt::Schema::integer());

    /// `/components/schemas/AnyList`
    pub static ANY_LIST: rt::Schema = rt::Schema::array().items(&rt::Schema::ANY);

    /// `/components/schemas/Names`
    pub static NAMES: rt::Schema = rt::Schema::array().items(&TEXT);

    /// `/components/schemas/Owner/properties/address/properties/city`
    pub static OWNER_ADDRESS_CITY: rt::Schema = rt::Schema::string().min_length(1);

    /// `/components/schemas/Pair`
    pub static PAIR: rt::Schema = rt::Schema::array()
        .items(&rt::Schema::array().items(&PAIR_ITEM_ITEM));

    /// `/components/schemas/Pair/items/items`
    pub static PAIR_ITEM_ITEM: rt::Schema = rt::Schema::object()
        .properties(&[rt::Property::new("inner", &rt::Schema::string())]);

    /// `/components/schemas/Text`
    pub static TEXT: rt::Schema = rt::Schema::string().max_length(3);
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

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(transparent)]
    pub struct Ages(rt::BTreeMap<String, i64>);

    impl Ages {
        /// What it holds.
        pub fn into_inner(self) -> rt::BTreeMap<String, i64> {
            self.0
        }
    }

    impl std::ops::Deref for Ages {
        type Target = rt::BTreeMap<String, i64>;

        fn deref(&self) -> &rt::BTreeMap<String, i64> {
            &self.0
        }
    }

    impl TryFrom<rt::BTreeMap<String, i64>> for Ages {
        type Error = rt::Invalid;

        fn try_from(value: rt::BTreeMap<String, i64>) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::AGES)?;
            Ok(Ages(value))
        }
    }

    impl rt::Decode for Ages {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Ages)
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(transparent)]
    pub struct AnyList(Vec<rt::Value>);

    impl AnyList {
        /// What it holds.
        pub fn into_inner(self) -> Vec<rt::Value> {
            self.0
        }
    }

    impl std::ops::Deref for AnyList {
        type Target = Vec<rt::Value>;

        fn deref(&self) -> &Vec<rt::Value> {
            &self.0
        }
    }

    impl TryFrom<Vec<rt::Value>> for AnyList {
        type Error = rt::Invalid;

        fn try_from(value: Vec<rt::Value>) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::ANY_LIST)?;
            Ok(AnyList(value))
        }
    }

    impl rt::Decode for AnyList {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(AnyList)
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(transparent)]
    pub struct AnyObject(rt::Map<String, rt::Value>);

    impl AnyObject {
        /// What it holds.
        pub fn into_inner(self) -> rt::Map<String, rt::Value> {
            self.0
        }
    }

    impl std::ops::Deref for AnyObject {
        type Target = rt::Map<String, rt::Value>;

        fn deref(&self) -> &rt::Map<String, rt::Value> {
            &self.0
        }
    }

    impl From<rt::Map<String, rt::Value>> for AnyObject {
        fn from(value: rt::Map<String, rt::Value>) -> Self {
            AnyObject(value)
        }
    }

    impl rt::Decode for AnyObject {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(AnyObject)
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(transparent)]
    pub struct Anything(rt::Value);

    impl Anything {
        /// What it holds.
        pub fn into_inner(self) -> rt::Value {
            self.0
        }
    }

    impl std::ops::Deref for Anything {
        type Target = rt::Value;

        fn deref(&self) -> &rt::Value {
            &self.0
        }
    }

    impl From<rt::Value> for Anything {
        fn from(value: rt::Value) -> Self {
            Anything(value)
        }
    }

    impl rt::Decode for Anything {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Anything)
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Borrower {
        /// `address`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub address: Option<OwnerAddress>,
        /// `city`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub city: Option<OwnerAddressCity>,
    }

    impl rt::Decode for Borrower {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                address: members.optional("address")?,
                city: members.optional("city")?,
            })
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(transparent)]
    pub struct Names(Vec<Text>);

    impl Names {
        /// What it holds.
        pub fn into_inner(self) -> Vec<Text> {
            self.0
        }
    }

    impl std::ops::Deref for Names {
        type Target = Vec<Text>;

        fn deref(&self) -> &Vec<Text> {
            &self.0
        }
    }

    impl TryFrom<Vec<Text>> for Names {
        type Error = rt::Invalid;

        fn try_from(value: Vec<Text>) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::NAMES)?;
            Ok(Names(value))
        }
    }

    impl rt::Decode for Names {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Names)
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct Owner {
        /// `address`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub address: Option<OwnerAddress>,
        /// `list`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub list: Option<Vec<OwnerListItem>>,
        /// `map`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub map: Option<rt::BTreeMap<String, OwnerMapValue>>,
    }

    impl rt::Decode for Owner {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                address: members.optional("address")?,
                list: members.optional("list")?,
                map: members.optional("map")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct OwnerAddress {
        /// `city`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub city: Option<OwnerAddressCity>,
    }

    impl rt::Decode for OwnerAddress {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                city: members.optional("city")?,
            })
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct OwnerAddressCity(String);

    impl OwnerAddressCity {
        /// What it holds.
        pub fn into_inner(self) -> String {
            self.0
        }
    }

    impl std::ops::Deref for OwnerAddressCity {
        type Target = String;

        fn deref(&self) -> &String {
            &self.0
        }
    }

    impl std::fmt::Display for OwnerAddressCity {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl TryFrom<String> for OwnerAddressCity {
        type Error = rt::Invalid;

        fn try_from(value: String) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::OWNER_ADDRESS_CITY)?;
            Ok(OwnerAddressCity(value))
        }
    }

    impl rt::Decode for OwnerAddressCity {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(OwnerAddressCity)
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct OwnerListItem {
        /// `inList`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub in_list: Option<String>,
    }

    impl rt::Decode for OwnerListItem {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                in_list: members.optional("inList")?,
            })
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct OwnerMapValue {
        /// `inMap`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub in_map: Option<String>,
    }

    impl rt::Decode for OwnerMapValue {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                in_map: members.optional("inMap")?,
            })
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    #[serde(transparent)]
    pub struct Pair(Vec<Vec<PairItemItem>>);

    impl Pair {
        /// What it holds.
        pub fn into_inner(self) -> Vec<Vec<PairItemItem>> {
            self.0
        }
    }

    impl std::ops::Deref for Pair {
        type Target = Vec<Vec<PairItemItem>>;

        fn deref(&self) -> &Vec<Vec<PairItemItem>> {
            &self.0
        }
    }

    impl TryFrom<Vec<Vec<PairItemItem>>> for Pair {
        type Error = rt::Invalid;

        fn try_from(value: Vec<Vec<PairItemItem>>) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::PAIR)?;
            Ok(Pair(value))
        }
    }

    impl rt::Decode for Pair {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Pair)
        }
    }

    /// An object of the contract.
    #[derive(Debug, Clone, PartialEq, serde::Serialize)]
    pub struct PairItemItem {
        /// `inner`.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub inner: Option<String>,
    }

    impl rt::Decode for PairItemItem {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            let members = rt::Members::of(node)?;
            Ok(Self {
                inner: members.optional("inner")?,
            })
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct Text(String);

    impl Text {
        /// What it holds.
        pub fn into_inner(self) -> String {
            self.0
        }
    }

    impl std::ops::Deref for Text {
        type Target = String;

        fn deref(&self) -> &String {
            &self.0
        }
    }

    impl std::fmt::Display for Text {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl TryFrom<String> for Text {
        type Error = rt::Invalid;

        fn try_from(value: String) -> Result<Self, rt::Invalid> {
            rt::Invalid::check(&value, &schemas::TEXT)?;
            Ok(Text(value))
        }
    }

    impl rt::Decode for Text {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Text)
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct Truth(bool);

    impl Truth {
        /// What it holds.
        pub fn into_inner(self) -> bool {
            self.0
        }
    }

    impl std::ops::Deref for Truth {
        type Target = bool;

        fn deref(&self) -> &bool {
            &self.0
        }
    }

    impl std::fmt::Display for Truth {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl From<bool> for Truth {
        fn from(value: bool) -> Self {
            Truth(value)
        }
    }

    impl rt::Decode for Truth {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Truth)
        }
    }

    /// A value with the rules of its schema.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
    #[serde(transparent)]
    pub struct Whole(i64);

    impl Whole {
        /// What it holds.
        pub fn into_inner(self) -> i64 {
            self.0
        }
    }

    impl std::ops::Deref for Whole {
        type Target = i64;

        fn deref(&self) -> &i64 {
            &self.0
        }
    }

    impl std::fmt::Display for Whole {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    impl From<i64> for Whole {
        fn from(value: i64) -> Self {
            Whole(value)
        }
    }

    impl rt::Decode for Whole {
        fn decode(node: &rt::Node<'_>) -> Result<Self, rt::Mismatch> {
            rt::Decode::decode(node).map(Whole)
        }
    }

    rt::deserialize_decoded! {
        Ages, AnyList, AnyObject, Anything, Borrower, Names, Owner, OwnerAddress,
        OwnerAddressCity, OwnerListItem, OwnerMapValue, Pair, PairItemItem, Text, Truth,
        Whole
    }
}

pub use self::api::{Api, CONTRACT, OPERATIONS, routes};
use ::civicforge_runtime::rt;
