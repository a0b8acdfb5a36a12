//! The object that the parts of a body are.

use std::borrow::Cow;
use std::collections::HashMap;

use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName};

use super::parts::Part;
use super::{File, PartEncoding, PartField, PartKind, disposition};
use crate::json::Node;
use crate::negotiate;
use crate::path::Path;
use crate::violation::{MAX_POINTER, Violations};

/// RFC 7578, section 4.7, has done away with it.
const TRANSFER_ENCODING: HeaderName = HeaderName::from_static("content-transfer-encoding");

/// The object that a body is.
#[derive(Debug)]
pub(crate) struct Form<'a> {
    /// The object. What was not read is `null` in it.
    pub(crate) node: Node<'a>,
    /// JSON pointers to what was not read. A violation was added for each.
    pub(crate) unread: Vec<String>,
}

/// A part with its names.
#[derive(Debug)]
struct Named<'a> {
    name: Cow<'a, str>,
    file_name: Option<Cow<'a, str>>,
    headers: &'a HeaderMap,
    content: &'a Bytes,
}

/// A property, and what its parts are.
#[derive(Debug)]
struct Slot<'a> {
    name: Cow<'a, str>,
    encoding: PartEncoding,
    /// Nothing where there was no part.
    nodes: Option<Vec<Node<'a>>>,
}

/// Makes an object of parts. The properties are in the order of `fields`, and behind them are those that no field names, which are
/// written as `rest` says. `None` only where a violation was added.
pub(crate) fn form<'a>(
    parts: &'a [Part],
    fields: &'static [PartField],
    rest: PartEncoding,
    violations: &mut Violations,
) -> Option<Form<'a>> {
    let named: Result<Vec<Named<'a>>, &'static str> = parts.iter().map(named).collect();
    let named = match named {
        Ok(named) => named,
        Err(message) => {
            violations.add(&Path::Root, "syntax", message);
            return None;
        }
    };
    let slot = |name, encoding| Slot {
        name,
        encoding,
        nodes: None,
    };
    let mut slots: Vec<Slot<'a>> = fields
        .iter()
        .map(|field| slot(Cow::Borrowed(field.name), field.encoding))
        .collect();
    let names = fields.iter().map(|field| Cow::Borrowed(field.name));
    let mut places: HashMap<Cow<'a, str>, usize> = names.zip(0..).collect();
    let mut unread = Vec::new();
    for part in named {
        // What a browser sends where no file was chosen.
        if part.file_name.as_deref() == Some("") && part.content.is_empty() {
            continue;
        }
        let next = slots.len();
        let place = *places.entry(part.name.clone()).or_insert(next);
        if place == next {
            slots.push(slot(part.name.clone(), rest));
        }
        if let Some(slot) = slots.get_mut(place) {
            slot.take(part, &mut unread, violations);
        }
    }
    let mut members = Vec::with_capacity(parts.len());
    for slot in slots {
        let Some(nodes) = slot.nodes else { continue };
        match slot.encoding.is_list {
            true => members.push((slot.name, Node::Array(nodes))),
            // Where there are several, the rules report it as they do in JSON.
            false => members.extend(nodes.into_iter().map(|node| (slot.name.clone(), node))),
        }
    }
    Some(Form {
        node: Node::Object(members),
        unread,
    })
}

impl<'a> Slot<'a> {
    fn take(&mut self, part: Named<'a>, unread: &mut Vec<String>, violations: &mut Violations) {
        let nodes = self.nodes.get_or_insert_default();
        let root = Path::Root;
        let key = root.key(&self.name);
        let at = match self.encoding.is_list {
            true => key.index(nodes.len()),
            false => root.key(&self.name),
        };
        match read(&part, &self.encoding, &at, violations) {
            // Some clients write a list of objects as one part.
            Some(Node::Array(items))
                if self.encoding.is_list && self.encoding.kind == PartKind::Json =>
            {
                nodes.extend(items);
            }
            Some(node) => nodes.push(node),
            None => {
                unread.push(at.pointer(MAX_POINTER));
                nodes.push(Node::Null);
            }
        }
    }
}

fn named(part: &Part) -> Result<Named<'_>, &'static str> {
    let Some(value) = part.headers.get(CONTENT_DISPOSITION) else {
        return Err("has a part without a Content-Disposition");
    };
    let disposition = disposition::parse(value.as_bytes())?;
    Ok(Named {
        name: disposition.name,
        file_name: disposition.file_name,
        headers: &part.headers,
        content: &part.content,
    })
}

/// What a part is. `None` only where a violation was added.
fn read<'a>(
    part: &Named<'a>,
    encoding: &PartEncoding,
    at: &Path<'_>,
    violations: &mut Violations,
) -> Option<Node<'a>> {
    let plain: [&[u8]; 3] = [b"7bit", b"8bit", b"binary"];
    if let Some(value) = part.headers.get(&TRANSFER_ENCODING)
        && !plain
            .iter()
            .any(|one| value.as_bytes().eq_ignore_ascii_case(one))
    {
        violations.add(at, "syntax", "must not have a Content-Transfer-Encoding");
        return None;
    }
    let media_type = part.headers.get(CONTENT_TYPE).map(|value| value.to_str());
    let Ok(media_type) = media_type.transpose() else {
        violations.add(at, "contentType", "has a Content-Type that is not text");
        return None;
    };
    if !accepts(encoding.accepted(), media_type) {
        let types = encoding.accepted().join(", ");
        let message = format!("must have a Content-Type of {types}");
        violations.add(at, "contentType", message);
        return None;
    }
    let is_json = |media_type: &str| {
        let mut ranges = ["application/json", "application/*+json"].iter();
        ranges.any(|range| negotiate::covers(range, media_type))
    };
    let kind = match encoding.kind {
        PartKind::Any if media_type.is_some_and(is_json) => PartKind::Json,
        PartKind::Any if str::from_utf8(part.content).is_ok() => PartKind::Text,
        PartKind::Any => PartKind::File,
        kind => kind,
    };
    if kind != PartKind::File && !media_type.is_none_or(is_utf8) {
        violations.add(at, "contentType", "must have the charset UTF-8");
        return None;
    }
    let failed = match kind {
        PartKind::File | PartKind::Any => {
            return Some(Node::File(Box::new(File {
                bytes: part.content.clone(),
                file_name: part
                    .file_name
                    .clone()
                    .filter(|name| !name.is_empty())
                    .map(Cow::into_owned),
                content_type: media_type.map(str::to_owned),
            })));
        }
        PartKind::Text => match str::from_utf8(part.content) {
            Ok(text) => return Some(Node::Text(Cow::Borrowed(text))),
            Err(_) => Cow::Borrowed("is not UTF-8"),
        },
        PartKind::Json => match Node::parse(part.content) {
            Ok(node) => return Some(node),
            Err(error) => Cow::Owned(error.message),
        },
    };
    violations.add(at, "syntax", failed);
    None
}

/// Whether a part may be of a media type. One that does not say which is of the only one that it may be of.
fn accepts(accepted: &[&str], media_type: Option<&str>) -> bool {
    match (accepted, media_type) {
        ([], _) => true,
        (accepted, Some(media_type)) => {
            let mut accepted = accepted.iter();
            accepted.any(|range| negotiate::covers(range, media_type))
        }
        ([only], None) => !only.contains('*'),
        (_, None) => false,
    }
}

/// Whether a text is UTF-8 by its media type. US-ASCII is a part of it.
fn is_utf8(media_type: &str) -> bool {
    negotiate::parameter(media_type, "charset").is_none_or(|charset| {
        charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("us-ascii")
    })
}
