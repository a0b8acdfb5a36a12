//! Types that are not generated, and stand for a schema or a format of the document.

use serde::de::DeserializeOwned;

use super::DecodeError;
use crate::json::Node;

/// Implements [`Decode`](crate::decode::Decode) by `serde::Deserialize`, for types that stand in place of generated ones.
///
/// The text after a type completes "must be": a client reads it where a value satisfies the schema and is not one of the type.
///
/// ```
/// #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
/// pub struct Money {
///     amount: u64,
///     currency: String,
/// }
///
/// civicforge_runtime::decode_deserialized!(Money: "an amount in the smallest unit of a currency");
/// ```
#[macro_export]
macro_rules! decode_deserialized {
    ($($ty:ty: $expected:literal),* $(,)?) => {$(
        impl $crate::decode::Decode for $ty {
            fn decode(
                node: &$crate::json::Node<'_>,
            ) -> ::std::result::Result<Self, $crate::decode::DecodeError> {
                $crate::decode::deserialize(node, $expected)
            }
        }
    )*};
}

/// A value by its `serde::Deserialize`.
///
/// # Errors
///
/// The tree is not a `T`; `expected` says what was expected in its place.
pub fn deserialize<T: DeserializeOwned>(
    node: &Node<'_>,
    expected: &'static str,
) -> Result<T, DecodeError> {
    T::deserialize(node.to_value()).map_err(|_| DecodeError::new(expected))
}
