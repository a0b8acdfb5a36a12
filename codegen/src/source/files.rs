//! Files on disk, each read once.
//!
//! A document may refer to other files. Reading what a document names is reading what a stranger names, so only
//! files below the root document's folder are opened, unless the caller says otherwise, and nothing is ever
//! fetched from the network.

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use super::build::Builder;
use super::{FileId, MAX_BYTES, NodeId, Position, Tree, json, yaml};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// Whether files outside of the root document's folder may be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ExternalRefs {
    /// They may not.
    #[default]
    Refused,
    /// They may.
    Allowed,
}

/// The files of one document.
#[derive(Debug, Default)]
pub struct Files {
    /// Their values.
    pub tree: Tree,
    paths: Vec<PathBuf>,
    roots: HashMap<PathBuf, Option<NodeId>>,
    folder: PathBuf,
    bytes: usize,
}

impl Files {
    /// The values of all files that could be read.
    pub fn roots(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.roots.values().flatten().copied()
    }

    /// Reads the root document. `None`: the reason is among the problems.
    pub fn open(&mut self, path: &Path, problems: &mut Diagnostics) -> Option<NodeId> {
        self.folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        self.load(path, path.display().to_string(), problems)
    }

    /// Reads the root document from memory; files that it refers to are beside `path`.
    pub fn open_text(
        &mut self,
        path: &Path,
        bytes: Vec<u8>,
        problems: &mut Diagnostics,
    ) -> Option<NodeId> {
        self.folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let file = self.name(path, path.display().to_string());
        let root = self.parse(file, path, bytes, problems);
        self.roots.insert(normal(path), root);
        root
    }

    /// The paths of the files that were read, or could not be read, the root document first.
    #[must_use]
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// The root of the file that a reference in `from` names.
    ///
    /// # Errors
    ///
    /// Why it is not read.
    pub fn relative(
        &mut self,
        from: FileId,
        reference: &str,
        outside: ExternalRefs,
        problems: &mut Diagnostics,
    ) -> Result<Option<NodeId>, String> {
        let scheme = reference.split_once(':').map(|(scheme, _)| scheme);
        if scheme.is_some_and(|s| {
            s.len() > 1
                && s.bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        }) || reference.starts_with("//")
        {
            return Err(format!(
                "`{reference}` is not a relative path, and nothing is read from the network."
            ));
        }
        let base = self
            .paths
            .get(from.0 as usize)
            .and_then(|path| path.parent());
        let path = normal(&base.unwrap_or(Path::new("")).join(reference));
        let folder = normal(&self.folder);
        let below = path.strip_prefix(&folder).ok().filter(|below| {
            !below.is_absolute() && !below.components().any(|part| part == Component::ParentDir)
        });
        if outside == ExternalRefs::Refused && (below.is_none() || self.escapes(&path)) {
            return Err(format!(
                "`{reference}` is outside of the folder of the document."
            ));
        }
        if let Some(root) = self.roots.get(&path) {
            return Ok(*root);
        }
        if !path.is_file() {
            return Err(format!("There is no file `{reference}`."));
        }
        let name = path.display().to_string();
        Ok(self.load(&path, name, problems))
    }

    /// Whether a symbolic link leads out of the folder.
    fn escapes(&self, path: &Path) -> bool {
        let folder = if self.folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            &self.folder
        };
        match (fs::canonicalize(folder), fs::canonicalize(path)) {
            (Ok(folder), Ok(path)) => !path.starts_with(folder),
            // Not there: the caller says so.
            _ => false,
        }
    }

    fn name(&mut self, path: &Path, name: String) -> FileId {
        let file = FileId(u32::try_from(self.paths.len()).unwrap_or(u32::MAX));
        self.paths.push(path.to_path_buf());
        self.tree.files.push(name);
        file
    }

    fn load(&mut self, path: &Path, name: String, problems: &mut Diagnostics) -> Option<NodeId> {
        let file = self.name(path, name);
        let mut bytes = Vec::new();
        let limit = MAX_BYTES.saturating_sub(self.bytes);
        let read = fs::File::open(path)
            .and_then(|file| file.take(limit as u64 + 1).read_to_end(&mut bytes));
        let root = match read {
            Ok(_) if bytes.len() > limit => {
                let message =
                    format!("The files of the document have more than {MAX_BYTES} bytes.");
                problems.push(self.whole(file, Code::TooLarge, message));
                None
            }
            Ok(_) => self.parse(file, path, bytes, problems),
            Err(error) => {
                problems.push(self.whole(
                    file,
                    Code::Io,
                    format!("The file cannot be read: {error}."),
                ));
                None
            }
        };
        self.roots.insert(normal(path), root);
        root
    }

    fn whole(&self, file: FileId, code: Code, message: String) -> Diagnostic {
        self.tree.problem_at(
            Position {
                file,
                line: 1,
                column: 1,
            },
            String::new(),
            code,
            message,
        )
    }

    fn parse(
        &mut self,
        file: FileId,
        path: &Path,
        bytes: Vec<u8>,
        problems: &mut Diagnostics,
    ) -> Option<NodeId> {
        self.bytes += bytes.len();
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let place = end_of(file, &String::from_utf8_lossy(good));
                let message = "The bytes are not UTF-8 from here on.";
                problems.push(
                    self.tree
                        .problem_at(place, String::new(), Code::NotUtf8, message),
                );
                return None;
            }
        };
        let body = text.strip_prefix('\u{feff}').unwrap_or(&text);
        if body.len() < text.len() {
            let message = "There is a byte order mark in front of the text.".to_owned();
            problems.push(self.whole(file, Code::ByteOrderMark, message));
        }
        let is_json = path
            .extension()
            .is_some_and(|ext| ext.eq_ignore_ascii_case("json"))
            || (body.trim_start().starts_with(['{', '['])
                && serde_json::from_str::<serde::de::IgnoredAny>(body).is_ok());
        let before = problems.has_errors();
        let mut builder = Builder::new(&mut self.tree, problems, file);
        let read = if is_json {
            json::read(body, &mut builder)
        } else {
            yaml::read(body, &mut builder)
        };
        let root = builder.root();
        if read.is_err() {
            return None;
        }
        if root.is_none() && !before {
            problems.push(self.whole(file, Code::Syntax, "The file is empty.".to_owned()));
        }
        root
    }
}

/// Resolves `.` and `..` in the text of a path. Links are looked at by [`Files::escapes`].
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if !matches!(out.components().next_back(), Some(Component::Normal(_))) {
                    out.push("..");
                } else {
                    out.pop();
                }
            }
            part => out.push(part),
        }
    }
    out
}

fn end_of(file: FileId, text: &str) -> Position {
    let line = text.matches('\n').count() + 1;
    let column = text.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Position {
        file,
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: u32::try_from(column).unwrap_or(u32::MAX),
    }
}
