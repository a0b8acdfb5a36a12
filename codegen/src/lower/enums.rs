//! The inside of enums: values and variants.

use std::collections::HashSet;

use serde_json::Value;

use super::Lowering;
use super::names::Names;
use super::type_kind::{Choice, TypeKind};
use crate::model::Direction;
use crate::model::{EnumValue, Shape, Variant};
use crate::source::NodeId;

impl Lowering<'_> {
    /// The values of an `enum` that can be taken. `null` is not one of them: it is in the type.
    pub(super) fn enumeration(&mut self, node: NodeId, integers: bool) -> Shape {
        let view = self.view(node);
        let mut names = Names::default();
        let mut seen = HashSet::new();
        let mut values = Vec::new();
        for value in view.enumeration.iter().flatten() {
            let (wanted, value) = match (value, integers) {
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
                values.push(EnumValue {
                    name: names.variant(&wanted),
                    value,
                });
            }
        }
        Shape::Enum { integers, values }
    }

    /// One variant for each alternative that is not only `null`.
    pub(super) fn union(&mut self, choice: &Choice, direction: Direction, name: &str) -> Shape {
        let view = self.view(choice.of);
        let tags = self.discriminator(choice.of, &view);
        let mut names = Names::default();
        let mut variants = Vec::new();
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
                    let wanted = self.variant_name(alternative.schema, variants.len());
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

    fn variant_name(&mut self, node: NodeId, at: usize) -> String {
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
            TypeKind::Strings => "Text".to_owned(),
            TypeKind::Integers => "Number".to_owned(),
            TypeKind::Map(_) => "Map".to_owned(),
            // Several alternatives in one.
            TypeKind::Struct(_) if self.is_made(node) => "Object".to_owned(),
            _ => format!("Variant{}", at + 1),
        }
    }
}
