//! The model, and what has to be known of all of it before a part of it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use proc_macro2::TokenStream;
use quote::quote;

use super::ident::ident;
use crate::model::{
    AdditionalRule, Model, Parameter, Payload, Presence, Schema, SchemaDef, SchemaId, SchemaRef,
    Shape, Type, TypeDef,
};

/// A model that is being written.
pub(super) struct EmitContext<'m> {
    model: &'m Model,
    patterns: BTreeMap<&'m str, usize>,
    rules: BTreeSet<usize>,
    shared: BTreeMap<String, &'m Parameter>,
}

impl Deref for EmitContext<'_> {
    type Target = Model;

    fn deref(&self) -> &Model {
        self.model
    }
}

impl<'m> EmitContext<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        let mut scope = EmitContext {
            model,
            patterns: BTreeMap::new(),
            rules: BTreeSet::new(),
            shared: shared(model),
        };
        let checked = model.types.iter().filter_map(|def| match &def.shape {
            Shape::Newtype { inner } => is_checked(model, def, inner).then_some(def.schema),
            _ => None,
        });
        let inline: Vec<&SchemaRef> = used(model).collect();
        for id in checked {
            scope.reach_named(id);
        }
        for reference in &inline {
            scope.reach(reference);
        }
        // In the order in which they are written.
        let rules: Vec<_> = scope.rules().collect();
        for def in rules {
            scope.collect(&def.schema);
        }
        for reference in inline {
            scope.collect_reference(reference);
        }
        scope
    }

    /// The schemas whose rules something is held against: what requests bring, and what types check when they are made. What
    /// a response has is trusted.
    pub(super) fn rules(&self) -> impl Iterator<Item = &'m SchemaDef> {
        self.rules
            .iter()
            .filter_map(|id| self.model.schemas.get(*id))
    }

    /// The parameters that several operations take in the same way, by name.
    pub(super) fn shared_parameters(&self) -> impl Iterator<Item = &'m Parameter> {
        self.shared.values().copied()
    }

    /// Whether several operations take this parameter in the same way.
    pub(super) fn is_shared(&self, parameter: &Parameter) -> bool {
        self.shared
            .get(&parameter.field)
            .is_some_and(|shared| is_same(shared, parameter))
    }

    /// The expressions of the contract, in the order of their numbers.
    pub(super) fn patterns(&self) -> Vec<&'m str> {
        let mut patterns: Vec<_> = self.patterns.iter().collect();
        patterns.sort_by_key(|(_, number)| **number);
        patterns.into_iter().map(|(source, _)| *source).collect()
    }

    /// The name of an expression.
    pub(super) fn pattern(&self, source: &str) -> TokenStream {
        let name = ident(&format!(
            "PATTERN_{}",
            self.patterns.get(source).copied().unwrap_or_default()
        ));
        quote!(#name)
    }

    fn reach(&mut self, reference: &'m SchemaRef) {
        match reference {
            SchemaRef::Named(id) => self.reach_named(*id),
            SchemaRef::Inline(schema) => children(schema).for_each(|child| self.reach(child)),
        }
    }

    /// Each schema is looked at once, so circles end.
    fn reach_named(&mut self, id: SchemaId) {
        if self.rules.insert(id.0)
            && let Some(def) = self.model.schemas.get(id.0)
        {
            children(&def.schema).for_each(|child| self.reach(child));
        }
    }

    fn collect_reference(&mut self, reference: &'m SchemaRef) {
        if let SchemaRef::Inline(schema) = reference {
            self.collect(schema);
        }
    }

    /// Inline schemas end at named ones, and lowering bounds their depth.
    fn collect(&mut self, schema: &'m Schema) {
        if let Some(source) = &schema.pattern {
            let next = self.patterns.len() + 1;
            self.patterns.entry(source).or_insert(next);
        }
        children(schema).for_each(|child| self.collect_reference(child));
    }
}

/// The parameters that at least two operations take, where no other has the name.
fn shared(model: &Model) -> BTreeMap<String, &Parameter> {
    let mut all: BTreeMap<&str, Vec<&Parameter>> = BTreeMap::new();
    for operation in model.tags.iter().flat_map(|tag| &tag.operations) {
        for parameter in &operation.parameters {
            all.entry(&parameter.field).or_default().push(parameter);
        }
    }
    let shared = all.into_iter().filter_map(|(name, parameters)| {
        let (first, others) = parameters.split_first()?;
        let same = !others.is_empty() && others.iter().all(|other| is_same(first, other));
        same.then_some((name.to_owned(), *first))
    });
    shared.collect()
}

/// Whether two parameters are read in the same way, whatever is said of them in prose.
fn is_same(one: &Parameter, other: &Parameter) -> bool {
    let required = |parameter: &Parameter| parameter.presence == Presence::Required;
    one.name == other.name
        && one.location == other.location
        && one.encoding == other.encoding
        && required(one) == required(other)
        && one.schema == other.schema
        && one.allow_empty == other.allow_empty
        && one.beside == other.beside
}

/// What unions choose by, and what operations take.
fn used(model: &Model) -> impl Iterator<Item = &SchemaRef> {
    let alternatives = model.types.iter().flat_map(super::schemas::alternatives);
    let operations = model.tags.iter().flat_map(|tag| &tag.operations);
    let taken = operations.flat_map(|operation| {
        let parameters = operation.parameters.iter().map(|one| &one.schema);
        let media = operation.body.iter().flat_map(|body| &body.content);
        parameters.chain(media.filter_map(|media| match &media.payload {
            Payload::Json { schema, .. }
            | Payload::Form { schema, .. }
            | Payload::Multipart { schema, .. }
            | Payload::Text { schema } => Some(schema),
            Payload::Problem | Payload::Binary => None,
        }))
    });
    alternatives.chain(taken)
}

/// The schemas that stand in a schema.
fn children(schema: &Schema) -> impl Iterator<Item = &SchemaRef> {
    let additional = match &schema.additional {
        AdditionalRule::Schema(schema) => Some(schema),
        AdditionalRule::Allowed | AdditionalRule::Denied => None,
    };
    let properties = schema.properties.iter().map(|property| &property.schema);
    let combined = schema
        .all_of
        .iter()
        .chain(&schema.any_of)
        .chain(&schema.one_of);
    let single = schema.items.iter().chain(&schema.not).chain(additional);
    properties.chain(combined).chain(single)
}

/// Whether a newtype of what it holds checks more than the type does.
pub(super) fn is_checked(model: &Model, def: &TypeDef, held: &Type) -> bool {
    let rules = model.schemas.get(def.schema.0);
    rules.is_some_and(|rules| !says_no_more(&rules.schema, held))
}

/// Whether the type itself already satisfies the schema.
fn says_no_more(schema: &Schema, held: &Type) -> bool {
    let mut rest = schema.clone();
    rest.json_type = None;
    rest.nullable = false;
    if !matches!(held, Type::String) {
        rest.format = None;
    }
    rest == Schema::default()
}
