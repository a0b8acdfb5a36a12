//! Taking apart a text that is the whole of a value: all of a path segment, of a header, of a query value.
//!
//! The forms are those of the table under "Style Examples" in OpenAPI 3.0.3.

use std::borrow::Cow;

use super::percent::Escapes;
use super::{Encoding, ParameterError, Shape, Style, json};
use crate::json::Node;

/// The value that is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct ParameterContext<'n> {
    pub(super) name: &'n str,
    pub(super) escapes: Escapes,
}

/// Takes apart the whole text of a value.
pub(super) fn whole<'a>(
    written: &ParameterContext<'_>,
    encoding: &Encoding,
    text: &'a str,
) -> Result<Node<'a>, ParameterError> {
    let Encoding::Style {
        style,
        explode,
        shape,
    } = *encoding
    else {
        return json(written.escapes.decode(text)?);
    };
    match style {
        Style::Label => label(written, explode, shape, text),
        Style::Matrix => matrix(written, explode, shape, text),
        Style::Simple | Style::Form | Style::DeepObject => {
            split(written, explode, shape, text, comma)
        }
        Style::SpaceDelimited => split(written, explode, shape, text, space),
        Style::PipeDelimited => split(written, explode, shape, text, pipe),
    }
}

/// A way to find the first separator: where it begins, and where it ends.
type Separator = fn(&str) -> Option<(usize, usize)>;

fn comma(text: &str) -> Option<(usize, usize)> {
    text.find(',').map(|at| (at, at + 1))
}

fn dot(text: &str) -> Option<(usize, usize)> {
    text.find('.').map(|at| (at, at + 1))
}

fn semicolon(text: &str) -> Option<(usize, usize)> {
    text.find(';').map(|at| (at, at + 1))
}

/// These two may not stand in a URI unescaped, so an escaped one separates too.
fn space(text: &str) -> Option<(usize, usize)> {
    first_of(text, &["%20", "+", " "])
}

fn pipe(text: &str) -> Option<(usize, usize)> {
    first_of(text, &["%7C", "%7c", "|"])
}

fn first_of(text: &str, separators: &[&str]) -> Option<(usize, usize)> {
    (0..text.len()).find_map(|at| {
        let rest = text.get(at..)?;
        let found = separators.iter().find(|one| rest.starts_with(**one))?;
        Some((at, at + found.len()))
    })
}

/// The pieces between separators; one where there is none.
fn pieces(text: &str, separator: Separator) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        match separator(text) {
            Some((begin, end)) => {
                rest = text.get(end..);
                text.get(..begin)
            }
            None => {
                rest = None;
                Some(text)
            }
        }
    })
}

/// A list, or members one after the other.
fn split<'a>(
    written: &ParameterContext<'_>,
    explode: bool,
    shape: Shape,
    text: &'a str,
    separator: Separator,
) -> Result<Node<'a>, ParameterError> {
    match shape {
        // Values within values are never one text.
        Shape::Scalar | Shape::Nested(_) => written.text(text),
        Shape::Array => {
            let pieces = pieces(text, separator).map(|piece| written.trim(piece));
            // An empty element of a header's list is nothing (RFC 9110, section 5.6.1).
            let pieces =
                pieces.filter(|piece| written.escapes != Escapes::None || !piece.is_empty());
            pieces
                .map(|piece| written.text(piece))
                .collect::<Result<_, _>>()
                .map(Node::Array)
        }
        Shape::Object { .. } if text.is_empty() => Ok(Node::Object(Vec::new())),
        Shape::Object { .. } if explode => {
            let pieces = pieces(text, separator).map(|piece| written.trim(piece));
            written.members(pieces)
        }
        Shape::Object { .. } => {
            let mut members = Vec::new();
            let mut pieces = pieces(text, separator).map(|piece| written.trim(piece));
            while let Some(name) = pieces.next() {
                let Some(value) = pieces.next() else {
                    return Err(ParameterError::syntax("must be names and values in turn"));
                };
                members.push((written.escapes.decode(name)?, written.text(value)?));
            }
            Ok(Node::Object(members))
        }
    }
}

/// `.blue`, `.blue.black`, `.R=100.G=200`. Without `explode`, OpenAPI 3.0.3 separates by points, and RFC 6570 and
/// OpenAPI 3.0.4 by commas: where there is a comma, it is that.
fn label<'a>(
    written: &ParameterContext<'_>,
    explode: bool,
    shape: Shape,
    text: &'a str,
) -> Result<Node<'a>, ParameterError> {
    let Some(text) = text.strip_prefix('.') else {
        return Err(ParameterError::syntax("must begin with a point"));
    };
    let separator = if !explode && text.contains(',') {
        comma
    } else {
        dot
    };
    split(written, explode, shape, text, separator)
}

/// `;color=blue`, `;color=blue,black`, `;color=blue;color=black`, `;R=100;G=200`.
fn matrix<'a>(
    written: &ParameterContext<'_>,
    explode: bool,
    shape: Shape,
    text: &'a str,
) -> Result<Node<'a>, ParameterError> {
    let Some(text) = text.strip_prefix(';') else {
        return Err(ParameterError::syntax("must begin with a semicolon"));
    };
    match shape {
        Shape::Object { .. } if explode => written.members(pieces(text, semicolon)),
        Shape::Array if explode => pieces(text, semicolon)
            .map(|piece| written.text(written.own(piece)?))
            .collect::<Result<_, _>>()
            .map(Node::Array),
        _ => split(written, explode, shape, written.own(text)?, comma),
    }
}

impl ParameterContext<'_> {
    pub(super) fn text<'a>(&self, text: &'a str) -> Result<Node<'a>, ParameterError> {
        self.escapes.decode(text).map(Node::Text)
    }

    /// White space around the elements of a header's list is not theirs.
    fn trim<'a>(&self, text: &'a str) -> &'a str {
        match self.escapes {
            Escapes::None => text.trim_matches([' ', '\t']),
            _ => text,
        }
    }

    /// What is behind `name=`; nothing is written as the name alone.
    fn own<'a>(&self, text: &'a str) -> Result<&'a str, ParameterError> {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        if self.escapes.decode(name)? != self.name {
            return Err(ParameterError::syntax(
                "must have the parameter's name in front of its value",
            ));
        }
        Ok(value)
    }

    fn members<'a>(
        &self,
        pieces: impl Iterator<Item = &'a str>,
    ) -> Result<Node<'a>, ParameterError> {
        pieces
            .map(|piece| {
                let Some((name, value)) = piece.split_once('=') else {
                    return Err(ParameterError::syntax("must be written as name=value"));
                };
                Ok::<(Cow<'a, str>, _), _>((self.escapes.decode(name)?, self.text(value)?))
            })
            .collect::<Result<_, _>>()
            .map(Node::Object)
    }
}
