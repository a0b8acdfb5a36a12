//! What a [`Config`] says of things of the document: each setting finds what it names, or is reported.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use super::Lowering;
use super::raw::RawOperation;
use super::tags::tag_of;
use crate::config::{Config, Overridden, Place, Rename, Renamed, Selection, Setting, meant};
use crate::diagnostic::Code;
use crate::source::{NodeId, tokens};

/// A name or a path of a config, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    pub text: String,
    pub place: Place,
}

/// The settings, by what they are for.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// Whether some operations are left out.
    pub selects: bool,
    /// The path of the runtime.
    pub runtime: Option<String>,
    derives: Vec<String>,
    derives_of: HashMap<NodeId, Vec<Chosen>>,
    types: HashMap<NodeId, Chosen>,
    formats: HashMap<String, Chosen>,
    schemas: HashMap<NodeId, Chosen>,
    properties: HashMap<(NodeId, String), Chosen>,
    values: HashMap<(NodeId, String), Chosen>,
    operations: HashMap<String, Chosen>,
    tags: HashMap<String, Chosen>,
    /// Where the settings stand that have changed something.
    used: RefCell<BTreeSet<Place>>,
}

impl Settings {
    /// The Rust type that stands for a schema.
    pub fn type_of(&self, schema: NodeId) -> Option<&Chosen> {
        self.noted(self.types.get(&schema))
    }

    /// The Rust type that stands for values of a format.
    pub fn type_of_format(&self, format: Option<&str>) -> Option<&Chosen> {
        self.noted(self.formats.get(format?))
    }

    /// What the type of a schema derives beside what it derives anyway.
    pub fn derives(&self, schema: NodeId) -> Vec<String> {
        let own = self.derives_of.get(&schema).into_iter().flatten();
        let own = own.filter_map(|chosen| self.noted(Some(chosen)));
        let own = own.map(|chosen| &chosen.text);
        self.derives.iter().chain(own).cloned().collect()
    }

    /// The name of a schema's type.
    pub fn name_of_schema(&self, schema: NodeId) -> Option<&Chosen> {
        self.schemas.get(&schema)
    }

    /// Whether a setting is for the type of this schema alone.
    pub fn concern(&self, schema: NodeId) -> bool {
        self.schemas.contains_key(&schema)
            || self.derives_of.contains_key(&schema)
            || self.values.keys().any(|(owner, _)| *owner == schema)
    }

    /// Notes that the type of a schema has been made.
    pub fn note_schema(&self, schema: NodeId) {
        self.noted(self.schemas.get(&schema));
    }

    /// The name of the field of a property that a schema declares.
    pub fn name_of_property(&self, schema: NodeId, property: &str) -> Option<&Chosen> {
        self.noted(self.properties.get(&(schema, property.to_owned())))
    }

    /// The name of a value's variant.
    pub fn name_of_value(&self, schema: NodeId, value: &str) -> Option<&Chosen> {
        self.noted(self.values.get(&(schema, value.to_owned())))
    }

    fn noted<'c>(&self, chosen: Option<&'c Chosen>) -> Option<&'c Chosen> {
        let place = chosen.map(|chosen| chosen.place.clone());
        self.used.borrow_mut().extend(place);
        chosen
    }

    /// The settings that have changed nothing, although the document has what they name.
    pub fn unused(&self) -> BTreeSet<Place> {
        let derives = self.derives_of.values().flatten();
        let names = self.schemas.values().chain(self.properties.values());
        let all = derives
            .chain(self.types.values())
            .chain(self.formats.values())
            .chain(names)
            .chain(self.values.values());
        let all: BTreeSet<Place> = all.map(|chosen| chosen.place.clone()).collect();
        &all - &self.used.borrow()
    }

    pub fn name_of_operation(&self, id: &str) -> Option<&Chosen> {
        self.operations.get(id)
    }

    pub fn name_of_tag(&self, tag: &str) -> Option<&Chosen> {
        self.tags.get(tag)
    }
}

/// A thing that has a name in Rust.
pub(super) struct Named {
    /// What it is called.
    pub name: String,
    /// What it is, for messages.
    pub what: String,
    /// Where the config gives it the name.
    pub place: Option<Place>,
}

impl Named {
    /// A thing with the name that it has by itself, unless one was chosen.
    pub fn new(what: String, own: String, chosen: Option<Chosen>) -> Self {
        let (name, place) = match chosen {
            Some(chosen) => (chosen.text, Some(chosen.place)),
            None => (own, None),
        };
        Named { name, what, place }
    }
}

impl Lowering<'_> {
    /// Finds the schemas that the config names. Operations and tags are found when they are collected.
    pub(super) fn find_settings(&mut self, config: &Config) {
        let mut settings = Settings {
            selects: config.selects(),
            runtime: config.runtime.as_ref().map(|runtime| runtime.value.clone()),
            ..Settings::default()
        };
        for Setting { value, place } in &config.derives {
            let Some(schema) = &value.schema else {
                settings.derives.push(value.path.clone());
                continue;
            };
            if let Some(node) = self.schema_named(schema, place) {
                let derives = settings.derives_of.entry(node).or_default();
                derives.push(chosen(&value.path, place));
            }
        }
        for Setting { value, place } in &config.types {
            let path = chosen(&value.path, place);
            match &value.of {
                Overridden::Schema(schema) => {
                    let found = self.schema_named(schema, place);
                    settings.types.extend(found.map(|node| (node, path)));
                }
                Overridden::Format(format) => {
                    if self.has_format(format, place) {
                        settings.formats.insert(format.clone(), path);
                    }
                }
            }
        }
        for setting in &config.renames {
            self.find_renamed(setting, &mut settings);
        }
        self.settings = settings;
    }

    fn find_renamed(&mut self, setting: &Setting<Rename>, settings: &mut Settings) {
        let Setting { value, place } = setting;
        let chosen = chosen(&value.to, place);
        match &value.of {
            Renamed::Schema(schema) => {
                let found = self.schema_named(schema, place);
                settings.schemas.extend(found.map(|node| (node, chosen)));
            }
            Renamed::Property { schema, property } => {
                let Some(owner) = self.schema_named(schema, place) else {
                    return;
                };
                let view = self.view(owner);
                let known = view.properties.iter().map(|(name, _)| name.as_str());
                if known.clone().any(|name| name == property) {
                    settings
                        .properties
                        .insert((owner, property.clone()), chosen);
                } else {
                    let message =
                        format!("The schema `{schema}` declares no property `{property}`.");
                    let hint = meant(property, known);
                    self.unknown(place, message, hint);
                }
            }
            Renamed::Value {
                schema,
                value: wanted,
            } => {
                let Some(owner) = self.schema_named(schema, place) else {
                    return;
                };
                let values = self.values(owner);
                if values.contains(wanted) {
                    settings.values.insert((owner, wanted.clone()), chosen);
                } else {
                    let message = format!("The `enum` of the schema `{schema}` has no `{wanted}`.");
                    let hint = meant(wanted, values.iter().map(String::as_str));
                    self.unknown(place, message, hint);
                }
            }
            Renamed::Operation(id) => {
                settings.operations.insert(id.clone(), chosen);
            }
            Renamed::Tag(tag) => {
                settings.tags.insert(tag.clone(), chosen);
            }
        }
    }

    /// A schema by the name of its component, or by a pointer.
    fn schema_named(&mut self, name: &str, place: &Place) -> Option<NodeId> {
        if let Some(fragment) = name.strip_prefix('#') {
            let found = self.schema_at(fragment);
            if found.is_none() {
                let message = format!("There is no schema at `{name}`.");
                self.unknown(place, message, None);
            }
            return found;
        }
        let named = self.components.iter().find(|(_, known)| *known == name);
        let found = named.map(|(node, _)| *node);
        if found.is_none() {
            let message = format!("The document has no component schema `{name}`.");
            let mut known: Vec<&str> = self.components.values().map(String::as_str).collect();
            known.sort_unstable();
            let hint = meant(name, known);
            self.unknown(place, message, hint);
        }
        found
    }

    fn schema_at(&self, fragment: &str) -> Option<NodeId> {
        let tree = self.document.tree();
        let mut at = self.document.root;
        for step in tokens(fragment)? {
            let resolved = self.document.resolve(at)?;
            at = match tree.map(resolved) {
                Some(map) => map.get(&step)?,
                None => *tree.list(resolved).get(step.parse::<usize>().ok()?)?,
            };
        }
        let schema = self.document.resolve(at)?;
        self.schemas.contains_key(&schema).then_some(schema)
    }

    /// The values of an `enum`, or of the schemas with one value each that a choice is between.
    fn values(&self, schema: NodeId) -> Vec<String> {
        let view = self.view(schema);
        let alternatives = view.one_of.iter().chain(&view.any_of);
        let alternatives = alternatives.map(|alternative| self.view(*alternative));
        let constants = alternatives.filter_map(|view| match view.enumeration.as_deref()? {
            [value] => Some(text_of(value)),
            _ => None,
        });
        match &view.enumeration {
            Some(values) => values.iter().map(text_of).collect(),
            None => constants.collect(),
        }
    }

    fn has_format(&mut self, format: &str, place: &Place) -> bool {
        let formats = self.schemas.values();
        let formats = formats.filter_map(|view| view.rules.format.clone());
        let mut formats: Vec<String> = formats.collect();
        formats.sort_unstable();
        let is_known = formats.iter().any(|known| known == format);
        if !is_known {
            let message = format!("No schema of the document has the format `{format}`.");
            let hint = meant(format, formats.iter().map(String::as_str));
            self.unknown(place, message, hint);
        }
        is_known
    }

    /// Leaves the operations out that the config does not select. They leave the published document, too.
    pub(super) fn select(&mut self, operations: &mut Vec<RawOperation>, config: &Config) {
        let renamed = config.renames.iter().filter_map(|setting| {
            let selection = match &setting.value.of {
                Renamed::Operation(id) => Selection::Operation(id.clone()),
                Renamed::Tag(tag) => Selection::Tag(tag.clone()),
                _ => return None,
            };
            Some((selection, &setting.place))
        });
        let selected = config.only.iter().chain(&config.without);
        let selected = selected.map(|setting| (setting.value.clone(), &setting.place));
        for (selection, place) in renamed.chain(selected) {
            self.look_for(&selection, place, operations);
        }
        let is_any = |list: &[Setting<Selection>], operation: &RawOperation| {
            list.iter().any(|setting| match &setting.value {
                Selection::Tag(tag) => tag_of(operation) == tag,
                Selection::Operation(id) => operation.id == *id,
            })
        };
        let mut left_out = Vec::new();
        operations.retain(|operation| {
            let is_kept = (config.only.is_empty() || is_any(&config.only, operation))
                && !is_any(&config.without, operation);
            if !is_kept {
                left_out.push(operation.node);
            }
            is_kept
        });
        let selected = config.only.iter().chain(&config.without).next();
        if let Some(first) = selected.filter(|_| operations.is_empty() && !left_out.is_empty()) {
            let message = "The config leaves no operation of the document.";
            self.problems
                .push(first.place.problem(Code::Config, message));
        }
        for node in left_out {
            let pointer = self.pointer(node);
            remove(&mut self.bundle.value, &pointer);
        }
    }

    fn look_for(&mut self, selection: &Selection, place: &Place, operations: &[RawOperation]) {
        let (message, wanted, known): (_, _, Vec<&str>) = match selection {
            Selection::Tag(tag) => (
                format!("No operation has the tag `{tag}` as its first one."),
                tag,
                operations.iter().map(tag_of).collect(),
            ),
            Selection::Operation(id) => (
                format!("The document has no operation `{id}`."),
                id,
                operations.iter().map(|one| one.id.as_str()).collect(),
            ),
        };
        if !known.contains(&wanted.as_str()) {
            let hint = meant(wanted, known);
            self.unknown(place, message, hint);
        }
    }

    /// Reports names of the config that something else in the same scope has, too.
    pub(super) fn report_clashes(&mut self, names: &[Named]) {
        for (at, one) in names.iter().enumerate() {
            let Some(place) = &one.place else { continue };
            let mut others = names.iter().enumerate();
            let other = others.find(|(other, named)| *other != at && named.name == one.name);
            if let Some((_, other)) = other {
                let message = format!("`{}` is the name of {}, too.", one.name, other.what);
                self.problems
                    .push(place.problem(Code::ConfigClash, message));
            }
        }
    }

    /// Reports the settings that have changed nothing.
    pub(super) fn report_unused(&mut self) {
        for place in self.settings.unused() {
            let message = "The setting changes nothing: no type is made of what it names.";
            let problem = place.problem(Code::ConfigUnused, message);
            self.problems.push(problem);
        }
    }

    fn unknown(&mut self, place: &Place, message: String, hint: Option<String>) {
        let mut problem = place.problem(Code::ConfigName, message);
        problem.hint = hint;
        self.problems.push(problem);
    }
}

fn chosen(text: &str, place: &Place) -> Chosen {
    Chosen {
        text: text.to_owned(),
        place: place.clone(),
    }
}

/// A value of an `enum` as a config writes it.
pub(super) fn text_of(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Removes an operation, and the path that it leaves empty.
fn remove(document: &mut serde_json::Value, pointer: &str) {
    let Some((path_item, method)) = pointer.rsplit_once('/') else {
        return;
    };
    let Some(operations) = document
        .pointer_mut(path_item)
        .and_then(|item| item.as_object_mut())
    else {
        return;
    };
    operations.shift_remove(method);
    let is_left = |key: &String| super::operations::is_method(key);
    if operations.keys().any(is_left) {
        return;
    }
    if let Some((paths, path)) = path_item.rsplit_once('/')
        && let Some(paths) = document
            .pointer_mut(paths)
            .and_then(|paths| paths.as_object_mut())
    {
        paths.shift_remove(&path.replace("~1", "/").replace("~0", "~"));
    }
}
