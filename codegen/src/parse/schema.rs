//! Typed access to Schema Objects.
//!
//! `openapiv3` sorts schemas into kinds by which keywords are there (`type: string` alone, `allOf` alone, …, the
//! rest). The rules of lowering ask for keywords, whatever else is there, so all kinds are brought into the
//! crate's own catch-all, [`AnySchema`]. Numbers are read from the tree: `openapiv3` holds bounds as `f64`, which
//! rounds those beyond 2^53.

use std::collections::HashMap;
use std::rc::Rc;

use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind, Type,
    VariantOrUnknownOrEmpty,
};
use serde_json::{Number, Value};

use super::Document;
use super::grammar::Object;
use crate::diagnostic::Diagnostics;
use crate::source::{Data, NodeId};

/// A Schema Object, one level of it.
#[derive(Debug, Clone, Default)]
pub struct SchemaView {
    /// What every schema has.
    pub data: SchemaData,
    /// The rules. Lists of schemas are below, as nodes.
    pub rules: AnySchema,
    /// `enum`, as it is written.
    pub enumeration: Option<Vec<Value>>,
    /// `default`, also where it is `null`.
    pub default: Option<Value>,
    /// `minimum`, exactly.
    pub minimum: Option<Number>,
    /// `maximum`, exactly.
    pub maximum: Option<Number>,
    /// `multipleOf`, exactly.
    pub multiple_of: Option<Number>,
    /// `properties`.
    pub properties: Vec<(String, NodeId)>,
    /// `additionalProperties`.
    pub additional: Option<Additional>,
    /// `items`.
    pub items: Option<NodeId>,
    /// `allOf`.
    pub all_of: Vec<NodeId>,
    /// `oneOf`.
    pub one_of: Vec<NodeId>,
    /// `anyOf`.
    pub any_of: Vec<NodeId>,
    /// `not`.
    pub not: Option<NodeId>,
}

impl SchemaView {
    /// The schema of a property.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<NodeId> {
        let found = self.properties.iter().find(|(own, _)| own == name);
        found.map(|(_, schema)| *schema)
    }

    /// The schema of the properties that it does not name.
    #[must_use]
    pub fn additional_schema(&self) -> Option<NodeId> {
        match self.additional {
            Some(Additional::Schema(schema)) => Some(schema),
            Some(Additional::Boolean(_)) | None => None,
        }
    }

    /// Whether it says that there are properties that it does not name.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(
            self.additional,
            Some(Additional::Boolean(true) | Additional::Schema(_))
        )
    }
}

/// `additionalProperties`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Additional {
    /// `true` or `false`.
    Boolean(bool),
    /// A schema.
    Schema(NodeId),
}

/// All schemas of a document, typed.
pub type Schemas = HashMap<NodeId, Rc<SchemaView>>;

impl Document {
    /// Every schema that the structure check has reached.
    pub fn schema_views(&self, problems: &mut Diagnostics) -> Schemas {
        self.schemas
            .iter()
            .map(|node| {
                let view = self
                    .typed::<Schema>(*node, Object::Schema, problems)
                    .map(|schema| self.schema_view(*node, schema))
                    .unwrap_or_default();
                (*node, Rc::new(view))
            })
            .collect()
    }

    fn schema_view(&self, node: NodeId, schema: Schema) -> SchemaView {
        let rules = catch_all(schema.schema_kind);
        let nodes = |list: &[ReferenceOr<Schema>]| -> Vec<NodeId> {
            list.iter()
                .filter_map(|schema| self.target(schema))
                .collect()
        };
        let number = |name: &str| match self.tree().data(self.tree().get(node, name)?) {
            Data::Number(number) => Some(number.clone()),
            _ => None,
        };
        SchemaView {
            properties: rules
                .properties
                .iter()
                .filter_map(|(name, schema)| Some((name.clone(), self.target(schema)?)))
                .collect(),
            additional: rules.additional_properties.as_ref().and_then(
                |additional| match additional {
                    AdditionalProperties::Any(any) => Some(Additional::Boolean(*any)),
                    AdditionalProperties::Schema(schema) => {
                        self.target(schema).map(Additional::Schema)
                    }
                },
            ),
            items: rules.items.as_ref().and_then(|items| self.target(items)),
            all_of: nodes(&rules.all_of),
            one_of: nodes(&rules.one_of),
            any_of: nodes(&rules.any_of),
            not: rules.not.as_ref().and_then(|not| self.target(not)),
            enumeration: self
                .tree()
                .get(node, "enum")
                .filter(|list| matches!(self.tree().data(*list), Data::Array(_)))
                .map(|list| {
                    self.tree()
                        .list(list)
                        .iter()
                        .map(|item| self.tree().value(*item))
                        .collect()
                }),
            default: self
                .tree()
                .get(node, "default")
                .map(|default| self.tree().value(default)),
            minimum: number("minimum"),
            maximum: number("maximum"),
            multiple_of: number("multipleOf"),
            data: schema.schema_data,
            rules,
        }
    }
}

fn format<T: serde::Serialize>(format: VariantOrUnknownOrEmpty<T>) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Item(item) => serde_json::to_value(item)
            .ok()
            .and_then(|name| name.as_str().map(str::to_owned)),
        VariantOrUnknownOrEmpty::Unknown(name) => Some(name),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}

fn catch_all(kind: SchemaKind) -> AnySchema {
    let mut any = AnySchema::default();
    match kind {
        SchemaKind::Any(schema) => return schema,
        SchemaKind::OneOf { one_of } => any.one_of = one_of,
        SchemaKind::AllOf { all_of } => any.all_of = all_of,
        SchemaKind::AnyOf { any_of } => any.any_of = any_of,
        SchemaKind::Not { not } => any.not = Some(not),
        SchemaKind::Type(Type::String(string)) => {
            any.typ = Some("string".to_owned());
            any.format = format(string.format);
            any.pattern = string.pattern;
            any.min_length = string.min_length;
            any.max_length = string.max_length;
        }
        SchemaKind::Type(Type::Number(number)) => {
            any.typ = Some("number".to_owned());
            any.format = format(number.format);
            any.exclusive_minimum = Some(number.exclusive_minimum);
            any.exclusive_maximum = Some(number.exclusive_maximum);
        }
        SchemaKind::Type(Type::Integer(integer)) => {
            any.typ = Some("integer".to_owned());
            any.format = format(integer.format);
            any.exclusive_minimum = Some(integer.exclusive_minimum);
            any.exclusive_maximum = Some(integer.exclusive_maximum);
        }
        SchemaKind::Type(Type::Boolean(_)) => any.typ = Some("boolean".to_owned()),
        SchemaKind::Type(Type::Array(array)) => {
            any.typ = Some("array".to_owned());
            any.items = array.items;
            any.min_items = array.min_items;
            any.max_items = array.max_items;
            any.unique_items = Some(array.unique_items);
        }
        SchemaKind::Type(Type::Object(object)) => {
            any.typ = Some("object".to_owned());
            any.properties = object.properties;
            any.required = object.required;
            any.additional_properties = object.additional_properties;
            any.min_properties = object.min_properties;
            any.max_properties = object.max_properties;
        }
    }
    any
}
