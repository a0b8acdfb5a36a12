//! The rules of a schema, exactly as the contract has them.

use super::Lowering;
use crate::model::{AdditionalRule, Format, JsonType, Property, Schema, SchemaId, SchemaRef};
use crate::parse::schema::{Additional, SchemaView};
use crate::source::NodeId;

impl Lowering<'_> {
    /// One schema. Schemas in it are references to nodes, until [`super::link`] puts them in place or names them.
    pub(super) fn rules(&mut self, node: NodeId) -> Schema {
        let view = self.view(node);
        let rules = &view.rules;
        let json_type = match rules.typ.as_deref() {
            Some(name) => json_type(name),
            None => self.implied.contains(&node).then_some(JsonType::Object),
        };
        let by_node = |node: NodeId| SchemaRef::Named(SchemaId(node.0 as usize));
        let list = |nodes: &[NodeId]| nodes.iter().copied().map(by_node).collect::<Vec<_>>();
        let bound = |number: &Option<serde_json::Number>, exclusive: Option<bool>| {
            number
                .clone()
                .map(|number| (number, exclusive.unwrap_or_default()))
        };
        let count = |count: Option<usize>| count.and_then(|count| u64::try_from(count).ok());
        let mut required = rules.required.clone();
        let mut seen = std::collections::HashSet::new();
        required.retain(|name| seen.insert(name.clone()));
        Schema {
            json_type,
            nullable: view.data.nullable,
            format: rules
                .format
                .as_deref()
                .and_then(|name| format(name, json_type)),
            enumeration: view.enumeration.clone(),
            minimum: bound(&view.minimum, rules.exclusive_minimum),
            maximum: bound(&view.maximum, rules.exclusive_maximum),
            multiple_of: view
                .multiple_of
                .clone()
                .filter(|number| number.as_f64().is_some_and(|n| n > 0.0)),
            min_length: count(rules.min_length),
            max_length: count(rules.max_length),
            pattern: self.patterns.get(&node).cloned(),
            items: view.items.map(by_node),
            min_items: count(rules.min_items),
            max_items: count(rules.max_items),
            unique_items: rules.unique_items.unwrap_or_default(),
            properties: view
                .properties
                .iter()
                .map(|(name, schema)| Property {
                    name: name.clone(),
                    schema: by_node(*schema),
                    read_only: self.is_read_only(*schema),
                    write_only: self.is_write_only(*schema),
                })
                .collect(),
            required,
            additional: match view.additional {
                None | Some(Additional::Boolean(true)) => AdditionalRule::Allowed,
                Some(Additional::Boolean(false)) => AdditionalRule::Denied,
                Some(Additional::Schema(node)) => AdditionalRule::Schema(by_node(node)),
            },
            min_properties: count(rules.min_properties),
            max_properties: count(rules.max_properties),
            all_of: list(&view.all_of),
            any_of: list(&view.any_of),
            one_of: list(&view.one_of),
            not: view.not.map(by_node),
            discriminator: self.discriminator(node, &view),
        }
    }
}

fn json_type(name: &str) -> Option<JsonType> {
    Some(match name {
        "boolean" => JsonType::Boolean,
        "integer" => JsonType::Integer,
        "number" => JsonType::Number,
        "string" => JsonType::String,
        "array" => JsonType::Array,
        "object" => JsonType::Object,
        _ => return None,
    })
}

/// The format, if it is one that is enforced and is for this type. `format` is open-valued: any other one is a
/// note to the reader, and so is `format: int64` of a string.
fn format(name: &str, json_type: Option<JsonType>) -> Option<Format> {
    use JsonType::{Integer, Number, String};
    let (format, types): (_, &[JsonType]) = match name {
        "int32" => (Format::Int32, &[Integer, Number]),
        "int64" => (Format::Int64, &[Integer, Number]),
        "uint64" => (Format::Uint64, &[Integer, Number]),
        "float" => (Format::Float, &[Number]),
        "double" => (Format::Double, &[Number]),
        "uuid" => (Format::Uuid, &[String]),
        "date" => (Format::Date, &[String]),
        "date-time" => (Format::DateTime, &[String]),
        "email" => (Format::Email, &[String]),
        "uri" => (Format::Uri, &[String]),
        "uri-reference" => (Format::UriReference, &[String]),
        "ipv4" => (Format::Ipv4, &[String]),
        "ipv6" => (Format::Ipv6, &[String]),
        "hostname" => (Format::Hostname, &[String]),
        "byte" => (Format::Byte, &[String]),
        "password" => (Format::Password, &[String]),
        _ => return None,
    };
    json_type
        .is_none_or(|json_type| types.contains(&json_type))
        .then_some(format)
}

impl Lowering<'_> {
    /// The discriminator's property, and for each of its values the place of the alternative in `oneOf`, or in
    /// `anyOf` where there is no `oneOf`.
    ///
    /// An alternative has the values that `mapping` gives it. One that `mapping` does not name has the name of its
    /// component.
    pub(super) fn discriminator(
        &mut self,
        node: NodeId,
        view: &SchemaView,
    ) -> Option<(String, Vec<(String, usize)>)> {
        let discriminator = view.data.discriminator.as_ref()?;
        let alternatives = if view.one_of.is_empty() {
            &view.any_of
        } else {
            &view.one_of
        };
        if alternatives.is_empty() {
            return None;
        }
        // A schema that others extend is the last of the alternatives.
        let place = |target: NodeId| {
            let is_target = |alternative: &NodeId| {
                *alternative == target || self.extended(*alternative) == Some(target)
            };
            alternatives.iter().position(is_target)
        };
        let mut values = Vec::new();
        for text in discriminator.mapping.keys() {
            let at = self.mapped(node, text).and_then(place);
            values.extend(at.map(|at| (text.clone(), at)));
        }
        let keyword = match view.one_of.is_empty() {
            true => "anyOf",
            false => "oneOf",
        };
        let mut named = self.raw_alternatives(node, keyword);
        if alternatives
            .iter()
            .any(|one| self.extended(*one) == Some(node))
        {
            named = alternatives
                .iter()
                .filter_map(|one| {
                    let schema = self.extended(*one).unwrap_or(*one);
                    Some((self.components.get(&schema)?.clone(), schema))
                })
                .collect();
        }
        for (name, target) in named {
            let Some(at) = place(target) else { continue };
            if !values
                .iter()
                .any(|(value, place)| *value == name || *place == at)
            {
                values.push((name, at));
            }
        }
        Some((discriminator.property_name.clone(), values))
    }

    /// The schema that a value of `mapping` means.
    pub(super) fn mapped(&self, node: NodeId, key: &str) -> Option<NodeId> {
        let tree = self.tree();
        let node = self.origin(node);
        let mapping = tree.get(tree.get(node, "discriminator")?, "mapping")?;
        let value = tree.get(mapping, key)?;
        if let Some(target) = self.document.references.get(&value) {
            return Some(target.end);
        }
        let root = tree.root_of(node);
        let schemas = tree.get(tree.get(root, "components")?, "schemas")?;
        self.document.resolve(tree.get(schemas, tree.text(value)?)?)
    }

    /// The alternatives that are written as references, each with the name of the component that is referred to.
    fn raw_alternatives(&self, node: NodeId, keyword: &str) -> Vec<(String, NodeId)> {
        let tree = self.tree();
        let list = tree
            .get(self.origin(node), keyword)
            .map(|list| tree.list(list))
            .unwrap_or_default();
        list.iter()
            .filter_map(|item| {
                let target = self.document.references.get(item)?;
                let name = match self.bundle.moved.get(&target.next) {
                    Some((_, name)) => name.clone(),
                    None => tree.entry(target.next)?.key.clone(),
                };
                Some((name, target.end))
            })
            .collect()
    }
}
