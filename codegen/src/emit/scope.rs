//! The model, and what has to be known of all of it before a part of it is written.

use std::collections::BTreeMap;
use std::ops::Deref;

use proc_macro2::TokenStream;
use quote::quote;

use super::ident::ident;
use crate::model::{AdditionalRule, Model, Payload, Schema, SchemaRef, Shape};

/// A model that is being written.
pub(super) struct Scope<'m> {
    model: &'m Model,
    patterns: BTreeMap<&'m str, usize>,
}

impl Deref for Scope<'_> {
    type Target = Model;

    fn deref(&self) -> &Model {
        self.model
    }
}

impl<'m> Scope<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        let mut scope = Scope {
            model,
            patterns: BTreeMap::new(),
        };
        for def in &model.schemas {
            scope.collect(&def.schema);
        }
        for def in &model.types {
            if let Shape::Union { variants, .. } = &def.shape {
                variants
                    .iter()
                    .for_each(|variant| scope.collect_reference(&variant.schema));
            }
        }
        for operation in model.tags.iter().flat_map(|tag| &tag.operations) {
            for parameter in &operation.parameters {
                scope.collect_reference(&parameter.schema);
            }
            for media in operation.body.iter().flat_map(|body| &body.content) {
                match &media.payload {
                    Payload::Json { schema, .. }
                    | Payload::Form { schema, .. }
                    | Payload::Text { schema } => scope.collect_reference(schema),
                    Payload::Problem | Payload::Binary => {}
                }
            }
        }
        scope
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
        for child in properties.chain(combined).chain(single) {
            self.collect_reference(child);
        }
    }
}
