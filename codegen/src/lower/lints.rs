//! Schemas that say something that cannot be meant.

use std::cmp::Ordering;
use std::collections::HashSet;

use serde_json::Value;

use super::default_validation::compare;
use super::{Lowering, patterns};
use crate::diagnostic::Code;
use crate::number::{beside_range, integer_of};
use crate::parse::schema::{Additional, SchemaView};
use crate::source::NodeId;

impl Lowering<'_> {
    /// Looks at every schema.
    pub(super) fn lint_schemas(&mut self) {
        for node in &self.document.schemas {
            let view = self.view(*node);
            self.lint_pattern(*node, &view);
            self.lint_bounds(*node, &view);
            self.lint_enumeration(*node, &view);
            self.lint_discriminator(*node, &view);
            if view.rules.typ.as_deref() == Some("array") && view.items.is_none() {
                let has = self.tree().get(*node, "items").is_some();
                if !has {
                    let message = "An array must have `items`; without, its items can be anything.";
                    self.report_with_hint(
                        *node,
                        Code::MissingItems,
                        message,
                        "Add `items: {}` if that is meant.",
                    );
                }
            }
        }
        // A default may be checked against other schemas, so all patterns must be known.
        for node in &self.document.schemas {
            let Some((stated, default)) = self.stated_default(*node) else {
                continue;
            };
            if !self.accepts(*node, &default) {
                self.bad_defaults.insert(*node);
                if stated == *node || !self.bad_defaults.contains(&stated) {
                    self.refuse_default(stated, &default);
                }
            }
        }
    }

    /// Says that a default is none of the values that it stands for.
    pub(super) fn refuse_default(&mut self, stated: NodeId, default: &Value) {
        let stated = self.origin(stated);
        let place = self.tree().get(stated, "default").unwrap_or(stated);
        let message = format!(
            "The schema does not accept its own default, {}.",
            shown(default)
        );
        self.report(place, Code::BadDefault, message);
    }

    fn lint_pattern(&mut self, node: NodeId, view: &SchemaView) {
        let Some(pattern) = &view.rules.pattern else {
            return;
        };
        let reason = match patterns::compile(pattern) {
            Ok(compiled) => {
                if compiled.is_translated {
                    let place = self.tree().get(node, "pattern").unwrap_or(node);
                    let message = format!(
                        "The pattern is not an ECMA-262 regular expression. It is taken as `{}`.",
                        compiled.text
                    );
                    self.report(place, Code::ForeignPattern, message);
                }
                self.patterns.insert(node, compiled.text);
                return;
            }
            Err(reason) => reason,
        };
        let place = self.tree().get(node, "pattern").unwrap_or(node);
        let message = format!("The pattern is not an ECMA-262 regular expression: {reason}.");
        self.report(place, Code::BadPattern, message);
    }

    fn lint_bounds(&mut self, node: NodeId, view: &SchemaView) {
        let rules = &view.rules;
        for (low, high, least, most) in [
            ("minLength", "maxLength", rules.min_length, rules.max_length),
            ("minItems", "maxItems", rules.min_items, rules.max_items),
            (
                "minProperties",
                "maxProperties",
                rules.min_properties,
                rules.max_properties,
            ),
        ] {
            if let (Some(least), Some(most)) = (least, most)
                && least > most
            {
                self.impossible(
                    node,
                    low,
                    format!("No value has {low} {least} and {high} {most}."),
                );
            }
        }
        if let (Some(least), Some(most)) = (&view.minimum, &view.maximum) {
            let exclusive =
                rules.exclusive_minimum == Some(true) || rules.exclusive_maximum == Some(true);
            let order = compare(least, most);
            if order.is_gt() || (order.is_eq() && exclusive) {
                self.impossible(
                    node,
                    "minimum",
                    format!("No number is between {least} and {most} as asked for."),
                );
            }
        }
        for (field, bound, beyond) in [
            ("minimum", &view.minimum, Ordering::Greater),
            ("maximum", &view.maximum, Ordering::Less),
        ] {
            // On the other side of the type's range, a bound holds for every value.
            if let Some(bound) = bound
                && beside_range(rules.typ.as_deref(), rules.format.as_deref(), bound) == beyond
            {
                let message = format!("No value of this type is within the {field} {bound}.");
                self.impossible(node, field, message);
            }
        }
        if let Some(step) = &view.multiple_of
            && step.as_f64().is_none_or(|step| step <= 0.0)
        {
            let place = self.tree().get(node, "multipleOf").unwrap_or(node);
            self.report(
                place,
                Code::BadValue,
                format!("`multipleOf` must be greater than 0, not {step}."),
            );
        }
        let names: HashSet<&String> = rules.required.iter().collect();
        if rules.max_properties.is_some_and(|most| most < names.len()) {
            self.impossible(
                node,
                "maxProperties",
                "More properties are required than allowed.".to_owned(),
            );
        }
        if view.additional == Some(Additional::Boolean(false)) {
            let missing = rules
                .required
                .iter()
                .find(|name| view.property(name).is_none());
            if let Some(name) = missing {
                let message =
                    format!("`{name}` is required, but `additionalProperties: false` refuses it.");
                self.impossible(node, "required", message);
            }
        }
    }

    fn impossible(&mut self, node: NodeId, field: &str, message: String) {
        let place = self.tree().get(node, field).unwrap_or(node);
        self.report(place, Code::ImpossibleSchema, message);
    }

    fn lint_enumeration(&mut self, node: NodeId, view: &SchemaView) {
        let Some(values) = &view.enumeration else {
            return;
        };
        let place = self.tree().get(node, "enum").unwrap_or(node);
        if values.is_empty() {
            return self.report(
                place,
                Code::ImpossibleSchema,
                "An empty `enum` accepts nothing.",
            );
        }
        let nodes = self.tree().list(place).to_vec();
        let mut seen = HashSet::new();
        for (at, value) in nodes.into_iter().zip(values) {
            let fits = match view.rules.typ.as_deref() {
                Some("string") => value.is_string(),
                Some("boolean") => value.is_boolean(),
                Some("integer") => integer_of(value).is_some(),
                Some("number") => value.is_number(),
                Some("array") => value.is_array(),
                Some("object") => value.is_object(),
                _ => true,
            };
            if !(fits || value.is_null() && view.data.nullable) {
                let message = format!("{} is never taken: its type is another one.", shown(value));
                let hint = if value.is_null() {
                    "Add `nullable: true`."
                } else {
                    "Put it in quotes, or change `type`."
                };
                self.report_with_hint(at, Code::BadEnumValue, message, hint);
            } else if is_beyond(view, value) {
                let message = format!(
                    "{} is never taken: its type does not hold it.",
                    shown(value)
                );
                self.report(at, Code::BadEnumValue, message);
            } else if !seen.insert(spelled(value)) {
                self.report(
                    at,
                    Code::BadEnumValue,
                    format!("{} is in the list twice.", shown(value)),
                );
            }
        }
    }

    fn lint_discriminator(&mut self, node: NodeId, view: &SchemaView) {
        let Some(discriminator) = &view.data.discriminator else {
            return;
        };
        let place = self.tree().get(node, "discriminator").unwrap_or(node);
        let alternatives = if view.one_of.is_empty() {
            &view.any_of
        } else {
            &view.one_of
        };
        if alternatives.is_empty() {
            let message = "A discriminator without `oneOf` or `anyOf` is ignored: values are taken as this schema says, \
                without the ones that extend it.";
            return self.report(place, Code::DiscriminatorWithoutAlternatives, message);
        }
        let mapping = self.tree().get(place, "mapping");
        for key in discriminator.mapping.keys() {
            let target = self.mapped(node, key);
            let value = mapping
                .and_then(|mapping| self.tree().get(mapping, key))
                .unwrap_or(place);
            match target {
                // An unresolved reference was reported already.
                None if self
                    .tree()
                    .text(value)
                    .is_some_and(|text| text.contains(['/', '#'])) => {}
                None => self.report(
                    value,
                    Code::BadDiscriminator,
                    format!("`{key}` is mapped to nothing in `components/schemas`."),
                ),
                Some(target) if target != node && !alternatives.contains(&target) => {
                    let message = format!(
                        "`{key}` is mapped to a schema that is not one of the alternatives."
                    );
                    self.report(value, Code::BadDiscriminator, message);
                }
                Some(_) => {}
            }
        }
        let property = &discriminator.property_name;
        let values = self
            .discriminator(node, view)
            .map(|(_, values)| values)
            .unwrap_or_default();
        for (at, alternative) in alternatives.iter().enumerate() {
            if super::type_kind::is_null(&self.view(*alternative)) {
                continue;
            }
            if !values.iter().any(|(_, index)| *index == at) {
                let message = format!(
                    "Alternative {} has no value of `{property}` that means it.",
                    at + 1
                );
                self.report_with_hint(
                    place,
                    Code::BadDiscriminator,
                    message,
                    "Only schemas by `$ref` can be told apart.",
                );
            }
        }
    }
}

/// Whether a value is a number that its type does not hold.
fn is_beyond(view: &SchemaView, value: &Value) -> bool {
    let (typ, format) = (view.rules.typ.as_deref(), view.rules.format.as_deref());
    matches!(value, Value::Number(number) if beside_range(typ, format, number).is_ne())
}

/// A value as it is told from others: `2.0` is 2.
fn spelled(value: &Value) -> String {
    integer_of(value).map_or_else(|| value.to_string(), |integer| integer.to_string())
}

/// A value in a message, not longer than a line.
pub(super) fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}
