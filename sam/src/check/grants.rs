//! Whether grants on the table make sense.

use std::collections::HashSet;

use super::Check;
use crate::code::Code;
use crate::read::hinted;
use crate::spec::{Action, Grant, Place};

impl Check<'_> {
    pub(super) fn grant(&mut self, name: &str, index: usize, grant: &Grant) {
        let index = index.to_string();
        let at = ["functions", name, "access", &index];
        let field = |field| ["functions", name, "access", &index, field];
        self.twice(&field("actions"), &grant.actions);
        self.twice(&field("keys"), &grant.keys);
        self.twice(&field("attributes"), &grant.attributes);
        let actions = &grant.actions;
        if grant.on != Place::Table && actions.iter().any(|action| *action != Action::Query) {
            let message = "An index can only be queried.";
            self.report(&field("actions"), Code::BadActions, message);
        }
        let all = |is: fn(Action) -> bool| {
            let yes = actions.iter().filter(|action| is(**action)).count();
            (yes == actions.len(), yes == 0)
        };
        let (about_items, about_table) = all(Action::has_keys);
        let (writes, reads) = all(Action::is_write);
        if !(about_items || about_table) {
            let message = "Actions on items and on the table are grants of their own.";
            self.report(&field("actions"), Code::BadActions, message);
        } else if about_items && grant.keys.is_empty() {
            let message = "A grant about items says which: it needs `keys`.";
            self.report(&at, Code::GrantKeys, message);
        } else if about_table && !grant.keys.is_empty() {
            let message = "These actions are about the whole table, which has no `keys`.";
            self.report(&field("keys"), Code::GrantKeys, message);
        }
        if !(writes || reads) {
            let message = "Reads and writes are grants of their own.";
            self.report(&field("actions"), Code::BadActions, message);
        } else if reads && !grant.attributes.is_empty() {
            let message = "Reads return whole items; `attributes` limit writes.";
            self.report(&field("attributes"), Code::GrantAttributes, message);
        } else if reads && grant.transaction {
            let message = "Only writes are parts of a transaction.";
            self.report(&field("transaction"), Code::BadActions, message);
        } else if writes
            && grant.attributes.is_empty()
            && actions
                .iter()
                .any(|action| matches!(action, Action::PutItem | Action::UpdateItem))
        {
            let message = "A grant to write says what may be written: it needs `attributes`.";
            self.report(&at, Code::GrantAttributes, message);
        }
        for (position, attribute) in grant.attributes.iter().enumerate() {
            let Some(list) = attribute.strip_prefix('$') else {
                continue;
            };
            let lists = &self.source.spec.attributes;
            if !lists.contains_key(list) {
                let position = position.to_string();
                let steps = ["functions", name, "access", &index, "attributes", &position];
                let message = format!("There is no list of attributes `{list}`.");
                let problem = self.source.problem(&steps, Code::AttributeList, message);
                let known = lists.keys().map(String::as_str);
                self.problems.push(hinted(problem, list, known));
            }
        }
    }

    pub(super) fn attribute_lists(&mut self) {
        let spec = &self.source.spec;
        let used: HashSet<&str> = spec
            .functions
            .values()
            .flat_map(|function| &function.access)
            .flat_map(|grant| &grant.attributes)
            .filter_map(|attribute| attribute.strip_prefix('$'))
            .collect();
        for name in spec.attributes.keys() {
            if !used.contains(name.as_str()) {
                let message = format!("No grant uses the list `{name}`.");
                let problem =
                    self.source
                        .problem_at_key(&["attributes", name], Code::AttributeList, message);
                self.problems.push(problem);
            }
        }
    }
}
