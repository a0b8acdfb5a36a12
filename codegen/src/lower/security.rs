//! Security schemes and who may call.

use std::collections::HashMap;

use openapiv3::{APIKeyLocation, SecurityScheme as Typed};

use super::Lowering;
use super::names::Names;
use super::raw::RawOperation;
use crate::diagnostic::Code;
use crate::model::{
    Docs, Location, Operation, Refusal, SchemeId, SchemeKind, SchemeUse, Security, SecurityScheme,
    Tag,
};
use crate::parse::check::{count, fits};
use crate::parse::grammar::Object;
use crate::source::{Data, NodeId};

/// The extension of schemes whose credential signs the body.
const SIGNS_BODY: &str = "x-signs-body";

/// The extension that says with which status a scheme refuses.
const REFUSAL: &str = "x-refusal";

/// The schemes that operations use, in the order of discovery.
#[derive(Debug, Default)]
pub(super) struct Schemes {
    known: Vec<SecurityScheme>,
    scopes: Vec<Option<Vec<String>>>,
    by_name: HashMap<String, SchemeId>,
    methods: Names,
    enums: HashMap<Vec<Vec<SchemeId>>, String>,
}

impl Schemes {
    /// The schemes that an operation asks for, while its uses have the numbers of discovery.
    pub(super) fn of<'s>(
        &'s self,
        security: &'s Security,
    ) -> impl Iterator<Item = &'s SecurityScheme> {
        let used = security.alternatives.iter().flatten();
        used.filter_map(|used| self.known.get(used.scheme.0))
    }

    /// The schemes by name, with the operations' uses of them renumbered.
    pub(super) fn finish(self, tags: &mut [Tag]) -> Vec<SecurityScheme> {
        let mut order: Vec<usize> = (0..self.known.len()).collect();
        order.sort_by(|a, b| self.known[*a].name.cmp(&self.known[*b].name));
        let mut places = vec![0; order.len()];
        for (place, scheme) in order.iter().enumerate() {
            places[*scheme] = place;
        }
        for operation in tags.iter_mut().flat_map(|tag| &mut tag.operations) {
            for scheme in operation.security.alternatives.iter_mut().flatten() {
                scheme.scheme = SchemeId(places[scheme.scheme.0]);
            }
        }
        let mut schemes = self.known;
        schemes.sort_by(|a, b| a.name.cmp(&b.name));
        schemes
    }
}

impl Lowering<'_> {
    /// Who may call the operation.
    pub(super) fn operation_security(&mut self, raw: &RawOperation) -> Security {
        let holder = if raw.typed.security.is_some() {
            raw.node
        } else {
            self.document.root
        };
        let Some(list) = self.tree().get(holder, "security") else {
            return Security::default();
        };
        let mut security = Security::default();
        for requirement in self.tree().list(list).to_vec() {
            let Some(map) = self.tree().map(requirement) else {
                continue;
            };
            let entries = map.entries().to_vec();
            if entries.is_empty() {
                security.optional = true;
                continue;
            }
            let mut schemes: Vec<SchemeUse> = Vec::new();
            for entry in entries {
                let scheme = self.scheme(&entry.key, entry.value);
                let scopes: Vec<String> = self
                    .tree()
                    .list(entry.value)
                    .iter()
                    .filter_map(|scope| self.tree().text(*scope).map(str::to_owned))
                    .collect();
                self.lint_scopes(scheme, &scopes, entry.value);
                schemes.push(SchemeUse { scheme, scopes });
            }
            if !security.alternatives.contains(&schemes) {
                security.alternatives.push(schemes);
            }
        }
        if security.alternatives.is_empty() {
            return Security::default();
        }
        if security.alternatives.len() > 1 {
            security.enum_name = Some(self.security_enum(&security.alternatives));
        }
        security
    }

    fn security_enum(&mut self, alternatives: &[Vec<SchemeUse>]) -> String {
        let key: Vec<Vec<SchemeId>> = alternatives
            .iter()
            .map(|schemes| schemes.iter().map(|scheme| scheme.scheme).collect())
            .collect();
        if let Some(name) = self.security.enums.get(&key) {
            return name.clone();
        }
        let words: Vec<String> = key
            .iter()
            .map(|schemes| {
                let names: Vec<&str> = schemes
                    .iter()
                    .map(|id| self.security.known[id.0].type_name.as_str())
                    .collect();
                names.join("And")
            })
            .collect();
        let name = self.type_names.camel(&words.join("Or"));
        self.security.enums.insert(key, name.clone());
        name
    }

    /// The scheme of a name, made when it is met for the first time.
    fn scheme(&mut self, name: &str, place: NodeId) -> SchemeId {
        if let Some(id) = self.security.by_name.get(name).copied() {
            if self.security.scopes[id.0].is_none() {
                self.undeclared(name, place);
            }
            return id;
        }
        let tree = self.document.tree();
        let section = tree
            .get(self.document.root, "components")
            .and_then(|c| tree.get(c, "securitySchemes"));
        let node = section
            .and_then(|section| tree.get(section, name))
            .and_then(|node| self.document.resolve(node))
            .filter(|node| tree.map(*node).is_some() && tree.get_text(*node, "type").is_some());
        // A type that is none was reported where it is.
        let is_known = |node: &NodeId| {
            let kind = Object::SecurityScheme.field("type").map(|field| field.kind);
            let written = tree.get(*node, "type").map(|node| tree.data(node));
            kind.zip(written)
                .is_some_and(|(kind, written)| fits(kind, written))
        };
        let typed = node.filter(is_known).and_then(|node| {
            self.document
                .typed::<Typed>(node, Object::SecurityScheme, self.problems)
                .map(|typed| (node, typed))
        });
        let (mut signs_body, mut refusal) = (false, Refusal::default());
        let (kind, description, scopes) = match typed {
            Some((node, typed)) => {
                signs_body = self.signs_body(node, name, &typed);
                refusal = self.refusal(node);
                self.scheme_kind(node, name, typed)
            }
            None if node.is_some() => (SchemeKind::Bearer, None, Some(Vec::new())),
            None => {
                self.undeclared(name, place);
                (SchemeKind::Bearer, None, None)
            }
        };
        let id = SchemeId(self.security.known.len());
        self.security.known.push(SecurityScheme {
            name: name.to_owned(),
            method_name: self.security.methods.snake(name),
            type_name: self.type_names.camel(name),
            kind,
            signs_body,
            refusal,
            docs: Docs {
                description,
                ..Docs::default()
            },
        });
        self.security.scopes.push(scopes);
        self.security.by_name.insert(name.to_owned(), id);
        id
    }

    /// Whether the credential signs the body. Tokens are issued before there is a body, and browsers send cookies whatever it is.
    fn signs_body(&mut self, node: NodeId, name: &str, typed: &Typed) -> bool {
        let Some(extension) = self.tree().get(node, SIGNS_BODY) else {
            return false;
        };
        if !matches!(self.tree().data(extension), Data::Bool(true)) {
            return false;
        }
        let what = match typed {
            Typed::HTTP { .. } => return true,
            Typed::APIKey { location, .. } if *location != APIKeyLocation::Cookie => return true,
            Typed::APIKey { .. } => "cookie",
            Typed::OAuth2 { .. } | Typed::OpenIDConnect { .. } => "token that somebody else issues",
        };
        let message =
            format!("The credential of `{name}` is a {what}, which cannot sign a request's body.");
        let hint = "A signature is in a header or in the query: `type: apiKey`, or `type: http`.";
        self.report_with_hint(extension, Code::SignsBody, message, hint);
        false
    }

    /// With which status the scheme refuses.
    fn refusal(&mut self, node: NodeId) -> Refusal {
        let Some(extension) = self.tree().get(node, REFUSAL) else {
            return Refusal::default();
        };
        let Data::Number(status) = self.tree().data(extension) else {
            return Refusal::default();
        };
        match count(status) {
            Some(401) => Refusal::Unauthorized,
            Some(403) => Refusal::Forbidden,
            // What is no count was reported as such.
            None => Refusal::default(),
            Some(status) => {
                let message = format!("`{REFUSAL}` cannot be {status}: it is 401 or 403.");
                self.report(extension, Code::BadValue, message);
                Refusal::default()
            }
        }
    }

    /// Reports credentials that sign a body which is not there.
    pub(super) fn lint_signed_body(&mut self, raw: &RawOperation, operation: &Operation) {
        if raw.typed.request_body.is_some() {
            return;
        }
        let mut signing = self.security.of(&operation.security);
        let Some(scheme) = signing.find(|scheme| scheme.signs_body) else {
            return;
        };
        let message = format!(
            "`{}` takes no body, which a credential of `{}` signs.",
            operation.id, scheme.name
        );
        drop(signing);
        let hint = "Give it a `requestBody`, or a `security` of its own.";
        self.report_at_key(raw.node, Code::SignsBody, message, Some(hint));
    }

    fn undeclared(&mut self, name: &str, place: NodeId) {
        let message =
            format!("There is no security scheme `{name}` under `components/securitySchemes`.");
        self.report_at_key(place, Code::UndeclaredSecurity, message, None);
    }

    /// How the credential is sent, the description, and the scopes that there are.
    #[allow(
        clippy::type_complexity,
        reason = "taken apart at the one place that calls it"
    )]
    fn scheme_kind(
        &mut self,
        node: NodeId,
        name: &str,
        typed: Typed,
    ) -> (SchemeKind, Option<String>, Option<Vec<String>>) {
        let any = Some(Vec::new());
        match typed {
            Typed::APIKey {
                location,
                name: key,
                description,
                ..
            } => {
                let location = match location {
                    APIKeyLocation::Query => Location::Query,
                    APIKeyLocation::Header => Location::Header,
                    APIKeyLocation::Cookie => Location::Cookie,
                };
                for field in ["name", "in"] {
                    self.scheme_field(node, field);
                }
                (
                    SchemeKind::ApiKey {
                        location,
                        name: key,
                    },
                    description,
                    any,
                )
            }
            Typed::HTTP {
                scheme,
                description,
                ..
            } => {
                self.scheme_field(node, "scheme");
                let kind = match scheme.to_ascii_lowercase().as_str() {
                    "basic" => SchemeKind::Basic,
                    "bearer" => SchemeKind::Bearer,
                    _ => {
                        let place = self.tree().get(node, "scheme").unwrap_or(node);
                        let message = format!(
                            "The HTTP authentication scheme `{scheme}` of `{name}` is not supported."
                        );
                        self.report(place, Code::SecuritySchemeNotSupported, message);
                        SchemeKind::Bearer
                    }
                };
                (kind, description, any)
            }
            Typed::OAuth2 { description, .. } => {
                self.scheme_field(node, "flows");
                (
                    SchemeKind::Bearer,
                    description,
                    Some(self.flow_scopes(node)),
                )
            }
            Typed::OpenIDConnect { description, .. } => (SchemeKind::Bearer, description, any),
        }
    }

    fn scheme_field(&mut self, node: NodeId, field: &str) {
        if self.tree().get(node, field).is_none() {
            let kind = self
                .tree()
                .get_text(node, "type")
                .unwrap_or_default()
                .to_owned();
            let message =
                format!("A Security Scheme Object of `type: {kind}` must have `{field}`.");
            self.report(node, Code::MissingField, message);
        }
    }

    /// The scopes of all flows. An empty list is not checked against.
    fn flow_scopes(&self, node: NodeId) -> Vec<String> {
        let tree = self.tree();
        let flows = tree.get(node, "flows").and_then(|flows| tree.map(flows));
        let mut out = Vec::new();
        for flow in flows.map(|map| map.entries()).unwrap_or_default() {
            let scopes = tree
                .get(flow.value, "scopes")
                .and_then(|scopes| tree.map(scopes));
            out.extend(
                scopes
                    .map(|map| map.entries())
                    .unwrap_or_default()
                    .iter()
                    .map(|entry| entry.key.clone()),
            );
        }
        out
    }

    fn lint_scopes(&mut self, scheme: SchemeId, scopes: &[String], list: NodeId) {
        let Some(Some(known)) = self.security.scopes.get(scheme.0).cloned() else {
            return;
        };
        if known.is_empty() || !matches!(self.tree().data(list), Data::Array(_)) {
            return;
        }
        let nodes = self.tree().list(list).to_vec();
        for (scope, node) in scopes.iter().zip(nodes) {
            if !known.contains(scope) {
                let message = format!("No flow of the security scheme lists the scope `{scope}`.");
                self.report(node, Code::UndeclaredScope, message);
            }
        }
    }
}
