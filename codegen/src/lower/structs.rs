//! The inside of structs: fields, and what is there beside them.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::Lowering;
use super::names::{Names, snake, upper_camel};
use super::settings::{Chosen, Named};
use super::type_kind::{Members, Perhaps, TypeKind};
use crate::diagnostic::Code;
use crate::model::{Additional, Direction, Docs, Field, Presence, Shape, Type};
use crate::parse::schema::{Additional as Rule, SchemaView};
use crate::source::NodeId;

/// A property, and the schemas that describe it.
#[derive(Debug, Default)]
struct Described {
    name: String,
    /// Those that always hold.
    always: Vec<NodeId>,
    /// Those of alternatives, by the place of the alternative.
    perhaps: Vec<(usize, NodeId)>,
}

/// The object that a property is of.
#[derive(Debug, Clone, Copy)]
struct Owner<'a> {
    node: NodeId,
    members: &'a Members,
    direction: Direction,
    name: &'a str,
}

impl Described {
    fn all(&self) -> impl DoubleEndedIterator<Item = NodeId> + '_ {
        let perhaps = self.perhaps.iter().map(|(_, schema)| schema);
        self.always.iter().chain(perhaps).copied()
    }
}

impl Lowering<'_> {
    /// A struct of the properties of all members.
    pub(super) fn structure(
        &mut self,
        node: NodeId,
        members: &Members,
        direction: Direction,
        name: &str,
    ) -> Shape {
        self.imply_object(node, members);
        let views: Vec<_> = members.all().map(|member| self.view(member)).collect();
        let required = self.required(members);
        let described = self.described(members);
        let declared: HashSet<String> = described.iter().map(|one| one.name.clone()).collect();
        let mut names = Names::default();
        self.take_chosen_fields(members, &described, &mut names);
        let mut fields = Vec::new();
        let owner = Owner {
            node,
            members,
            direction,
            name,
        };
        for property in described {
            let is_certain = required.contains(&property.name);
            fields.extend(self.field(owner, property, is_certain, &mut names));
        }
        let additional = self.additional(members, direction, name, &mut names);
        if additional.is_none() {
            // A value without them would not be valid, so there must be a way to hold them.
            let mut seen = HashSet::new();
            for property in views.iter().flat_map(|view| &view.rules.required) {
                if declared.contains(property) || !seen.insert(property) {
                    continue;
                }
                let presence = match required.contains(property) {
                    true => Presence::Required,
                    false => Presence::Optional,
                };
                fields.push(Field {
                    json_name: property.clone(),
                    name: names.snake(property),
                    ty: Type::Any,
                    presence,
                    alternatives: Vec::new(),
                    docs: Docs::default(),
                });
            }
        }
        let is_told = fields.iter().any(|field| !field.alternatives.is_empty());
        let perhaps = members.perhaps.iter().filter(|_| is_told);
        Shape::Struct {
            fields,
            alternatives: perhaps.map(|one| self.rules_of(one.schema)).collect(),
            additional,
        }
    }

    /// The names that every value has.
    fn required(&self, members: &Members) -> HashSet<String> {
        let mut required = self.required_by(&members.always);
        let choices: HashSet<NodeId> = members
            .perhaps
            .iter()
            .filter_map(|one| one.choice)
            .collect();
        for choice in choices {
            let alternatives: Vec<_> = members
                .perhaps
                .iter()
                .filter(|one| one.choice == Some(choice))
                .collect();
            let view = self.view(choice);
            let possible = view.any_of.iter().chain(&view.one_of);
            let possible: HashSet<_> = possible
                .filter(|node| !super::type_kind::is_null(&self.view(**node)))
                .collect();
            // An alternative that is a choice itself is not among them as one.
            if alternatives.len() != possible.len() {
                continue;
            }
            let mut all = alternatives
                .iter()
                .map(|one| self.required_by(&one.members));
            let Some(first) = all.next() else { continue };
            required.extend(all.fold(first, |some, other| &some & &other));
        }
        required
    }

    /// The names that these schemas require.
    pub(super) fn required_by(&self, nodes: &[NodeId]) -> HashSet<String> {
        let views = nodes.iter().map(|node| self.view(*node));
        views.flat_map(|view| view.rules.required.clone()).collect()
    }

    /// The properties, in the order of the document.
    fn described(&self, members: &Members) -> Vec<Described> {
        let mut order: Vec<Described> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut entry = |order: &mut Vec<Described>, name: &str| {
            *places.entry(name.to_owned()).or_insert_with(|| {
                order.push(Described {
                    name: name.to_owned(),
                    ..Described::default()
                });
                order.len() - 1
            })
        };
        for member in &members.always {
            for (name, schema) in &self.view(*member).properties {
                let at = entry(&mut order, name);
                if !order[at].always.contains(schema) {
                    order[at].always.push(*schema);
                }
            }
        }
        for (alternative, perhaps) in members.perhaps.iter().enumerate() {
            for member in &perhaps.members {
                for (name, schema) in &self.view(*member).properties {
                    let at = entry(&mut order, name);
                    order[at].perhaps.push((alternative, *schema));
                }
            }
        }
        // What one member takes as additional may be a property of another one.
        for (member, alternative) in members.all_by_alternative() {
            let view = self.view(member);
            let Some(additional) = view.additional_schema() else {
                continue;
            };
            let own: HashSet<&String> = view.properties.iter().map(|(name, _)| name).collect();
            for property in order.iter_mut().filter(|one| !own.contains(&one.name)) {
                match alternative {
                    Some(at) => property.perhaps.push((at, additional)),
                    // If it declares no members, the property's own type holds all that it can be.
                    None if !property.always.is_empty() && self.is_flat(additional) => {}
                    None => property.always.push(additional),
                }
            }
        }
        order
    }

    /// Without `type: object`, a schema with properties accepts everything that is not an object, which is never
    /// meant. It is taken as an object, and so are its rules.
    fn imply_object(&mut self, node: NodeId, members: &Members) {
        let is_made = self.is_made(node);
        let parts = self.view(node).all_of.clone();
        let parts = parts.into_iter().filter(|_| is_made);
        let always = members.always.iter().copied();
        let is_typed = |member: NodeId| self.view(member).rules.typ.is_some();
        let with_members = |one: &&Perhaps| !one.members.is_empty();
        let mut alternatives = members.perhaps.iter().filter(with_members).peekable();
        let is_said = std::iter::once(node)
            .chain(always)
            .chain(parts)
            .any(is_typed)
            || (alternatives.peek().is_some()
                && alternatives.all(|one| one.members.iter().any(|member| is_typed(*member))));
        if is_said {
            return;
        }
        self.implied.insert(node);
        if is_made {
            // Its parts say so where they stand.
            return;
        }
        let message = "A schema with `properties` and without `type: object` also accepts texts, numbers and lists; \
            it is taken as an object.";
        self.report_with_hint(node, Code::ImpliedObject, message, "Add `type: object`.");
    }

    fn field(
        &mut self,
        owner: Owner<'_>,
        mut property: Described,
        is_certain: bool,
        names: &mut Names,
    ) -> Option<Field> {
        let members = owner.members;
        let is_hidden = |lowering: &Self, schema: NodeId| match owner.direction {
            Direction::Request => lowering.is_read_only(schema),
            Direction::Response => lowering.is_write_only(schema),
        };
        if property
            .always
            .iter()
            .any(|schema| is_hidden(self, *schema))
        {
            return None;
        }
        property
            .perhaps
            .retain(|(_, schema)| !is_hidden(self, *schema));
        let last = property.all().next_back()?;
        let name = match self.chosen_field(members, &property.name) {
            Some(chosen) => chosen.text,
            None => names.snake(&property.name),
        };
        let type_name = format!("{}{}", owner.name, upper_camel(&property.name));
        let ty = self.property_type(owner, &property, &type_name);
        // The last one is the most special one by custom.
        let is_alternative = property.always.is_empty() && !is_certain;
        let default = match is_alternative {
            false => property
                .all()
                .rev()
                .find_map(|schema| self.default_of(schema)),
            true => {
                let first = self.default_of(last);
                let same = |schema| self.default_of(schema) == first;
                property.all().all(same).then_some(first).flatten()
            }
        };
        let default = default.filter(|default| {
            let always = property.always.clone();
            always.into_iter().all(|schema| {
                let accepts = self.accepts(schema, default);
                if !accepts {
                    self.refuse_default(schema, default);
                }
                accepts
            })
        });
        let presence = match default {
            _ if is_certain => Presence::Required,
            Some(value) => Presence::Default(value),
            None => Presence::Optional,
        };
        let mut alternatives: Vec<usize> = Vec::new();
        if is_alternative {
            let places = property.perhaps.iter().map(|(at, _)| *at);
            alternatives.extend(places);
            alternatives.sort_unstable();
            alternatives.dedup();
        }
        if alternatives.len() == members.perhaps.len() && self.is_whole(members) {
            // At least one of them holds.
            alternatives.clear();
        }
        Some(Field {
            docs: self.property_docs(&property),
            json_name: property.name,
            name,
            ty,
            presence,
            alternatives,
        })
    }

    /// The name that the config gives to the field of a property. The last one is the most special one by custom.
    fn chosen_field(&self, members: &Members, property: &str) -> Option<Chosen> {
        let chosen = members
            .all()
            .filter_map(|member| self.settings.name_of_property(member, property));
        chosen.last().cloned()
    }

    /// Takes the names that the config gives to fields, so that others do not get them.
    fn take_chosen_fields(
        &mut self,
        members: &Members,
        properties: &[Described],
        names: &mut Names,
    ) {
        let mut named = Vec::new();
        for property in properties {
            let chosen = self.chosen_field(members, &property.name);
            if let Some(chosen) = &chosen {
                names.take(&chosen.text);
            }
            let what = format!("the property `{}`", property.name);
            named.push(Named::new(what, snake(&property.name), chosen));
        }
        self.report_clashes(&named);
    }

    /// Whether all alternatives are those of one choice, so that at least one of them holds.
    fn is_whole(&self, members: &Members) -> bool {
        let mut choices = members.perhaps.iter().map(|one| one.choice);
        match choices.next() {
            Some(Some(first)) => choices.all(|choice| choice == Some(first)),
            _ => false,
        }
    }

    fn property_type(&mut self, owner: Owner<'_>, property: &Described, type_name: &str) -> Type {
        let direction = owner.direction;
        let mut always = property.always.clone();
        // A schema that says nothing of the type does not make it another one.
        let typed: Vec<NodeId> = always
            .iter()
            .copied()
            .filter(|schema| *self.kind_of(*schema) != TypeKind::Any)
            .collect();
        if !typed.is_empty() {
            always = typed;
        }
        let is_nullable = match property.always.is_empty() {
            false => property
                .always
                .iter()
                .all(|schema| self.is_nullable(*schema)),
            true => property.all().any(|schema| self.is_nullable(schema)),
        };
        let mut perhaps: Vec<NodeId> = Vec::new();
        for (_, schema) in &property.perhaps {
            if !perhaps.contains(schema) && !always.contains(schema) {
                perhaps.push(*schema);
            }
        }
        let bare = if always.is_empty() {
            match self.common_scalar(&perhaps) {
                Some(scalar) => scalar,
                None => {
                    let any = self.any_of(&perhaps);
                    self.bare_type(any, direction, type_name)
                }
            }
        } else if perhaps.iter().all(|schema| self.is_flat(*schema)) {
            let all = self.all_of(&always);
            self.bare_type(all, direction, type_name)
        } else {
            self.json(
                owner.node,
                &format!("alternatives declare members of `{}`", property.name),
            );
            Type::Any
        };
        match is_nullable {
            true => super::types::nullable(bare),
            false => bare,
        }
    }

    /// The type that holds the values of each of these, where all are scalars of one family.
    fn common_scalar(&mut self, schemas: &[NodeId]) -> Option<Type> {
        let [first, others @ ..] = schemas else {
            return None;
        };
        if others.is_empty() {
            return None;
        }
        let kinds: Vec<TypeKind> = schemas
            .iter()
            .map(|schema| self.resolved_kind(*schema))
            .collect();
        let scalars = |kind: &TypeKind| {
            matches!(
                kind,
                TypeKind::Scalar(_) | TypeKind::Strings | TypeKind::Integers
            )
        };
        let family = self.rank(&kinds[0]).0;
        if !kinds.iter().all(scalars) || !kinds.iter().all(|kind| self.rank(kind).0 == family) {
            return None;
        }
        let same = kinds.iter().all(|kind| *kind == kinds[0]);
        if !same && kinds.contains(&TypeKind::Scalar(Type::Uint64)) {
            // No type holds all integers with and without a sign.
            return None;
        }
        Some(match &kinds[0] {
            TypeKind::Scalar(ty) if same => ty.clone(),
            _ if kinds.contains(&TypeKind::Scalar(Type::Password)) => Type::Password,
            _ if family == 1 => Type::String,
            _ if family == 3 => Type::Boolean,
            _ => {
                let is_float =
                    |kind: &TypeKind| matches!(kind, TypeKind::Scalar(Type::Float | Type::Double));
                match kinds.iter().any(is_float) {
                    true => Type::Double,
                    false => Type::Int64,
                }
            }
        })
        .filter(|_| !self.has_name(*first) || !same)
    }

    fn property_docs(&mut self, property: &Described) -> Docs {
        let typed = property
            .all()
            .rev()
            .find(|schema| *self.kind_of(*schema) != TypeKind::Any);
        let Some(chosen) = typed.or(property.all().next_back()) else {
            return Docs::default();
        };
        let mut docs = self.docs_of(chosen);
        docs.deprecated = property.all().any(|schema| self.is_deprecated(schema));
        docs
    }

    fn additional(
        &mut self,
        members: &Members,
        direction: Direction,
        owner: &str,
        names: &mut Names,
    ) -> Option<Additional> {
        let always: Vec<_> = members.always.iter().map(|node| self.view(*node)).collect();
        let is_closed = |view: &Rc<SchemaView>| view.additional == Some(Rule::Boolean(false));
        let is_open = members.all().any(|node| self.view(node).is_open());
        if always.iter().any(is_closed) || !is_open {
            return None;
        }
        let schemas: Vec<NodeId> = always
            .iter()
            .filter_map(|view| view.additional_schema())
            .collect();
        let ty = match schemas.as_slice() {
            [] => Type::Any,
            schemas => {
                let values = self.all_of(schemas);
                self.ty(values, direction, &format!("{owner}Value"))
            }
        };
        Some(Additional {
            field: names.snake("additional_properties"),
            ty,
        })
    }
}
