//! How a document is read, and how its server is written.
//!
//! A [`Config`] is made in Rust, as a build script does, or read from a TOML file ([`Config::read`]); both have the same settings. Each
//! setting knows where it stands, the line of the file or of the Rust source, because whether the document has what a setting names is
//! known only later: a name that is not there is a diagnostic at the setting.

mod check;
mod read;

use std::panic::Location;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::ExternalRefs;

/// How a document is read, and how its server is written.
///
/// The default is what the command line does without options. The methods return the config, so that they can be chained. Names and
/// Rust paths are checked when a document is read; a problem is a diagnostic at the call.
///
/// ```
/// use civicforge_codegen::Config;
///
/// let config = Config::new().strict().rename_schema("pet-v2", "Pet").without_tag("internal");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Config {
    pub(crate) allow: Vec<Code>,
    pub(crate) is_strict: bool,
    pub(crate) skips_unsupported: bool,
    pub(crate) outside: ExternalRefs,
    pub(crate) out: Option<PathBuf>,
    pub(crate) runtime: Option<Setting<String>>,
    pub(crate) derives: Vec<Setting<Derive>>,
    pub(crate) types: Vec<Setting<TypeOverride>>,
    pub(crate) renames: Vec<Setting<Rename>>,
    pub(crate) only: Vec<Setting<Selection>>,
    pub(crate) without: Vec<Setting<Selection>>,
    /// The file that it was read from.
    pub(crate) file: Option<PathBuf>,
}

/// A value, and where it was set.
#[derive(Debug, Clone)]
pub(crate) struct Setting<T> {
    pub(crate) value: T,
    pub(crate) place: Place,
}

/// Where something was set.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// The config's file, or the Rust source that called a method.
    pub(crate) file: String,
    /// One-based.
    pub(crate) line: usize,
    /// One-based.
    pub(crate) column: usize,
}

impl Place {
    #[track_caller]
    fn of_caller() -> Self {
        let caller = Location::caller();
        Place {
            file: caller.file().to_owned(),
            line: caller.line() as usize,
            column: caller.column() as usize,
        }
    }

    /// A problem here.
    pub(crate) fn problem(&self, code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            file: self.file.clone(),
            line: self.line,
            column: self.column,
            severity: code.severity(),
            code,
            message: message.into(),
            pointer: String::new(),
            hint: None,
        }
    }
}

/// A derive beside those that a type has anyway.
#[derive(Debug, Clone)]
pub(crate) struct Derive {
    /// The schema whose type has it; `None`: every type.
    pub(crate) schema: Option<String>,
    /// The path of the derive.
    pub(crate) path: String,
}

/// A Rust type in place of a generated one.
#[derive(Debug, Clone)]
pub(crate) struct TypeOverride {
    /// What it stands for.
    pub(crate) of: Overridden,
    /// The path of the type.
    pub(crate) path: String,
}

/// What a Rust type stands for.
#[derive(Debug, Clone)]
pub(crate) enum Overridden {
    /// A component's name, or a JSON pointer that starts with `#/`.
    Schema(String),
    /// The values of a `format`.
    Format(String),
}

/// A name in Rust.
#[derive(Debug, Clone)]
pub(crate) struct Rename {
    /// What has the name.
    pub(crate) of: Renamed,
    /// The name.
    pub(crate) to: String,
}

/// What a name is given to. Schemas are a component's name, or a JSON pointer that starts with `#/`.
#[derive(Debug, Clone)]
pub(crate) enum Renamed {
    /// The type of a schema.
    Schema(String),
    /// The method of an operation, by its `operationId`.
    Operation(String),
    /// The module and the trait of a tag.
    Tag(String),
    /// The field of a property.
    Property {
        /// The schema that declares it.
        schema: String,
        /// Its name in the document.
        property: String,
    },
    /// The variant of a value of an `enum`.
    Value {
        /// The schema that lists it.
        schema: String,
        /// The value; an integer as it is written in JSON.
        value: String,
    },
}

/// Operations that a server has or does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Selection {
    /// Those of the trait of a tag: those that have it as their first tag.
    Tag(String),
    /// One, by its `operationId`.
    Operation(String),
}

impl Config {
    /// The default config.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes it as an error, and not as a warning, where a server can answer what the document does not declare
    /// ([`Code::is_strict`]).
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.is_strict = true;
        self
    }

    /// Takes errors of these codes as warnings, where there is a way around ([`Code::can_be_allowed`]).
    #[must_use]
    pub fn allow(mut self, codes: impl IntoIterator<Item = Code>) -> Self {
        self.allow.extend(codes);
        self
    }

    /// Leaves out operations with errors, and the components that only they need, with a warning for each operation.
    #[must_use]
    pub fn skip_unsupported(mut self) -> Self {
        self.skips_unsupported = true;
        self
    }

    /// Lets the document refer to files outside of its own folder.
    #[must_use]
    pub fn allow_outside(mut self) -> Self {
        self.outside = ExternalRefs::Allowed;
        self
    }

    /// Where the server is written to: a folder, or a file if the path ends in `.rs`.
    #[must_use]
    pub fn out(mut self, path: impl Into<PathBuf>) -> Self {
        self.out = Some(path.into());
        self
    }

    /// The path by which the output reaches the runtime, if that is not `::civicforge_runtime`.
    #[must_use]
    #[track_caller]
    pub fn runtime(mut self, path: impl Into<String>) -> Self {
        self.runtime = Some(here(path.into()));
        self
    }

    /// Derives this for every generated type that does not have it anyway.
    #[must_use]
    #[track_caller]
    pub fn derive(mut self, path: impl Into<String>) -> Self {
        let path = path.into();
        self.derives.push(here(Derive { schema: None, path }));
        self
    }

    /// Derives this for the type of a schema.
    #[must_use]
    #[track_caller]
    pub fn derive_for(mut self, schema: impl Into<String>, path: impl Into<String>) -> Self {
        let schema = Some(schema.into());
        let path = path.into();
        self.derives.push(here(Derive { schema, path }));
        self
    }

    /// Uses an existing type for a schema: a component's name, or a JSON pointer that starts with `#/`.
    ///
    /// Where requests bring a value, it is held against the rules of the schema before the type is made. The type implements
    /// `civicforge_runtime::decode::Decode`, `serde::Serialize`, `Debug`, `Clone` and `PartialEq`, and is `Send` and `Sync`.
    #[must_use]
    #[track_caller]
    pub fn schema_type(mut self, schema: impl Into<String>, path: impl Into<String>) -> Self {
        let of = Overridden::Schema(schema.into());
        let path = path.into();
        self.types.push(here(TypeOverride { of, path }));
        self
    }

    /// Uses an existing type for the strings or numbers of a `format`, as [`schema_type`](Self::schema_type) does for a schema.
    #[must_use]
    #[track_caller]
    pub fn format_type(mut self, format: impl Into<String>, path: impl Into<String>) -> Self {
        let of = Overridden::Format(format.into());
        let path = path.into();
        self.types.push(here(TypeOverride { of, path }));
        self
    }

    /// Names the type of a schema.
    #[must_use]
    #[track_caller]
    pub fn rename_schema(mut self, schema: impl Into<String>, to: impl Into<String>) -> Self {
        self.renames
            .push(rename(Renamed::Schema(schema.into()), to));
        self
    }

    /// Names the method of an operation, and with it its module and its types.
    #[must_use]
    #[track_caller]
    pub fn rename_operation(mut self, operation: impl Into<String>, to: impl Into<String>) -> Self {
        self.renames
            .push(rename(Renamed::Operation(operation.into()), to));
        self
    }

    /// Names the module of a tag, and with it its trait.
    #[must_use]
    #[track_caller]
    pub fn rename_tag(mut self, tag: impl Into<String>, to: impl Into<String>) -> Self {
        self.renames.push(rename(Renamed::Tag(tag.into()), to));
        self
    }

    /// Names the field of a property.
    #[must_use]
    #[track_caller]
    pub fn rename_property(
        mut self,
        schema: impl Into<String>,
        property: impl Into<String>,
        to: impl Into<String>,
    ) -> Self {
        let of = Renamed::Property {
            schema: schema.into(),
            property: property.into(),
        };
        self.renames.push(rename(of, to));
        self
    }

    /// Names the variant of a value of an `enum`.
    #[must_use]
    #[track_caller]
    pub fn rename_value(
        mut self,
        schema: impl Into<String>,
        value: impl Into<String>,
        to: impl Into<String>,
    ) -> Self {
        let of = Renamed::Value {
            schema: schema.into(),
            value: value.into(),
        };
        self.renames.push(rename(of, to));
        self
    }

    /// Writes a server of the operations of this tag, and of others that are selected. The published document has only those.
    #[must_use]
    #[track_caller]
    pub fn only_tag(mut self, tag: impl Into<String>) -> Self {
        self.only.push(here(Selection::Tag(tag.into())));
        self
    }

    /// Writes a server of this operation, and of others that are selected.
    #[must_use]
    #[track_caller]
    pub fn only_operation(mut self, operation: impl Into<String>) -> Self {
        self.only.push(here(Selection::Operation(operation.into())));
        self
    }

    /// Leaves the operations of this tag out.
    #[must_use]
    #[track_caller]
    pub fn without_tag(mut self, tag: impl Into<String>) -> Self {
        self.without.push(here(Selection::Tag(tag.into())));
        self
    }

    /// Leaves this operation out.
    #[must_use]
    #[track_caller]
    pub fn without_operation(mut self, operation: impl Into<String>) -> Self {
        self.without
            .push(here(Selection::Operation(operation.into())));
        self
    }

    /// Where the server is written to, if the config says so.
    #[must_use]
    pub fn out_path(&self) -> Option<&Path> {
        self.out.as_deref()
    }

    /// Whether some operations are left out.
    pub(crate) fn selects(&self) -> bool {
        !self.only.is_empty() || !self.without.is_empty()
    }
}

#[track_caller]
fn here<T>(value: T) -> Setting<T> {
    Setting {
        value,
        place: Place::of_caller(),
    }
}

#[track_caller]
fn rename(of: Renamed, to: impl Into<String>) -> Setting<Rename> {
    here(Rename { of, to: to.into() })
}

/// The known name that was most likely meant, as a hint.
pub(crate) fn meant<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let name = name.to_lowercase();
    known
        .into_iter()
        .map(|known| (strsim::jaro_winkler(&name, &known.to_lowercase()), known))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| format!("Did you mean `{known}`?"))
}
