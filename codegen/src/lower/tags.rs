//! Operations by their first tag: each tag becomes a trait.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Lowering;
use super::names::{Names, hides_prelude, snake, upper_camel};
use super::raw::RawOperation;
use super::settings::Named;
use crate::emit::MODULES;
use crate::model::{Docs, Tag};
use crate::parse::grammar::Object;

/// Names that an operation's module cannot have: its file stands beside its tag's `mod.rs`, and it beside the imports there.
pub(crate) const OPERATION_MODULES: &[&str] = &["mod", "errors", "rt", "security"];

impl Lowering<'_> {
    /// Lowers all of them, by tag.
    pub(super) fn lower_operations(&mut self, mut operations: Vec<RawOperation>) -> Vec<Tag> {
        self.tell_apart(&mut operations);
        let prefixes: Vec<String> = operations
            .iter()
            .map(|operation| {
                let chosen = self.settings.name_of_operation(&operation.id).cloned();
                self.prefix(chosen.as_ref().map_or(&operation.id, |chosen| &chosen.text))
            })
            .collect();
        let mut tags = self.tags(&operations);
        let mut methods = self.chosen_methods(&operations);
        for (raw, prefix) in operations.into_iter().zip(prefixes) {
            let tag = tag_of(&raw).to_owned();
            let methods = methods.entry(tag.clone()).or_default();
            for name in OPERATION_MODULES {
                methods.take(name);
            }
            let chosen = self.settings.name_of_operation(&raw.id);
            let method_name = match chosen {
                Some(chosen) => chosen.text.clone(),
                None => methods.snake(&raw.id),
            };
            let operation = self.operation(&raw, prefix, method_name);
            if let Some(tag) = tags.iter_mut().find(|candidate| candidate.name == tag) {
                tag.operations.push(operation);
            }
        }
        tags
    }

    /// The names of methods that the config gives, by tag. Other operations do not get them.
    fn chosen_methods(&mut self, operations: &[RawOperation]) -> HashMap<String, Names> {
        let mut methods: HashMap<String, Names> = HashMap::new();
        let mut by_tag: BTreeMap<&str, Vec<Named>> = BTreeMap::new();
        for operation in operations {
            let chosen = self.settings.name_of_operation(&operation.id).cloned();
            let tag = tag_of(operation);
            if let Some(chosen) = &chosen {
                methods
                    .entry(tag.to_owned())
                    .or_default()
                    .take(&chosen.text);
            }
            let what = format!("the operation `{}`", operation.id);
            by_tag
                .entry(tag)
                .or_default()
                .push(Named::new(what, snake(&operation.id), chosen));
        }
        for names in by_tag.values() {
            self.report_clashes(names);
        }
        methods
    }

    /// A prefix with which the names of the operation's types are free.
    fn prefix(&mut self, id: &str) -> String {
        let base = upper_camel(id);
        let mut prefix = base.clone();
        let mut number = 1;
        let taken = |names: &Names, prefix: &str| {
            // The operation itself is a type too. In what is written for it `S` is the server, and `C` the code of a problem.
            hides_prelude(prefix)
                || ["C", "S"].contains(&prefix)
                || ["Request", "Response", "Error", "Body"]
                    .iter()
                    .any(|suffix| names.has(&format!("{prefix}{suffix}")))
        };
        while taken(&self.type_names, &prefix) {
            prefix = if number == 1 {
                format!("{base}Operation")
            } else {
                format!("{base}Operation{number}")
            };
            number += 1;
        }
        for suffix in ["Request", "Response", "Error", "Body"] {
            self.type_names.take(&format!("{prefix}{suffix}"));
        }
        prefix
    }

    /// The tags that operations use: first those that the document lists, in its order, then the others by name.
    fn tags(&mut self, operations: &[RawOperation]) -> Vec<Tag> {
        let used: HashSet<&str> = operations.iter().map(tag_of).collect();
        let list = self
            .tree()
            .get(self.document.root, "tags")
            .map(|list| self.tree().list(list).to_vec());
        let mut order: Vec<(String, Option<String>)> = Vec::new();
        for node in list.unwrap_or_default() {
            let tag = self
                .document
                .typed::<openapiv3::Tag>(node, Object::Tag, self.problems);
            let Some(tag) = tag.filter(|tag| used.contains(tag.name.as_str())) else {
                continue;
            };
            if !order.iter().any(|(name, _)| *name == tag.name) {
                order.push((tag.name, tag.description));
            }
        }
        let listed: HashSet<String> = order.iter().map(|(name, _)| name.clone()).collect();
        let mut others: Vec<&str> = used
            .into_iter()
            .filter(|name| !listed.contains(*name))
            .collect();
        others.sort_unstable();
        order.extend(others.into_iter().map(|name| (name.to_owned(), None)));
        let mut modules = Names::default();
        for name in MODULES {
            modules.take(name);
        }
        let named: Vec<Named> = order
            .iter()
            .map(|(name, _)| {
                let chosen = self.settings.name_of_tag(name).cloned();
                Named::new(format!("the tag `{name}`"), snake(name), chosen)
            })
            .collect();
        for chosen in named.iter().filter(|name| name.place.is_some()) {
            modules.take(&chosen.name);
        }
        self.report_clashes(&named);
        order
            .into_iter()
            .map(|(name, description)| {
                let chosen = self.settings.name_of_tag(&name).cloned();
                let module = chosen.map(|chosen| chosen.text);
                let wanted = module.as_ref().unwrap_or(&name);
                Tag {
                    trait_name: self.type_names.camel(&format!("{wanted} api")),
                    module: module.unwrap_or_else(|| modules.snake(&name)),
                    docs: Docs {
                        description,
                        ..Docs::default()
                    },
                    operations: Vec::new(),
                    name,
                }
            })
            .collect()
    }
}

/// The tag whose trait an operation is in.
pub(super) fn tag_of(operation: &RawOperation) -> &str {
    operation
        .typed
        .tags
        .first()
        .map_or("default", String::as_str)
}
