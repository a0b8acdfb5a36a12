//! A config from a TOML file.
//!
//! The file is walked by hand, and not by serde: so every problem is found at once, each at its key or value, with what is allowed there.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{
    Config, Derive, Overridden, Place, Rename, Renamed, Selection, Setting, TypeOverride, meant,
};
use crate::diagnostic::{Code, Diagnostic};

impl Config {
    /// Reads a config from a TOML file. Its `out` is relative to the folder of the file.
    ///
    /// # Errors
    /// The file cannot be read or is not TOML, or everything that is wrong with its keys and values.
    pub fn read(path: &Path) -> Result<Self, Vec<Diagnostic>> {
        let start = Place {
            file: path.display().to_string(),
            line: 1,
            column: 1,
        };
        match std::fs::read_to_string(path) {
            Ok(text) => Self::from_toml(path, &text),
            Err(error) => {
                Err(vec![start.problem(
                    Code::Io,
                    format!("The config cannot be read: {error}."),
                )])
            }
        }
    }

    /// The same as [`read`](Self::read) from memory.
    ///
    /// # Errors
    /// As for [`read`](Self::read).
    pub fn from_toml(path: &Path, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut reader = Reader {
            file: path.display().to_string(),
            text,
            found: Vec::new(),
        };
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let message = format!("The config is not TOML: {}.", error.message());
            reader.problem(&error.span().unwrap_or_default(), message);
        }
        if !reader.found.is_empty() {
            // The parser says the same of each level of what is nested.
            reader.found.dedup();
            return Err(reader.found);
        }
        let mut config = reader.config(document.get_ref());
        let folder = path.parent().unwrap_or(Path::new(""));
        config.out = config.out.map(|out| folder.join(out));
        config.file = Some(path.to_path_buf());
        reader.found.sort();
        match reader.found.is_empty() {
            true => Ok(config),
            false => Err(reader.found),
        }
    }
}

struct Reader<'t> {
    file: String,
    text: &'t str,
    found: Vec<Diagnostic>,
}

type Value<'t> = Spanned<DeValue<'t>>;

/// A key with its place, and its value.
type Entry<'d, 't> = (&'d str, Range<usize>, &'d Value<'t>);

impl Reader<'_> {
    fn config(&mut self, root: &DeTable<'_>) -> Config {
        let mut config = Config::new();
        let keys = [
            "derive", "only", "out", "policy", "rename", "runtime", "types", "without",
        ];
        for (key, at, value) in self.entries(root, "", &keys) {
            match key {
                "runtime" => config.runtime = self.string(key, value),
                "out" => {
                    let out = self.string(key, value);
                    config.out = out.map(|out| out.value.into());
                }
                "policy" => self.policy(value, &mut config),
                "derive" => self.derive(value, &mut config),
                "types" => self.types(value, &mut config),
                "rename" => self.rename(value, &mut config),
                "only" => {
                    config.only = self.selection(key, value);
                    if config.only.is_empty() {
                        self.problem(&at, "`only` selects nothing.");
                    }
                }
                "without" => config.without = self.selection(key, value),
                _ => {}
            }
        }
        config
    }

    fn policy(&mut self, value: &Value<'_>, config: &mut Config) {
        let keys = ["allow", "allow-outside", "skip-unsupported", "strict"];
        let Some(table) = self.table("policy", value) else {
            return;
        };
        for (key, _, value) in self.entries(table, "policy.", &keys) {
            match key {
                "strict" => config.is_strict = self.boolean("policy.strict", value),
                "skip-unsupported" => {
                    config.skips_unsupported = self.boolean("policy.skip-unsupported", value);
                }
                "allow-outside" if self.boolean("policy.allow-outside", value) => {
                    config.outside = crate::source::ExternalRefs::Allowed;
                }
                "allow" => {
                    for name in self.strings("policy.allow", value) {
                        config.allow.extend(self.code(&name));
                    }
                }
                _ => {}
            }
        }
    }

    fn code(&mut self, name: &Setting<String>) -> Option<Code> {
        let problem = match name.value.parse::<Code>() {
            Ok(code) if code.can_be_allowed() => return Some(code),
            Ok(code) => {
                let message = format!("`{code}` cannot be allowed: there is no way to go on.");
                name.place.problem(Code::Config, message)
            }
            Err(error) => {
                let mut problem = name.place.problem(Code::Config, format!("{error}."));
                let known = Code::ALL.iter().map(|code| code.name());
                problem.hint = meant(&name.value, known);
                problem
            }
        };
        self.found.push(problem);
        None
    }

    fn derive(&mut self, value: &Value<'_>, config: &mut Config) {
        let Some(table) = self.table("derive", value) else {
            return;
        };
        let derive = |schema: Option<&str>, path: Setting<String>| Setting {
            value: Derive {
                schema: schema.map(str::to_owned),
                path: path.value,
            },
            place: path.place,
        };
        for (key, _, value) in self.entries(table, "derive.", &["all", "schemas"]) {
            if key == "all" {
                let paths = self.strings("derive.all", value);
                let all = paths.into_iter().map(|path| derive(None, path));
                config.derives.extend(all);
                continue;
            }
            for (schema, _, value) in self.named("derive.schemas", value) {
                let paths = self.strings(&format!("derive.schemas.{schema}"), value);
                let some = paths.into_iter().map(|path| derive(Some(schema), path));
                config.derives.extend(some);
            }
        }
    }

    fn types(&mut self, value: &Value<'_>, config: &mut Config) {
        let Some(table) = self.table("types", value) else {
            return;
        };
        for (key, _, value) in self.entries(table, "types.", &["formats", "schemas"]) {
            for (name, at, value) in self.named(&format!("types.{key}"), value) {
                let Some(path) = self.string(&format!("types.{key}.{name}"), value) else {
                    continue;
                };
                let of = match key {
                    "formats" => Overridden::Format(name.to_owned()),
                    _ => Overridden::Schema(name.to_owned()),
                };
                let path = path.value;
                config.types.push(Setting {
                    value: TypeOverride { of, path },
                    place: self.place(&at),
                });
            }
        }
    }

    fn rename(&mut self, value: &Value<'_>, config: &mut Config) {
        let Some(table) = self.table("rename", value) else {
            return;
        };
        let keys = ["operations", "properties", "schemas", "tags", "values"];
        for (key, _, value) in self.entries(table, "rename.", &keys) {
            for (name, at, value) in self.named(&format!("rename.{key}"), value) {
                let owned = name.to_owned();
                let of = match key {
                    "schemas" => Renamed::Schema(owned),
                    "operations" => Renamed::Operation(owned),
                    "tags" => Renamed::Tag(owned),
                    _ => {
                        self.rename_in(key, name, value, config);
                        continue;
                    }
                };
                self.renamed(of, &format!("rename.{key}.{name}"), &at, value, config);
            }
        }
    }

    /// The names of the properties or values of a schema.
    fn rename_in(&mut self, key: &str, schema: &str, value: &Value<'_>, config: &mut Config) {
        let path = format!("rename.{key}.{schema}");
        for (name, at, value) in self.named(&path, value) {
            let (schema, owned) = (schema.to_owned(), name.to_owned());
            let of = match key {
                "properties" => Renamed::Property {
                    schema,
                    property: owned,
                },
                _ => Renamed::Value {
                    schema,
                    value: owned,
                },
            };
            self.renamed(of, &format!("{path}.{name}"), &at, value, config);
        }
    }

    fn renamed(
        &mut self,
        of: Renamed,
        path: &str,
        at: &Range<usize>,
        value: &Value<'_>,
        config: &mut Config,
    ) {
        if let Some(to) = self.string(path, value) {
            config.renames.push(Setting {
                value: Rename { of, to: to.value },
                place: self.place(at),
            });
        }
    }

    fn selection(&mut self, path: &str, value: &Value<'_>) -> Vec<Setting<Selection>> {
        let Some(table) = self.table(path, value) else {
            return Vec::new();
        };
        let mut selected = Vec::new();
        let keys = ["operations", "tags"];
        for (key, _, value) in self.entries(table, &format!("{path}."), &keys) {
            let names = self.strings(&format!("{path}.{key}"), value);
            selected.extend(names.into_iter().map(|name| Setting {
                value: match key {
                    "tags" => Selection::Tag(name.value),
                    _ => Selection::Operation(name.value),
                },
                place: name.place,
            }));
        }
        selected
    }

    /// The entries of a table, in the order of the file. Keys that there are not are reported and left out.
    fn entries<'d, 't>(
        &mut self,
        table: &'d DeTable<'t>,
        prefix: &str,
        keys: &[&str],
    ) -> Vec<Entry<'d, 't>> {
        let mut entries = in_order(table);
        entries.retain(|(key, at, _)| {
            let is_known = keys.contains(key);
            if !is_known {
                let list = keys.join("`, `");
                let message =
                    format!("There is no setting `{prefix}{key}`: it is one of `{list}`.");
                let mut problem = self.place(at).problem(Code::Config, message);
                problem.hint = meant(key, keys.iter().copied());
                self.found.push(problem);
            }
            is_known
        });
        entries
    }

    /// The entries of a table whose keys are names of the document.
    fn named<'d, 't>(&mut self, path: &str, value: &'d Value<'t>) -> Vec<Entry<'d, 't>> {
        self.table(path, value).map(in_order).unwrap_or_default()
    }

    fn table<'d, 't>(&mut self, path: &str, value: &'d Value<'t>) -> Option<&'d DeTable<'t>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_kind(path, "a table", value);
        }
        table
    }

    fn string(&mut self, path: &str, value: &Value<'_>) -> Option<Setting<String>> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_kind(path, "a string", value);
            return None;
        };
        Some(Setting {
            value: text.to_owned(),
            place: self.place(&value.span()),
        })
    }

    fn strings(&mut self, path: &str, value: &Value<'_>) -> Vec<Setting<String>> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_kind(path, "an array of strings", value);
            return Vec::new();
        };
        let path = format!("An item of `{path}`");
        let items = items.iter().filter_map(|item| self.string(&path, item));
        items.collect()
    }

    fn boolean(&mut self, path: &str, value: &Value<'_>) -> bool {
        let boolean = value.get_ref().as_bool();
        if boolean.is_none() {
            self.wrong_kind(path, "a boolean", value);
        }
        boolean.unwrap_or_default()
    }

    fn wrong_kind(&mut self, path: &str, wanted: &str, value: &Value<'_>) {
        let is = match value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "an integer",
            DeValue::Float(_) => "a float",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "an array",
            DeValue::Table(_) => "a table",
        };
        let path = match path.starts_with("An item") {
            true => path.to_owned(),
            false => format!("`{path}`"),
        };
        self.problem(&value.span(), format!("{path} is {wanted}, not {is}."));
    }

    fn problem(&mut self, at: &Range<usize>, message: impl Into<String>) {
        let problem = self.place(at).problem(Code::Config, message);
        self.found.push(problem);
    }

    fn place(&self, at: &Range<usize>) -> Place {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Place {
            file: self.file.clone(),
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
        }
    }
}

fn in_order<'d, 't>(table: &'d DeTable<'t>) -> Vec<Entry<'d, 't>> {
    let entries = table.iter();
    let entries = entries.map(|(key, value)| (key.get_ref().as_ref(), key.span(), value));
    let mut entries: Vec<Entry<'d, 't>> = entries.collect();
    entries.sort_by_key(|(_, at, _)| at.start);
    entries
}
