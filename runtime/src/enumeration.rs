//! Types for an `enum` of strings or of integers.

/// What a generated enum of strings has: its values, their text, and the ways to and from it.
#[doc(hidden)]
#[macro_export]
macro_rules! string_enum {
    ($name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        impl $name {
            /// All variants, in the order of the schema.
            pub const ALL: [Self; [$($text),*].len()] = [$(Self::$variant),*];

            /// The value as it is sent.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text),*
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::convert::From<$name> for ::std::borrow::Cow<'static, str> {
            fn from(value: $name) -> Self {
                ::std::borrow::Cow::Borrowed(value.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::checked::UnknownValue;

            fn from_str(text: &str) -> ::std::result::Result<Self, $crate::checked::UnknownValue> {
                match text {
                    $($text => ::std::result::Result::Ok(Self::$variant),)*
                    _ => ::std::result::Result::Err($crate::checked::UnknownValue),
                }
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl $crate::decode::Decode for $name {
            fn decode(
                node: &$crate::json::Node<'_>,
            ) -> ::std::result::Result<Self, $crate::decode::DecodeError> {
                let known = node.as_str().and_then(|text| text.parse().ok());
                known.ok_or_else(|| $crate::decode::DecodeError::new($crate::enumeration::EXPECTED))
            }
        }
    };
}

/// What a generated enum of integers has.
#[doc(hidden)]
#[macro_export]
macro_rules! integer_enum {
    ($name:ident { $($variant:ident = $number:literal),* $(,)? }) => {
        impl $name {
            /// All variants, in the order of the schema.
            pub const ALL: [Self; [$(stringify!($variant)),*].len()] = [$(Self::$variant),*];

            /// The value as it is sent.
            pub const fn as_i64(self) -> i64 {
                match self {
                    $(Self::$variant => $number),*
                }
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        impl $crate::decode::Decode for $name {
            fn decode(
                node: &$crate::json::Node<'_>,
            ) -> ::std::result::Result<Self, $crate::decode::DecodeError> {
                let value = <i64 as $crate::decode::Decode>::decode(node)?;
                let known = Self::ALL.into_iter().find(|known| known.as_i64() == value);
                known.ok_or_else(|| $crate::decode::DecodeError::new($crate::enumeration::EXPECTED))
            }
        }
    };
}

/// What is said of a value that is not in the list.
#[doc(hidden)]
pub const EXPECTED: &str = "one of the values that the schema lists";
