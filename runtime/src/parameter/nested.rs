//! Objects and lists within objects and lists: `deepObject` beyond what OpenAPI 3.0 says of it.
//!
//! OpenAPI 3.0 defines `filter[color]=red` and leaves open what is deeper. What is read here is what the `qs` package of Node.js, PHP
//! and the clients for them write, as far as they agree on it:
//!
//! | value | written |
//! |---|---|
//! | an object in an object | `filter[size][min]=1` |
//! | a list of texts | `filter[tags][]=a&filter[tags][]=b`, `filter[tags][0]=a&filter[tags][1]=b`, `filter[tags]=a&filter[tags]=b` |
//! | a list of objects | `sort[0][by]=name&sort[0][down]=true&sort[1][by]=age` |
//!
//! Servers differ on `sort[][by]=name&sort[][down]=true` (one item, or two), so items of more than one text are numbered. Numbers begin
//! with 0 and leave none out, in any order.
//!
//! The schema decides what is a list: where it says that there is an object, `0` is a name.

use std::borrow::Cow;
use std::collections::HashMap;

use super::ParameterError;
use super::pairs::Pairs;
use super::style::ParameterContext;
use crate::json::Node;

/// How deep a value that no schema describes may be.
const MAX_DEPTH: usize = 32;

/// What the values of a schema are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nested {
    /// One text.
    Text,
    /// A list.
    List(&'static Nested),
    /// Values by name.
    Object {
        /// The properties, each with what it is made of.
        properties: &'static [(&'static str, Nested)],
        /// What the others are made of.
        rest: &'static Nested,
    },
    /// One text, or else this.
    TextOr(&'static Nested),
    /// A text, or an object of such values.
    Any,
}

/// A pair that belongs to a value: what is in its brackets, and its text.
type Entry<'p, 'a> = (Vec<&'p str>, Node<'a>);

/// What the pairs say of a name.
pub(super) fn nested<'a>(
    pairs: &Pairs<'a>,
    written: &ParameterContext<'_>,
    nested: &Nested,
) -> Result<Option<Node<'a>>, ParameterError> {
    let mut entries: Vec<Entry<'_, 'a>> = Vec::new();
    for pair in &pairs.list {
        let Some(brackets) = pair.name.strip_prefix(written.name) else {
            continue;
        };
        if brackets.is_empty() || brackets.starts_with('[') {
            entries.push((keys(brackets)?, written.text(pair.value()?)?));
        }
    }
    match entries.is_empty() {
        true => Ok(None),
        false => value(nested, entries, 0).map(Some),
    }
}

/// Whether a key belongs to a name.
pub(super) fn is_of(name: &str, key: &str) -> bool {
    let brackets = key.strip_prefix(name);
    brackets.is_some_and(|brackets| brackets.is_empty() || brackets.starts_with('['))
}

/// `[a][b]` as a list.
fn keys(brackets: &str) -> Result<Vec<&str>, ParameterError> {
    let broken = || ParameterError::syntax("must be written as name[key]=value");
    let mut keys = Vec::new();
    let mut rest = brackets;
    while !rest.is_empty() {
        let (key, behind) = rest
            .strip_prefix('[')
            .and_then(|rest| rest.split_once(']'))
            .filter(|(key, _)| !key.contains('['))
            .ok_or_else(broken)?;
        if keys.len() == MAX_DEPTH {
            return Err(ParameterError::syntax("is nested too deeply"));
        }
        keys.push(key);
        rest = behind;
    }
    Ok(keys)
}

/// The value of these entries. `depth` keys of each were read.
fn value<'a>(
    nested: &Nested,
    entries: Vec<Entry<'_, 'a>>,
    depth: usize,
) -> Result<Node<'a>, ParameterError> {
    let is_text = |entry: &Entry<'_, 'a>| entry.0.len() == depth;
    match nested {
        Nested::Text | Nested::Any if entries.iter().all(is_text) => one(entries),
        Nested::TextOr(other)
            if entries.iter().all(is_text)
                && (entries.len() == 1 || !matches!(other, Nested::List(_))) =>
        {
            one(entries)
        }
        Nested::Text => Err(ParameterError::syntax("has a key where there is one text")),
        Nested::TextOr(other) => value(other, entries, depth),
        Nested::List(items) => list(items, entries, depth),
        Nested::Object { properties, rest } => object(properties, rest, entries, depth),
        Nested::Any => object(&[], &Nested::Any, entries, depth),
    }
}

fn one<'a>(entries: Vec<Entry<'_, 'a>>) -> Result<Node<'a>, ParameterError> {
    let mut entries = entries.into_iter();
    match (entries.next(), entries.next()) {
        (Some((_, text)), None) => Ok(text),
        _ => Err(ParameterError::Duplicate),
    }
}

fn object<'a>(
    properties: &'static [(&'static str, Nested)],
    rest: &Nested,
    entries: Vec<Entry<'_, 'a>>,
    depth: usize,
) -> Result<Node<'a>, ParameterError> {
    let mut members = Vec::new();
    for (key, entries) in grouped(entries, depth)? {
        if key.is_empty() {
            return Err(ParameterError::syntax("has [] where there is no list"));
        }
        let known = properties.iter().find(|(name, _)| *name == key);
        let nested = known.map_or(rest, |(_, nested)| nested);
        match nested {
            // Where there are several, the rules report it as they do in JSON.
            Nested::Text if entries.iter().all(|entry| entry.0.len() == depth + 1) => {
                let texts = entries.into_iter().map(|(_, text)| text);
                members.extend(texts.map(|text| (Cow::Owned(key.to_owned()), text)));
            }
            nested => {
                let value = value(nested, entries, depth + 1)?;
                members.push((Cow::Owned(key.to_owned()), value));
            }
        }
    }
    Ok(Node::Object(members))
}

fn list<'a>(
    items: &Nested,
    entries: Vec<Entry<'_, 'a>>,
    depth: usize,
) -> Result<Node<'a>, ParameterError> {
    let is_repeated = |(keys, _): &Entry<'_, 'a>| matches!(keys.get(depth..), Some([] | [""]));
    if entries.iter().all(is_repeated) {
        // Each is an item, which has no keys of its own.
        let entries = entries.into_iter();
        let items = entries.map(|(_, text)| value(items, vec![(Vec::new(), text)], 0));
        return items.collect::<Result<_, _>>().map(Node::Array);
    }
    let unnumbered = || ParameterError::syntax("must number its items from 0");
    let groups = grouped(entries, depth).map_err(|_| unnumbered())?;
    let mut list: Vec<Option<Node<'a>>> = Vec::new();
    list.resize_with(groups.len(), || None);
    for (key, entries) in groups {
        let is_canonical = key == "0" || !key.starts_with('0') && !key.starts_with('+');
        let place = key.parse().ok().filter(|_| is_canonical);
        let place = place.and_then(|place: usize| list.get_mut(place));
        *place.ok_or_else(unnumbered)? = Some(value(items, entries, depth + 1)?);
    }
    // As many numbers as there are places, each of them another one: none is left out.
    Ok(Node::Array(list.into_iter().flatten().collect()))
}

/// The entries by their next key, in the order in which the keys come.
fn grouped<'p, 'a>(
    entries: Vec<Entry<'p, 'a>>,
    depth: usize,
) -> Result<Vec<(&'p str, Vec<Entry<'p, 'a>>)>, ParameterError> {
    let mut groups: Vec<(&str, Vec<Entry<'_, '_>>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for entry in entries {
        let Some(key) = entry.0.get(depth).copied() else {
            return Err(ParameterError::syntax(
                "has no key where there are several values",
            ));
        };
        let next = groups.len();
        let place = *places.entry(key).or_insert(next);
        match groups.get_mut(place) {
            Some((_, group)) => group.push(entry),
            None => groups.push((key, vec![entry])),
        }
    }
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;
    use serde_json::{Value, json};

    use super::*;
    use crate::parameter::percent::Escapes;

    const TEXTS: Nested = Nested::List(&Nested::Text);
    const POINT: Nested = Nested::Object {
        properties: &[("x", Nested::Text), ("tags", TEXTS)],
        rest: &Nested::Any,
    };

    fn read(query: &str, shape: &Nested) -> Result<Option<Value>, ParameterError> {
        let pairs = Pairs::of_form(query);
        let written = ParameterContext {
            name: "a",
            escapes: Escapes::Form,
        };
        Ok(nested(&pairs, &written, shape)?.map(|node| node.to_value()))
    }

    #[test]
    fn values_are_read_by_their_shape() {
        let points = Nested::List(&POINT);
        let lists = Nested::List(&TEXTS);
        let map = Nested::Object {
            properties: &[],
            rest: &TEXTS,
        };
        let either = Nested::TextOr(&TEXTS);
        for (query, shape, expected) in [
            ("b=1&ab[x]=2", &POINT, None),
            (
                "a[x]=1&b=2&a%5By%5D=3",
                &POINT,
                Some(json!({"x": "1", "y": "3"})),
            ),
            (
                "a[tags][]=1&a[tags][]=2",
                &POINT,
                Some(json!({"tags": ["1", "2"]})),
            ),
            (
                "a[tags]=1&a[tags]=2",
                &POINT,
                Some(json!({"tags": ["1", "2"]})),
            ),
            (
                "a[tags][1]=1&a[tags][0]=2",
                &POINT,
                Some(json!({"tags": ["2", "1"]})),
            ),
            ("a[tags]=", &POINT, Some(json!({"tags": [""]}))),
            (
                "a[o][p][q]=1&a[o][r]=2",
                &POINT,
                Some(json!({"o": {"p": {"q": "1"}, "r": "2"}})),
            ),
            (
                "a[1][x]=3&a[0][x]=1&a[0][tags][]=2",
                &points,
                Some(json!([{"x": "1", "tags": ["2"]}, {"x": "3"}])),
            ),
            ("a[]=1&a=2", &TEXTS, Some(json!(["1", "2"]))),
            (
                "a[0][]=1&a[0][]=2&a[1][]=3",
                &lists,
                Some(json!([["1", "2"], ["3"]])),
            ),
            (
                "a[0]=1&a[x]=2&a[x]=3",
                &map,
                Some(json!({"0": ["1"], "x": ["2", "3"]})),
            ),
            ("a=1", &either, Some(json!("1"))),
            ("a=1&a=2", &either, Some(json!(["1", "2"]))),
            ("a[]=1", &either, Some(json!(["1"]))),
        ] {
            assert_eq!(read(query, shape), Ok(expected), "{query}");
        }
    }

    #[test]
    fn what_is_written_in_no_known_way_is_refused() {
        let points = Nested::List(&POINT);
        let deep = "[x]".repeat(MAX_DEPTH + 1);
        for (query, shape) in [
            ("a=1", &POINT),
            ("a[x]=1&a=1", &POINT),
            ("a[x][y]=1", &POINT),
            ("a[]=1", &POINT),
            ("a[x=1", &POINT),
            ("a[x]y=1", &POINT),
            ("a[x][=1", &POINT),
            ("a[[x]]=1", &POINT),
            ("a[tags][1]=1", &POINT),
            ("a[tags][0]=1&a[tags][2]=1", &POINT),
            ("a[tags][00]=1", &POINT),
            ("a[tags][+0]=1", &POINT),
            ("a[tags][-1]=1", &POINT),
            ("a[tags][x]=1", &POINT),
            ("a[tags][0]=1&a[tags][]=1", &POINT),
            ("a[tags][18446744073709551616]=1", &POINT),
            ("a[][x]=1&a[][x]=2", &points),
            ("a[0]=1", &points),
            ("a[x]=%zz", &POINT),
            (&format!("a[o]{deep}=1"), &POINT),
        ] {
            let refused = read(query, shape);
            assert!(
                matches!(refused, Err(ParameterError::Syntax(_))),
                "{query}: {refused:?}"
            );
        }
        assert_eq!(
            read("a[0]=1&a[0]=2", &TEXTS),
            Err(ParameterError::Duplicate)
        );
        assert_eq!(
            read("a=1&a=2", &Nested::TextOr(&POINT)),
            Err(ParameterError::Duplicate)
        );
    }

    proptest! {
        /// Whatever the keys are, each pair is read once or the whole is refused.
        #[test]
        fn no_keys_bring_it_down(pieces in vec(select(&["a", "[", "]", "[]", "[0]", "[1]", "[x]", "[tags]", "=1", "&"][..]), 0..40)) {
            let query = pieces.concat();
            for shape in [POINT, Nested::List(&POINT), TEXTS, Nested::TextOr(&TEXTS), Nested::Any] {
                if let Ok(Some(value)) = read(&query, &shape) {
                    let pairs = query.split('&').filter(|pair| !pair.is_empty()).count();
                    prop_assert!(texts(&value) <= pairs);
                }
            }
        }
    }

    fn texts(value: &Value) -> usize {
        match value {
            Value::Array(items) => items.iter().map(texts).sum(),
            Value::Object(members) => members.values().map(texts).sum(),
            _ => 1,
        }
    }
}
