//! What Rust type a schema asks for, before any type is made.
//!
//! The rules are kept whole elsewhere ([`super::rules`]), so a kind only has to be able to hold every value
//! that the rules accept, with all that the schema declares of it. Where no kind can, it is [`TypeKind::Json`].

use std::rc::Rc;

use serde_json::Value;

use super::Lowering;
use crate::model::Type;
use crate::number::integer_of;
use crate::parse::schema::{Additional, SchemaView};
use crate::source::NodeId;

/// What a schema's values are held as. `null` is apart: see [`Lowering::is_nullable`].
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// Anything, because nothing is said of it.
    Any,
    /// Anything, because no type holds all that is said of it.
    Json,
    /// Any object.
    FreeObject,
    /// A type without a name.
    Scalar(Type),
    /// A list of these; `None` is a list of anything.
    Array(Option<NodeId>),
    /// A map of these.
    Map(NodeId),
    /// An object with the properties of these schemas.
    Struct(Members),
    /// One of the strings.
    Strings,
    /// One of the integers.
    Integers,
    /// One of these schemas.
    Union(Choice),
    /// The same as that schema.
    Alias(NodeId),
}

/// The schemas that the properties of an object come from. Each counts without those that it is combined with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Members {
    /// Those that every value satisfies.
    pub always: Vec<NodeId>,
    /// Alternatives. Any number of them may hold, and those that do bring their properties.
    pub perhaps: Vec<Perhaps>,
}

/// An alternative whose properties an object has where it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Perhaps {
    /// What must hold.
    pub schema: NodeId,
    /// The schemas that its properties come from.
    pub members: Vec<NodeId>,
    /// The schema whose alternatives these are, if at least one of them holds.
    pub choice: Option<NodeId>,
}

/// The alternatives of a choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The schema with the alternatives, and with the discriminator.
    pub of: NodeId,
    /// Those that are not only `null`.
    pub alternatives: Vec<Alternative>,
}

/// One of the alternatives of a choice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alternative {
    /// What its values are held as: the alternative, with what stands beside the choice.
    pub node: NodeId,
    /// What a value of it satisfies.
    pub schema: NodeId,
    /// Its place in the list of the document, if it is in there.
    pub at: Option<usize>,
}

impl Alternative {
    /// One that is not in the document's list.
    pub fn made(node: NodeId) -> Self {
        Alternative {
            node,
            schema: node,
            at: None,
        }
    }
}

impl Members {
    /// Those of one schema.
    pub fn of(node: NodeId) -> Self {
        Members {
            always: vec![node],
            perhaps: Vec::new(),
        }
    }

    /// All schemas that properties come from.
    pub fn all(&self) -> impl Iterator<Item = NodeId> + '_ {
        let perhaps = self.perhaps.iter().flat_map(|perhaps| &perhaps.members);
        self.always.iter().chain(perhaps).copied()
    }

    /// The same, each with the place of the alternative that it is of.
    pub fn all_by_alternative(&self) -> impl Iterator<Item = (NodeId, Option<usize>)> + '_ {
        let always = self.always.iter().map(|node| (*node, None));
        let perhaps = self.perhaps.iter().enumerate();
        always.chain(perhaps.flat_map(|(at, perhaps)| {
            let members = perhaps.members.iter();
            members.map(move |node| (*node, Some(at)))
        }))
    }

    /// Takes an alternative in. The same one can be reached in many ways.
    pub fn may_have(&mut self, perhaps: Perhaps) {
        if !self
            .perhaps
            .iter()
            .any(|known| known.schema == perhaps.schema)
        {
            self.perhaps.push(perhaps);
        }
    }

    /// Takes those of another object in.
    pub fn extend(&mut self, other: &Members) {
        for node in &other.always {
            if !self.always.contains(node) {
                self.always.push(*node);
            }
        }
        for perhaps in &other.perhaps {
            self.may_have(perhaps.clone());
        }
    }
}

impl Lowering<'_> {
    /// The kind of a schema.
    pub(super) fn kind_of(&mut self, node: NodeId) -> Rc<TypeKind> {
        if let Some(known) = self.kinds.get(&node) {
            return known.clone();
        }
        // Recursion is along `allOf`, `oneOf` and `anyOf` only; `cycles` has bounded that.
        let view = self.view(node);
        let kind = Rc::new(if view.all_of.is_empty() {
            match self.files.contains(&node) {
                true => TypeKind::Scalar(Type::File),
                false => self.own(node, &view),
            }
        } else {
            self.merged(node, &view)
        });
        let kind = match (
            &*kind,
            self.settings.type_of_format(view.rules.format.as_deref()),
        ) {
            (TypeKind::Scalar(_), Some(chosen)) => {
                Rc::new(TypeKind::Scalar(Type::External(chosen.text.clone())))
            }
            _ => kind,
        };
        self.kinds.insert(node, kind.clone());
        kind
    }

    /// Whether a schema accepts `null`, as far as its type must be able to hold it. Never `false` where the
    /// rules accept `null`.
    pub(super) fn is_nullable(&mut self, node: NodeId) -> bool {
        if let Some(known) = self.nullable.get(&node) {
            return *known;
        }
        let view = self.view(node);
        let has_null = |values: &Vec<Value>| values.contains(&Value::Null);
        // Properties without a type are taken as an object.
        let refused = view.rules.typ.is_some()
            || !view.properties.is_empty()
            || !view.enumeration.as_ref().is_none_or(has_null);
        let result = view.data.nullable || (!refused && self.parts_are_nullable(&view));
        self.nullable.insert(node, result);
        result
    }

    fn parts_are_nullable(&mut self, view: &SchemaView) -> bool {
        let alternatives = if view.one_of.is_empty() {
            &view.any_of
        } else {
            &view.one_of
        };
        let one = alternatives
            .iter()
            .any(|node| is_null(&self.view(*node)) || self.is_nullable(*node));
        (one || alternatives.is_empty()) && view.all_of.iter().all(|node| self.is_nullable(*node))
    }
}

/// `enum: [null]`: the way to write "or null" in a choice.
pub fn is_null(view: &SchemaView) -> bool {
    view.enumeration
        .as_ref()
        .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
}

pub(super) fn enumeration(view: &SchemaView) -> Option<TypeKind> {
    let values: Vec<&Value> = view
        .enumeration
        .as_ref()?
        .iter()
        .filter(|value| !value.is_null())
        .collect();
    let json_type = view.rules.typ.as_deref();
    let strings = values.iter().filter(|value| value.is_string()).count();
    let integers = values.iter().filter(|value| held(value).is_some()).count();
    // Those that only a type without a sign holds have no enum.
    let unsigned = match view.rules.format.as_deref() {
        Some("uint64") => values
            .iter()
            .filter(|value| integer_of(value).is_some())
            .count(),
        _ => 0,
    };
    match json_type {
        // Values of another type can never be taken; they are reported and left out.
        Some("string") if strings > 0 => Some(TypeKind::Strings),
        Some("integer") if integers > 0 && integers >= unsigned => Some(TypeKind::Integers),
        None if strings > 0 && strings == values.len() => Some(TypeKind::Strings),
        None if integers > 0 && integers == values.len() => Some(TypeKind::Integers),
        _ => None,
    }
}

/// The integer that a value is, if it is one that a type of integers holds.
pub fn held(value: &Value) -> Option<i64> {
    integer_of(value).and_then(|integer| i64::try_from(integer).ok())
}

/// The kind by `type`, `format`, `properties`, `additionalProperties` and `items`.
pub(super) fn plain(node: NodeId, view: &SchemaView) -> TypeKind {
    let format = view.rules.format.as_deref().unwrap_or_default();
    match view.rules.typ.as_deref() {
        Some("boolean") => TypeKind::Scalar(Type::Boolean),
        Some("integer") => TypeKind::Scalar(match format {
            "int32" => Type::Int32,
            "uint64" => Type::Uint64,
            _ => Type::Int64,
        }),
        Some("number") => TypeKind::Scalar(if format == "float" {
            Type::Float
        } else {
            Type::Double
        }),
        Some("string") => TypeKind::Scalar(match format {
            "uuid" => Type::Uuid,
            "date" => Type::Date,
            "date-time" => Type::DateTime,
            "ipv4" => Type::Ipv4,
            "ipv6" => Type::Ipv6,
            "byte" => Type::Base64,
            "password" => Type::Password,
            _ => Type::String,
        }),
        Some("array") => TypeKind::Array(view.items),
        Some("object") if view.properties.is_empty() => match view.additional {
            Some(Additional::Schema(values)) => TypeKind::Map(values),
            Some(Additional::Boolean(false)) => TypeKind::Struct(Members::of(node)),
            _ => TypeKind::FreeObject,
        },
        _ if !view.properties.is_empty() => TypeKind::Struct(Members::of(node)),
        _ => TypeKind::Any,
    }
}
