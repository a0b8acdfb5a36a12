//! Writing rules: what generated code says of a schema, one rule behind the other.

use super::{
    Additional, Bound, Discriminator, Format, JsonType, Literal, Number, Pattern, Property, Schema,
};

impl Schema {
    /// `type: boolean`.
    pub const fn boolean() -> Self {
        Self::of(JsonType::Boolean)
    }

    /// `type: integer`.
    pub const fn integer() -> Self {
        Self::of(JsonType::Integer)
    }

    /// `type: number`.
    pub const fn number() -> Self {
        Self::of(JsonType::Number)
    }

    /// `type: string`.
    pub const fn string() -> Self {
        Self::of(JsonType::String)
    }

    /// `type: array`.
    pub const fn array() -> Self {
        Self::of(JsonType::Array)
    }

    /// `type: object`.
    pub const fn object() -> Self {
        Self::of(JsonType::Object)
    }

    const fn of(json_type: JsonType) -> Self {
        Self {
            json_type: Some(json_type),
            ..Self::ANY
        }
    }

    /// `nullable: true`.
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// `format`.
    pub const fn format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// `enum`.
    pub const fn values(mut self, values: &'static [Literal]) -> Self {
        self.enumeration = Some(values);
        self
    }

    /// `minimum`.
    pub const fn at_least(self, limit: i128) -> Self {
        self.minimum(Number::Integer(limit), false)
    }

    /// `maximum`.
    pub const fn at_most(self, limit: i128) -> Self {
        self.maximum(Number::Integer(limit), false)
    }

    /// `minimum` with `exclusiveMinimum`.
    pub const fn minimum(mut self, limit: Number, exclusive: bool) -> Self {
        self.minimum = Some(Bound { limit, exclusive });
        self
    }

    /// `maximum` with `exclusiveMaximum`.
    pub const fn maximum(mut self, limit: Number, exclusive: bool) -> Self {
        self.maximum = Some(Bound { limit, exclusive });
        self
    }

    /// `multipleOf`.
    pub const fn multiple_of(mut self, of: Number) -> Self {
        self.multiple_of = Some(of);
        self
    }

    /// `minLength`.
    pub const fn min_length(mut self, length: u64) -> Self {
        self.min_length = Some(length);
        self
    }

    /// `maxLength`.
    pub const fn max_length(mut self, length: u64) -> Self {
        self.max_length = Some(length);
        self
    }

    /// `pattern`.
    pub const fn pattern(mut self, pattern: &'static Pattern) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// `items`.
    pub const fn items(mut self, items: &'static Schema) -> Self {
        self.items = Some(items);
        self
    }

    /// `minItems`.
    pub const fn min_items(mut self, count: u64) -> Self {
        self.min_items = Some(count);
        self
    }

    /// `maxItems`.
    pub const fn max_items(mut self, count: u64) -> Self {
        self.max_items = Some(count);
        self
    }

    /// `uniqueItems: true`.
    pub const fn unique_items(mut self) -> Self {
        self.unique_items = true;
        self
    }

    /// `properties`.
    pub const fn properties(mut self, properties: &'static [Property]) -> Self {
        self.properties = properties;
        self
    }

    /// `required`.
    pub const fn required(mut self, names: &'static [&'static str]) -> Self {
        self.required = names;
        self
    }

    /// `additionalProperties: false`.
    pub const fn closed(mut self) -> Self {
        self.additional = Additional::Denied;
        self
    }

    /// `additionalProperties` with a schema.
    pub const fn additional(mut self, schema: &'static Schema) -> Self {
        self.additional = Additional::Schema(schema);
        self
    }

    /// `minProperties`.
    pub const fn min_properties(mut self, count: u64) -> Self {
        self.min_properties = Some(count);
        self
    }

    /// `maxProperties`.
    pub const fn max_properties(mut self, count: u64) -> Self {
        self.max_properties = Some(count);
        self
    }

    /// `allOf`.
    pub const fn all_of(mut self, schemas: &'static [&'static Schema]) -> Self {
        self.all_of = schemas;
        self
    }

    /// `anyOf`.
    pub const fn any_of(mut self, schemas: &'static [&'static Schema]) -> Self {
        self.any_of = schemas;
        self
    }

    /// `oneOf`.
    pub const fn one_of(mut self, schemas: &'static [&'static Schema]) -> Self {
        self.one_of = schemas;
        self
    }

    /// `not`.
    pub const fn not(mut self, schema: &'static Schema) -> Self {
        self.not = Some(schema);
        self
    }

    /// `discriminator`: the property, and for each of its values the index of the alternative.
    pub const fn discriminator(
        mut self,
        property: &'static str,
        mapping: &'static [(&'static str, usize)],
    ) -> Self {
        self.discriminator = Some(Discriminator { property, mapping });
        self
    }
}

impl Property {
    /// `readOnly: true`.
    pub const fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// `writeOnly: true`.
    pub const fn write_only(mut self) -> Self {
        self.write_only = true;
        self
    }
}
