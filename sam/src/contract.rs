//! The contract, as far as the template follows from it, with its places.

use std::path::Path;

use civicforge_codegen::diagnostic::Diagnostics;
use civicforge_codegen::model::{Method, Model, Operation, SchemeKind, SecurityScheme, Tag};
use civicforge_codegen::source::{Files, Tree, tokens};
use civicforge_codegen::{Config, load_text};

use crate::code::{Code, Problem};

/// The contract.
#[derive(Debug)]
pub struct Contract {
    model: Model,
    tree: Tree,
    root: civicforge_codegen::source::NodeId,
}

impl Contract {
    /// Reads it from memory. `path` says what it is called in problems, and where files that it refers to are.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(path: &Path, text: Vec<u8>) -> Result<Self, Vec<Problem>> {
        let mut found = Diagnostics::new(&[]);
        let mut files = Files::default();
        let root = files.open_text(path, text.clone(), &mut found);
        let (model, _) = load_text(path, text, &Config::default()).map_err(document)?;
        match root {
            Some(root) => Ok(Self {
                model,
                tree: files.tree,
                root,
            }),
            None => Err(document(found.into_sorted())),
        }
    }

    /// The operations, in the order of the document's tags.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.model.tags.iter().flat_map(|tag| &tag.operations)
    }

    /// An operation by its id.
    #[must_use]
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations().find(|operation| operation.id == id)
    }

    /// An operation by its id, with the tag that it belongs to.
    pub(crate) fn place_of(&self, id: &str) -> Option<(&Tag, &Operation)> {
        let all = self.model.tags.iter();
        let mut all = all.flat_map(|tag| tag.operations.iter().map(move |one| (tag, one)));
        all.find(|(_, operation)| operation.id == id)
    }

    /// Whether a caller may or must show a token for it.
    #[must_use]
    pub fn takes_tokens(&self, operation: &Operation) -> bool {
        let mut asked = operation.security.alternatives.iter().flatten();
        asked.any(|asked| {
            let scheme = self.model.security_schemes.get(asked.scheme.0);
            scheme.is_some_and(|scheme| scheme.kind == SchemeKind::Bearer)
        })
    }

    /// How callers may show who they are.
    pub(crate) fn security_schemes(&self) -> &[SecurityScheme] {
        &self.model.security_schemes
    }

    /// The paths in the order of the document, each with its operations.
    #[must_use]
    pub fn paths(&self) -> Vec<(&str, Vec<&Operation>)> {
        let order = |pointer: &str| {
            let steps = tokens(pointer).unwrap_or_default();
            let paths = self.model.document.get("paths")?.as_object()?;
            paths.keys().position(|path| Some(path) == steps.get(1))
        };
        let mut all: Vec<&Operation> = self.operations().collect();
        all.sort_by_key(|operation| (order(&operation.pointer), operation.method));
        let mut out: Vec<(&str, Vec<&Operation>)> = Vec::new();
        for operation in all {
            match out.last_mut() {
                Some((path, operations)) if *path == operation.path => operations.push(operation),
                _ => out.push((&operation.path, vec![operation])),
            }
        }
        out
    }

    /// `info.title`.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.model.title
    }

    /// `info.version`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.model.version
    }

    /// A problem at a JSON pointer; at the nearest place above it where another file holds the rest.
    #[must_use]
    pub fn problem(&self, pointer: &str, code: Code, message: impl Into<String>) -> Problem {
        let mut node = self.root;
        for step in tokens(pointer).unwrap_or_default() {
            match self.tree.follow(node, &[step]) {
                Some(next) => node = next,
                None => break,
            }
        }
        self.tree.problem(node, code, message)
    }
}

/// The method's name in an OpenAPI document.
#[must_use]
pub fn method_name(method: Method) -> &'static str {
    match method {
        Method::Get => "get",
        Method::Put => "put",
        Method::Post => "post",
        Method::Delete => "delete",
        Method::Options => "options",
        Method::Head => "head",
        Method::Patch => "patch",
        Method::Trace => "trace",
    }
}

fn document(found: Vec<civicforge_codegen::diagnostic::Diagnostic>) -> Vec<Problem> {
    found
        .into_iter()
        .map(|problem| problem.map_code(Code::Document))
        .collect()
}
