//! Items, and the way from Rust types to items and back.
//!
//! `serde_dynamo` does the conversion. Around it stand two rules of ours: an absent value is an
//! absent attribute, never a NULL, so that `attribute_not_exists` means what it says; and a failure to
//! read names the item, because "missing field `title`" alone helps nobody at night.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::error::StoreError;
use super::key::Keys;
use super::{attr, stamp};

/// One item of the table.
pub type Item = HashMap<String, AttributeValue>;

/// Make an item of an entity and its keys.
pub fn to_item<T: Serialize>(entity: &T, keys: &Keys) -> Result<Item, StoreError> {
    let mut item: Item = serde_dynamo::to_item(entity)
        .map_err(|e| StoreError::corrupt(format!("writing {}", keys.primary), e))?;
    item.retain(|_, value| !value.is_null());
    keys.write_into(&mut item);
    Ok(item)
}

/// Read an entity from an item. Attributes that the type does not know, such as the keys, are passed over.
pub fn from_item<T: DeserializeOwned>(item: Item) -> Result<T, StoreError> {
    let at = describe(&item);
    serde_dynamo::from_item(item).map_err(|e| {
        let wanted = std::any::type_name::<T>();
        StoreError::corrupt(at, format!("does not read as {wanted}: {e}"))
    })
}

/// Make one attribute of a value.
pub fn to_value<T: Serialize>(value: &T) -> Result<Value, StoreError> {
    serde_dynamo::to_attribute_value(value)
        .map(Value)
        .map_err(|e| StoreError::corrupt("writing an attribute", e))
}

/// A string attribute of an item, or an error that names the item.
pub fn text<'a>(item: &'a Item, name: &str) -> Result<&'a str, StoreError> {
    match item.get(name) {
        Some(AttributeValue::S(text)) => Ok(text),
        Some(_) => Err(StoreError::corrupt(
            describe(item),
            format!("`{name}` is not a string"),
        )),
        None => Err(StoreError::corrupt(
            describe(item),
            format!("`{name}` is missing"),
        )),
    }
}

/// `PK / SK` of an item, for messages.
pub fn describe(item: &Item) -> String {
    let part = |name| match item.get(name) {
        Some(AttributeValue::S(text)) => text.as_str(),
        _ => "?",
    };
    format!("{} / {}", part(attr::PK), part(attr::SK))
}

/// The value of an attribute, in conditions and updates. It exists so that plain Rust values can be
/// given where DynamoDB's tagged values are wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Value(pub(crate) AttributeValue);

impl From<AttributeValue> for Value {
    fn from(value: AttributeValue) -> Self {
        Self(value)
    }
}

impl From<Value> for AttributeValue {
    fn from(value: Value) -> Self {
        value.0
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self(AttributeValue::S(text.to_owned()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self(AttributeValue::S(text))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self(AttributeValue::S(text.clone()))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self(AttributeValue::Bool(value))
    }
}

impl From<Uuid> for Value {
    fn from(id: Uuid) -> Self {
        Self(AttributeValue::S(id.to_string()))
    }
}

impl From<DateTime<Utc>> for Value {
    fn from(time: DateTime<Utc>) -> Self {
        Self(AttributeValue::S(stamp::format(time)))
    }
}

macro_rules! number_values {
    ($($number:ty)*) => {$(
        impl From<$number> for Value {
            fn from(number: $number) -> Self {
                Self(AttributeValue::N(number.to_string()))
            }
        }
    )*};
}
number_values!(i32 i64 u16 u32 u64 usize);
