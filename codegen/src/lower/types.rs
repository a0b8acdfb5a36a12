//! Named types: which there are, what they are called, and what stands for them.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet, VecDeque};

use super::Lowering;
use super::names::upper_camel;
use super::settings::Named;
use super::type_kind::TypeKind;
use crate::model::{Direction, Docs, SchemaId, Shape, Type, TypeDef, TypeId};
use crate::source::NodeId;

/// The named types that were met.
#[derive(Debug, Default)]
pub(super) struct Types {
    /// In the order of discovery; [`TypeId`]s are places in it until the end.
    pub definitions: Vec<TypeDef>,
    known: HashMap<(NodeId, Direction), TypeId>,
    /// Names that were given to components before anything else.
    component_names: HashMap<(NodeId, Direction), String>,
    /// Enums without a name of their own, of which others are the same.
    enums: HashMap<Enumeration, (TypeId, NodeId)>,
    /// Schemas of such others, with the one that they are the same as.
    pub same: HashMap<NodeId, NodeId>,
    /// Types that have a name and no shape yet.
    queue: VecDeque<(TypeId, NodeId, Direction)>,
}

/// What makes two enums that are no components the same: what the property or the parameter is called, and what is said of it.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Enumeration {
    of: String,
    docs: Docs,
    rules: String,
}

impl Types {
    /// The schemas that have a type with a name.
    pub(super) fn nodes(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.known.keys().map(|(node, _)| *node)
    }
}

impl Lowering<'_> {
    /// Gives components their names before anything can take them. A component that is spelled as a Rust type
    /// comes before one that becomes so.
    pub(super) fn name_components(&mut self) {
        let nodes = self.components_in_order();
        let (exact, other): (Vec<_>, Vec<_>) = nodes.into_iter().partition(|node| {
            self.components
                .get(node)
                .is_some_and(|name| upper_camel(name) == *name)
        });
        let all: Vec<NodeId> = exact.into_iter().chain(other).collect();
        self.take_chosen_names(&all);
        for node in &all {
            if let TypeKind::Alias(target) = *self.kind_of(*node)
                && self.leads_to_name(target)
            {
                continue;
            }
            let name = self.components.get(node).cloned().unwrap_or_default();
            let unique = match self.settings.name_of_schema(*node) {
                Some(chosen) => chosen.text.clone(),
                None => self.type_names.camel(&name),
            };
            self.types
                .component_names
                .insert((*node, Direction::Response), unique);
        }
        for node in all {
            let Some(name) = self
                .types
                .component_names
                .get(&(node, Direction::Response))
                .cloned()
            else {
                continue;
            };
            let request = if self.usage.is_split(node) {
                self.type_names.camel(&format!("{name}Request"))
            } else {
                name
            };
            self.types
                .component_names
                .insert((node, Direction::Request), request);
        }
    }

    /// Takes the names that the config gives to components, so that others do not get them.
    fn take_chosen_names(&mut self, nodes: &[NodeId]) {
        let mut named = Vec::new();
        for node in nodes {
            let name = self.components.get(node).cloned().unwrap_or_default();
            let chosen = self.settings.name_of_schema(*node).cloned();
            if let Some(chosen) = &chosen {
                self.type_names.take(&chosen.text);
            }
            let what = format!("the schema `{name}`");
            named.push(Named::new(what, upper_camel(&name), chosen));
        }
        self.report_clashes(&named);
    }

    /// Makes types of components that no operation uses, too.
    pub(super) fn lower_components(&mut self) {
        for node in self.components_in_order() {
            for direction in [Direction::Response, Direction::Request] {
                let name = self.components.get(&node).cloned().unwrap_or_default();
                self.ty(node, direction, &name);
            }
        }
    }

    /// The type of a schema. `name` is for a type that has to be made and has no better name.
    pub(super) fn ty(&mut self, node: NodeId, direction: Direction, name: &str) -> Type {
        let bare = self.bare_type(node, direction, name);
        if self.is_nullable(node) {
            nullable(bare)
        } else {
            bare
        }
    }

    /// The type of a schema's values other than `null`.
    pub(super) fn bare_type(&mut self, node: NodeId, direction: Direction, name: &str) -> Type {
        if let Some(chosen) = self.settings.type_of(node) {
            return Type::External(chosen.text.clone());
        }
        let kind = self.kind_of(node);
        match &*kind {
            TypeKind::Alias(target) if !self.has_name(node) || self.leads_to_name(*target) => {
                self.bare_type(*target, direction, name)
            }
            TypeKind::Struct(_) | TypeKind::Strings | TypeKind::Integers | TypeKind::Union(_) => {
                Type::Named(self.named(node, direction, name))
            }
            _ if self.has_name(node) || self.holds_itself(node) => {
                Type::Named(self.named(node, direction, name))
            }
            kind => self.unnamed(kind, direction, name),
        }
    }

    /// Whether a schema is another one that has a name. One that is another one without a name has its own name.
    fn leads_to_name(&mut self, node: NodeId) -> bool {
        let mut at = node;
        // `cycles` has made sure that this ends.
        while !self.has_name(at) {
            match &*self.kind_of(at) {
                TypeKind::Alias(target) => at = *target,
                _ => return false,
            }
        }
        true
    }

    /// Whether a schema that needs no type of its own has one because it can be referred to. This is also what
    /// ends recursion through lists and maps.
    pub(super) fn has_name(&self, node: NodeId) -> bool {
        self.components.contains_key(&node) || self.document.is_referred(node)
    }

    /// Whether a list or a map that was made from others is a list or a map of itself.
    fn holds_itself(&mut self, node: NodeId) -> bool {
        if !self.is_made(node) {
            return false;
        }
        let mut seen = HashSet::from([node]);
        let mut at = node;
        while let TypeKind::Array(Some(inside)) | TypeKind::Map(inside) = self.resolved_kind(at) {
            at = self.end_of(inside);
            if self.has_name(inside) || !seen.insert(at) {
                return at == self.end_of(node);
            }
        }
        false
    }

    /// The type of a kind that needs no name.
    fn unnamed(&mut self, kind: &TypeKind, direction: Direction, name: &str) -> Type {
        match kind {
            TypeKind::Scalar(ty) => ty.clone(),
            TypeKind::FreeObject => Type::FreeObject,
            TypeKind::Array(Some(items)) => {
                Type::Array(Box::new(self.ty(*items, direction, &format!("{name}Item"))))
            }
            TypeKind::Array(None) => Type::Array(Box::new(Type::Any)),
            TypeKind::Map(values) => match self.ty(*values, direction, &format!("{name}Value")) {
                Type::Any => Type::FreeObject,
                ty => Type::Map(Box::new(ty)),
            },
            _ => Type::Any,
        }
    }

    fn named(&mut self, node: NodeId, direction: Direction, name: &str) -> TypeId {
        let direction = self.usage.direction(node, direction);
        if let Some(id) = self.types.known.get(&(node, direction)) {
            return *id;
        }
        let id = TypeId(self.types.definitions.len());
        self.settings.note_schema(node);
        if let Some(enumeration) = self.unnamed_enum(node)
            && !self.settings.concern(node)
        {
            match self.types.enums.entry(enumeration) {
                Entry::Occupied(first) => {
                    let (id, first) = *first.get();
                    self.types.same.insert(node, first);
                    return id;
                }
                Entry::Vacant(place) => place.insert((id, node)),
            };
        }
        let unique = match self.types.component_names.get(&(node, direction)) {
            Some(name) => name.clone(),
            None => self.inline_name(node, direction, name),
        };
        let definition = TypeDef {
            name: unique,
            component: self.components.get(&node).cloned(),
            pointer: self.pointer(node),
            docs: self.docs_of(node),
            derives: self.settings.derives(node),
            // Filled in by `fill_types`.
            shape: Shape::Newtype { inner: Type::Any },
            schema: SchemaId(node.0 as usize),
            direction: match self.usage.is_sensitive(node) {
                true => direction,
                false => Direction::Request,
            },
        };
        self.types.definitions.push(definition);
        self.types.known.insert((node, direction), id);
        self.types.queue.push_back((id, node, direction));
        id
    }

    /// An enum without a name of its own, as far as others can be the same.
    fn unnamed_enum(&mut self, node: NodeId) -> Option<Enumeration> {
        let kind = self.kind_of(node);
        let is_enum = matches!(*kind, TypeKind::Strings | TypeKind::Integers);
        // One that was made of others is in no property.
        if !is_enum || self.has_name(node) || self.is_made(node) {
            return None;
        }
        self.view(node).enumeration.as_ref()?;
        Some(Enumeration {
            of: self.used_as(node)?,
            docs: self.docs_of(node),
            rules: format!("{:?}", self.rules(node)),
        })
    }

    /// The name of the property or of the parameter that a schema is of, or is of the items of.
    fn used_as(&self, node: NodeId) -> Option<String> {
        let tree = self.tree();
        let holder = tree.node(node).parent?;
        match tree.entry(node)?.key.as_str() {
            "items" => Some(format!("{} item", self.used_as(holder)?)),
            "schema" => tree.get_text(holder, "name").map(str::to_owned),
            name => {
                let is_property = tree.entry(holder)?.key == "properties";
                is_property.then(|| name.to_owned())
            }
        }
    }

    /// A name for a schema that is no component: by where it is used, or, if it is referred to, by where it is.
    fn inline_name(&mut self, node: NodeId, direction: Direction, name: &str) -> String {
        let base = if self.document.is_referred(node) {
            self.pointed_name(node)
        } else {
            name.to_owned()
        };
        let base = match self.settings.name_of_schema(node) {
            Some(chosen) => chosen.text.clone(),
            None => base,
        };
        let split = self.usage.is_split(node) && direction == Direction::Request;
        let wanted = if split && !base.ends_with("Request") {
            format!("{base}Request")
        } else {
            base
        };
        self.type_names.camel(&wanted)
    }

    /// A name made from where a schema is.
    pub(super) fn pointed_name(&self, node: NodeId) -> String {
        let skipped = [
            "components",
            "schemas",
            "properties",
            "paths",
            "content",
            "schema",
            "allOf",
            "oneOf",
            "anyOf",
        ];
        let pointer = self.pointer(node);
        let steps = pointer
            .split('/')
            .filter(|step| !step.is_empty() && !skipped.contains(step));
        steps
            .map(|step| {
                if step == "items" {
                    "Item".to_owned()
                } else {
                    upper_camel(step)
                }
            })
            .collect()
    }

    /// Gives every type its shape. Shapes name more types, so this goes on until none is left.
    pub(super) fn fill_types(&mut self) {
        while let Some((id, node, direction)) = self.types.queue.pop_front() {
            let name = self.types.definitions[id.0].name.clone();
            let kind = self.resolved_kind(node);
            let shape = match &kind {
                TypeKind::Struct(members) => self.structure(node, members, direction, &name),
                TypeKind::Strings => {
                    let end = self.end_of(node);
                    self.enumeration(end, false)
                }
                TypeKind::Integers => {
                    let end = self.end_of(node);
                    self.enumeration(end, true)
                }
                TypeKind::Union(choice) => self.union(choice, direction, &name),
                kind => Shape::Newtype {
                    inner: self.unnamed(kind, direction, &name),
                },
            };
            self.types.definitions[id.0].shape = shape;
        }
    }

    /// The schema that a schema is, through aliases.
    pub(super) fn end_of(&mut self, node: NodeId) -> NodeId {
        let mut at = node;
        // `cycles` has made sure that this ends.
        while let TypeKind::Alias(target) = *self.kind_of(at) {
            at = target;
        }
        at
    }

    /// The kind of a schema, through aliases.
    pub(super) fn resolved_kind(&mut self, node: NodeId) -> TypeKind {
        let end = self.end_of(node);
        (*self.kind_of(end)).clone()
    }
}

/// The type with `null`.
pub(super) fn nullable(ty: Type) -> Type {
    match ty {
        Type::Any | Type::Nullable(_) => ty,
        ty => Type::Nullable(Box::new(ty)),
    }
}
