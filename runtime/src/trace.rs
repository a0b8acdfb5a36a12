//! Traces as X-Ray has them: which one a request belongs to.
//!
//! Whoever calls, and is trusted to, decides whether a trace is recorded; here nothing is sampled and no trace is begun. A request with
//! a trace hands it on with every [call](crate::call) that it makes, recorded or not.

use std::fmt;

use uuid::Uuid;

/// The header that carries a trace.
pub const TRACE_HEADER: &str = "x-amzn-trace-id";

/// A trace, and the part of it that new parts hang under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Its id.
    pub root: String,
    /// The segment that new ones hang under; the root has none above it.
    pub parent: Option<String>,
    /// Whether it is recorded.
    pub sampled: bool,
}

impl Trace {
    /// Reads `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`. The order is free, and members with
    /// other names are passed over. `None` where there is no trace in it.
    pub fn parse(header: &str) -> Option<Self> {
        let mut trace = Self {
            root: String::new(),
            parent: None,
            sampled: false,
        };
        for member in header.split(';') {
            match member.trim().split_once('=')? {
                ("Root", id) if is_trace_id(id) => trace.root = id.to_owned(),
                ("Parent", id) if is_hex(id, 16) => trace.parent = Some(id.to_owned()),
                ("Sampled", choice) => trace.sampled = choice == "1",
                ("Root" | "Parent", _) => return None,
                _ => {}
            }
        }
        (!trace.root.is_empty()).then_some(trace)
    }

    /// The same trace, where new parts hang under this segment.
    #[must_use]
    pub fn under(&self, segment: &str) -> Self {
        Self {
            parent: Some(segment.to_owned()),
            ..self.clone()
        }
    }
}

/// As the header has it.
impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Root={}", self.root)?;
        if let Some(parent) = &self.parent {
            write!(f, ";Parent={parent}")?;
        }
        write!(f, ";Sampled={}", u8::from(self.sampled))
    }
}

/// `1-`, the time in 8 digits, and 24 digits.
fn is_trace_id(text: &str) -> bool {
    let mut parts = text.split('-');
    parts.next() == Some("1")
        && parts.next().is_some_and(|time| is_hex(time, 8))
        && parts.next().is_some_and(|id| is_hex(id, 24))
        && parts.next().is_none()
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A new id for a segment.
pub fn segment_id() -> String {
    // A random UUID has 62 random bits in its lower half.
    format!("{:016x}", Uuid::new_v4().as_u64_pair().1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str =
        "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    #[test]
    fn a_header_is_read_in_any_order_and_written_again() {
        let trace = Trace::parse(HEADER).unwrap();
        assert_eq!(trace.to_string(), HEADER);
        let other = "Sampled=1; Parent=53995c3f42cd8ad8;Lineage=a:1;Root=1-5759e988-bd862e3fe1be46a994272793";
        assert_eq!(Trace::parse(other), Some(trace));
        let bare = Trace::parse("Root=1-5759e988-bd862e3fe1be46a994272793").unwrap();
        assert!(!bare.sampled && bare.parent.is_none());
    }

    #[test]
    fn what_is_no_trace_is_none() {
        for header in [
            "",
            ";",
            "Root",
            "Root=",
            "Parent=53995c3f42cd8ad8;Sampled=1",
            "Root=2-5759e988-bd862e3fe1be46a994272793",
            "Root=1-5759e988-bd862e3fe1be46a994272793-1",
            "Root=1-5759e988-bd862e3fe1be46a99427279x",
            "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8\"",
        ] {
            assert_eq!(Trace::parse(header), None, "{header}");
        }
    }

    #[test]
    fn segments_have_ids_of_their_own() {
        let (a, b) = (segment_id(), segment_id());
        assert!(is_hex(&a, 16) && is_hex(&b, 16) && a != b);
    }
}
