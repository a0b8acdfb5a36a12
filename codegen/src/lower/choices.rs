//! What the values of `oneOf` and `anyOf` are held as.
//!
//! Of `oneOf` exactly one alternative holds, and a discriminator names one: those are unions, with a variant for each alternative. Of
//! `anyOf` several may hold at once, and then a value has the members of all of them. Objects of which several may hold are one struct,
//! in which a field is filled where an alternative that declares it holds.

use std::collections::HashSet;

use serde_json::Value;

use super::Lowering;
use super::type_kind::{
    Alternative, Choice, Members, Perhaps, TypeKind, enumeration, is_null, plain,
};
use crate::diagnostic::Code;
use crate::parse::schema::{Additional, SchemaView};
use crate::source::NodeId;

/// Of how many alternatives every two are held beside each other.
const COMPARED: usize = 64;

impl Lowering<'_> {
    /// The kind of a schema, without its `allOf`.
    pub(super) fn own(&mut self, node: NodeId, view: &SchemaView) -> TypeKind {
        if let Some(kind) = enumeration(view) {
            return kind;
        }
        let base_type = view.rules.typ.as_deref();
        if let (None | Some("string" | "integer"), Some(values)) = (base_type, self.constants(view))
        {
            let is_string = values.iter().all(|(value, _)| value.is_string());
            let kind = if is_string {
                TypeKind::Strings
            } else {
                TypeKind::Integers
            };
            if base_type.is_none_or(|base| (base == "string") == is_string) {
                return kind;
            }
        }
        let base = plain(node, view);
        if !matches!(view.rules.typ.as_deref(), None | Some("object")) {
            // The alternatives of an array or of a string only narrow it.
            return base;
        }
        let json = |alternative: &NodeId| self.resolved_kind(*alternative) == TypeKind::Json;
        if base != TypeKind::Any && view.one_of.iter().chain(&view.any_of).any(json) {
            return TypeKind::Json;
        }
        let one_of = self.is_typed(&view.one_of);
        let any_of = self.is_typed(&view.any_of);
        if !one_of && !any_of {
            return base;
        }
        let alternatives: Vec<NodeId> = [(one_of, &view.one_of), (any_of, &view.any_of)]
            .into_iter()
            .filter(|(is_typed, _)| *is_typed)
            .flat_map(|(_, list)| list.iter().copied())
            .collect();
        if matches!(base, TypeKind::Struct(_)) {
            // The alternatives may only say more about properties that are here.
            let adds = alternatives
                .iter()
                .any(|alternative| self.adds_members(*alternative, view));
            if !adds {
                return base;
            }
        }
        let says = self.says_beside(view, &base, &alternatives);
        match (one_of, any_of, says) {
            (true, false, false) => self.choice(node, &view.one_of, true),
            (false, true, false) => {
                let is_told = view.data.discriminator.is_some() && view.one_of.is_empty();
                self.choice(node, &view.any_of, is_told)
            }
            _ => {
                let mut parts = Vec::new();
                let is_object = says || base == TypeKind::FreeObject;
                parts.extend(is_object.then(|| self.bare(node)));
                parts.extend(one_of.then(|| self.only_one_of(node)));
                parts.extend(any_of.then(|| self.only_any_of(node)));
                self.combined(node, &parts)
            }
        }
    }

    /// Whether there are alternatives that say what a value is.
    fn is_typed(&mut self, alternatives: &[NodeId]) -> bool {
        alternatives.iter().any(|alternative| {
            !is_null(&self.view(*alternative)) && *self.kind_of(*alternative) != TypeKind::Any
        })
    }

    /// Whether what stands beside alternatives declares members that they do not.
    fn says_beside(&mut self, view: &SchemaView, base: &TypeKind, alternatives: &[NodeId]) -> bool {
        match base {
            TypeKind::Any | TypeKind::FreeObject => {
                view.is_open()
                    || view.rules.required.iter().any(|name| {
                        alternatives.iter().any(|alternative| {
                            self.is_object(*alternative) && !self.declares(*alternative, name)
                        })
                    })
            }
            _ => true,
        }
    }

    /// Whether an object has a property of this name, in each of its variants if it is a choice.
    fn declares(&mut self, node: NodeId, name: &str) -> bool {
        !self.some_leaf(node, &|lowering, leaf| {
            let members = lowering.members_of(leaf);
            lowering.property_of(&members, name).is_none()
        })
    }

    /// Whether a value of the schema's type holds the member of this name, in each of its variants if it is a choice.
    pub(super) fn holds_member(&mut self, node: NodeId, name: &str) -> bool {
        if let TypeKind::Union(choice) = self.resolved_kind(node) {
            let view = self.view(choice.of);
            let discriminator = view.data.discriminator.as_ref();
            if discriminator.is_some_and(|own| own.property_name == name) {
                // It is written with the choice.
                return true;
            }
        }
        !self.some_leaf(node, &|lowering, leaf| match lowering.resolved_kind(leaf) {
            TypeKind::Struct(_) => !lowering.declares(leaf, name) && !lowering.is_open(leaf),
            _ => false,
        })
    }

    /// Whether the member of this name is not in requests, in some variant.
    pub(super) fn is_read_only_in(&mut self, node: NodeId, name: &str) -> bool {
        self.some_leaf(node, &|lowering, leaf| {
            let members = lowering.members_of(leaf);
            let property = lowering.property_of(&members, name);
            property.is_some_and(|property| lowering.is_read_only(property))
        })
    }

    /// The kind of a choice with nothing beside it.
    fn choice(&mut self, node: NodeId, list: &[NodeId], is_told: bool) -> TypeKind {
        let alternatives: Vec<Alternative> = list
            .iter()
            .enumerate()
            .filter(|(_, schema)| !is_null(&self.view(**schema)))
            .map(|(at, schema)| Alternative {
                node: *schema,
                schema: *schema,
                at: Some(at),
            })
            .collect();
        match alternatives.as_slice() {
            [] => TypeKind::Any,
            [only] => TypeKind::Alias(only.node),
            _ if is_told => TypeKind::Union(Choice {
                of: node,
                alternatives,
            }),
            _ => self.any_kind(node, alternatives),
        }
    }

    /// The kind of alternatives of which several may hold.
    fn any_kind(&mut self, node: NodeId, alternatives: Vec<Alternative>) -> TypeKind {
        if self.first_holds_all(&alternatives) {
            return TypeKind::Union(Choice {
                of: node,
                alternatives,
            });
        }
        let nodes: Vec<NodeId> = alternatives
            .iter()
            .map(|alternative| alternative.node)
            .collect();
        let leaves = self.leaves(&nodes).into_iter();
        let flat: Vec<Alternative> = leaves.map(Alternative::made).collect();
        if let [only] = flat.as_slice() {
            return TypeKind::Alias(only.node);
        }
        let (objects, arrays) = self.with_members(&flat);
        let is_json =
            |schema: &NodeId| matches!(self.resolved_kind(*schema), TypeKind::Any | TypeKind::Json);
        if arrays.len() > 1 || objects.iter().any(is_json) {
            let why = "several alternatives can hold at once, and no type holds the members of all";
            return self.json(node, why);
        }
        if objects.len() == flat.len() {
            return self.merged_alternatives(node, &objects);
        }
        if objects.is_empty() {
            return TypeKind::Union(Choice {
                of: node,
                alternatives: flat,
            });
        }
        let together = self.any_of(&objects);
        let mut alternatives: Vec<Alternative> = Vec::new();
        for alternative in flat {
            if !objects.contains(&alternative.schema) {
                alternatives.push(alternative);
            } else if !alternatives.iter().any(|known| known.schema == together) {
                alternatives.push(Alternative::made(together));
            }
        }
        TypeKind::Union(Choice {
            of: node,
            alternatives,
        })
    }

    /// Whether the first alternative that holds has everything that is declared of the value, whichever others hold.
    fn first_holds_all(&mut self, alternatives: &[Alternative]) -> bool {
        let (objects, arrays) = self.with_members(alternatives);
        arrays.len() <= 1 && (objects.len() <= 1 || self.are_apart(&objects))
    }

    /// The alternatives that objects with members can satisfy, and those that arrays with such items can.
    fn with_members(&mut self, alternatives: &[Alternative]) -> (Vec<NodeId>, Vec<NodeId>) {
        let all = alternatives.iter().map(|alternative| alternative.schema);
        let objects = all
            .clone()
            .filter(|schema| self.takes_objects(*schema))
            .collect();
        let arrays = all
            .filter(|schema| self.takes_members_in_arrays(*schema))
            .collect();
        (objects, arrays)
    }

    /// The schemas, and in place of one that is a choice those that it is between: each once, in their order.
    fn leaves(&mut self, nodes: &[NodeId]) -> Vec<NodeId> {
        let mut leaves = Vec::new();
        let mut seen = HashSet::new();
        let mut work: Vec<NodeId> = nodes.iter().rev().copied().collect();
        while let Some(node) = work.pop() {
            if !seen.insert(node) {
                continue;
            }
            match self.resolved_kind(node) {
                TypeKind::Union(choice) => {
                    let alternatives = choice.alternatives.iter().rev();
                    work.extend(alternatives.map(|alternative| alternative.node));
                }
                _ => leaves.push(node),
            }
        }
        leaves
    }

    /// One object with what all of these objects have.
    fn merged_alternatives(&mut self, node: NodeId, objects: &[NodeId]) -> TypeKind {
        let mut members = Members::default();
        for schema in objects {
            self.take_alternative(&mut members, *schema, Some(node));
        }
        self.object(members)
    }

    /// Takes an alternative into an object of which it may be a part.
    pub(super) fn take_alternative(
        &mut self,
        members: &mut Members,
        schema: NodeId,
        choice: Option<NodeId>,
    ) {
        for leaf in self.leaves(&[schema]) {
            if !matches!(
                self.resolved_kind(leaf),
                TypeKind::Struct(_) | TypeKind::FreeObject | TypeKind::Map(_) | TypeKind::Any
            ) {
                // In an object it never holds.
                continue;
            }
            let own = self.members_of(leaf);
            members.may_have(Perhaps {
                schema: leaf,
                members: own.always.clone(),
                choice: choice.filter(|_| leaf == schema),
            });
            for nested in &own.perhaps {
                members.may_have(Perhaps {
                    choice: None,
                    ..nested.clone()
                });
            }
        }
    }

    /// Whether an object can be a value, with members that the schema declares.
    fn takes_objects(&mut self, node: NodeId) -> bool {
        self.some_leaf(node, &|lowering, leaf| match lowering.resolved_kind(leaf) {
            TypeKind::Struct(_) | TypeKind::Map(_) | TypeKind::FreeObject | TypeKind::Json => true,
            TypeKind::Any => lowering.declares_something(leaf),
            _ => false,
        })
    }

    /// Whether some alternative of a choice, or a schema that is none, is like this.
    fn some_leaf(&mut self, node: NodeId, is: &dyn Fn(&mut Self, NodeId) -> bool) -> bool {
        let mut leaves = self.leaves(&[node]).into_iter();
        leaves.any(|leaf| is(self, leaf))
    }

    /// Whether an array can be a value, with members in its items that the schema declares.
    fn takes_members_in_arrays(&mut self, node: NodeId) -> bool {
        self.some_leaf(node, &|lowering, leaf| match lowering.resolved_kind(leaf) {
            TypeKind::Array(Some(items)) => !lowering.is_flat(items),
            TypeKind::Json => true,
            TypeKind::Any => lowering.declares_something(leaf),
            _ => false,
        })
    }

    /// Whether a schema that has no type of its own says something about members or items all the same.
    fn declares_something(&self, node: NodeId) -> bool {
        let view = self.view(node);
        !view.all_of.is_empty()
            || !view.any_of.is_empty()
            || !view.one_of.is_empty()
            || view.items.is_some()
            || !view.properties.is_empty()
            || view.additional_schema().is_some()
    }

    /// Whether a schema declares no members, however deep: any type for its values holds all that it declares. By its words alone,
    /// because a schema can lead back to one whose kind is being found.
    pub(super) fn is_flat(&self, node: NodeId) -> bool {
        let mut work = vec![node];
        let mut looked_at = 0;
        while let Some(node) = work.pop() {
            let view = self.view(node);
            looked_at += 1;
            if !view.properties.is_empty() || view.is_open() || looked_at > COMPARED {
                return false;
            }
            work.extend(view.items);
            work.extend(view.all_of.iter().chain(&view.any_of).chain(&view.one_of));
        }
        true
    }

    /// Whether a schema has members that the base does not have.
    fn adds_members(&mut self, node: NodeId, base: &SchemaView) -> bool {
        match self.resolved_kind(node) {
            TypeKind::Any => false,
            TypeKind::FreeObject => self.is_open(node),
            TypeKind::Struct(members) => members.all().any(|member| {
                let view = self.view(member);
                view.is_open()
                    || view.properties.iter().any(|(name, schema)| {
                        let known = base.property(name);
                        known.is_none_or(|own| own != *schema && !self.is_flat(*schema))
                    })
            }),
            _ => true,
        }
    }

    /// Whether an object without properties says that it has others.
    pub(super) fn is_open(&mut self, node: NodeId) -> bool {
        let members = self.members_of(node);
        members.all().any(|member| self.view(member).is_open())
    }

    /// Whether every alternative of a choice is an object.
    pub(super) fn is_choice_of_objects(&mut self, node: NodeId) -> bool {
        !self.some_leaf(node, &|lowering, leaf| !lowering.is_object(leaf))
    }

    /// Whether no object satisfies two of these.
    pub(super) fn are_apart(&mut self, objects: &[NodeId]) -> bool {
        if objects.len() > COMPARED {
            return false;
        }
        let all: Vec<_> = objects
            .iter()
            .map(|schema| self.members_of(*schema))
            .collect();
        (0..all.len())
            .all(|at| (0..at).all(|before| self.exclude_each_other(&all[before], &all[at])))
    }

    /// Whether both demand a property that cannot satisfy both, or one refuses what the other demands.
    fn exclude_each_other(&self, one: &Members, other: &Members) -> bool {
        let of_one = self.required_by(&one.always);
        let of_other = self.required_by(&other.always);
        self.refuses_any(one, &of_other)
            || self.refuses_any(other, &of_one)
            || of_one.intersection(&of_other).any(|name| {
                let properties = self
                    .property_of(one, name)
                    .zip(self.property_of(other, name));
                properties.is_some_and(|(one, other)| self.values_are_apart(one, other))
            })
    }

    fn property_of(&self, members: &Members, name: &str) -> Option<NodeId> {
        let mut views = members.always.iter().map(|member| self.view(*member));
        views.find_map(|view| view.property(name))
    }

    fn refuses_any(&self, members: &Members, names: &HashSet<String>) -> bool {
        members.always.iter().any(|member| {
            let view = self.view(*member);
            view.additional == Some(Additional::Boolean(false))
                && names.iter().any(|name| view.property(name).is_none())
        })
    }

    /// Whether two schemas list values of which none is in both lists.
    fn values_are_apart(&self, one: NodeId, other: NodeId) -> bool {
        match (self.listed_values(one), self.listed_values(other)) {
            (Some(one), Some(other)) if one.len() * other.len() <= COMPARED * COMPARED => {
                one.iter().all(|value| !other.contains(value))
            }
            _ => false,
        }
    }

    /// The values of `enum`, which may stand in a part.
    fn listed_values(&self, node: NodeId) -> Option<Vec<Value>> {
        let mut work = vec![node];
        for _ in 0..COMPARED {
            let view = self.view(work.pop()?);
            if let Some(values) = &view.enumeration {
                return Some(values.clone());
            }
            work.extend(&view.all_of);
        }
        None
    }

    /// Says that the values of a schema are held as JSON, because no type holds all that it declares.
    pub(super) fn json(&mut self, node: NodeId, why: &str) -> TypeKind {
        let message = format!("The values are held as JSON: {why}.");
        self.report(node, Code::Untyped, message);
        TypeKind::Json
    }
}
