//! Conditions and updates as values, rendered to DynamoDB's expressions in one place.
//!
//! Every name and value goes through a placeholder, so no attribute can collide with one of DynamoDB's
//! 573 reserved words and no value can be read as syntax.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use super::attr;
use super::item::Value;

/// A condition on the item that a write replaces, changes, deletes or looks at.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// The attribute is absent.
    Absent(&'static str),
    /// The attribute is present.
    Present(&'static str),
    /// The attribute compares so with a value. False where the attribute is absent.
    Compare(&'static str, Comparison, Value),
    /// Every one of them holds.
    All(Vec<Condition>),
    /// At least one of them holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
}

/// The comparisons that DynamoDB knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
}

impl Comparison {
    fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
        }
    }
}

impl Condition {
    /// There is no item with this key yet.
    pub fn new_item() -> Self {
        Self::Absent(attr::PK)
    }

    /// There is an item with this key.
    pub fn exists() -> Self {
        Self::Present(attr::PK)
    }

    /// The item is at this version: what a reader saw is what is there still.
    pub fn version(version: u64) -> Self {
        Self::eq(attr::VERSION, version)
    }

    /// The attribute has this value.
    pub fn eq(name: &'static str, value: impl Into<Value>) -> Self {
        Self::Compare(name, Comparison::Equal, value.into())
    }

    /// The attribute is the value or more.
    pub fn at_least(name: &'static str, value: impl Into<Value>) -> Self {
        Self::Compare(name, Comparison::AtLeast, value.into())
    }

    /// The attribute is the value or less.
    pub fn at_most(name: &'static str, value: impl Into<Value>) -> Self {
        Self::Compare(name, Comparison::AtMost, value.into())
    }

    /// Both hold.
    pub fn and(self, other: Self) -> Self {
        match self {
            Self::All(mut all) => {
                all.push(other);
                Self::All(all)
            }
            first => Self::All(vec![first, other]),
        }
    }

    /// At least one of the two holds.
    pub fn or(self, other: Self) -> Self {
        match self {
            Self::Any(mut any) => {
                any.push(other);
                Self::Any(any)
            }
            first => Self::Any(vec![first, other]),
        }
    }

    /// It does not hold.
    pub fn negate(self) -> Self {
        Self::Not(Box::new(self))
    }

    pub(crate) fn render(&self, to: &mut Placeholders) -> String {
        match self {
            Self::Absent(name) => format!("attribute_not_exists({})", to.name(name)),
            Self::Present(name) => format!("attribute_exists({})", to.name(name)),
            Self::Compare(name, comparison, value) => {
                format!(
                    "{} {} {}",
                    to.name(name),
                    comparison.sign(),
                    to.value(value)
                )
            }
            Self::All(parts) => join(parts, " AND ", to),
            Self::Any(parts) => join(parts, " OR ", to),
            Self::Not(inner) => format!("NOT ({})", inner.render(to)),
        }
    }
}

fn join(parts: &[Condition], with: &str, to: &mut Placeholders) -> String {
    let parts: Vec<_> = parts
        .iter()
        .map(|part| format!("({})", part.render(to)))
        .collect();
    parts.join(with)
}

/// The changes that an update makes to an item. Each attribute may be named once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    set: Vec<(&'static str, Value)>,
    add: Vec<(&'static str, Value)>,
    remove: Vec<&'static str>,
}

impl Changes {
    pub(crate) fn set(&mut self, name: &'static str, value: Value) {
        self.set.push((name, value));
    }

    /// Whether it sets this attribute.
    pub(crate) fn sets(&self, name: &str) -> bool {
        self.set.iter().any(|(set, _)| *set == name)
    }

    pub(crate) fn add(&mut self, name: &'static str, value: Value) {
        self.add.push((name, value));
    }

    pub(crate) fn remove(&mut self, name: &'static str) {
        self.remove.push(name);
    }

    pub(crate) fn render(&self, to: &mut Placeholders) -> String {
        let mut clauses = Vec::new();
        let set = self
            .set
            .iter()
            .map(|(name, value)| format!("{} = {}", to.name(name), to.value(value)));
        let set: Vec<_> = set.collect();
        if !set.is_empty() {
            clauses.push(format!("SET {}", set.join(", ")));
        }
        let add = self
            .add
            .iter()
            .map(|(name, by)| format!("{} {}", to.name(name), to.value(by)));
        let add: Vec<_> = add.collect();
        if !add.is_empty() {
            clauses.push(format!("ADD {}", add.join(", ")));
        }
        let remove: Vec<_> = self.remove.iter().map(|name| to.name(name)).collect();
        if !remove.is_empty() {
            clauses.push(format!("REMOVE {}", remove.join(", ")));
        }
        clauses.join(" ")
    }
}

/// Names and values by placeholder, as the SDK wants them.
pub(crate) type PlaceholderMaps = (
    Option<HashMap<String, String>>,
    Option<HashMap<String, AttributeValue>>,
);

/// The names and values that the expressions of one call refer to. One attribute has one placeholder,
/// in every expression of the call.
#[derive(Debug, Default)]
pub(crate) struct Placeholders {
    names: Vec<String>,
    values: Vec<AttributeValue>,
}

impl Placeholders {
    pub(crate) fn name(&mut self, name: &str) -> String {
        let index = match self.names.iter().position(|known| known == name) {
            Some(index) => index,
            None => {
                self.names.push(name.to_owned());
                self.names.len() - 1
            }
        };
        format!("#n{index}")
    }

    pub(crate) fn value(&mut self, value: &Value) -> String {
        self.values.push(value.0.clone());
        format!(":v{}", self.values.len() - 1)
    }

    /// As the SDK wants them. DynamoDB refuses an empty map, so none is given then.
    pub(crate) fn into_maps(self) -> PlaceholderMaps {
        let names: HashMap<_, _> = self
            .names
            .into_iter()
            .enumerate()
            .map(|(i, name)| (format!("#n{i}"), name))
            .collect();
        let values: HashMap<_, _> = self
            .values
            .into_iter()
            .enumerate()
            .map(|(i, value)| (format!(":v{i}"), value))
            .collect();
        (
            (!names.is_empty()).then_some(names),
            (!values.is_empty()).then_some(values),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_placeholder_and_every_value_its_own() {
        let mut to = Placeholders::default();
        let condition =
            Condition::new_item().or(Condition::at_most("ttl", 5).and(Condition::eq("a", 3)));
        assert_eq!(
            condition.render(&mut to),
            "(attribute_not_exists(#n0)) OR ((#n1 <= :v0) AND (#n2 = :v1))"
        );
        let mut changes = Changes::default();
        changes.set("status", "OPEN".into());
        changes.add("version", 1.into());
        changes.remove("ttl");
        assert_eq!(
            changes.render(&mut to),
            "SET #n3 = :v2 ADD #n4 :v3 REMOVE #n1"
        );
        let (names, values) = to.into_maps();
        assert_eq!(names.unwrap().len(), 5);
        assert_eq!(values.unwrap().len(), 4);
    }
}
