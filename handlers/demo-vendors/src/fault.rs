//! How a server misbehaves.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;

/// Something that goes wrong with a request.
#[derive(Clone)]
pub enum Fault {
    /// The answer comes this much later.
    Slow(Duration),
    /// There is never an answer.
    Hang,
    /// This is answered, and nothing done.
    Answer {
        /// The status.
        status: u16,
        /// Headers.
        headers: Vec<(&'static str, String)>,
        /// The body.
        body: String,
    },
    /// The body has no end.
    Endless,
    /// The body begins, and nothing more comes.
    Stalled,
    /// The connection is closed, and nothing done.
    CutBefore,
    /// What was asked is done, and the connection closed without an answer.
    CutAfter,
    /// What was asked is done twice, and the second answer given.
    Twice,
    /// What was asked is done, and something else answered: JSON that this has changed.
    Lie(Arc<dyn Fn(&mut Value) + Send + Sync>),
}

impl Fault {
    /// A status, with nothing else.
    pub fn status(status: u16) -> Self {
        Self::Answer {
            status,
            headers: Vec::new(),
            body: String::new(),
        }
    }

    /// A page of HTML, as proxies answer.
    pub fn html(status: u16) -> Self {
        Self::Answer {
            status,
            headers: vec![("content-type", "text/html; charset=utf-8".to_owned())],
            body: "<!doctype html><title>Something went wrong</title>".to_owned(),
        }
    }

    /// A redirect.
    pub fn redirect(to: &str) -> Self {
        Self::Answer {
            status: 302,
            headers: vec![("location", to.to_owned())],
            body: String::new(),
        }
    }

    /// What was asked is done, and something else answered.
    pub fn lie(change: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        Self::Lie(Arc::new(change))
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Slow(_) => "Slow",
            Self::Hang => "Hang",
            Self::Answer { .. } => "Answer",
            Self::Endless => "Endless",
            Self::Stalled => "Stalled",
            Self::CutBefore => "CutBefore",
            Self::CutAfter => "CutAfter",
            Self::Twice => "Twice",
            Self::Lie(_) => "Lie",
        })
    }
}

/// The faults of a server. Each request meets the first one that is for it. Clones are the same.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Mutex<VecDeque<Rule>>>);

#[derive(Debug)]
struct Rule {
    /// A part of the method and the path, such as `POST /api/v2/list/`.
    at: String,
    left: Option<u32>,
    fault: Fault,
}

impl Faults {
    /// The next request meets it.
    pub fn once(&self, fault: Fault) {
        self.times(1, "", fault);
    }

    /// Every request meets it, until [`clear`](Self::clear).
    pub fn always(&self, fault: Fault) {
        self.push("", None, fault);
    }

    /// So many requests meet it whose method and path have this in them, such as `PUT /api/v2/task/`.
    pub fn times(&self, times: u32, at: &str, fault: Fault) {
        self.push(at, Some(times), fault);
    }

    /// Every request whose method and path have this in them meets it, until [`clear`](Self::clear).
    pub fn always_at(&self, at: &str, fault: Fault) {
        self.push(at, None, fault);
    }

    /// There are none any more.
    pub fn clear(&self) {
        self.rules(VecDeque::clear);
    }

    fn push(&self, at: &str, left: Option<u32>, fault: Fault) {
        let at = at.to_owned();
        self.rules(|rules| rules.push_back(Rule { at, left, fault }));
    }

    /// What this request meets.
    pub(crate) fn take(&self, method: &str, path: &str) -> Option<Fault> {
        let request = format!("{method} {path}");
        self.rules(|rules| {
            let found = rules.iter().position(|rule| request.contains(&rule.at))?;
            let rule = rules.get_mut(found)?;
            let fault = rule.fault.clone();
            if let Some(left) = &mut rule.left {
                *left = left.saturating_sub(1);
                if *left == 0 {
                    rules.remove(found);
                }
            }
            Some(fault)
        })
    }

    fn rules<R>(&self, look: impl FnOnce(&mut VecDeque<Rule>) -> R) -> R {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
