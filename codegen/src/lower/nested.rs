//! Values within values in a query or a form: `deepObject` beyond objects of texts, which OpenAPI 3.0 leaves open.
//!
//! The runtime reads them by what the schema says, because nothing in `a[0]=x` tells a list from an object. A choice is read
//! where what is sent tells which of its alternatives can be meant: a text from anything else.

use std::collections::HashSet;

use super::Lowering;
use super::type_kind::TypeKind;
use crate::diagnostic::Code;
use crate::model::{Nested, ParameterShape};
use crate::source::NodeId;

/// How deep a value may be.
const MAX_DEPTH: usize = 16;

/// How many values a value may be made of, all alternatives counted.
const MAX_VALUES: usize = 1_000;

/// What was looked at on the way to a value.
#[derive(Debug, Default)]
struct Walk {
    /// The schemas that it is within.
    outer: Vec<NodeId>,
    /// How many values there were.
    values: usize,
}

impl Lowering<'_> {
    /// What the pairs of a value in the style `deepObject` are made into. Objects of texts, which OpenAPI defines, have their own shape.
    pub(super) fn deep_shape(&mut self, node: NodeId, place: NodeId) -> ParameterShape {
        let is_flat = |nested: &Nested| matches!(nested, Nested::Text | Nested::Any);
        match self.nested(node, &mut Walk::default()) {
            Ok(Nested::Text | Nested::Any) => self.parameter_shape(node, place),
            Ok(Nested::Object { properties, rest })
                if is_flat(&rest) && properties.iter().all(|(_, nested)| is_flat(nested)) =>
            {
                self.parameter_shape(node, place)
            }
            Ok(nested) => ParameterShape::Nested(nested),
            Err(reason) => {
                let message =
                    format!("This value has no way of being written as `deepObject`: {reason}.");
                let hint = "Use `content: {application/json: {schema: …}}` instead of `schema`.";
                self.report_with_hint(place, Code::ParameterShape, message, hint);
                ParameterShape::Scalar
            }
        }
    }

    fn nested(&mut self, node: NodeId, walk: &mut Walk) -> Result<Nested, &'static str> {
        let end = self.end_of(node);
        walk.values += 1;
        if walk.outer.contains(&end) {
            return Err("its schema contains itself");
        }
        if walk.outer.len() == MAX_DEPTH || walk.values > MAX_VALUES {
            return Err("it is too large");
        }
        walk.outer.push(end);
        let nested = match self.resolved_kind(end) {
            TypeKind::Array(items) => {
                let items = items.map_or(Ok(Nested::Any), |items| self.nested(items, walk));
                items.map(|items| Nested::List(Box::new(items)))
            }
            TypeKind::Map(_) | TypeKind::FreeObject | TypeKind::Struct(_) => {
                self.nested_object(end, walk)
            }
            TypeKind::Union(choice) => {
                let nodes = choice.alternatives.iter().map(|one| one.node);
                self.nested_choice(nodes, walk)
            }
            TypeKind::Any | TypeKind::Json | TypeKind::Alias(_) => Ok(Nested::Any),
            TypeKind::Scalar(_) | TypeKind::Strings | TypeKind::Integers => Ok(Nested::Text),
        };
        walk.outer.pop();
        nested
    }

    fn nested_object(&mut self, node: NodeId, walk: &mut Walk) -> Result<Nested, &'static str> {
        let members = self.members_of(node);
        let views: Vec<_> = members.all().map(|member| self.view(member)).collect();
        let mut names: Vec<&String> = Vec::new();
        let mut seen = HashSet::new();
        for (name, _) in views.iter().flat_map(|view| &view.properties) {
            if seen.insert(name) {
                names.push(name);
            }
        }
        let mut properties = Vec::new();
        for name in names {
            let schemas = views.iter().filter_map(|view| view.property(name));
            properties.push((name.clone(), self.nested_choice(schemas, walk)?));
        }
        let rest: Vec<NodeId> = views
            .iter()
            .filter_map(|view| view.additional_schema())
            .collect();
        Ok(Nested::Object {
            properties,
            rest: Box::new(self.nested_choice(rest, walk)?),
        })
    }

    /// What is read where any of these schemas can be meant. A schema that says nothing adds nothing.
    fn nested_choice(
        &mut self,
        nodes: impl IntoIterator<Item = NodeId>,
        walk: &mut Walk,
    ) -> Result<Nested, &'static str> {
        let mut merged = Nested::Any;
        let mut seen = HashSet::new();
        for node in nodes {
            if seen.insert(node) {
                let next = self.nested(node, walk)?;
                merged = merge(merged, next)?;
            }
        }
        Ok(merged)
    }
}

/// What is read where one or the other can be meant.
fn merge(one: Nested, other: Nested) -> Result<Nested, &'static str> {
    Ok(match (one, other) {
        (Nested::Any, other) => other,
        (one, Nested::Any) => one,
        (Nested::Text, Nested::Text) => Nested::Text,
        (Nested::TextOr(one), Nested::TextOr(other)) => {
            Nested::TextOr(Box::new(merge(*one, *other)?))
        }
        (Nested::Text, Nested::TextOr(other)) | (Nested::TextOr(other), Nested::Text) => {
            Nested::TextOr(other)
        }
        (Nested::Text, other) | (other, Nested::Text) => Nested::TextOr(Box::new(other)),
        (Nested::TextOr(one), other) | (other, Nested::TextOr(one)) => {
            Nested::TextOr(Box::new(merge(*one, other)?))
        }
        (Nested::List(one), Nested::List(other)) => Nested::List(Box::new(merge(*one, *other)?)),
        (
            Nested::Object {
                mut properties,
                rest,
            },
            Nested::Object {
                properties: others,
                rest: other_rest,
            },
        ) => {
            for (name, other) in others {
                match properties.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, known)) => {
                        *known = merge(std::mem::replace(known, Nested::Any), other)?;
                    }
                    None => properties.push((name, other)),
                }
            }
            Nested::Object {
                properties,
                rest: Box::new(merge(*rest, *other_rest)?),
            }
        }
        (Nested::List(_), Nested::Object { .. }) | (Nested::Object { .. }, Nested::List(_)) => {
            return Err("nothing tells a list from an object");
        }
    })
}
