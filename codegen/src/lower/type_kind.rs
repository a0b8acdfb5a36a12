//! What Rust type a schema asks for, before any type is made.
//!
//! The rules are kept whole elsewhere ([`super::rules`]), so a kind only has to be able to hold every value
//! that the rules accept. Where no kind can, it is [`TypeKind::Any`].

use std::collections::HashSet;
use std::rc::Rc;

use serde_json::Value;

use super::Lowering;
use crate::model::Type;
use crate::parse::schema::{Additional, SchemaView};
use crate::source::NodeId;

/// What a schema's values are held as. `null` is apart: see [`Lowering::is_nullable`].
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// Anything.
    Any,
    /// Any object.
    FreeObject,
    /// An object with parts that no struct can hold together.
    Mixed,
    /// A type without a name.
    Scalar(Type),
    /// A list of these; `None` is a list of anything.
    Array(Option<NodeId>),
    /// A map of these.
    Map(NodeId),
    /// An object with the properties of these schemas, each without its own `allOf`.
    Struct(Vec<NodeId>),
    /// One of the strings.
    Strings,
    /// One of the integers.
    Integers,
    /// One of these schemas.
    Union(Vec<NodeId>),
    /// The same as that schema.
    Alias(NodeId),
}

impl Lowering<'_> {
    /// The kind of a schema.
    pub fn kind_of(&mut self, node: NodeId) -> Rc<TypeKind> {
        if let Some(known) = self.kinds.get(&node) {
            return known.clone();
        }
        // Recursion is along `allOf`, `oneOf` and `anyOf` only; `cycles` has bounded that.
        let view = self.view(node);
        let kind = Rc::new(if view.all_of.is_empty() {
            self.own(node, &view)
        } else {
            self.merged(node, &view)
        });
        self.kinds.insert(node, kind.clone());
        kind
    }

    /// The kind of a schema, without its `allOf`.
    fn own(&mut self, node: NodeId, view: &SchemaView) -> TypeKind {
        if let Some(kind) = enumeration(view) {
            return kind;
        }
        let json_type = view.rules.typ.as_deref();
        let alternatives = if view.one_of.is_empty() {
            &view.any_of
        } else {
            &view.one_of
        };
        if !alternatives.is_empty() && matches!(json_type, None | Some("object")) {
            return self.alternatives(node, view, alternatives);
        }
        plain(node, view)
    }

    fn alternatives(
        &mut self,
        node: NodeId,
        view: &SchemaView,
        alternatives: &[NodeId],
    ) -> TypeKind {
        let real: Vec<NodeId> = alternatives
            .iter()
            .copied()
            .filter(|node| !is_null(&self.view(*node)))
            .collect();
        let own = plain(node, view);
        let typed = real
            .iter()
            .any(|node| *self.kind_of(*node) != TypeKind::Any);
        if !typed || real.is_empty() {
            return own;
        }
        match own {
            // `type: object` beside alternatives adds nothing to them.
            TypeKind::Any | TypeKind::FreeObject => {}
            // The alternatives only say more about properties that are here.
            TypeKind::Struct(_) if !real.iter().any(|node| self.adds_properties(*node, view)) => {
                return own;
            }
            _ => return TypeKind::Mixed,
        }
        match real.as_slice() {
            [only] => TypeKind::Alias(*only),
            _ => TypeKind::Union(real),
        }
    }

    /// Whether a schema has properties that `base` does not have.
    fn adds_properties(&mut self, node: NodeId, base: &SchemaView) -> bool {
        match &*self.kind_of(node) {
            TypeKind::Any | TypeKind::FreeObject | TypeKind::Mixed => false,
            TypeKind::Struct(members) => members.iter().any(|member| {
                let view = self.view(*member);
                view.properties
                    .iter()
                    .any(|(name, _)| !base.properties.iter().any(|(own, _)| own == name))
            }),
            TypeKind::Alias(target) => self.adds_properties(*target, base),
            _ => true,
        }
    }

    /// The kind of a schema with `allOf`: a value satisfies every part, so any part's kind can hold it, and the
    /// one that says most is taken. Objects are put together.
    fn merged(&mut self, node: NodeId, view: &SchemaView) -> TypeKind {
        let own = self.own(node, view);
        let mut parts = view.all_of.clone();
        parts.sort_unstable();
        parts.dedup();
        let strong: Vec<NodeId> = parts
            .iter()
            .copied()
            .filter(|part| *self.kind_of(*part) != TypeKind::Any)
            .collect();
        let own_is_strong = own != TypeKind::Any;
        let own_is_object = matches!(
            own,
            TypeKind::Struct(_) | TypeKind::FreeObject | TypeKind::Map(_)
        );
        if strong.is_empty() && !own_is_object {
            return own;
        }
        if (!own_is_strong || own_is_object) && strong.iter().all(|part| self.is_object(*part)) {
            return self.merged_objects(node, view, own_is_strong);
        }
        match (strong.as_slice(), &own) {
            // `type: object` beside a choice adds nothing to it.
            ([only], TypeKind::Any | TypeKind::FreeObject) => return TypeKind::Alias(*only),
            _ if own == TypeKind::Mixed || own_is_object => return TypeKind::Mixed,
            _ if strong.iter().any(|part| self.is_object(*part)) => return TypeKind::Mixed,
            _ => {}
        }
        strong
            .iter()
            .fold(own, |best, part| self.narrower(best, *part))
    }

    fn merged_objects(&mut self, node: NodeId, view: &SchemaView, own_is_strong: bool) -> TypeKind {
        let strong: Vec<NodeId> = view
            .all_of
            .iter()
            .copied()
            .filter(|part| *self.kind_of(*part) != TypeKind::Any)
            .collect();
        let mut members = Vec::new();
        let mut seen = HashSet::new();
        // More names in `required` make more fields certain, which takes a type of its own.
        let demands = |view: &SchemaView| !view.rules.required.is_empty();
        let mut more = demands(view);
        if own_is_strong || more {
            more |= !view.properties.is_empty() || view.additional.is_some();
            members.push(node);
            seen.insert(node);
        }
        for part in &view.all_of {
            let part_members = self.members_of(*part);
            more |= !strong.contains(part) && !part_members.is_empty();
            members.extend(
                part_members
                    .iter()
                    .copied()
                    .filter(|node| seen.insert(*node)),
            );
        }
        match strong.as_slice() {
            [only] if !more && self.has_name(*only) => TypeKind::Alias(*only),
            _ => object(members, |node| self.view(node)),
        }
    }

    /// The schemas that a struct would be made of. Each counts without its own `allOf`.
    fn members_of(&mut self, node: NodeId) -> Rc<Vec<NodeId>> {
        if let Some(known) = self.members.get(&node) {
            return known.clone();
        }
        let members = Rc::new(self.find_members(node));
        self.members.insert(node, members.clone());
        members
    }

    fn find_members(&mut self, node: NodeId) -> Vec<NodeId> {
        match &*self.kind_of(node) {
            TypeKind::Struct(members) => members.clone(),
            TypeKind::Alias(target) => self.members_of(*target).to_vec(),
            TypeKind::Map(_) | TypeKind::FreeObject | TypeKind::Any => {
                let view = self.view(node);
                let says = view.additional.is_some() || !view.rules.required.is_empty();
                let mut members: Vec<NodeId> = says.then_some(node).into_iter().collect();
                for part in &view.all_of {
                    members.extend(self.members_of(*part).iter());
                }
                members.sort_unstable();
                members.dedup();
                members
            }
            _ => Vec::new(),
        }
    }

    fn is_object(&mut self, node: NodeId) -> bool {
        match &*self.kind_of(node) {
            TypeKind::Struct(_) | TypeKind::FreeObject | TypeKind::Map(_) => true,
            TypeKind::Alias(target) => self.is_object(*target),
            _ => false,
        }
    }

    /// The narrower of two kinds that are not objects; [`TypeKind::Any`] if they are not of one kind.
    fn narrower(&mut self, best: TypeKind, part: NodeId) -> TypeKind {
        let kind = match &*self.kind_of(part) {
            kind @ (TypeKind::Scalar(_) | TypeKind::Array(_)) => kind.clone(),
            _ => TypeKind::Alias(part),
        };
        match (self.rank(&best), self.rank(&kind)) {
            ((0, _), _) => kind,
            ((a, narrow), (b, narrower)) if a == b => {
                if narrower > narrow {
                    kind
                } else {
                    best
                }
            }
            _ => TypeKind::Any,
        }
    }

    /// The family of a kind, and how narrow it is within that.
    fn rank(&mut self, kind: &TypeKind) -> (u8, u8) {
        match kind {
            TypeKind::Any => (0, 0),
            TypeKind::Scalar(Type::String) => (1, 1),
            TypeKind::Strings => (1, 3),
            TypeKind::Scalar(Type::Double) => (2, 1),
            TypeKind::Scalar(Type::Float) => (2, 2),
            TypeKind::Scalar(Type::Int64) => (2, 3),
            TypeKind::Scalar(Type::Int32) => (2, 4),
            TypeKind::Integers => (2, 5),
            TypeKind::Scalar(Type::Boolean) => (3, 1),
            TypeKind::Scalar(_) => (1, 2),
            TypeKind::Array(None) => (4, 1),
            TypeKind::Array(Some(_)) => (4, 2),
            TypeKind::Alias(target) => {
                let kind = self.kind_of(*target);
                self.rank(&kind)
            }
            TypeKind::Union(_) => (5, 1),
            TypeKind::FreeObject | TypeKind::Map(_) | TypeKind::Struct(_) | TypeKind::Mixed => {
                (6, 1)
            }
        }
    }

    /// Whether a schema accepts `null`, as far as its type must be able to hold it. Never `false` where the
    /// rules accept `null`.
    pub fn is_nullable(&mut self, node: NodeId) -> bool {
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

fn enumeration(view: &SchemaView) -> Option<TypeKind> {
    let values: Vec<&Value> = view
        .enumeration
        .as_ref()?
        .iter()
        .filter(|value| !value.is_null())
        .collect();
    let json_type = view.rules.typ.as_deref();
    let strings = values.iter().filter(|value| value.is_string()).count();
    let integers = values.iter().filter(|value| value.is_i64()).count();
    match json_type {
        // Values of another type can never be taken; they are reported and left out.
        Some("string") if strings > 0 => Some(TypeKind::Strings),
        Some("integer") if integers > 0 => Some(TypeKind::Integers),
        None if strings > 0 && strings == values.len() => Some(TypeKind::Strings),
        None if integers > 0 && integers == values.len() => Some(TypeKind::Integers),
        _ => None,
    }
}

/// The kind by `type`, `format`, `properties`, `additionalProperties` and `items`.
fn plain(node: NodeId, view: &SchemaView) -> TypeKind {
    let format = view.rules.format.as_deref().unwrap_or_default();
    match view.rules.typ.as_deref() {
        Some("boolean") => TypeKind::Scalar(Type::Boolean),
        Some("integer") => TypeKind::Scalar(if format == "int32" {
            Type::Int32
        } else {
            Type::Int64
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
        Some("object") => object(vec![node], |_| Rc::new(view.clone())),
        _ if !view.properties.is_empty() => TypeKind::Struct(vec![node]),
        _ => TypeKind::Any,
    }
}

/// An object with the properties of the members.
fn object(members: Vec<NodeId>, mut view: impl FnMut(NodeId) -> Rc<SchemaView>) -> TypeKind {
    let views: Vec<_> = members.iter().map(|node| view(*node)).collect();
    if views.iter().any(|view| !view.properties.is_empty()) {
        return TypeKind::Struct(members);
    }
    let mut maps = views.iter().filter_map(|view| match view.additional {
        Some(Additional::Schema(node)) => Some(node),
        _ => None,
    });
    let closed = views
        .iter()
        .any(|view| view.additional == Some(Additional::Boolean(false)));
    match (maps.next(), maps.next()) {
        (Some(only), None) => TypeKind::Map(only),
        (None, _) if closed => TypeKind::Struct(members),
        _ => TypeKind::FreeObject,
    }
}
