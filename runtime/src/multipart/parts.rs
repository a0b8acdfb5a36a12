//! Taking a body apart (RFC 2046, section 5.1.1).

use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue};
use memchr::memmem;

use super::{MAX_HEADER_BYTES, MAX_PARTS};
use crate::negotiate;

/// A part: its headers, and the bytes of its content.
#[derive(Debug)]
pub(crate) struct Part {
    pub(super) headers: HeaderMap,
    pub(super) content: Bytes,
}

/// The `boundary` of a `Content-Type`.
///
/// # Errors
///
/// There is none, or it is not one.
pub(crate) fn boundary(content_type: &str) -> Result<String, &'static str> {
    let Some(boundary) = negotiate::parameter(content_type, "boundary") else {
        return Err("the Content-Type has no boundary");
    };
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
    match (1..=70).contains(&boundary.len())
        && boundary.bytes().all(is_allowed)
        && !boundary.ends_with(' ')
    {
        true => Ok(boundary.into_owned()),
        false => Err("the Content-Type has a boundary that is not one"),
    }
}

/// The parts between the boundaries. What is before the first and behind the last boundary is passed over.
///
/// # Errors
///
/// Why the body is not taken apart.
pub(crate) fn parts(body: &Bytes, boundary: &str) -> Result<Vec<Part>, &'static str> {
    let delimiter = format!("\r\n--{boundary}");
    let finder = memmem::Finder::new(&delimiter);
    // The first boundary has no line before it where there is no preamble.
    let mut at = match body.starts_with(delimiter.trim_start().as_bytes()) {
        true => delimiter.len() - 2,
        false => match finder.find(body) {
            Some(found) => found + delimiter.len(),
            None => return Err("the boundary is not in the body"),
        },
    };
    let mut list = Vec::new();
    loop {
        let line = body.get(at..).unwrap_or_default();
        match after_boundary(line)? {
            Line::Last => return Ok(list),
            Line::Next(length) => at += length,
        }
        if list.len() == MAX_PARTS {
            return Err("has too many parts");
        }
        let rest = body.get(at..).unwrap_or_default();
        let Some(length) = finder.find(rest) else {
            return Err("the last boundary is missing");
        };
        list.push(part(body.slice(at..at + length))?);
        at += length + delimiter.len();
    }
}

/// What a boundary is followed by.
enum Line {
    /// A part, behind so many bytes.
    Next(usize),
    /// The end.
    Last,
}

/// Reads the rest of the line of a boundary. White space may be behind it, which is not part of anything.
fn after_boundary(line: &[u8]) -> Result<Line, &'static str> {
    let (is_last, rest) = match line.strip_prefix(b"--") {
        Some(rest) => (true, rest),
        None => (false, line),
    };
    let padding = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t'));
    let padding = padding.count();
    match (rest.get(padding..), is_last) {
        (Some([b'\r', b'\n', ..]), false) => Ok(Line::Next(padding + 2)),
        (Some([] | [b'\r', b'\n', ..]), true) => Ok(Line::Last),
        _ => Err("has a line that only begins with the boundary"),
    }
}

fn part(bytes: Bytes) -> Result<Part, &'static str> {
    if bytes.starts_with(b"\r\n") {
        return Err("has a part without headers");
    }
    // So many bytes, and the empty line behind them.
    let head = bytes.get(..MAX_HEADER_BYTES + 4).unwrap_or(&bytes);
    let (head, content) = match memmem::find(head, b"\r\n\r\n") {
        Some(end) => (bytes.slice(..end), bytes.slice(end + 4..)),
        // The empty line is also the end of the line before the next boundary.
        None if bytes.len() <= MAX_HEADER_BYTES && bytes.ends_with(b"\r\n") => {
            (bytes.slice(..bytes.len() - 2), Bytes::new())
        }
        None if bytes.len() > MAX_HEADER_BYTES => return Err("has a part with too many headers"),
        None => return Err("has a part whose headers do not end"),
    };
    let mut headers = HeaderMap::new();
    let mut rest = Some(&*head);
    while let Some(text) = rest {
        let end = memmem::find(text, b"\r\n");
        let line = end.and_then(|end| text.get(..end)).unwrap_or(text);
        rest = end.and_then(|end| text.get(end + 2..));
        let (name, value) = header(line).ok_or("has a part with a header that is not one")?;
        let counts = name == CONTENT_DISPOSITION || name == CONTENT_TYPE;
        let is_full = headers.try_append(&name, value);
        if counts && !matches!(is_full, Ok(false)) {
            return Err("has a part with one header twice");
        }
        is_full.map_err(|_| "has a part with too many headers")?;
    }
    Ok(Part { headers, content })
}

/// `name: value`. A line that goes on with the header before it is none.
fn header(line: &[u8]) -> Option<(HeaderName, HeaderValue)> {
    let colon = memchr::memchr(b':', line)?;
    let name = HeaderName::from_bytes(line.get(..colon)?).ok()?;
    let value = line.get(colon + 1..)?.trim_ascii();
    Some((name, HeaderValue::from_bytes(value).ok()?))
}
