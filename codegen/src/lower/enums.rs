//! The inside of enums: values and variants.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::Lowering;
use super::names::{Names, upper_camel};
use super::settings::{Named, text_of};
use super::type_kind::{Choice, TypeKind, is_null};
use crate::model::{Direction, Docs, EnumValue, Shape, Variant};
use crate::parse::schema::SchemaView;
use crate::source::NodeId;

/// An object of a choice.
struct Object {
    node: NodeId,
    properties: Vec<(String, NodeId)>,
    required: HashSet<String>,
}

/// Variants of longer choices are named by their place, where nothing else names them.
const MOST_TOLD: usize = 256;

impl Lowering<'_> {
    /// The values of an `enum` that can be taken. `null` is not one of them: it is in the type.
    pub(super) fn enumeration(&mut self, node: NodeId, integers: bool) -> Shape {
        let view = self.view(node);
        let mut names = Names::default();
        let mut seen = HashSet::new();
        let mut values = Vec::new();
        let listed = view.enumeration.iter().flatten().cloned();
        let mut listed: Vec<(Value, Docs)> = listed.map(|value| (value, Docs::default())).collect();
        if listed.is_empty() {
            let constants = self.constants(&view).unwrap_or_default().into_iter();
            listed = constants
                .map(|(value, schema)| (value, self.docs_of(schema)))
                .collect();
        }
        self.take_chosen_variants(node, listed.iter().map(|(value, _)| value), &mut names);
        for (value, docs) in listed {
            let (wanted, value) = match (&value, integers) {
                (Value::String(text), false) => (text.clone(), value.clone()),
                (value, true) => match super::type_kind::held(value) {
                    Some(integer) => {
                        let name = format!("Value{}", integer.to_string().replace('-', "Minus"));
                        (name, Value::from(integer))
                    }
                    None => continue,
                },
                _ => continue,
            };
            if seen.insert(value.to_string()) {
                let chosen = self.settings.name_of_value(node, &text_of(&value));
                let name = match chosen {
                    Some(chosen) => chosen.text.clone(),
                    None => names.variant(&wanted),
                };
                values.push(EnumValue { name, value, docs });
            }
        }
        Shape::Enum { integers, values }
    }

    /// The values of a choice between schemas that have one value each, which is how a document describes each value of an `enum`.
    /// They are strings, or integers, and no two are the same.
    pub(super) fn constants(&mut self, view: &SchemaView) -> Option<Vec<(Value, NodeId)>> {
        let list = match (view.one_of.as_slice(), view.any_of.as_slice()) {
            (list, []) | ([], list) => list,
            _ => return None,
        };
        let is_plain = view.all_of.is_empty() && view.properties.is_empty();
        if !is_plain || view.data.discriminator.is_some() {
            return None;
        }
        let mut out: Vec<(Value, NodeId)> = Vec::new();
        for alternative in list {
            if is_null(&self.view(*alternative)) {
                continue;
            }
            let value = self.constant(*alternative)?;
            let first = out.first().map_or(&value, |(first, _)| first);
            if first.is_string() != value.is_string()
                || out.iter().any(|(known, _)| *known == value)
            {
                return None;
            }
            out.push((value, *alternative));
        }
        (!out.is_empty()).then_some(out)
    }

    /// The one value that a schema has, a string or an integer.
    pub(super) fn constant(&mut self, node: NodeId) -> Option<Value> {
        if !matches!(
            self.resolved_kind(node),
            TypeKind::Strings | TypeKind::Integers
        ) {
            return None;
        }
        let end = self.end_of(node);
        let view = self.view(end);
        match view.enumeration.as_deref()? {
            [value] => Some(value.clone()),
            _ => None,
        }
    }

    /// Takes the names that the config gives to values, so that others do not get them.
    fn take_chosen_variants<'v>(
        &mut self,
        node: NodeId,
        values: impl Iterator<Item = &'v Value>,
        names: &mut Names,
    ) {
        let mut named = Vec::new();
        for value in values {
            let text = text_of(value);
            let chosen = self.settings.name_of_value(node, &text).cloned();
            if let Some(chosen) = &chosen {
                names.take(&chosen.text);
            }
            named.push(Named::new(
                format!("the value `{text}`"),
                upper_camel(&text),
                chosen,
            ));
        }
        self.report_clashes(&named);
    }

    /// One variant for each alternative that is not only `null`.
    pub(super) fn union(&mut self, choice: &Choice, direction: Direction, name: &str) -> Shape {
        let view = self.view(choice.of);
        let tags = self.discriminator(choice.of, &view);
        let mut names = Names::default();
        let mut variants = Vec::new();
        let told = self.told_apart(choice);
        let property = tags.as_ref().map(|(property, _)| property.as_str());
        for alternative in &choice.alternatives {
            let meant: Vec<String> = tags
                .iter()
                .flat_map(|(_, tags)| tags)
                .filter(|(_, at)| Some(*at) == alternative.at)
                .map(|(tag, _)| tag.clone())
                .collect();
            let holds = property.is_none_or(|name| self.holds_member(alternative.node, name));
            // Where nothing in the value says which of several values it has, each of them is a variant.
            let split = match meant.len() > 1 && !holds {
                true => meant
                    .into_iter()
                    .map(|tag| (tag.clone(), vec![tag]))
                    .collect(),
                false => {
                    let told = told.get(&alternative.node);
                    let wanted = self.variant_name(alternative.schema, told, variants.len());
                    vec![(wanted, meant)]
                }
            };
            let mut ty = None;
            for (wanted, tags) in split {
                let name_of_variant = names.variant(&wanted);
                let ty = ty.get_or_insert_with(|| {
                    let name = format!("{name}{name_of_variant}");
                    self.bare_type(alternative.node, direction, &name)
                });
                variants.push(Variant {
                    name: name_of_variant,
                    ty: ty.clone(),
                    schema: self.rules_of(alternative.schema),
                    tags,
                });
            }
        }
        let may_be_untold = direction == Direction::Request
            && property.is_some_and(|name| {
                let mut alternatives = choice.alternatives.iter();
                alternatives.any(|alternative| self.is_read_only_in(alternative.node, name))
            });
        Shape::Union {
            variants,
            discriminator: tags.map(|(property, _)| property),
            may_be_untold,
        }
    }

    /// What tells objects without a name from the others of a choice: the value of a member that each has another constant for, or the
    /// name of a member that only one of them declares, or requires.
    fn told_apart(&mut self, choice: &Choice) -> HashMap<NodeId, String> {
        let mut objects: Vec<Object> = Vec::new();
        for alternative in choice.alternatives.iter().take(MOST_TOLD) {
            if !matches!(self.resolved_kind(alternative.node), TypeKind::Struct(_)) {
                continue;
            }
            let members = self.members_of(alternative.node);
            let required = self.required_by(&members.always);
            let views: Vec<_> = members.always.iter().map(|node| self.view(*node)).collect();
            let properties = views
                .iter()
                .flat_map(|view| view.properties.iter().cloned());
            objects.push(Object {
                node: alternative.node,
                properties: properties.collect(),
                required,
            });
        }
        let names = objects.first().map(|object| object.properties.clone());
        for (name, _) in names.unwrap_or_default() {
            let constant = |object: &Object| {
                let mut properties = object.properties.iter();
                let (_, schema) = properties.find(|(own, _)| *own == name)?;
                let value = self.constant(*schema)?;
                Some((object.node, value.as_str()?.to_owned()))
            };
            let values: Option<HashMap<NodeId, String>> = objects.iter().map(constant).collect();
            let distinct = |values: &HashMap<NodeId, String>| {
                values.values().collect::<HashSet<_>>().len() == objects.len()
            };
            if let Some(values) = values.filter(distinct) {
                return values;
            }
        }
        let mut declared: HashMap<&str, usize> = HashMap::new();
        let mut required: HashMap<&str, usize> = HashMap::new();
        for object in &objects {
            for (name, _) in &object.properties {
                *declared.entry(name).or_default() += 1;
            }
            for name in &object.required {
                *required.entry(name).or_default() += 1;
            }
        }
        let once = |uses: &HashMap<&str, usize>, name: &str| uses.get(name) == Some(&1);
        let own = objects.iter().filter_map(|object| {
            let properties = || object.properties.iter().map(|(name, _)| name);
            let demanded = || properties().filter(|name| object.required.contains(*name));
            let own = demanded().find(|name| once(&declared, name));
            let own = own.or_else(|| properties().find(|name| once(&declared, name)));
            let own = own.or_else(|| demanded().find(|name| once(&required, name)))?;
            Some((object.node, own.clone()))
        });
        own.collect()
    }

    fn variant_name(&mut self, node: NodeId, told: Option<&String>, at: usize) -> String {
        if self.extended(node).is_some() {
            return "Base".to_owned();
        }
        if let Some(name) = self.components.get(&node) {
            return name.clone();
        }
        if let Some(title) = self
            .view(node)
            .data
            .title
            .clone()
            .filter(|title| title.len() <= 40)
        {
            return title;
        }
        match self.resolved_kind(node) {
            TypeKind::Scalar(ty) => format!("{ty:?}"),
            TypeKind::Array(_) => "Array".to_owned(),
            TypeKind::Strings | TypeKind::Integers => match self.constant(node) {
                Some(Value::String(text)) => text,
                Some(number) => format!("Value{}", number.to_string().replace('-', "Minus")),
                None if self.resolved_kind(node) == TypeKind::Strings => "Text".to_owned(),
                None => "Number".to_owned(),
            },
            TypeKind::Map(_) => "Map".to_owned(),
            TypeKind::Struct(_) if let Some(told) = told => told.clone(),
            // Several alternatives in one.
            TypeKind::Struct(_) if self.is_made(node) => "Object".to_owned(),
            _ => format!("Variant{}", at + 1),
        }
    }
}
