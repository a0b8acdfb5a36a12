//! What a vendor answers, and what that means.

use std::time::Duration;

use chrono::{DateTime, Utc};
use http::HeaderMap;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use serde::de::DeserializeOwned;

use super::ask::Again;
use crate::vendors::VendorError;

/// No vendor is taken to ask for more than this.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// What a vendor has answered, whole.
#[derive(Debug)]
pub(in crate::vendors) struct Answer {
    pub(in crate::vendors) status: u16,
    pub(super) headers: HeaderMap,
    pub(in crate::vendors) body: Vec<u8>,
    pub(super) again: Again,
    /// When it came, by the clock.
    pub(in crate::vendors) at: DateTime<Utc>,
}

impl Answer {
    /// A header's text.
    pub(in crate::vendors) fn header(&self, name: impl http::header::AsHeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What `Retry-After` says: seconds, or a date.
    pub(in crate::vendors) fn retry_after(&self) -> Option<Duration> {
        let text = self.header(RETRY_AFTER)?.trim();
        let wait = match text.parse::<u64>() {
            Ok(seconds) => Duration::from_secs(seconds),
            Err(_) => {
                let date = DateTime::parse_from_rfc2822(text).ok()?;
                let wait = date.with_timezone(&Utc).signed_duration_since(self.at);
                wait.to_std().unwrap_or_default()
            }
        };
        Some(wait.min(LONGEST_WAIT))
    }

    pub(in crate::vendors) fn is_json(&self) -> bool {
        let Some(kind) = self.header(CONTENT_TYPE) else {
            return true;
        };
        let kind = kind.split(';').next().unwrap_or_default();
        let kind = kind.trim().to_ascii_lowercase();
        kind == "application/json" || kind.ends_with("+json")
    }

    /// What kind of answer it is, where it is not JSON.
    pub(in crate::vendors) fn kind(&self) -> &str {
        match self.header(CONTENT_TYPE) {
            Some(kind) if kind.to_ascii_lowercase().contains("html") => "HTML",
            Some(_) | None => "a body that is not JSON",
        }
    }

    /// The body as this type. After a call that makes something, what cannot be read leaves in doubt what was made.
    pub(in crate::vendors) fn read<T: DeserializeOwned>(&self) -> Result<T, VendorError> {
        if !self.is_json() {
            return Err(self.unreadable(format!("{} with {}", self.status, self.kind())));
        }
        let mut json = serde_json::Deserializer::from_slice(&self.body);
        serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let path = error.path().to_string();
            self.unreadable(misfit(&path, error.inner()))
        })
    }

    pub(in crate::vendors) fn unreadable(&self, why: String) -> VendorError {
        match self.again {
            Again::Safe => VendorError::Unreadable(why),
            Again::Creates => VendorError::Doubtful(why),
        }
    }
}

/// Where JSON is not as documented, without the values that it has, because they may be about people.
pub(in crate::vendors) fn misfit(path: &str, error: &serde_json::Error) -> String {
    use serde_json::error::Category;
    let what = match error.classify() {
        Category::Data => "a value of another kind, or a key that is missing",
        Category::Eof => "it ends too early",
        Category::Syntax | Category::Io => "it is not JSON",
    };
    format!(
        "at `{path}` (line {}, column {}): {what}",
        error.line(),
        error.column()
    )
}

/// What a vendor's answer means.
#[derive(Debug)]
pub(in crate::vendors) enum Verdict {
    /// It was done.
    Done,
    /// It was certainly not done, and may be asked for again after this.
    Wait(Option<Duration>),
    /// The vendor has trouble, and nobody knows what it has done. It may ask to be left alone for this long.
    Trouble(Option<Duration>),
    /// It was not done, and asking again would change nothing.
    Failed(VendorError),
}

/// What is the same for all of them: that there is trouble, that they are asked too often, and that they are somewhere else.
pub(in crate::vendors) fn in_general(answer: &Answer) -> Option<Verdict> {
    match answer.status {
        300..400 => Some(Verdict::Failed(VendorError::Unreadable(format!(
            "{}: it says that it is somewhere else",
            answer.status
        )))),
        429 => Some(Verdict::Wait(answer.retry_after())),
        408 | 500.. => Some(Verdict::Trouble(answer.retry_after())),
        _ => None,
    }
}

/// How a vendor's answers are judged.
pub(in crate::vendors) type Judge = fn(&Answer) -> Verdict;
