//! The inside of named types: fields, values and variants.

use std::collections::HashSet;

use serde_json::Value;

use super::Lowering;
use super::directions::Direction;
use super::names::{Names, upper_camel};
use super::type_kind::TypeKind;
use crate::diagnostic::Code;
use crate::model::{Additional, EnumValue, Field, Presence, SchemaRef, Shape, Type, Variant};
use crate::parse::schema::{Additional as Rule, SchemaView};
use crate::source::NodeId;

impl Lowering<'_> {
    /// A struct of the properties of all members.
    pub(super) fn structure(
        &mut self,
        node: NodeId,
        members: &[NodeId],
        direction: Direction,
        name: &str,
    ) -> Shape {
        self.imply_object(node, members);
        let views: Vec<_> = members.iter().map(|member| self.view(*member)).collect();
        let mut required: Vec<&str> = views
            .iter()
            .flat_map(|view| view.rules.required.iter().map(String::as_str))
            .collect();
        let mut seen = HashSet::new();
        required.retain(|name| seen.insert(*name));
        let mut order: Vec<(String, Vec<NodeId>)> = Vec::new();
        let mut places = std::collections::HashMap::new();
        for (property, schema) in views.iter().flat_map(|view| &view.properties) {
            let place = *places.entry(property.clone()).or_insert_with(|| {
                order.push((property.clone(), Vec::new()));
                order.len() - 1
            });
            order[place].1.push(*schema);
        }
        let mut names = Names::default();
        let mut fields = Vec::new();
        for (property, schemas) in order {
            let certain = seen.contains(property.as_str());
            fields.extend(self.field(&property, &schemas, certain, direction, name, &mut names));
        }
        let additional = self.additional(&views, direction, name, &mut names);
        if additional.is_none() {
            // A value without them would not be valid, so there must be a way to hold them.
            for property in required.iter().filter(|name| !places.contains_key(**name)) {
                fields.push(Field {
                    json_name: (*property).to_owned(),
                    name: names.snake(property),
                    ty: Type::Any,
                    presence: Presence::Required,
                    docs: crate::model::Docs::default(),
                });
            }
        }
        Shape::Struct { fields, additional }
    }

    /// Without `type: object`, a schema with properties accepts everything that is not an object, which is never
    /// meant. It is taken as an object, and so are its rules.
    fn imply_object(&mut self, node: NodeId, members: &[NodeId]) {
        if std::iter::once(&node)
            .chain(members)
            .any(|member| self.view(*member).rules.typ.is_some())
        {
            return;
        }
        self.implied.insert(node);
        let message = "A schema with `properties` and without `type: object` also accepts texts, numbers and lists; \
            it is taken as an object.";
        self.report_with_hint(node, Code::ImpliedObject, message, "Add `type: object`.");
    }

    fn field(
        &mut self,
        property: &str,
        schemas: &[NodeId],
        required: bool,
        direction: Direction,
        owner: &str,
        names: &mut Names,
    ) -> Option<Field> {
        let views: Vec<_> = schemas.iter().map(|schema| self.view(*schema)).collect();
        let hidden = views.iter().any(|view| match direction {
            Direction::Request => view.data.read_only,
            Direction::Response => view.data.write_only,
        });
        if hidden {
            return None;
        }
        let name = names.snake(property);
        let type_name = format!("{owner}{}", upper_camel(property));
        // Where several members say something, a value satisfies all of them, so any type will do. The last one
        // is the most special one by custom.
        let chosen = schemas
            .iter()
            .rev()
            .copied()
            .find(|schema| *self.kind_of(*schema) != TypeKind::Any);
        let chosen = chosen.or(schemas.last().copied())?;
        let bare = self.bare_type(chosen, direction, &type_name);
        let nullable = schemas.iter().all(|schema| self.is_nullable(*schema));
        let ty = if nullable {
            super::types::nullable(bare)
        } else {
            bare
        };
        let default = schemas
            .iter()
            .rev()
            .find_map(|schema| self.default_of(*schema));
        let presence = match default {
            _ if required => Presence::Required,
            Some(value) => Presence::Default(value),
            None => Presence::Optional,
        };
        let mut docs = self.docs_of(&self.view(chosen));
        docs.deprecated = views.iter().any(|view| view.data.deprecated);
        Some(Field {
            json_name: property.to_owned(),
            name,
            ty,
            presence,
            docs,
        })
    }

    fn additional(
        &mut self,
        views: &[std::rc::Rc<SchemaView>],
        direction: Direction,
        owner: &str,
        names: &mut Names,
    ) -> Option<Additional> {
        let rules: Vec<Rule> = views.iter().filter_map(|view| view.additional).collect();
        if rules.is_empty() || rules.contains(&Rule::Boolean(false)) {
            return None;
        }
        let mut schemas = rules.iter().filter_map(|rule| match rule {
            Rule::Schema(node) => Some(*node),
            Rule::Boolean(_) => None,
        });
        let ty = match (schemas.next(), schemas.next()) {
            (Some(only), None) => self.ty(only, direction, &format!("{owner}Value")),
            _ => Type::Any,
        };
        Some(Additional {
            field: names.snake("additional_properties"),
            ty,
        })
    }

    /// The values of an `enum` that can be taken. `null` is not one of them: it is in the type.
    pub(super) fn enumeration(&mut self, node: NodeId, integers: bool) -> Shape {
        let view = self.view(node);
        let mut names = Names::default();
        let mut seen = HashSet::new();
        let mut values = Vec::new();
        for value in view.enumeration.iter().flatten() {
            let wanted = match value {
                Value::String(text) if !integers => text.clone(),
                Value::Number(number) if integers && number.is_i64() => {
                    format!("Value{}", number.to_string().replace('-', "Minus"))
                }
                _ => continue,
            };
            if seen.insert(value.to_string()) {
                values.push(EnumValue {
                    name: names.variant(&wanted),
                    value: value.clone(),
                });
            }
        }
        Shape::Enum { integers, values }
    }

    /// One variant for each alternative that is not only `null`.
    pub(super) fn union(
        &mut self,
        node: NodeId,
        alternatives: &[NodeId],
        direction: Direction,
        name: &str,
    ) -> Shape {
        let view = self.view(node);
        let tags = self.discriminator(node, &view);
        let all = if view.one_of.is_empty() {
            &view.any_of
        } else {
            &view.one_of
        };
        let mut names = Names::default();
        let mut variants = Vec::new();
        let mut tag_at = 0;
        for alternative in alternatives {
            // An alternative may stand twice in the list.
            tag_at += all[tag_at..]
                .iter()
                .position(|node| node == alternative)
                .unwrap_or(0);
            let wanted = self.variant_name(*alternative, variants.len());
            let variant = names.variant(&wanted);
            let ty = self.bare_type(*alternative, direction, &format!("{name}{variant}"));
            let tags = tags
                .iter()
                .flat_map(|(_, tags)| tags)
                .filter(|(_, at)| *at == tag_at);
            variants.push(Variant {
                name: variant,
                ty,
                schema: SchemaRef::Named(crate::model::SchemaId(alternative.0 as usize)),
                tags: tags.map(|(tag, _)| tag.clone()).collect(),
            });
            tag_at += 1;
        }
        Shape::Union {
            variants,
            discriminator: tags.map(|(property, _)| property),
        }
    }

    fn variant_name(&mut self, node: NodeId, at: usize) -> String {
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
            _ => format!("Variant{}", at + 1),
        }
    }
}
