//! What is wrong with a document, said precisely.
//!
//! A diagnostic is one problem at one place. The text form is what compilers print, so that editors make a
//! link of it:
//!
//! ```text
//! openapi.yaml:12:7: missing-field: The Info Object must have `title`. (at #/info)
//!     hint: Add `title`.
//! ```
//!
//! **Error or warning.** An error is a contradiction, or something that the generated code could not honor. A
//! warning is a slip that changes nothing in the generated code, or something that the specification says is
//! ignored. A caller may allow the code of an error, which turns it into a warning: then the documented
//! fall-back of that code applies. See [`Code::can_be_allowed`].

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

mod code;

pub use code::Code;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing can be generated.
    Error,
    /// Worth knowing.
    Warning,
}

/// What kinds of problems there are: [`Code`] for OpenAPI documents; who reads other documents into the same tree has others.
pub trait Kind: fmt::Display {
    /// How bad a problem of this kind is.
    fn severity(&self) -> Severity;
}

impl Kind for Code {
    fn severity(&self) -> Severity {
        Code::severity(*self)
    }
}

/// One problem at one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Diagnostic<C = Code> {
    /// The file, as it was named by the caller, or relative to the root document's folder.
    pub file: String,
    /// One-based.
    pub line: usize,
    /// One-based, in characters.
    pub column: usize,
    /// What kind of problem.
    pub code: C,
    /// What is wrong: a full sentence.
    pub message: String,
    /// JSON pointer into the file, without `#`; empty for the whole document or where there is no tree.
    pub pointer: String,
    /// How bad.
    pub severity: Severity,
    /// What to do about it.
    pub hint: Option<String>,
}

impl<C: fmt::Display> fmt::Display for Diagnostic<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column,
            code,
            message,
            pointer,
            ..
        } = self;
        write!(f, "{file}:{line}:{column}: {code}: {message}")?;
        if !pointer.is_empty() {
            write!(f, " (at #{pointer})")?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n    hint: {hint}")?;
        }
        Ok(())
    }
}

impl<C> Diagnostic<C> {
    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same problem among other kinds.
    #[must_use]
    pub fn map_code<D>(self, to: impl FnOnce(C) -> D) -> Diagnostic<D> {
        Diagnostic {
            file: self.file,
            line: self.line,
            column: self.column,
            code: to(self.code),
            message: self.message,
            pointer: self.pointer,
            severity: self.severity,
            hint: self.hint,
        }
    }
}

/// Collects problems: sorted by place, each once, and not endlessly many.
#[derive(Debug, Default)]
pub struct Diagnostics {
    found: BTreeSet<Diagnostic>,
    allowed: BTreeSet<Code>,
    is_strict: bool,
    errors: usize,
    dropped: usize,
}

/// More than this many are counted, and not kept: nobody reads them, and a hostile document could make millions.
const MOST: usize = 10_000;

impl Diagnostics {
    /// Nothing yet. Problems with a code in `allowed` become warnings.
    #[must_use]
    pub fn new(allowed: &[Code]) -> Self {
        Self {
            allowed: allowed.iter().copied().collect(),
            ..Self::default()
        }
    }

    /// Problems that are errors only where a document is read strictly ([`Code::is_strict`]) are so, unless they are allowed.
    #[must_use]
    pub fn strictly(mut self, is_strict: bool) -> Self {
        self.is_strict = is_strict;
        self
    }

    /// Takes one in.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        if self.allowed.contains(&diagnostic.code) && diagnostic.code.can_be_allowed() {
            diagnostic.severity = Severity::Warning;
        } else if self.is_strict && diagnostic.code.is_strict() {
            diagnostic.severity = Severity::Error;
        }
        if self.found.len() >= MOST {
            self.dropped += 1;
            self.errors += usize::from(diagnostic.severity == Severity::Error);
            return;
        }
        let error = diagnostic.severity == Severity::Error;
        if self.found.insert(diagnostic) && error {
            self.errors += 1;
        }
    }

    /// Whether one of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.found.len() + self.dropped
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All of them, by file, line and column.
    #[must_use]
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        self.found.into_iter().collect()
    }
}
