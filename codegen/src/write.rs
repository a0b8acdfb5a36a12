//! Generated files onto the disk.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;

use crate::emit::GeneratedFile;
use crate::{Output, single_file};

/// How much was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// How many files there are.
    pub files: usize,
    /// How many of them changed.
    pub changed: usize,
}

impl Output {
    /// Writes everything: to a folder, or into one file if the path ends in `.rs`. Only files whose text changed are written, so that
    /// nothing is compiled again without need.
    ///
    /// # Errors
    /// The first failure of the file system.
    pub fn write(&self, path: &Path) -> io::Result<Written> {
        let is_file = path.extension().is_some_and(|extension| extension == "rs");
        let (files, changed) = match is_file {
            true => (1, usize::from(write_file(path, &single_file(&self.files))?)),
            false => (self.files.len(), write(&self.files, path)?),
        };
        Ok(Written { files, changed })
    }
}

/// Writes the files that differ from what is there, and removes generated files that are no longer part of the output. Returns how many
/// files changed.
///
/// What was not generated is left alone: a file counts as generated if it is Rust and starts with the line that
/// every generated file starts with.
fn write(files: &[GeneratedFile], folder: &Path) -> io::Result<usize> {
    let mut changed = 0;
    for file in files {
        let path = folder.join(&file.path);
        changed += usize::from(write_file(&path, &file.contents)?);
    }
    let kept: HashSet<_> = files.iter().map(|file| folder.join(&file.path)).collect();
    let first_line = files
        .iter()
        .find(|file| file.path.ends_with(".rs"))
        .and_then(|file| file.contents.lines().next())
        .filter(|line| line.starts_with("//"));
    let Some(first_line) = first_line else {
        return Ok(changed);
    };
    // The output is two levels deep.
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !path.is_symlink() {
            for inner in fs::read_dir(&path)? {
                changed += usize::from(remove(&inner?.path(), &kept, first_line)?);
            }
        } else {
            changed += usize::from(remove(&path, &kept, first_line)?);
        }
    }
    Ok(changed)
}

/// Writes a file unless it has these contents. Returns whether it was written.
fn write_file(path: &Path, contents: &str) -> io::Result<bool> {
    if fs::read(path).is_ok_and(|old| old == contents.as_bytes()) {
        return Ok(false);
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, contents)?;
    Ok(true)
}

fn remove(path: &Path, kept: &HashSet<std::path::PathBuf>, first_line: &str) -> io::Result<bool> {
    let is_rust = path.extension().is_some_and(|extension| extension == "rs");
    if !is_rust || kept.contains(path) || !path.is_file() {
        return Ok(false);
    }
    let generated =
        fs::read_to_string(path).is_ok_and(|text| text.lines().next() == Some(first_line));
    if generated {
        fs::remove_file(path)?;
    }
    Ok(generated)
}
