//! From a path to the operations that it has.
//!
//! `matchit` finds the template; what it cannot express (two parameters in one segment, as in `/{from}..{to}`) is matched
//! here, on the segment that it found.
//!
//! A [`Service`](crate::service::Service) has one. It is public for those who measure it, or route by themselves.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use http::Method;

use crate::path_form::normalized;

/// Which operations each path template has.
#[derive(Debug)]
pub struct Router<T> {
    tree: matchit::Router<usize>,
    /// The leaf of each pattern of the tree.
    patterns: HashMap<String, usize>,
    /// Templates that differ only in what `matchit` cannot tell apart share a leaf, the most specific one first.
    leaves: Vec<Vec<Template<T>>>,
    /// Whether a segment has more than one piece, so that a leaf can be reached by a path that none of its templates has.
    has_compound: bool,
}

/// A path template and its operations.
#[derive(Debug)]
struct Template<T> {
    segments: Vec<Vec<Piece>>,
    methods: Vec<(Method, T)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// In the form of [`normalized`].
    Literal(String),
    Parameter,
}

/// Two operations, or two templates, that cannot be told apart.
#[derive(Debug)]
pub struct RouteConflict {
    path: String,
}

impl fmt::Display for RouteConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the path {} is there twice, or cannot be told from another one",
            self.path
        )
    }
}

impl std::error::Error for RouteConflict {}

/// A path that is there.
#[derive(Debug)]
pub struct RouteMatch<'r, T> {
    /// What each method does.
    pub methods: &'r [(Method, T)],
    /// Where in the path the parameters are, in the order of the template.
    pub captures: Vec<Range<usize>>,
}

impl<T> Default for Router<T> {
    fn default() -> Self {
        Router::new()
    }
}

impl<T> Router<T> {
    /// Without any operation.
    pub fn new() -> Self {
        Router {
            tree: matchit::Router::new(),
            patterns: HashMap::new(),
            leaves: Vec::new(),
            has_compound: false,
        }
    }

    /// Adds an operation.
    ///
    /// # Errors
    ///
    /// Where there is an operation of this method under a template that takes the same paths.
    pub fn insert(
        &mut self,
        template: &str,
        method: Method,
        value: T,
    ) -> Result<(), RouteConflict> {
        self.insert_or_join(template, method, value, |_, _| false)
    }

    /// Adds an operation. Where there is one of this method under a template that takes the same paths, `join` adds it to that one;
    /// `false`: they cannot be told apart.
    ///
    /// # Errors
    ///
    /// Where they cannot.
    pub fn insert_or_join(
        &mut self,
        template: &str,
        method: Method,
        value: T,
        join: impl FnOnce(&mut T, T) -> bool,
    ) -> Result<(), RouteConflict> {
        let conflict = || RouteConflict {
            path: template.to_owned(),
        };
        let segments: Vec<Vec<Piece>> = template.split('/').skip(1).map(pieces).collect();
        let pattern = pattern(&segments);
        let leaf = match self.patterns.get(&pattern) {
            Some(leaf) => *leaf,
            None => {
                let leaf = self.leaves.len();
                self.tree
                    .insert(pattern.clone(), leaf)
                    .map_err(|_| conflict())?;
                self.patterns.insert(pattern, leaf);
                self.leaves.push(Vec::new());
                leaf
            }
        };
        self.has_compound |= segments.iter().any(|pieces| pieces.len() > 1);
        let leaf = &mut self.leaves[leaf];
        let at = match leaf.iter().position(|other| other.segments == segments) {
            Some(at) => at,
            None => {
                let at = leaf.partition_point(|other| rank(&other.segments) <= rank(&segments));
                leaf.insert(
                    at,
                    Template {
                        segments,
                        methods: Vec::new(),
                    },
                );
                at
            }
        };
        let methods = &mut leaf[at].methods;
        let Some((_, there)) = methods.iter_mut().find(|(other, _)| *other == method) else {
            methods.push((method, value));
            return Ok(());
        };
        match join(there, value) {
            true => Ok(()),
            false => Err(conflict()),
        }
    }

    /// The operations of this path, which is percent-encoded in the form of [`normalized`]: an encoded slash is part of a parameter.
    pub fn at(&self, path: &str) -> Option<RouteMatch<'_, T>> {
        let leaf = self.tree.at(path).ok().map(|found| *found.value);
        let mut of_leaf = leaf
            .and_then(|leaf| self.leaves.get(leaf))
            .into_iter()
            .flatten();
        if let Some(found) = of_leaf.find_map(|template| template.at(path)) {
            return Some(found);
        }
        if !self.has_compound {
            return None;
        }
        // `matchit` went where a segment looked like a parameter, or a literal; what has the path may be elsewhere.
        let all = self.leaves.iter().flatten();
        let fitting =
            all.filter_map(|template| Some((rank(&template.segments), template.at(path)?)));
        let best = fitting.min_by(|(one, _), (other, _)| one.cmp(other));
        best.map(|(_, found)| found)
    }
}

impl<T> Template<T> {
    /// Its operations, if it has the path.
    fn at(&self, path: &str) -> Option<RouteMatch<'_, T>> {
        Some(RouteMatch {
            methods: &self.methods,
            captures: captures(&self.segments, path)?,
        })
    }
}

/// How specific a template is, the most specific one first: segment by segment, one without a parameter before one with, and
/// then the one with more text beside its parameters.
fn rank(segments: &[Vec<Piece>]) -> Vec<(bool, Reverse<usize>)> {
    let rank = |pieces: &Vec<Piece>| {
        let text = pieces.iter().map(|piece| match piece {
            Piece::Literal(literal) => literal.len(),
            Piece::Parameter => 0,
        });
        let has_parameter = pieces.contains(&Piece::Parameter);
        (has_parameter, Reverse(text.sum()))
    };
    segments.iter().map(rank).collect()
}

/// The template for `matchit`.
fn pattern(segments: &[Vec<Piece>]) -> String {
    let mut text = String::new();
    for (index, segment) in segments.iter().enumerate() {
        text.push('/');
        match segment.as_slice() {
            [] => {}
            [Piece::Literal(literal)] => {
                text.push_str(&literal.replace('{', "{{").replace('}', "}}"));
            }
            _ => text.push_str(&format!("{{p{index}}}")),
        }
    }
    text
}

/// Splits `{from}..{to}` into its pieces. Braces that do not match are literal.
fn pieces(segment: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while !rest.is_empty() {
        match rest
            .split_once('{')
            .and_then(|(before, rest)| rest.split_once('}').map(|(_, after)| (before, after)))
        {
            Some((before, after)) => {
                if !before.is_empty() {
                    pieces.push(Piece::Literal(normalized(before).into_owned()));
                }
                pieces.push(Piece::Parameter);
                rest = after;
            }
            None => {
                pieces.push(Piece::Literal(normalized(rest).into_owned()));
                break;
            }
        }
    }
    pieces
}

/// Where the parameters are, if the path fits the template.
fn captures(segments: &[Vec<Piece>], path: &str) -> Option<Vec<Range<usize>>> {
    let mut ranges = Vec::new();
    let mut start = path.strip_prefix('/').map(|_| 1)?;
    for pieces in segments {
        let end = path[start.min(path.len())..]
            .find('/')
            .map_or(path.len(), |at| start + at);
        let text = path.get(start..end)?;
        let mut at = 0;
        for (index, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Literal(literal) => {
                    at += text[at..]
                        .strip_prefix(literal.as_str())
                        .map(|_| literal.len())?
                }
                Piece::Parameter => {
                    // A parameter ends where the literal behind it begins, at the last place that leaves it at its end.
                    let length = match pieces.get(index + 1) {
                        Some(Piece::Literal(next)) if index + 2 == pieces.len() => {
                            text[at..].len().checked_sub(next.len())?
                        }
                        Some(Piece::Literal(next)) => text[at..].find(next.as_str())?,
                        _ => text[at..].len(),
                    };
                    if length == 0 || !text.is_char_boundary(at + length) {
                        return None;
                    }
                    ranges.push(start + at..start + at + length);
                    at += length;
                }
            }
        }
        if at != text.len() {
            return None;
        }
        start = end + 1;
    }
    // Every segment of the path has been looked at.
    (start == path.len() + 1).then_some(ranges)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn router(templates: &[&'static str]) -> Router<&'static str> {
        let mut router = Router::new();
        for template in templates {
            router.insert(template, Method::GET, *template).unwrap();
        }
        router
    }

    fn find(router: &Router<&'static str>, path: &str) -> Option<(&'static str, Vec<String>)> {
        router.at(path).map(|found| {
            let texts = found
                .captures
                .iter()
                .map(|range| path[range.clone()].to_owned());
            (found.methods[0].1, texts.collect())
        })
    }

    #[test]
    fn finds_the_most_specific_template() {
        let router = router(&[
            "/users/me",
            "/users/{userId}",
            "/users/{id}/quests",
            "/quests",
            "/quests/{a}:claim",
            "/range/{from}..{to}",
            "/range/{from}-{to}",
            "/",
            "/.well-known/jwks.json",
        ]);
        for (path, expected) in [
            ("/users/me", Some(("/users/me", vec![]))),
            ("/users/7", Some(("/users/{userId}", vec!["7"]))),
            ("/users/a%2Fb", Some(("/users/{userId}", vec!["a%2Fb"]))),
            ("/users/7/quests", Some(("/users/{id}/quests", vec!["7"]))),
            ("/quests/7:claim", Some(("/quests/{a}:claim", vec!["7"]))),
            ("/quests/7:clai", None),
            ("/range/1..2", Some(("/range/{from}..{to}", vec!["1", "2"]))),
            ("/range/1-2", Some(("/range/{from}-{to}", vec!["1", "2"]))),
            ("/range/..2", None),
            ("/range/1..é", Some(("/range/{from}..{to}", vec!["1", "é"]))),
            ("/", Some(("/", vec![]))),
            (
                "/.well-known/jwks.json",
                Some(("/.well-known/jwks.json", vec![])),
            ),
            ("/users/", None),
            ("/users", None),
            ("/quests/", None),
            ("//users/me", None),
            ("", None),
            ("*", None),
        ] {
            let expected = expected.map(|(template, texts): (_, Vec<&str>)| {
                (template, texts.into_iter().map(str::to_owned).collect())
            });
            assert_eq!(find(&router, path), expected, "{path}");
        }
    }

    #[test]
    fn literals_are_found_by_what_they_say() {
        let router = router(&["/café/{id}", "/a%7eb", "/{id}", "/x:{y}z%2f"]);
        for (path, template) in [
            ("/caf%C3%A9/1", "/café/{id}"),
            ("/café/1", "/café/{id}"),
            ("/%63af%c3%a9/1", "/café/{id}"),
            ("/a~b", "/a%7eb"),
            ("/a%7Eb", "/a%7eb"),
            ("/x:1z%2F", "/x:{y}z%2f"),
            ("/other", "/{id}"),
        ] {
            let path = normalized(path);
            let found = find(&router, &path).map(|(found, _)| found);
            assert_eq!(found, Some(template), "{path}");
        }
    }

    #[test]
    fn a_template_with_more_text_is_reached_whatever_the_order() {
        let templates = [
            "/v1/{name}",
            "/v1/{name}:cancel",
            "/{a}",
            "/{a}.{b}",
            "/foo/{x}:cancel",
            "/{a}/q",
            "/{a}:z/{b}",
        ];
        let expected = [
            ("/v1/7", "/v1/{name}"),
            ("/v1/7:cancel", "/v1/{name}:cancel"),
            ("/x", "/{a}"),
            ("/x.y", "/{a}.{b}"),
            ("/foo/7:cancel", "/foo/{x}:cancel"),
            ("/foo/q", "/{a}/q"),
            ("/foo:z/9", "/{a}:z/{b}"),
        ];
        for turn in 0..templates.len() {
            let mut turned = templates;
            turned.rotate_left(turn);
            for order in [turned.to_vec(), turned.iter().rev().copied().collect()] {
                let router = router(&order);
                for (path, template) in expected {
                    let found = find(&router, path).map(|(found, _)| found);
                    assert_eq!(found, Some(template), "{path} with {order:?}");
                }
            }
        }
    }

    #[test]
    fn refuses_what_it_can_not_tell_apart() {
        let mut router = router(&["/a/{x}"]);
        assert!(router.insert("/a/{y}", Method::GET, "other").is_err());
        assert!(router.insert("/a/{y}", Method::PUT, "put").is_ok());
        assert_eq!(router.at("/a/1").unwrap().methods.len(), 2);
    }
}
