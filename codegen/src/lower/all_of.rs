//! What the values of `allOf` are held as: a value satisfies every part, and has the members of all of them.

use std::collections::HashSet;
use std::rc::Rc;

use super::Lowering;
use super::type_kind::{Alternative, Choice, Members, TypeKind};
use crate::model::Type;
use crate::parse::schema::{Additional, SchemaView};
use crate::source::NodeId;

/// How many alternatives the variants of one choice have in them at most, all together.
const WIDEST: usize = 256;

impl Lowering<'_> {
    /// The kind of a schema with `allOf`.
    pub(super) fn merged(&mut self, node: NodeId, view: &SchemaView) -> TypeKind {
        let mut parts = Vec::new();
        let own = self.without_all_of(node);
        if *self.kind_of(own) != TypeKind::Any
            || !view.rules.required.is_empty()
            || view.additional.is_some()
        {
            parts.push(own);
        }
        parts.extend(&view.all_of);
        self.combined(node, &parts)
    }

    /// The kind of what satisfies all of these.
    pub(super) fn combined(&mut self, node: NodeId, parts: &[NodeId]) -> TypeKind {
        let mut seen = HashSet::new();
        let parts: Vec<NodeId> = parts
            .iter()
            .copied()
            .filter(|part| seen.insert(*part))
            .collect();
        if parts
            .iter()
            .any(|part| self.resolved_kind(*part) == TypeKind::Json)
        {
            // The part has said why.
            return TypeKind::Json;
        }
        // `type: object` beside something that says more adds nothing to it.
        let says: Vec<NodeId> = parts
            .iter()
            .copied()
            .filter(|part| self.says(*part))
            .collect();
        let strong: Vec<NodeId> = parts
            .iter()
            .copied()
            .filter(|part| *self.kind_of(*part) != TypeKind::Any)
            .collect();
        let typed: Vec<NodeId> = strong
            .iter()
            .copied()
            .filter(|part| says.contains(part))
            .collect();
        let (typed, says) = match (typed.as_slice(), strong.as_slice()) {
            ([], []) => return TypeKind::Any,
            ([], [first, ..]) if says.is_empty() => return TypeKind::Alias(*first),
            ([], _) => (strong.clone(), parts.clone()),
            _ => (typed, says),
        };
        let choices: Vec<NodeId> = typed
            .iter()
            .copied()
            .filter(|part| matches!(self.resolved_kind(*part), TypeKind::Union(_)))
            .collect();
        let objects = typed.iter().filter(|part| self.is_object(**part)).count();
        if choices.is_empty() && objects == typed.len() {
            return self.merged_objects(&typed, &says);
        }
        match choices.as_slice() {
            [only] if typed.len() == 1 && says.len() == 1 => return TypeKind::Alias(*only),
            [only]
                if objects + 1 == typed.len()
                    && (!self.is_one_at_most(*only) || self.is_too_wide(*only, &says)) =>
            {
                return self.merged_choices(&choices, &says);
            }
            [only] if objects + 1 == typed.len() => {
                let beside: Vec<NodeId> =
                    says.iter().copied().filter(|part| part != only).collect();
                return self.distributed(node, *only, &beside);
            }
            [] => {}
            _ if objects + choices.len() == typed.len()
                && choices
                    .iter()
                    .all(|choice| self.is_choice_of_objects(*choice)) =>
            {
                return self.merged_choices(&choices, &says);
            }
            _ => {}
        }
        if let [only] = typed.as_slice()
            && (says.len() == 1 || !matches!(self.resolved_kind(*only), TypeKind::Array(_)))
        {
            return TypeKind::Alias(*only);
        }
        if let Some(arrays) = self.merged_arrays(&typed, &parts) {
            return arrays;
        }
        let mut kind = TypeKind::Any;
        for (at, part) in typed.iter().enumerate() {
            if at == 0 || kind != TypeKind::Any {
                kind = self.narrower(kind, *part);
            }
        }
        match kind {
            TypeKind::Any => self.json(node, "no type is that of all the parts"),
            kind => kind,
        }
    }

    /// Whether a part says something that the others do not.
    fn says(&mut self, node: NodeId) -> bool {
        match self.resolved_kind(node) {
            TypeKind::Any | TypeKind::FreeObject => {
                let members = self.members_of(node);
                let perhaps = members.perhaps.iter().any(|one| !one.members.is_empty());
                !members.always.is_empty() || perhaps || !self.items_of(node).is_empty()
            }
            _ => true,
        }
    }

    fn merged_objects(&mut self, typed: &[NodeId], says: &[NodeId]) -> TypeKind {
        let mut members = Members::default();
        let mut more = false;
        for part in says {
            let part_members = self.members_of(*part);
            more |= !typed.contains(part) && !part_members.always.is_empty();
            members.extend(&part_members);
        }
        match typed {
            [only] if !more && self.has_name(*only) => TypeKind::Alias(*only),
            _ => self.object(members),
        }
    }

    /// A choice, with what stands beside it in each of its alternatives.
    fn distributed(&mut self, node: NodeId, choice: NodeId, beside: &[NodeId]) -> TypeKind {
        let TypeKind::Union(Choice { of, alternatives }) = self.resolved_kind(choice) else {
            return TypeKind::Json;
        };
        let objects_only = beside.iter().any(|part| self.is_object(*part));
        let mut out = Vec::new();
        for alternative in alternatives {
            let can_hold = match self.resolved_kind(alternative.node) {
                TypeKind::Struct(_)
                | TypeKind::Map(_)
                | TypeKind::FreeObject
                | TypeKind::Union(_)
                | TypeKind::Any
                | TypeKind::Json => true,
                _ => !objects_only,
            };
            if can_hold {
                let mut parts = beside.to_vec();
                parts.push(alternative.node);
                out.push(Alternative {
                    node: self.all_of(&parts),
                    ..alternative
                });
            }
        }
        match out.as_slice() {
            [] => self.json(node, "none of the alternatives can hold"),
            [only] => TypeKind::Alias(only.node),
            _ => TypeKind::Union(Choice {
                of,
                alternatives: out,
            }),
        }
    }

    /// Whether each variant of a choice would have so many alternatives in it that one struct for all is smaller.
    fn is_too_wide(&mut self, choice: NodeId, says: &[NodeId]) -> bool {
        let TypeKind::Union(choice) = self.resolved_kind(choice) else {
            return false;
        };
        let perhaps: usize = says
            .iter()
            .map(|part| self.members_of(*part).perhaps.len())
            .sum();
        choice.alternatives.len() * perhaps > WIDEST
    }

    /// Whether no more than one of a choice's alternatives holds for an object, or one is named.
    fn is_one_at_most(&mut self, choice: NodeId) -> bool {
        let TypeKind::Union(Choice { of, alternatives }) = self.resolved_kind(choice) else {
            return true;
        };
        let view = self.view(of);
        if !view.one_of.is_empty() || view.data.discriminator.is_some() {
            return true;
        }
        let objects: Vec<NodeId> = alternatives
            .iter()
            .map(|alternative| alternative.schema)
            .filter(|schema| {
                matches!(
                    self.resolved_kind(*schema),
                    TypeKind::Any | TypeKind::Union(_)
                ) || self.is_object(*schema)
            })
            .collect();
        objects.len() <= 1 || self.are_apart(&objects)
    }

    /// One object with what the parts and the alternatives of all choices have.
    fn merged_choices(&mut self, choices: &[NodeId], says: &[NodeId]) -> TypeKind {
        let mut members = Members::default();
        for part in says {
            if choices.contains(part) {
                self.take_alternative(&mut members, *part, None);
            } else {
                let own = self.members_of(*part);
                members.extend(&own);
            }
        }
        self.object(members)
    }

    /// An array whose items are those of all parts.
    fn merged_arrays(&mut self, typed: &[NodeId], parts: &[NodeId]) -> Option<TypeKind> {
        for part in typed {
            if !matches!(self.resolved_kind(*part), TypeKind::Array(_)) {
                return None;
            }
        }
        let mut items = Vec::new();
        for part in parts {
            items.extend(self.items_of(*part));
        }
        let items = (!items.is_empty()).then(|| self.all_of(&items));
        Some(TypeKind::Array(items))
    }

    /// What a schema, or a part of it, says of the items of an array.
    fn items_of(&mut self, node: NodeId) -> Vec<NodeId> {
        let mut items = Vec::new();
        let mut seen = HashSet::new();
        let mut work = vec![node];
        while let Some(node) = work.pop() {
            match self.resolved_kind(node) {
                TypeKind::Array(of) => items.extend(of),
                TypeKind::Any => {
                    let end = self.end_of(node);
                    let view = self.view(end);
                    items.extend(view.items);
                    let parts = view.all_of.iter().rev().copied();
                    work.extend(parts.filter(|part| seen.insert(*part)));
                }
                _ => {}
            }
        }
        items
    }

    /// The schemas that a struct would be made of.
    pub(super) fn members_of(&mut self, node: NodeId) -> Rc<Members> {
        if let Some(known) = self.members.get(&node) {
            return known.clone();
        }
        let members = Rc::new(self.find_members(node));
        self.members.insert(node, members.clone());
        members
    }

    fn find_members(&mut self, node: NodeId) -> Members {
        match &*self.kind_of(node) {
            TypeKind::Struct(members) => members.clone(),
            TypeKind::Alias(target) => (*self.members_of(*target)).clone(),
            TypeKind::Map(_) | TypeKind::FreeObject | TypeKind::Any => {
                let view = self.view(node);
                let says = view.additional.is_some() || !view.rules.required.is_empty();
                let mut members = Members::default();
                members.always.extend(says.then_some(node));
                for part in &view.all_of {
                    let part = self.members_of(*part);
                    members.extend(&part);
                }
                for alternative in view.any_of.iter().chain(&view.one_of) {
                    self.take_alternative(&mut members, *alternative, None);
                }
                members
            }
            _ => Members::default(),
        }
    }

    pub(super) fn is_object(&mut self, node: NodeId) -> bool {
        matches!(
            self.resolved_kind(node),
            TypeKind::Struct(_) | TypeKind::FreeObject | TypeKind::Map(_)
        )
    }

    /// An object with the properties of the members.
    pub(super) fn object(&mut self, members: Members) -> TypeKind {
        let views: Vec<_> = members.all().map(|node| self.view(node)).collect();
        if views.iter().any(|view| !view.properties.is_empty()) {
            return TypeKind::Struct(members);
        }
        let maps: Vec<NodeId> = views
            .iter()
            .filter_map(|view| view.additional_schema())
            .collect();
        let closed = members
            .always
            .iter()
            .any(|node| self.view(*node).additional == Some(Additional::Boolean(false)));
        match maps.as_slice() {
            [] if closed => TypeKind::Struct(members),
            [] => TypeKind::FreeObject,
            maps if members.perhaps.is_empty() => TypeKind::Map(self.all_of(maps)),
            _ => TypeKind::FreeObject,
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
            // Of two choices neither holds what the other one declares.
            ((a, narrow), (b, narrower)) if a == b && a < 5 => {
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
    pub(super) fn rank(&mut self, kind: &TypeKind) -> (u8, u8) {
        match kind {
            TypeKind::Any | TypeKind::Json => (0, 0),
            TypeKind::Scalar(Type::String) => (1, 1),
            TypeKind::Strings => (1, 3),
            TypeKind::Scalar(Type::Double) => (2, 1),
            TypeKind::Scalar(Type::Float) => (2, 2),
            TypeKind::Scalar(Type::Int64 | Type::Uint64) => (2, 3),
            TypeKind::Scalar(Type::Int32) => (2, 4),
            TypeKind::Integers => (2, 5),
            TypeKind::Scalar(Type::Boolean) => (3, 1),
            TypeKind::Scalar(_) => (1, 2),
            TypeKind::Array(_) => (4, 1),
            TypeKind::Alias(target) => {
                let kind = self.kind_of(*target);
                self.rank(&kind)
            }
            TypeKind::Union(_) => (5, 1),
            TypeKind::FreeObject | TypeKind::Map(_) | TypeKind::Struct(_) => (6, 1),
        }
    }
}
