//! The parts of a request that parameters are in, as they came.

use std::cell::OnceCell;

use http::HeaderMap;
use http::header::COOKIE;

use super::pairs::Pairs;
use super::percent::Escapes;
use super::style::{self, ParameterContext};
use super::{Encoding, Location, Parameter, ParameterError, Shape};
use crate::json::Node;
use crate::path::Path;
use crate::violation::{Part, Violations};

/// The parts of a request that parameters are in. The query and the cookies are split once, when a parameter first asks
/// for them.
#[derive(Debug)]
pub struct RawParameters<'a> {
    path: Vec<(&'static str, &'a str)>,
    query: &'a str,
    query_pairs: OnceCell<Pairs<'a>>,
    headers: &'a HeaderMap,
    cookies: OnceCell<Pairs<'a>>,
}

impl<'a> RawParameters<'a> {
    /// Path parameters by name, with their escapes; the query without its question mark; the headers.
    pub fn new(
        path: Vec<(&'static str, &'a str)>,
        query: Option<&'a str>,
        headers: &'a HeaderMap,
    ) -> Self {
        RawParameters {
            path,
            query: query.unwrap_or_default(),
            query_pairs: OnceCell::new(),
            headers,
            cookies: OnceCell::new(),
        }
    }

    /// Splits the query, and reports once what is wrong with it as a whole.
    pub(super) fn check_query(&self, violations: &mut Violations) {
        if self.query_pairs.get().is_none()
            && let Some(fault) = self.query_pairs().fault()
        {
            violations.locate_part(Part::Query);
            fault.report(&Path::Root, violations);
        }
    }

    /// What a parameter's text says, if it is there.
    pub(super) fn node(&self, parameter: &Parameter) -> Result<Option<Node<'a>>, ParameterError> {
        let name = parameter.name;
        match parameter.location {
            Location::Path => self.path_node(name, &parameter.encoding),
            Location::Query => self
                .query_pairs()
                .node(name, &parameter.encoding, |key| parameter.leaves(key)),
            Location::Header => self.header_node(name, &parameter.encoding),
            Location::Cookie => self
                .cookies
                .get_or_init(|| Pairs::of_cookies(self.headers.get_all(COOKIE)))
                .node(name, &parameter.encoding, |key| parameter.leaves(key)),
        }
    }

    fn query_pairs(&self) -> &Pairs<'a> {
        self.query_pairs.get_or_init(|| Pairs::of_form(self.query))
    }

    fn path_node(
        &self,
        name: &str,
        encoding: &Encoding,
    ) -> Result<Option<Node<'a>>, ParameterError> {
        let Some((_, text)) = self.path.iter().find(|(other, _)| *other == name) else {
            return Ok(None);
        };
        let written = ParameterContext {
            name,
            escapes: Escapes::Percent,
        };
        style::whole(&written, encoding, text).map(Some)
    }

    /// A list may be spread over several lines (RFC 9110, section 5.3); anything else may not.
    fn header_node(
        &self,
        name: &str,
        encoding: &Encoding,
    ) -> Result<Option<Node<'a>>, ParameterError> {
        let written = ParameterContext {
            name,
            escapes: Escapes::None,
        };
        let mut node = None;
        for line in self.headers.get_all(name) {
            let text = str::from_utf8(line.as_bytes())
                .map_err(|_| ParameterError::syntax("is not UTF-8"))?;
            let next = style::whole(&written, encoding, text)?;
            node = Some(match (node, next) {
                (None, next) => next,
                (Some(Node::Array(mut items)), Node::Array(more)) if is_list(encoding) => {
                    items.extend(more);
                    Node::Array(items)
                }
                (Some(Node::Object(mut members)), Node::Object(more)) if is_list(encoding) => {
                    members.extend(more);
                    Node::Object(members)
                }
                _ => return Err(ParameterError::Duplicate),
            });
        }
        Ok(node)
    }
}

fn is_list(encoding: &Encoding) -> bool {
    matches!(
        encoding,
        Encoding::Style {
            shape: Shape::Array | Shape::Object { .. },
            ..
        }
    )
}
