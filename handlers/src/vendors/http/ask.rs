//! What is asked of a vendor.

use serde::Serialize;
use url::Url;

use crate::vendors::{Said, VendorError};

/// Whether a call may be made again without knowing what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::vendors) enum Again {
    /// It has the same effect.
    Safe,
    /// It would make a second one of what it makes.
    Creates,
}

/// A request to a vendor.
#[derive(Debug)]
pub(in crate::vendors) struct Ask {
    /// The name of the operation, for telemetry.
    pub(super) operation: &'static str,
    pub(super) method: &'static str,
    pub(super) again: Again,
    segments: Vec<String>,
    query: Vec<(&'static str, String)>,
    pub(super) body: Option<Vec<u8>>,
}

impl Ask {
    pub(in crate::vendors) fn new(
        operation: &'static str,
        method: &'static str,
        path: &[&str],
    ) -> Self {
        Self {
            operation,
            method,
            again: Again::Safe,
            segments: path.iter().map(|&segment| segment.to_owned()).collect(),
            query: Vec::new(),
            body: None,
        }
    }

    pub(in crate::vendors) fn get(operation: &'static str, path: &[&str]) -> Self {
        Self::new(operation, "GET", path)
    }

    /// It makes something, each time that it is sent.
    pub(in crate::vendors) fn creates(mut self) -> Self {
        self.again = Again::Creates;
        self
    }

    pub(in crate::vendors) fn query(mut self, name: &'static str, value: impl ToString) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    pub(in crate::vendors) fn json(mut self, body: &impl Serialize) -> Result<Self, VendorError> {
        // A map with keys that are no texts, which none of ours has.
        let body = serde_json::to_vec(body)
            .map_err(|error| VendorError::Refused(Said::new(0, None, &error.to_string())))?;
        self.body = Some(body);
        Ok(self)
    }

    /// Below this address. An id that would lead elsewhere is no id.
    pub(in crate::vendors) fn url(&self, base: &Url) -> Result<Url, VendorError> {
        let no_id = || VendorError::Refused(Said::new(0, None, "an id that no path can have"));
        let mut url = base.clone();
        {
            let mut path = url.path_segments_mut().map_err(|()| no_id())?;
            path.pop_if_empty();
            for segment in &self.segments {
                if matches!(segment.as_str(), "" | "." | "..") {
                    return Err(no_id());
                }
                path.push(segment);
            }
        }
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        Ok(url)
    }
}
