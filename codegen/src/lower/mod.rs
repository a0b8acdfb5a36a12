//! From a checked document to the [`Model`]: every decision is made here.
//!
//! The order matters, because each step relies on the ones before:
//!
//! 1. [`cycles`] takes schemas in place of themselves away, so that what follows may recurse.
//! 2. [`settings`] finds the schemas that the config names, and
//!    [`subtypes`] makes choices of the schemas that others extend.
//! 3. [`operations`] collects the operations, so that
//! 4. [`directions`] knows which schemas travel in which direction, and [`multipart`] which of them are files.
//! 5. Names that others build on are given: components, operations, tags, security schemes.
//! 6. [`tags`] and [`operations`] lower each operation; types are made as they are met ([`types`]), until none is left.
//! 7. [`rules`] makes the rules, when it is known which schemas have a type and so a name.
//! 8. [`link`] sorts everything by name and puts the final numbers in.
//!
//! # Decisions that the specification leaves open
//!
//! * `callbacks` and `links` describe what clients do, and a server has no code for them. They are checked for their
//!   structure, published, and not lowered.
//! * Properties without `type` make an object, and the rules say so, too ([`structs`], with a warning).
//! * `nullable` lets `null` pass whatever else the schema says, also beside `allOf`, `oneOf` and `enum`: that is what
//!   everybody means by it.
//! * A choice (`oneOf`, `anyOf`) beside properties of its own is a choice between objects that each have those properties
//!   ([`choices`]).
//! * A discriminator's value is a key of `mapping`, and for an alternative without one the name of its component.
//! * `format` is open-valued: one that is unknown, or that is for another type, is a note to the reader.
//! * `406` is needed where a success has content: failures are sent whatever the client accepts ([`framework_statuses`]).
//!
//! Until step 8 a [`TypeId`](crate::model::TypeId) is a place in the order of discovery, and a
//! [`SchemaId`] is the number of a node of the tree.

mod all_of;
mod annotations;
mod bodies;
mod boxing;
mod choices;
mod cycles;
mod default_validation;
mod directions;
mod enums;
mod error_bodies;
mod foreign_patterns;
mod framework_statuses;
mod link;
mod lints;
mod made;
mod multipart;
mod names;
mod nested;
mod open_maps;
mod operations;
mod parameters;
mod paths;
mod patterns;
mod problem;
mod raw;
mod responses;
mod rules;
mod security;
mod selectors;
mod settings;
mod structs;
mod style;
mod subtypes;
mod tags;
mod transliterate;
mod type_kind;
mod types;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostics};
use crate::model::{Model, SchemaId, SchemaRef};
use crate::parse::Document;
use crate::parse::bundle::{Bundle, bundle};
use crate::parse::grammar::Object;
use crate::parse::schema::{SchemaView, Schemas};
use crate::source::{NodeId, Tree};

use directions::Usage;
use made::Made;
use names::Names;
pub(crate) use names::hides_prelude;
#[cfg(feature = "client")]
pub(crate) use names::upper_camel;
pub(crate) use operations::is_method;
use settings::Settings;
pub(crate) use tags::OPERATION_MODULES;
use type_kind::{Members, TypeKind};
use types::Types;

/// Lowers a document. Problems are collected; the model is whole even where there are some.
pub fn lower(document: &Document, config: &Config, problems: &mut Diagnostics) -> Model {
    config.check(problems);
    let mut schemas = document.schema_views(problems);
    cycles::cut(document, &mut schemas, problems);
    let mut lowering = Lowering {
        bundle: bundle(document),
        document,
        config,
        settings: Settings::default(),
        problems,
        schemas,
        usage: Usage::default(),
        components: HashMap::new(),
        kinds: HashMap::new(),
        nullable: HashMap::new(),
        members: HashMap::new(),
        made: Made::default(),
        parameter_shapes: HashMap::new(),
        type_names: Names::types(),
        types: Types::default(),
        implied: HashSet::new(),
        patterns: HashMap::new(),
        files: HashSet::new(),
        bad_defaults: HashSet::new(),
        security: security::Schemes::default(),
    };
    lowering.find_components();
    lowering.find_settings(config);
    lowering.find_subtypes();
    lowering.lint_schemas();
    lowering.run()
}

/// The state of one lowering.
pub(crate) struct Lowering<'a> {
    document: &'a Document,
    config: &'a Config,
    settings: Settings,
    problems: &'a mut Diagnostics,
    bundle: Bundle,
    schemas: Schemas,
    usage: Usage,
    /// Component schemas of the bundled document that are not references, by node.
    components: HashMap<NodeId, String>,
    kinds: HashMap<NodeId, Rc<TypeKind>>,
    nullable: HashMap<NodeId, bool>,
    members: HashMap<NodeId, Rc<Members>>,
    made: Made,
    /// The shapes of parameters, by schema and by where the parameter is.
    parameter_shapes: HashMap<(NodeId, NodeId), crate::model::ParameterShape>,
    type_names: Names,
    types: Types,
    /// Schemas that are taken as objects without saying so.
    implied: HashSet<NodeId>,
    /// The patterns that compile, as the runtime takes them.
    patterns: HashMap<NodeId, String>,
    /// Schemas of `format: binary` whose values are files, because they are parts of a body.
    files: HashSet<NodeId>,
    /// Schemas whose `default` they do not accept.
    bad_defaults: HashSet<NodeId>,
    security: security::Schemes,
}

impl Lowering<'_> {
    fn run(mut self) -> Model {
        let raw = self.collect_operations();
        self.find_files(&raw);
        let (requests, responses) = self.roots(&raw);
        self.usage = Usage::new(&self.schemas, &requests, &responses);
        self.name_components();
        let tags = self.lower_operations(raw);
        // With a selection, the types are those of its operations.
        if !self.settings.selects {
            self.lower_components();
        }
        self.fill_types();
        self.finish(tags)
    }

    fn tree(&self) -> &Tree {
        self.document.tree()
    }

    fn view(&self, node: NodeId) -> Rc<SchemaView> {
        self.schemas.get(&node).cloned().unwrap_or_default()
    }

    fn report(&mut self, node: NodeId, code: Code, message: impl Into<String>) {
        let node = self.origin(node);
        let problem = self.document.tree().problem(node, code, message);
        self.problems.push(problem);
    }

    fn report_with_hint(
        &mut self,
        node: NodeId,
        code: Code,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let node = self.origin(node);
        let problem = self.document.tree().problem(node, code, message).hint(hint);
        self.problems.push(problem);
    }

    /// Reports something at its key, where that says more than its value does.
    fn report_at_key(
        &mut self,
        node: NodeId,
        code: Code,
        message: impl Into<String>,
        hint: Option<&str>,
    ) {
        let mut problem = self.document.tree().problem_at_key(node, code, message);
        problem.hint = hint.map(str::to_owned);
        self.problems.push(problem);
    }

    /// A schema's rules, until [`link`] knows whether they have a name.
    fn rules_of(&self, node: NodeId) -> SchemaRef {
        SchemaRef::Named(SchemaId(node.0 as usize))
    }

    fn find_components(&mut self) {
        let tree = self.document.tree();
        let section = tree
            .get(self.document.root, "components")
            .and_then(|c| tree.get(c, "schemas"));
        let entries = section.and_then(|section| tree.map(section));
        for entry in entries.map(|map| map.entries()).unwrap_or_default() {
            if self.schemas.contains_key(&entry.value) {
                self.components.insert(entry.value, entry.key.clone());
            }
        }
        for (node, (section, name)) in &self.bundle.moved {
            if Some(*section) == Object::Schema.section() && self.schemas.contains_key(node) {
                self.components.insert(*node, name.clone());
            }
        }
    }

    /// Components in the order of the document, then those of other files.
    fn components_in_order(&self) -> Vec<NodeId> {
        let mut nodes: Vec<NodeId> = self.components.keys().copied().collect();
        nodes.sort_by_key(|node| (self.tree().node(*node).place.file, *node));
        nodes
    }

    /// Where a schema is in the document that is published.
    fn pointer(&self, node: NodeId) -> String {
        self.bundle.pointer(self.tree(), self.origin(node))
    }
}
