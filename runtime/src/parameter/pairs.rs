//! Names and values: query strings, forms, cookies.

use std::borrow::Cow;

use http::HeaderValue;

use super::nested;
use super::percent::Escapes;
use super::style::{self, ParameterContext};
use super::{Encoding, ParameterError, Shape, Style};
use crate::json::Node;

/// More pairs than this are refused: each parameter looks at all of them.
pub(super) const MAX_PAIRS: usize = 1_000;

/// Names and values, in their order.
#[derive(Debug)]
pub(super) struct Pairs<'a> {
    pub(super) list: Vec<Pair<'a>>,
    escapes: Escapes,
    fault: Option<ParameterError>,
}

/// One of them. The value still has its escapes.
#[derive(Debug)]
pub(super) struct Pair<'a> {
    pub(super) name: Cow<'a, str>,
    /// None where it is not UTF-8.
    value: Option<&'a str>,
}

impl<'a> Pair<'a> {
    pub(super) fn value(&self) -> Result<&'a str, ParameterError> {
        self.value.ok_or(ParameterError::syntax("is not UTF-8"))
    }
}

impl<'a> Pairs<'a> {
    /// A query or a form.
    pub(super) fn of_form(text: &'a str) -> Self {
        let mut pairs = Pairs {
            list: Vec::new(),
            escapes: Escapes::Form,
            fault: None,
        };
        for piece in text.split('&').filter(|piece| !piece.is_empty()) {
            if pairs.list.len() == MAX_PAIRS {
                pairs.fault = Some(ParameterError::syntax("has too many names and values"));
                break;
            }
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            match Escapes::Form.decode(name) {
                Ok(name) => pairs.list.push(Pair {
                    name,
                    value: Some(value),
                }),
                Err(_) => {
                    pairs.fault = Some(ParameterError::syntax(
                        "has a name that is not percent-encoded UTF-8",
                    ));
                }
            }
        }
        pairs
    }

    /// Cookies (RFC 6265, section 4.2). Others than the contract's may be anything, so what is not a pair is passed over.
    pub(super) fn of_cookies(lines: impl IntoIterator<Item = &'a HeaderValue>) -> Self {
        let mut list = Vec::new();
        for line in lines {
            for piece in line.as_bytes().split(|byte| *byte == b';') {
                let piece = piece.trim_ascii();
                let Some(equals) = piece.iter().position(|byte| *byte == b'=') else {
                    continue;
                };
                let (name, value) = piece.split_at(equals);
                let value = unquoted(value.get(1..).unwrap_or_default());
                if let Ok(name) = str::from_utf8(name)
                    && list.len() < MAX_PAIRS
                {
                    list.push(Pair {
                        name: Cow::Borrowed(name),
                        value: str::from_utf8(value).ok(),
                    });
                }
            }
        }
        Pairs {
            list,
            escapes: Escapes::Percent,
            fault: None,
        }
    }

    /// What is wrong with all of it.
    pub(super) fn fault(&self) -> Option<ParameterError> {
        self.fault.clone()
    }

    /// What is said of a name. An open object takes every key but those that are `taken`.
    pub(super) fn node(
        &self,
        name: &str,
        encoding: &Encoding,
        taken: impl Fn(&str) -> bool,
    ) -> Result<Option<Node<'a>>, ParameterError> {
        let written = ParameterContext {
            name,
            escapes: self.escapes,
        };
        match *encoding {
            Encoding::Style {
                shape: Shape::Nested(nested),
                ..
            } => nested::nested(self, &written, nested),
            Encoding::Style {
                style: Style::DeepObject,
                ..
            } => self.deep_object(&written),
            Encoding::Style {
                explode: true,
                shape: Shape::Array,
                ..
            } => {
                let items: Vec<_> = self
                    .of(name)
                    .map(|pair| written.text(pair.value()?))
                    .collect::<Result<_, _>>()?;
                Ok((!items.is_empty()).then_some(Node::Array(items)))
            }
            Encoding::Style {
                explode: true,
                shape: Shape::Object { properties, open },
                ..
            } => {
                let is_member = |pair: &&Pair<'_>| {
                    let name = pair.name.as_ref();
                    properties.contains(&name) || open && !taken(name)
                };
                let pairs = self.list.iter().filter(is_member);
                members(pairs.map(|pair| Ok((pair.name.clone(), written.text(pair.value()?)?))))
            }
            _ => {
                let mut values = self.of(name);
                match (values.next(), values.next()) {
                    (None, _) => Ok(None),
                    (Some(pair), None) => style::whole(&written, encoding, pair.value()?).map(Some),
                    (Some(_), Some(_)) => Err(ParameterError::Duplicate),
                }
            }
        }
    }

    fn of(&self, name: &str) -> impl Iterator<Item = &Pair<'a>> {
        self.list.iter().filter(move |pair| pair.name == name)
    }

    /// `color[R]=100&color[G]=200`.
    fn deep_object(
        &self,
        written: &ParameterContext<'_>,
    ) -> Result<Option<Node<'a>>, ParameterError> {
        members(self.list.iter().filter_map(|pair| {
            let key = key_in_brackets(&pair.name, written.name)?;
            Some(match key.strip_suffix(']') {
                Some(key) if !key.contains(['[', ']']) => pair
                    .value()
                    .and_then(|value| written.text(value))
                    .map(|value| (Cow::Owned(key.to_owned()), value)),
                _ => Err(ParameterError::syntax(
                    "must be written as name[property]=value",
                )),
            })
        }))
    }
}

/// What is behind `name[`.
pub(super) fn key_in_brackets<'k>(key: &'k str, name: &str) -> Option<&'k str> {
    key.strip_prefix(name)?.strip_prefix('[')
}

/// An object, if there is any member of it.
fn members<'a>(
    members: impl Iterator<Item = Result<(Cow<'a, str>, Node<'a>), ParameterError>>,
) -> Result<Option<Node<'a>>, ParameterError> {
    let members: Vec<_> = members.collect::<Result<_, _>>()?;
    Ok((!members.is_empty()).then_some(Node::Object(members)))
}

fn unquoted(value: &[u8]) -> &[u8] {
    match value {
        [b'"', inner @ .., b'"'] => inner,
        other => other,
    }
}
